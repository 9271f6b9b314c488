"""An object's tags: `--tag KEY=VALUE`, S3's limits, and the two forms in which S3 takes them.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
"""

import unicodedata
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from presign_cli.core.encoding import encode_component
from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

MAX_TAGS = 10
MAX_KEY = 128
MAX_VALUE = 256

_PUNCTUATION = "+-=._:/@"
_HINT = "--tag project=alpha: letters, digits, spaces and + - = . _ : / @"


def parse_tags(assignments: Iterable[str]) -> dict[str, str]:
    """Keys and values from texts of the form KEY=VALUE. Raises UsageError for what S3 would refuse."""
    tags: dict[str, str] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals:
            raise UsageError(f"--tag `{harmless(assignment)}` has no `=`", hint=_HINT)
        if key in tags:
            raise UsageError(f"tag `{harmless(key)}` is given twice", hint="give each key of --tag once")
        _check(key, value)
        tags[key] = value
    if len(tags) > MAX_TAGS:
        raise UsageError(f"{len(tags)} tags are over S3's limit of {MAX_TAGS}", hint="give fewer --tag")
    return tags


def tagging_header(tags: Mapping[str, str]) -> str:
    """The value of `x-amz-tagging`: a query string."""
    return "&".join(f"{encode_component(key)}={encode_component(value)}" for key, value in tags.items())


def tagging_xml(tags: Mapping[str, str]) -> str:
    """The value of a form's field `tagging`.

    https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
    """
    pairs = (f"<Tag><Key>{escape(k)}</Key><Value>{escape(v)}</Value></Tag>" for k, v in tags.items())
    return f"<Tagging><TagSet>{''.join(pairs)}</TagSet></Tagging>"


def _check(key: str, value: str) -> None:
    if not 1 <= len(key) <= MAX_KEY:
        raise UsageError(f"a tag's key has 1 to {MAX_KEY} characters, not {len(key)}", hint=_HINT)
    if len(value) > MAX_VALUE:
        raise UsageError(
            f"the value of tag `{harmless(key)}` has {len(value)} characters, over S3's limit of {MAX_VALUE}",
            hint=_HINT,
        )
    if key.lower().startswith("aws:"):
        raise UsageError(f"tag `{harmless(key)}` begins with `aws:`, which AWS keeps for itself", hint=_HINT)
    wrong = next((c for c in key + value if not _allowed(c)), None)
    if wrong is not None:
        raise UsageError(
            f"tag `{harmless(key)}` holds `{harmless(wrong)}`, which S3 refuses in tags", hint=_HINT
        )


def _allowed(character: str) -> bool:
    return character in _PUNCTUATION or unicodedata.category(character)[0] in "LNZ"

"""An object's own metadata: `--metadata NAME=VALUE`, as S3 takes it.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
"""

import re
from collections.abc import Iterable

from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

PREFIX = "x-amz-meta-"
MAX_BYTES = 2048
"""Of all names and values together."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)  # a token of RFC 9110, section 5.6.2
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?|", re.ASCII)
_HINT = "--metadata name=value, in printable ASCII"


def parse_metadata(assignments: Iterable[str]) -> dict[str, str]:
    """Names in lower case, as S3 keeps them, and values, from texts of the form NAME=VALUE.

    Raises UsageError for what is no header's name or value, for a name given twice, and over 2 KB.
    """
    metadata: dict[str, str] = {}
    for assignment in assignments:
        name, value = _read(assignment)
        if name in metadata:
            raise UsageError(f"metadata `{name}` is given twice", hint="give each name of --metadata once")
        metadata[name] = value
    total = sum(len(name) + len(value) for name, value in metadata.items())
    if total > MAX_BYTES:
        raise UsageError(
            f"metadata of {total} bytes is over S3's limit of {MAX_BYTES}",
            hint="shorten or drop some --metadata",
        )
    return metadata


def _read(assignment: str) -> tuple[str, str]:
    name, equals, value = assignment.partition("=")
    if not equals:
        raise UsageError(f"--metadata `{harmless(assignment)}` has no `=`", hint=_HINT)
    name = name.removeprefix(PREFIX)
    if not _NAME.fullmatch(name):
        raise UsageError(f"metadata name `{harmless(name)}` cannot be part of a header's name", hint=_HINT)
    if not _VALUE.fullmatch(value):
        raise UsageError(
            f"metadata value `{harmless(value)}` of `{name}` cannot be a header's value", hint=_HINT
        )
    return name.lower(), value

"""What S3 is to answer instead of the object's own headers: the `response-*` parameters of a download.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from presign_cli.core.filename import content_disposition, is_file_name, last_part
from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

# In the order of botocore's model, which is the order in the link.
NAMES = (
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
)
_DISPOSITION = "response-content-disposition"
# S3 answers InvalidArgument to what is not ISO-8859-1, and no header holds a control character.
_HEADER_VALUE = re.compile(r"[\x20-\x7e\xa0-\xff]+")


class OverrideWish(NamedTuple):
    """What was asked of a download's answer; `others` are `--response` pairs, as typed."""

    download: bool = False
    inline: bool = False
    filename: str | None = None
    content_type: str | None = None
    cache_control: str | None = None
    others: Mapping[str, str] = {}

    @property
    def depends_on_key(self) -> bool:
        return self.download and self.filename is None


def overrides_for(key: str, wish: OverrideWish, *, kept: Mapping[str, str]) -> dict[str, str]:
    """All `response-*` pairs of one key's link, in their order; `kept` are those of a link renewed."""
    asked = dict(wish.others)
    if wish.content_type is not None:
        asked["response-content-type"] = wish.content_type
    if wish.cache_control is not None:
        asked["response-cache-control"] = wish.cache_control
    disposition = _disposition(key, wish)
    if disposition:
        asked[_DISPOSITION] = disposition
    merged = {**kept, **asked}
    return {name: merged[name] for name in NAMES if name in merged}


def checked_wish(wish: OverrideWish, *, download_by_default: bool = False) -> OverrideWish:
    """The same wish; a download, where that is the default and nothing else is said.

    Raises UsageError for contradictions, and for values that no header can hold.
    """
    if wish.download and wish.inline:
        raise UsageError("--download and --inline contradict each other", hint="leave one of them out")
    _check_said_once(wish)
    if wish.filename is not None and not is_file_name(wish.filename):
        raise UsageError(
            f"--filename `{harmless(wish.filename)}` is no file name: no slash, no line break, not empty",
            hint="--filename manual.pdf",
        )
    named = {"--content-type": wish.content_type, "--cache-control": wish.cache_control, **wish.others}
    for name, value in named.items():
        if value is not None and not _HEADER_VALUE.fullmatch(value):
            raise UsageError(
                f"{name} `{harmless(value)}` cannot be the value of a header: S3 takes ISO-8859-1 only",
                hint="--filename NAME encodes any name",
            )
    says_how = wish.inline or wish.filename is not None or _DISPOSITION in wish.others
    return wish._replace(download=True) if download_by_default and not says_how else wish


def parse_overrides(texts: Sequence[str]) -> dict[str, str]:
    """All `--response` options of a command. Raises UsageError, also for a header that is named twice."""
    overrides: dict[str, str] = {}
    for text in texts:
        name, value = parse_override(text)
        if name in overrides:
            raise UsageError(
                f"--response names {name.removeprefix('response-')} twice", hint="leave one of them out"
            )
        overrides[name] = value
    return overrides


def parse_override(text: str) -> tuple[str, str]:
    """`content-language=de` or `response-content-language=de` to a pair. Raises UsageError."""
    name, equals, value = text.partition("=")
    full = name.lower() if name.lower().startswith("response-") else f"response-{name.lower()}"
    if not equals or full not in NAMES:
        raise UsageError(
            f"--response `{harmless(text)}` is not NAME=VALUE with a NAME of {', '.join(NAMES)}",
            hint="--response content-language=de",
        )
    return full, value


def _check_said_once(wish: OverrideWish) -> None:
    """A header has one value: `--response` must not name what an option of its own says."""
    said = {
        _DISPOSITION: "--download, --inline or --filename"
        if wish.download or wish.inline or wish.filename
        else None,
        "response-content-type": wish.content_type and "--content-type",
        "response-cache-control": wish.cache_control and "--cache-control",
    }
    for name, option in said.items():
        if option and name in wish.others:
            raise UsageError(
                f"--response {name.removeprefix('response-')} says again what {option} says",
                hint="leave one of them out",
            )


def _disposition(key: str, wish: OverrideWish) -> str | None:
    if wish.filename is not None:
        return content_disposition(wish.filename, kind="inline" if wish.inline else "attachment")
    if wish.download:
        return content_disposition(last_part(key))
    return "inline" if wish.inline else None

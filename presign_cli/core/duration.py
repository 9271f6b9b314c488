"""How long a link lives: the TTL grammar, both ways, and SigV4's ceilings.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (X-Amz-Expires)
"""

import re

from presign_cli.errors import UsageError

MIN_TTL = 1
MAX_TTL = 7 * 86_400
DEFAULT_TTL = 3_600
_ALLOWED = f"1 second to 7 days ({MAX_TTL} seconds)"

_UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_SHORT = re.compile(
    r"(?:(?P<w>\d{1,9})w)?(?:(?P<d>\d{1,9})d)?(?:(?P<h>\d{1,9})h)?(?:(?P<m>\d{1,9})m)?(?:(?P<s>\d{1,9})s)?",
    re.ASCII,
)
_ISO = re.compile(
    r"P(?:(?P<w>\d{1,9})W)?(?:(?P<d>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<h>\d{1,9})H)?(?:(?P<m>\d{1,9})M)?(?:(?P<s>\d{1,9})S)?)?",
    re.ASCII,
)


def parse_duration(text: str) -> int:
    """Whole seconds of `300`, `90s`, `5m`, `1h30m`, `2d`, `1w`, `PT15M` or `P7D`.

    Raises ValueError for any other form; sets no limit.
    """
    if _SECONDS.fullmatch(text):
        return int(text)
    found = _SHORT.fullmatch(text) or _ISO.fullmatch(text)
    parts = {unit: count for unit, count in found.groupdict().items() if count} if found else {}
    if not parts:
        raise ValueError(f"not a duration: {text!r}")
    return sum(int(count) * _UNITS[unit] for unit, count in parts.items())


def parse_ttl(text: str) -> int:
    """As `parse_duration`, within SigV4's 1 second to 7 days, never clamped. Raises UsageError."""
    try:
        seconds = parse_duration(text)
    except ValueError:
        raise UsageError(
            f"`{text}` is no TTL; SigV4 allows {_ALLOWED}",
            hint="write seconds, or `90s`, `5m`, `1h30m`, `2d`, `PT15M`: --ttl 5m",
        ) from None
    return check_ttl(seconds, said=f"TTL `{text}`")


def check_ttl(seconds: int, *, said: str) -> int:
    """The same seconds, where SigV4 allows them. Raises UsageError, which calls them what `said` says."""
    if seconds < MIN_TTL:
        raise UsageError(f"{said} is too short; SigV4 allows {_ALLOWED}", hint="--ttl 5m")
    if seconds > MAX_TTL:
        raise UsageError(f"{said} is too long; SigV4 allows {_ALLOWED}", hint="--ttl 7d")
    return seconds


def format_duration(seconds: int) -> str:
    """The short form: 300 is `5m`, 5400 `1h30m`, 604800 `7d`; weeks are days, as people count them."""
    parts = []
    for unit in "dhms":
        count, seconds = divmod(seconds, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def in_words(seconds: int) -> str:
    """The roundest honest words, cut off and never rounded up: `4 min`, `2 h 5 min`, `6 days`, `12 s`."""
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3_600:
        return f"{seconds // 60} min"
    if seconds < 2 * 86_400:
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{seconds // 86_400} days"

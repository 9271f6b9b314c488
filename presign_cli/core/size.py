"""Sizes in bytes as people type and read them: `300`, `50MB`, `5GiB`."""

import re

from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
TIB = 1024 * GIB

MAX_OBJECT_OF_ONE_REQUEST = 5 * GIB
"""The largest body of one PUT or POST: S3's "5 GB" are 5 GiB.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
"""

_UNITS: dict[str, int] = {
    "": 1,
    "B": 1,
    **{letter + "B": 1000**power for power, letter in enumerate("KMGT", start=1)},
    **{letter + "IB": 1024**power for power, letter in enumerate("KMGT", start=1)},
}
_SIZE = re.compile(r"(?P<number>\d{1,18}(?:\.\d{1,12})?)\s*(?P<unit>[A-Za-z]*)", re.ASCII)
_SHOWN = (
    ("TiB", TIB),
    ("TB", 10**12),
    ("GiB", GIB),
    ("GB", 10**9),
    ("MiB", MIB),
    ("MB", 10**6),
    ("KiB", KIB),
    ("kB", 1000),
)


def parse_size(text: str, *, option: str) -> int:
    """Bytes: a whole number, or one with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB (of 1024).

    What is no whole number of bytes, such as 48.8TiB, is rounded down. Raises UsageError for anything else,
    a bare `5M` included: programs differ on what that is.
    """
    found = _SIZE.fullmatch(text.strip())
    factor = _UNITS.get(found["unit"].upper()) if found else None
    if found is None or factor is None:
        raise UsageError(
            f"{option} `{harmless(text)}` is not a size", hint=f"{option} 50MB, {option} 5GiB or {option} 300"
        )
    whole, _, fraction = found["number"].partition(".")
    if fraction and factor == 1:
        raise UsageError(f"{option} `{harmless(text)}` is no whole number of bytes", hint=f"{option} {whole}")
    return int(whole + fraction) * factor // int("1" + "0" * len(fraction))


def size_in_words(size: int) -> str:
    """`5 GiB`, `50 MB` or `300 bytes` where that is exact, else with one decimal: `15.7 MB`."""
    for unit, factor in _SHOWN:
        if size >= factor and size % factor == 0:
            return f"{size // factor} {unit}"
    for unit, factor in _SHOWN:
        if "i" not in unit and size >= factor:
            return f"{size / factor:.1f} {unit}"
    return "1 byte" if size == 1 else f"{size} bytes"

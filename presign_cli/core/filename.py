"""`Content-Disposition` for a download: RFC 6266 with RFC 8187's encoding of what is not ASCII.

S3 refuses a `response-content-disposition` with characters outside ISO-8859-1, so all of it is ASCII.
"""

import re
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

# RFC 8187, section 3.2.1: attr-char, without what `quote` leaves alone anyway
_ATTR_CHARS = "!#$&+^`|~"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_UNSAFE_IN_FALLBACK = r'[^\x20-\x7e]|["\\%]'


def content_disposition(name: str, *, kind: Literal["attachment", "inline"] = "attachment") -> str:
    """`attachment; filename="ascii fallback"; filename*=UTF-8''…`.

    The second parameter is left out where the first says it all. Raises ValueError for a name that is
    empty, a dot segment, or holds a control character or a path separator.
    """
    if not is_file_name(name):
        raise ValueError(f"not a file name: {name!r}")
    fallback = _ascii_fallback(name)
    plain = f'{kind}; filename="{fallback}"'
    return plain if fallback == name else f"{plain}; filename*=UTF-8''{quote(name, safe=_ATTR_CHARS)}"


def is_file_name(name: str) -> bool:
    """Whether every system can save a file under this name."""
    return name not in ("", ".", "..") and not re.search(_CONTROL, name) and not any(c in name for c in "/\\")


def last_part(key: str) -> str:
    """What a download of the key is called: its last part, or `download` where that names no file."""
    name = re.sub(_CONTROL, "_", key.rpartition("/")[2]).replace("\\", "_")
    return name if is_file_name(name) else "download"


def _ascii_fallback(name: str) -> str:
    """Accents dropped, the rest of what is not plain ASCII replaced by `_` (RFC 6266, appendix D)."""
    unaccented = "".join(c for c in normalize("NFKD", name) if not "\u0300" <= c <= "\u036f")
    return re.sub(_UNSAFE_IN_FALLBACK, "_", unaccented)

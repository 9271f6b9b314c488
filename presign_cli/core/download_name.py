"""The name under which a link's object is saved: what the link itself says, else the key's last part."""

import re

from presign_cli.core.encoding import decode_leniently
from presign_cli.core.filename import is_file_name, last_part
from presign_cli.core.presigned import Presigned

# RFC 6266, section 4.1: `filename*` wins over `filename`
_EXTENDED = re.compile(r"filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))', re.IGNORECASE)


def download_name(presigned: Presigned) -> str:
    """A name that every system can save a file under; not made harmless for showing."""
    named = _in_disposition(presigned.response_overrides.get("response-content-disposition", ""))
    return named if named and is_file_name(named) else last_part(presigned.key or "")


def _in_disposition(disposition: str) -> str | None:
    if extended := _EXTENDED.search(disposition):
        return decode_leniently(extended[1])
    if plain := _PLAIN.search(disposition):
        return re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2]
    return None

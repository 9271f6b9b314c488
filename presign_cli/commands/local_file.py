"""Files of the one who signs: what `--for-file` is to say of an upload, and SSE-C keys."""

import hashlib
import os
from base64 import b64encode
from pathlib import Path

from presign_cli.core.encryption import SSE_C_KEY_BYTES, CustomerKey, parse_customer_key
from presign_cli.core.harmless import harmless
from presign_cli.core.upload_content import FileFacts
from presign_cli.errors import UsageError

_UNKNOWN_TYPE = "application/octet-stream"
_COMPRESSED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def describe(path: Path, *, with_checksum: bool) -> FileFacts:
    """Reads the whole file for its checksum. Raises UsageError where it is missing, or is no file."""
    checksum = None
    try:
        with path.open("rb") as file:
            if with_checksum:
                checksum = b64encode(hashlib.file_digest(file, "sha256").digest()).decode()
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise _unreadable(path, error, option="--for-file") from error
    return FileFacts(size, _guessed_type(path), checksum)


def read_customer_key(path: Path) -> CustomerKey:
    """The SSE-C key in a file, which may be a pipe. Raises UsageError, without any of its bytes."""
    try:
        with path.open("rb") as file:
            content = file.read(SSE_C_KEY_BYTES + 1)
            size = len(content) + len(file.read(1 << 20))
    except OSError as error:
        raise _unreadable(path, error, option="--sse-c-key") from error
    return parse_customer_key(content if size == len(content) else b"\0" * size, source=str(path))


def _guessed_type(path: Path) -> str:
    import mimetypes

    kind, encoding = mimetypes.guess_type(path.name)
    return _COMPRESSED.get(encoding, _UNKNOWN_TYPE) if encoding else kind or _UNKNOWN_TYPE


def _unreadable(path: Path, error: OSError, *, option: str) -> UsageError:
    reason = (error.strerror or "cannot be read").lower()
    return UsageError(
        f"{option} `{harmless(str(path))}`: {reason}", hint=f"{option} PATH of a file that can be read"
    )

"""Files of the one who signs: what `--for-file` is to say of an upload, and SSE-C keys."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from presign_cli.core.encryption import SSE_C_KEY_BYTES, CustomerKey, parse_customer_key
from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

_UNKNOWN_TYPE = "application/octet-stream"
_COMPRESSED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file's exact length, the type that its name tells, and the base64 of its SHA-256."""

    path: Path
    size: int
    content_type: str
    checksum_sha256: str


def describe(path: Path) -> LocalFile:
    """Reads the whole file. Raises UsageError where it is missing, or is no file."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
            size = file.tell()
    except OSError as error:
        raise _unreadable(path, error, option="--for-file") from error
    return LocalFile(path, size, _guessed_type(path), b64encode(digest).decode())


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

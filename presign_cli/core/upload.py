"""What an upload is made to be: type, size, checksum, encryption and the rest, and the headers it owes.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field

from presign_cli.core.encryption import CustomerKey, Encryption
from presign_cli.core.harmless import harmless
from presign_cli.core.metadata import PREFIX
from presign_cli.core.tags import tagging_header
from presign_cli.errors import UsageError

# The two lists are botocore's, compared in the tests.
ACLS = (
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
)
STORAGE_CLASSES = (
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "GLACIER_IR",
    "DEEP_ARCHIVE",
    "OUTPOSTS",
    "SNOW",
    "EXPRESS_ONEZONE",
    "FSX_OPENZFS",
    "FSX_ONTAP",
    "AWS_BACKUP_WARM",
    "AWS_BACKUP_LOW_COST_WARM",
)

_TOKEN = r"[A-Za-z0-9!#$&^_.+-]+"  # a restricted name of RFC 6838, section 4.2
_CONTENT_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(?:\s*;[\x20-\x7e]*[\x21-\x7e])?", re.ASCII)
_SHA256_HEX = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What is asked of an object that somebody else will upload; what is None or empty is left to them.

    `size` in bytes. `checksum_sha256` in base64, as S3 wants it.
    """

    content_type: str | None = None
    size: int | None = None
    checksum_sha256: str | None = None
    no_overwrite: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    storage_class: str | None = None
    acl: str | None = None
    encryption: Encryption | None = None
    customer_key: CustomerKey | None = None


def owed_headers(upload: Upload) -> dict[str, str]:
    """Every header that the PUT must send, in lower case; the customer's key is among them."""
    asked = {
        "content-type": upload.content_type,
        "content-length": None if upload.size is None else str(upload.size),
        "if-none-match": "*" if upload.no_overwrite else None,
        "x-amz-acl": upload.acl,
        "x-amz-checksum-sha256": upload.checksum_sha256,
        "x-amz-storage-class": upload.storage_class,
        "x-amz-tagging": tagging_header(upload.tags) or None,
    }
    headers = {name: value for name, value in asked.items() if value is not None}
    headers |= {PREFIX + name: value for name, value in upload.metadata.items()}
    for key in (upload.encryption, upload.customer_key):
        headers |= key.headers() if key else {}
    return headers


def check_content_type(text: str) -> str:
    """`text` as it is. Raises UsageError where it is no media type."""
    if not _CONTENT_TYPE.fullmatch(text):
        raise UsageError(
            f"--content-type `{harmless(text)}` is no media type", hint="--content-type application/pdf"
        )
    return text


def check_acl(text: str) -> str:
    """`text` as it is. Raises UsageError where it is no canned ACL."""
    if text not in ACLS:
        raise UsageError(f"--acl `{harmless(text)}` is no canned ACL", hint=f"--acl {'|'.join(ACLS)}")
    return text


def check_storage_class(text: str) -> str:
    """`text` in capitals. Raises UsageError where it is no storage class."""
    if text.upper() not in STORAGE_CLASSES:
        known = "|".join(STORAGE_CLASSES[:8])
        raise UsageError(
            f"--storage-class `{harmless(text)}` is no storage class", hint=f"--storage-class {known}"
        )
    return text.upper()


def parse_sha256(text: str) -> str:
    """Base64 of 32 bytes, from base64 or from the hexadecimal of `sha256sum`. Raises UsageError."""
    if _SHA256_HEX.fullmatch(text):
        return b64encode(bytes.fromhex(text)).decode()
    try:
        digest = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        digest = b""
    if len(digest) != 32:
        raise UsageError(
            f"--checksum-sha256 `{harmless(text)}` is no SHA-256, in base64 or hexadecimal",
            hint='--checksum-sha256 "$(sha256sum FILE | cut -c 1-64)"',
        )
    return b64encode(digest).decode()

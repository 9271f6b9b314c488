"""How S3 is to encrypt an object: with its own keys, with KMS, or with a key of the customer (SSE-C).

https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5

from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

METHODS = ("AES256", "aws:kms", "aws:kms:dsse")
SSE_C_KEY_HEADER = "x-amz-server-side-encryption-customer-key"
SSE_C_KEY_BYTES = 32

_KMS_KEY_ID = re.compile(r"[A-Za-z0-9:/_-]{1,2048}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Encryption:
    """S3's or KMS's: `method` is one of METHODS, `kms_key_id` a key's id, ARN or alias."""

    method: str
    kms_key_id: str | None = None

    def headers(self) -> dict[str, str]:
        """As headers of a PUT, and as fields of a form."""
        headers = {"x-amz-server-side-encryption": self.method}
        if self.kms_key_id is not None:
            headers["x-amz-server-side-encryption-aws-kms-key-id"] = self.kms_key_id
        return headers


@dataclass(frozen=True, slots=True)
class CustomerKey:
    """The 32 bytes with which S3 encrypts, and which it forgets (SSE-C): never in a link or any output."""

    key: bytes = field(repr=False)

    def headers(self) -> dict[str, str]:
        """What every request for the object owes.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
        """
        digest = md5(self.key, usedforsecurity=False).digest()
        return {
            "x-amz-server-side-encryption-customer-algorithm": "AES256",
            SSE_C_KEY_HEADER: b64encode(self.key).decode(),
            "x-amz-server-side-encryption-customer-key-md5": b64encode(digest).decode(),
        }


def parse_encryption(method: str | None, *, kms_key_id: str | None) -> Encryption | None:
    """From `--sse` and `--kms-key-id`. Raises UsageError for other methods, and for a key without its use."""
    if method is not None and method not in METHODS:
        raise UsageError(
            f"--sse `{harmless(method)}` is not a kind of encryption", hint=f"--sse {'|'.join(METHODS)}"
        )
    if kms_key_id is None:
        return Encryption(method) if method is not None else None
    if method is None or method == "AES256":
        raise UsageError("--kms-key-id is for encryption with KMS", hint="--sse aws:kms --kms-key-id KEY")
    if not _KMS_KEY_ID.fullmatch(kms_key_id):
        raise UsageError(
            f"--kms-key-id `{harmless(kms_key_id)}` is no KMS key",
            hint="--kms-key-id alias/NAME, an id or an ARN",
        )
    return Encryption(method, kms_key_id)


def parse_customer_key(content: bytes, *, source: str) -> CustomerKey:
    """From what a key file holds. Raises UsageError, without a byte of it, where that is not 32 bytes."""
    if len(content) != SSE_C_KEY_BYTES:
        raise UsageError(
            f"the SSE-C key in `{harmless(source)}` has {len(content)} bytes, not {SSE_C_KEY_BYTES}",
            hint=f"openssl rand -out sse-c.key {SSE_C_KEY_BYTES}",
        )
    return CustomerKey(content)


def shown(headers: Mapping[str, str]) -> dict[str, str | None]:
    """Headers as they may be shown: the customer's key is None."""
    return {name: None if name == SSE_C_KEY_HEADER else value for name, value in headers.items()}

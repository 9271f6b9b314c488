"""Who signs: keys whose `repr` hides secrets, and what an access key id says about its owner."""

from base64 import b32decode
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

CredentialKind = Literal["long-lived", "temporary", "unknown"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Keys that sign, and until when they are good.

    `expires_at` is None for long-lived keys, and for temporary ones whose end nobody told.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None

    @property
    def kind(self) -> CredentialKind:
        return credential_kind(self.access_key_id, has_token=self.session_token is not None)


def credential_kind(access_key_id: str, *, has_token: bool) -> CredentialKind:
    """What the key id's prefix and a session token tell.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    """
    if has_token or access_key_id.startswith("ASIA"):
        return "temporary"
    return "long-lived" if access_key_id.startswith("AKIA") else "unknown"


@lru_cache(maxsize=256)  # streams of links have few signers
def account_id(access_key_id: str) -> str | None:
    """The twelve digits of the AWS account that owns a key id, or None where the id does not carry them.

    The scheme was found by A. Steele and T. Be'ery: base32 behind the four-letter prefix, bits 7 to 46.
    Keys made before 2019 carry none: theirs have another fifth character.
    """
    body = access_key_id[4:]
    if access_key_id[:4] not in ("AKIA", "ASIA") or len(body) != 16 or body[0] not in "QRSTUVWXYZ234567":
        return None
    try:
        leading = int.from_bytes(b32decode(body)[:6], "big")
    except ValueError:
        return None
    return f"{(leading & 0x7FFFFFFFFF80) >> 7:012d}"

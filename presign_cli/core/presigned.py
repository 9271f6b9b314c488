"""A signed link as a value: what every dialect decodes to, and what our own signing gives.

One we made and one we were given are the same type, so every renderer is written once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from presign_cli.core.credentials import CredentialKind, account_id

Dialect = Literal[
    "aws-sigv4",
    "aws-sigv4a",
    "aws-sigv2",
    "aws-post-policy",
    "cloudfront",
    "gcs-v4",
    "gcs-v2",
    "azure-sas",
    "none",
]
Addressing = Literal["virtual", "path", "access-point", "accelerate", "custom"]


class Limit(NamedTuple):
    """One thing that a link demands of its user beyond time and object: `ip`, `protocol`, `permissions`…"""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presigned:
    """What a signed link says. What its dialect does not have, or what cannot be read, is None.

    `url` is the link itself, a secret while it lives, and therefore not in the `repr`.
    `ttl_seconds` is what the link states, sensible or not; `expires_at` is None where that gives no time.
    """

    dialect: Dialect
    url: str = field(repr=False)
    host: str | None
    service: str | None = None
    addressing: Addressing | None = None
    method: str | None = None
    bucket: str | None = None
    key: str | None = None
    version_id: str | None = None
    region: str | None = None
    access_key_id: str | None = None
    credential_kind: CredentialKind = "unknown"
    signed_at: datetime | None = None
    valid_from: datetime | None = None
    expires_at: datetime | None = None
    ttl_seconds: int | None = None
    signed_headers: tuple[str, ...] = ()
    response_overrides: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    signature: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)

    @property
    def account_id(self) -> str | None:
        return account_id(self.access_key_id) if self.access_key_id else None

    @property
    def required_headers(self) -> tuple[str, ...]:
        """Names of the headers that whoever uses the link must send as they were signed."""
        return tuple(name for name in self.signed_headers if name != "host")

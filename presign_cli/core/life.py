"""A link's real life: its own expiry, or that of the credentials that signed it, whichever is earlier."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from presign_cli.core.credentials import Credentials

LimitedBy = Literal["ttl", "credentials", "unknown"]


class Life(NamedTuple):
    """From when and until when a link works.

    `usable_until` is None, and `limited_by` "unknown", where temporary credentials do not tell their end.
    """

    signed_at: datetime
    ttl_seconds: int
    expires_at: datetime
    usable_until: datetime | None
    limited_by: LimitedBy


def usable_life(credentials: Credentials, *, signed_at: datetime, ttl_seconds: int) -> Life:
    """What a link signed by these credentials really lives."""
    expires_at = signed_at + timedelta(seconds=ttl_seconds)
    usable_until: datetime | None = expires_at
    limited_by: LimitedBy = "ttl"
    if credentials.expires_at is not None:
        if credentials.expires_at < expires_at:
            usable_until, limited_by = credentials.expires_at, "credentials"
    elif credentials.kind == "temporary":
        usable_until, limited_by = None, "unknown"
    return Life(signed_at, ttl_seconds, expires_at, usable_until, limited_by)

"""When keys of a shared file end: the SDKs keep no such key, the tools that write the files do.

`x_security_token_expires` is saml2aws's (granted, okta-aws-cli and others write it too), `aws_expiration`
aws-azure-login's, `expiration` that of aws-mfa and awsume, the rest are smaller tools' spellings.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

EXPIRY_KEYS = (
    "x_security_token_expires",
    "aws_expiration",
    "expiration",
    "aws_session_expiration",
    "aws_session_token_expiration",
    "aws_credential_expiration",
    "aws_credentials_expiration",
    "token_expiration",
)


def told_expiry(section: Mapping[str, object]) -> datetime | None:
    """The end that a profile's section tells, in UTC, or None. A time without a zone is UTC, as aws-mfa's."""
    for key in EXPIRY_KEYS:
        found = _moment(str(section.get(key, "")).strip())
        if found:
            return found
    return None


def _moment(text: str) -> datetime | None:
    """ISO 8601, with a space for the `T` too, or seconds since 1970."""
    try:
        if text.isascii() and text.isdigit() and len(text) == 10:
            return datetime.fromtimestamp(int(text), UTC)
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

"""Signatures, tokens and keys taken out of links and forms, in any letter case and encoding.

Works on the text itself, not on what a dialect recognised: what cannot be decoded must not leak either.
"""

import re

REDACTED = "REDACTED"

_SECRET_NAMES = frozenset(
    (
        "x-amz-signature",
        "x-amz-security-token",
        "x-amz-s3session-token",
        "x-amz-server-side-encryption-customer-key",
        "x-amz-copy-source-server-side-encryption-customer-key",
        "x-goog-signature",
        "x-goog-encryption-key",
        "signature",
        "sig",
        "policy",
        "token",
        "security-token",
    )
)
_ESCAPES = re.compile(r"%25", re.ASCII)
_USER = re.compile(r"^(\s*https?://)[^/?#\\@]*@", re.IGNORECASE)
_PART = re.compile(r"[?&;#][^=&;#?]*=[^&;#]*")

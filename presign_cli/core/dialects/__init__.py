"""The dialects of signed links: one module each, and which of them a link's parameters belong to.

Every module has `decode(text)`, `read(address)` and `grammar_of(presigned)`; none judges what it reads: that
is for `findings`. They are imported when a link needs them: start-up is measured.
"""

from collections.abc import KeysView

# By module: names in lower case that together mark its links. The first that fits wins: what CloudFront and
# Google sign has a `Signature` and an `Expires` too, as SigV2 has.
_MARKS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    (
        "aws_v4",
        (
            frozenset(("x-amz-signature",)),
            frozenset(("x-amz-credential",)),
            frozenset(("x-amz-algorithm",)),
            frozenset(("x-amz-signedheaders",)),
        ),
    ),
    ("cloudfront", (frozenset(("key-pair-id",)), frozenset(("policy", "signature")))),
    (
        "gcs",
        (
            frozenset(("x-goog-signature",)),
            frozenset(("x-goog-credential",)),
            frozenset(("x-goog-algorithm",)),
            frozenset(("x-goog-signedheaders",)),
            frozenset(("googleaccessid",)),
        ),
    ),
    (
        "azure",
        (
            frozenset(("sig", "sv")),
            frozenset(("sig", "se")),
            frozenset(("sig", "si")),
            frozenset(("sv", "se", "sp")),
        ),
    ),
    ("aws_v2", (frozenset(("awsaccesskeyid",)), frozenset(("signature", "expires")))),
)


def recognise(names: KeysView[str]) -> str | None:
    """The module whose dialect has these parameters (in lower case), or None for an unsigned URL."""
    if "x-amz-signature" in names:  # what nearly all links have
        return "aws_v4"
    for module, marks in _MARKS:
        if any(mark <= names for mark in marks):
            return module
    return None

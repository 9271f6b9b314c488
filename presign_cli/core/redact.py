"""Signatures, tokens and keys taken out of links and texts, in any letter case and encoding.

Works on the text itself, not on what a dialect recognised: what cannot be decoded must not leak either.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

from presign_cli.core.presigned import Presigned

REDACTED = "REDACTED"
SECRET_NAMES = frozenset(
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
        "token",
        "access_token",
        "security-token",
    )
)

_EQUALS = re.compile(r"=|%(?:25)*3[dD]")
_AMPERSAND = re.compile(r"&|%(?:25)*26")
_BOUNDARY = re.compile(r"[&?;#/=\s\"'`<>,({\[]")
_USER = re.compile(r"(https?://)[^/?#\\@]*@", re.IGNORECASE)
_LONGEST_NAME = 240
_LAYERS = 6
_SHORTEST_SECRET = 8


def redact(text: str) -> str:
    """The text with `REDACTED` for the value of every secret parameter, up to the next `&`.

    A user name or password in a URL goes, too. Works in time linear in the text's length.
    """
    if "@" in text:
        text = _USER.sub(rf"\1{REDACTED}@", text)
    if "=" not in text and "%" not in text:
        return text
    return "&".join(map(_redact_part, text.split("&")))


@lru_cache(maxsize=512)  # streams of links have few signers
def _redact_part(part: str) -> str:
    """One `name=value`; only what is odd about its shape needs a closer look."""
    name, equals, value = part.partition("=")
    if equals and name.lower() in SECRET_NAMES:
        return f"{name}={REDACTED}"
    plain = equals and name.replace("-", "").isalnum() and "=" not in value
    return part if plain and ("%" not in value or not _EQUALS.search(value)) else _redact_thoroughly(part)


def _redact_thoroughly(text: str) -> str:
    parts, kept = [], 0
    for equals in _EQUALS.finditer(text):
        start = equals.start()
        if start < kept or not _names_a_secret(text[max(kept, start - _LONGEST_NAME) : start]):
            continue
        end = _AMPERSAND.search(text, equals.end())
        parts.append(text[kept : equals.end()] + REDACTED)
        kept = end.start() if end else len(text)
    return "".join(parts) + text[kept:] if parts else text


def _names_a_secret(head: str) -> bool:
    """Whether the name of a secret parameter ends here, escaped as often as it may be."""
    head = head[max(head.rfind("&"), head.rfind("?"), head.rfind("=")) + 1 :]
    if not head or head.replace("-", "").isalnum():
        return head.lower() in SECRET_NAMES
    for _ in range(_LAYERS):
        if "%" not in head:
            break
        head = unquote(head, errors="replace")
    return _BOUNDARY.split(head.rstrip())[-1].lower() in SECRET_NAMES


class Veil:
    """Hides what `redact` finds, and one link's signature and token wherever else they stand, in any case."""

    __slots__ = ("_shortest", "_values")

    def __init__(self, presigned: Presigned) -> None:
        secrets = (presigned.signature, presigned.session_token)
        self._values = [value for value in secrets if value and len(value) >= _SHORTEST_SECRET]
        self._shortest = min(map(len, self._values), default=0)

    def __call__(self, text: str) -> str:
        shown = redact(text) if "=" in text or "%" in text or "@" in text else text
        if len(shown) < self._shortest:
            return shown
        lowered = shown.lower()
        for value in self._values:
            if value.lower() in lowered:
                shown = re.sub(re.escape(value), REDACTED, shown, flags=re.IGNORECASE)
        return shown


def no_veil(text: str) -> str:
    """Everything as it is, for who asked to see secrets."""
    return text

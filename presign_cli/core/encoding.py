"""Percent-encoding as SigV4 defines it, of paths, components and queries: its only home.

https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html (UriEncode)
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes

Pairs = Iterable[tuple[str, str]]

_needs_no_escape = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


def encode_path(key: str) -> str:
    """An object key as it stands in a URL's path: `/` stays, all but A-Z a-z 0-9 - . _ ~ is escaped.

    Raises UnicodeEncodeError for lone surrogates, which no S3 key can hold.
    """
    return key if _needs_no_escape(key) else quote(key, safe="/~")


def encode_component(text: str) -> str:
    """A query's name or value: as `encode_path`, but `/` is escaped too."""
    return quote(text, safe="~")


def encode_query(pairs: Pairs) -> str:
    """`name=value&…` in the given order."""
    return "&".join(f"{encode_component(name)}={encode_component(value)}" for name, value in pairs)


def canonical_query(pairs: Pairs) -> str:
    """`name=value&…` sorted by encoded name, then encoded value, as SigV4 signs it."""
    encoded = sorted((encode_component(name), encode_component(value)) for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def decode(text: str) -> str:
    """Percent-decoded once, `+` left alone.

    Raises ValueError (UnicodeDecodeError) where the bytes are not UTF-8.
    """
    return unquote_to_bytes(text).decode("utf-8")


def decode_leniently(text: str) -> str:
    """As `decode`, but bytes that are not UTF-8 become U+FFFD: for showing a link, never for signing."""
    return unquote_to_bytes(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def decode_query(query: str) -> list[tuple[str, str]]:
    """A raw query's pairs, in order, decoded leniently, `+` left alone, blank values kept."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return [(decode_leniently(name), decode_leniently(value)) for name, _, value in pairs]

"""A link as it was received, in the parts that a signature covers: raw, for decoding would repair damage."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote_to_bytes

from presign_cli.core.address import Address

RawPairs = tuple[tuple[str, str], ...]

_UNSENDABLE = re.compile(r"[^!-~]+")


@dataclass(frozen=True, slots=True)
class Received:
    """What a server sees of a link. `path` is encoded; `pairs` is the query, raw, without the signature."""

    host: str
    path: str
    pairs: RawPairs

    def value(self, name: str) -> str:
        """The decoded value of a query's parameter, in any letter case; empty where there is none."""
        wanted = name.lower()
        return next((decoded(value) for found, value in self.pairs if found.lower() == wanted), "")

    def with_value(self, name: str, value: str) -> "Received":
        """The same link with another value, given decoded, of a parameter that it has."""
        wanted = name.lower()
        return self.with_pairs(
            lambda found, old: (found, encoded(value) if found.lower() == wanted else old),
        )

    def with_pairs(self, change: Callable[[str, str], tuple[str, str]]) -> "Received":
        return replace(self, pairs=tuple(change(*pair) for pair in self.pairs))


def received(address: Address, *, signature: str) -> Received:
    """The signed parts of a URL; `signature` is the name of the parameter that carries it."""
    parts = (part.partition("=") for part in address.query.split("&") if part)
    pairs = tuple((name, value) for name, _, value in parts if name.lower() != signature.lower())
    path = _UNSENDABLE.sub(lambda run: encoded(run[0]), address.path)  # as every client sends it
    return Received(address.host, path or "/", pairs)


def decoded(text: str) -> str:
    """Percent-decoded once, `+` left alone, so that `encoded` gives the same bytes again."""
    return unquote_to_bytes(_octets(text)).decode("utf-8", "surrogateescape")


def encoded(text: str, *, safe: str = "") -> str:
    """Percent-encoded as SigV4 does it."""
    return quote(_octets(text), safe=safe + "~")


def _octets(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")

"""A URL taken apart as it stands: nothing is corrected, so that what is wrong with it can still be seen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from presign_cli.core.encoding import decode_leniently

_URL = re.compile(r"\s*(https?)://([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_DEFAULT_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names and values of a query or a form, decoded, in their order.

    `first` holds the first value of each name in lower case: what a lenient reader would take.
    """

    pairs: tuple[tuple[str, str], ...] = field(repr=False)
    first: dict[str, str] = field(repr=False)

    def get(self, name: str) -> str | None:
        """The first value under a name in any letter case."""
        return self.first.get(name.lower())


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an `http` or `https` URL.

    `host` is in lower case, with its port where that is not the scheme's own. `path` and `query` are raw.
    `port` is None where the URL has none, and -1 where what it has is no port.
    """

    text: str = field(repr=False)
    scheme: str
    user: str | None = field(repr=False)
    host: str
    port: int | None
    path: str
    query: str = field(repr=False)
    parameters: Parameters


def read_address(text: str) -> Address | None:
    """The parts of a URL, or None where the text is none; space around it is ignored. Never raises."""
    found = _URL.fullmatch(text)
    if not found:
        return None
    scheme, authority, path, query, _ = found.groups()
    scheme = scheme.lower()
    user, at, host = authority.rpartition("@")
    host, port = _host_and_port(host.lower(), scheme=scheme)
    query = query or ""
    return Address(
        text, scheme, user if at else None, host, port, path, query.rstrip(), parameters_of_query(query)
    )


def parameters_of_query(query: str) -> Parameters:
    """A raw query's parameters, decoded once and leniently, `+` left alone, blank values kept."""
    pairs = []
    for part in query.rstrip().split("&"):
        name, equals, value = part.partition("=")
        if "%" in part:
            name, value = _decoded(part)
        if name or equals:
            pairs.append((name, value))
    return parameters(pairs)


def parameters(pairs: Iterable[tuple[str, str]]) -> Parameters:
    """Parameters of pairs that are decoded already, such as a form's fields."""
    ordered = tuple(pairs)
    first: dict[str, str] = {}
    for name, value in ordered:
        first.setdefault(name.lower(), value)
    return Parameters(ordered, first)


@lru_cache(maxsize=512)  # streams of links have few signers
def _decoded(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return decode_leniently(name), decode_leniently(value)


def _host_and_port(host: str, *, scheme: str) -> tuple[str, int | None]:
    name, colon, digits = host.rpartition(":")
    if not colon or digits.endswith("]"):
        return host, None
    if digits == _DEFAULT_PORTS[scheme] or not digits:
        return name, None
    valid = len(digits) <= 5 and digits.isascii() and digits.isdigit() and 0 < int(digits) < 65536
    return host, int(digits) if valid else -1

"""A URL cut into its raw parts, as received: nothing is decoded, lower-cased, normalised or refused."""

import re
from dataclasses import dataclass, field

RawPairs = tuple[tuple[str, str | None], ...]

# RFC 3986, appendix B, with a scheme and an authority that must be there
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#\\]*)(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.ASCII | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUrl:
    """The parts of a URL. `query` and `fragment` are None where there is no `?` or `#`.

    `host` has its port, however senseless, and no userinfo. `path` and `query` are still encoded.
    The query may hold a signature: it is not in the `repr`.
    """

    scheme: str
    userinfo: str | None = field(default=None, repr=False)
    host: str
    path: str
    query: str | None = field(default=None, repr=False)
    fragment: str | None = field(default=None, repr=False)

    @property
    def pairs(self) -> RawPairs:
        """The query's names and values in order, still encoded; None is a name without `=`."""
        return raw_pairs(self.query or "")


def parse_raw_url(text: str) -> RawUrl | None:
    """The parts of an absolute URL, or None for every other text. Never raises."""
    found = _URL.fullmatch(text)
    if not found:
        return None
    userinfo, at, host = found["authority"].rpartition("@")
    return RawUrl(
        scheme=found["scheme"].lower(),
        userinfo=userinfo if at else None,
        host=host,
        path=found["path"],
        query=found["query"],
        fragment=found["fragment"],
    )


def raw_pairs(query: str) -> RawPairs:
    """A raw query's names and values in order; empty parts (`&&`) are left out, as every server does."""
    parts = (part.partition("=") for part in query.split("&") if part)
    return tuple((name, value if equals else None) for name, equals, value in parts)

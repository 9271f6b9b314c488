"""Where a server's canonical request differs from ours: S3 returns its own with SignatureDoesNotMatch.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (the parts and their order)
Values of query parameters are never told: the token and the signature are among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from presign_cli.core.encoding import canonical_query, decode_leniently, decode_query, encode_path
from presign_cli.core.harmless import harmless
from presign_cli.core.sigv4 import canonical_request

Part = Literal[
    "method",
    "path",
    "parameter",
    "header",
    "signed headers",
    "payload hash",
    "algorithm",
    "date",
    "scope",
    "shape",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first part that differs, and in words what ours is and what the server's is."""

    part: Part
    text: str


def request_of_link(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> str:
    """The canonical request that S3 makes of a SigV4 link which reaches it unchanged.

    `headers` are those that are sent beside `host`; those that the link does not sign are left out.
    """
    parts = urlsplit(url)
    pairs = [(name, value) for name, value in decode_query(parts.query) if name != "X-Amz-Signature"]
    signed = next((value for name, value in pairs if name == "X-Amz-SignedHeaders"), "host").split(";")
    sent = {"host": parts.netloc, **{name.lower(): value for name, value in (headers or {}).items()}}
    return canonical_request(
        method,
        path=encode_path(decode_leniently(parts.path or "/")),
        query=canonical_query(pairs),
        headers={name: sent.get(name, "") for name in signed},
    )


def compare_requests(ours: str, theirs: str) -> Difference | None:
    """The first difference of two canonical requests, line by line, or None where there is none."""
    mine, other = ours.split("\n"), theirs.replace("\r\n", "\n").split("\n")
    if min(len(mine), len(other)) < 6:
        return Difference("shape", "the server's canonical request is not of the usual six parts")
    if mine[0] != other[0]:
        return _told("method", mine[0], other[0])
    if mine[1] != other[1]:
        return _told("path", mine[1], other[1])
    return (
        _compare_queries(mine[2], other[2])
        or _compare_headers(mine[3:-3], other[3:-3])
        or _compare_line("signed headers", mine[-2], other[-2])
        or _compare_line("payload hash", mine[-1], other[-1])
    )


def is_signed_request(request: str, string_to_sign: str) -> bool:
    """Whether a string to sign is that of a canonical request: its last line is the request's hash."""
    return string_to_sign.strip().endswith(sha256(request.encode("utf-8", "replace")).hexdigest())


def _compare_queries(ours: str, theirs: str) -> Difference | None:
    mine, other = _named(ours.split("&"), "="), _named(theirs.split("&"), "=")
    for name in sorted(mine.keys() | other.keys()):
        if mine.get(name) != other.get(name):
            return Difference("parameter", f"the parameter {_shown(name)} {_fate(name, mine, other)}")
    return None


def _compare_headers(ours: list[str], theirs: list[str]) -> Difference | None:
    mine, other = _named(ours, ":"), _named(theirs, ":")
    for name in sorted(mine.keys() | other.keys()):
        if mine.get(name) == other.get(name):
            continue
        if name == "host" and name in mine and name in other:
            return _told("header", mine[name][0], other[name][0], name="host")
        return Difference("header", f"the header {_shown(name)} {_fate(name, mine, other)}")
    return None


def _named(lines: list[str], divider: str) -> dict[str, list[str]]:
    """Names to all their values: a parameter may stand there twice."""
    found: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(divider)
        if line:
            found.setdefault(name, []).append(value)
    return found


def _fate(name: str, mine: dict[str, list[str]], other: dict[str, list[str]]) -> str:
    if name not in other:
        return "did not arrive"
    return "has another value there" if name in mine else "was added on the way"


def _compare_line(part: Part, ours: str, theirs: str) -> Difference | None:
    return None if ours == theirs else _told(part, ours, theirs)


def _told(part: Part, ours: str, theirs: str, *, name: str = "") -> Difference:
    return Difference(part, f"the {name or part} is {_shown(ours)} here and {_shown(theirs)} there")


def _shown(text: str) -> str:
    shown = harmless(text)
    return f"`{shown[:120]}…`" if len(shown) > 120 else f"`{shown}`"

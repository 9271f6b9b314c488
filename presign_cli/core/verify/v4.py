"""Recomputes SigV4's signature of a link as received: for a method, a set of header values, a secret key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from presign_cli.core.credentials import Credentials
from presign_cli.core.sigv4 import UNSIGNED_PAYLOAD, canonical_request, signature, signing_key
from presign_cli.core.verify.owed_headers import EMPTY_SHA256
from presign_cli.core.verify.received import Received, decoded, encoded


@dataclass(frozen=True, slots=True)
class Scope:
    """What `X-Amz-Credential` says: `AKIA…/20261124/eu-west-1/s3/aws4_request`."""

    access_key_id: str
    scope: str


def read_scope(credential: str) -> Scope:
    """The key id, which may hold slashes, and the last four parts (three without a region, in SigV4A)."""
    parts = credential.split("/")
    has_region = len(parts) >= 5 and len(parts[-4]) == 8 and parts[-4].isdigit()
    split = -4 if has_region else -3
    return Scope("/".join(parts[:split]), "/".join(parts[split:]))


def signed_header_names(link: Received) -> tuple[str, ...]:
    return tuple(name for name in link.value("X-Amz-SignedHeaders").lower().split(";") if name)


def payload_hashes(link: Received, headers: Mapping[str, str]) -> tuple[str, ...]:
    """What the last line of the canonical request may be: S3 links do not sign their payload, others do."""
    told = headers.get("x-amz-content-sha256") or link.value("X-Amz-Content-Sha256")
    return (told,) if told else (UNSIGNED_PAYLOAD, EMPTY_SHA256)


def strings_to_sign(link: Received, method: str, headers: Mapping[str, str]) -> Iterator[str]:
    """The text that was signed, for each payload hash that it may have had."""
    scope = read_scope(link.value("X-Amz-Credential")).scope
    head = f"{link.value('X-Amz-Algorithm')}\n{link.value('X-Amz-Date')}\n{scope}\n"
    names = signed_header_names(link)
    signed = {name: link.host if name == "host" else headers.get(name, "") for name in names}
    query = _canonical_query(link)
    for payload_hash in payload_hashes(link, headers):
        request = canonical_request(
            method, path=link.path, query=query, headers=signed, payload_hash=payload_hash
        )
        yield head + sha256(request.encode("utf-8", "surrogateescape")).hexdigest()


def signatures(
    link: Received, method: str, headers: Mapping[str, str], *, credentials: Credentials
) -> Iterator[str]:
    """What these credentials would have signed, 64 hexadecimal digits for each possible payload hash."""
    scope = read_scope(link.value("X-Amz-Credential")).scope
    key = _signing_key(credentials.secret_access_key, scope)
    return (signature(key, text) for text in strings_to_sign(link, method, headers))


@lru_cache(maxsize=8)
def _signing_key(secret_access_key: str, scope: str) -> bytes:
    return signing_key(secret_access_key, scope=scope)


def _canonical_query(link: Received) -> str:
    """Decoded and encoded again, for a server has to: `/` may stand raw in a query, and `%2f` for `%2F`."""
    pairs = sorted((encoded(decoded(name)), encoded(decoded(value))) for name, value in link.pairs)
    return "&".join(f"{name}={value}" for name, value in pairs)

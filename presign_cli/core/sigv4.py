"""Signature Version 4 of a query: canonical request, string to sign, signing key, signature.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from presign_cli.core.credentials import Credentials
from presign_cli.core.encoding import Pairs, canonical_query, encode_path, encode_query
from presign_cli.core.location import Location
from presign_cli.core.timestamps import amz_date

if TYPE_CHECKING:
    from hashlib import _Hash

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"


def canonical_request(
    method: str,
    *,
    path: str,
    query: str,
    headers: Mapping[str, str],
    payload_hash: str = UNSIGNED_PAYLOAD,
) -> str:
    """The text that is hashed into the string to sign.

    `path` is encoded, and not normalised, as S3 wants it. `query` is canonical and without the signature.
    `headers` are all that are signed, `host` among them; names in any case and order.
    """
    lines = sorted((name.lower(), " ".join(value.split())) for name, value in headers.items())
    canonical_headers = "".join(f"{name}:{value}\n" for name, value in lines)
    signed_headers = ";".join(name for name, _ in lines)
    return f"{method}\n{path}\n{query}\n{canonical_headers}\n{signed_headers}\n{payload_hash}"


def credential_scope(signed_at: datetime, *, region: str, service: str = "s3") -> str:
    """`20130524/us-east-1/s3/aws4_request`."""
    return f"{amz_date(signed_at)[:8]}/{region}/{service}/aws4_request"


def string_to_sign(request: str, *, signed_at: datetime, scope: str) -> str:
    """The four lines whose HMAC is the signature; `request` is the canonical request."""
    return f"{ALGORITHM}\n{amz_date(signed_at)}\n{scope}\n{sha256(request.encode()).hexdigest()}"


def signing_key(secret_access_key: str, *, scope: str) -> bytes:
    """The 32 bytes that sign everything of one day, region and service."""
    key = f"AWS4{secret_access_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(errors="surrogatepass"), "sha256")
    return key


def signature(key: bytes, text: str) -> str:
    """64 lower-case hexadecimal digits; for a text that is not Unicode too, as a mangled link may hold."""
    return hmac.digest(key, text.encode(errors="surrogatepass"), "sha256").hex()


class Presigner:
    """Signs links that differ in nothing but their key and their own query parameters.

    All that depends on the location, the credentials, the date, the TTL and the headers is done once, here;
    so one link and ten million take the same path. `headers` are those that the links' user must send.
    """

    __slots__ = (
        "_auth_query",
        "_canonical_auth",
        "_canonical_end",
        "_inner",
        "_location",
        "_method",
        "_outer",
    )

    def __init__(
        self,
        location: Location,
        credentials: Credentials,
        *,
        signed_at: datetime,
        ttl_seconds: int,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        token_parameter: str = "X-Amz-Security-Token",
    ) -> None:
        scope = credential_scope(signed_at, region=location.region, service=location.service)
        signed = {"host": location.host, **(headers or {})}
        auth = [
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", f"{credentials.access_key_id}/{scope}"),
            ("X-Amz-Date", amz_date(signed_at)),
            ("X-Amz-Expires", str(ttl_seconds)),
            ("X-Amz-SignedHeaders", ";".join(sorted(name.lower() for name in signed))),
        ]
        if credentials.session_token is not None:
            auth.append((token_parameter, credentials.session_token))
        self._location = location
        self._method = method
        self._auth_query = encode_query(auth)
        self._canonical_auth = canonical_query(auth)
        self._canonical_end = canonical_request("", path="", query="", headers=signed).removeprefix("\n\n")
        string_head = f"{ALGORITHM}\n{amz_date(signed_at)}\n{scope}\n"
        key = signing_key(credentials.secret_access_key, scope=scope)
        self._inner, self._outer = _prepared_hmac(key, string_head)

    def url(self, key: str, *, query: Pairs = ()) -> str:
        """The signed link of one key."""
        return self.urls((key,), query=query)[0]

    def urls(self, keys: Iterable[str], *, query: Pairs = ()) -> list[str]:
        """The signed links of many keys; `query` are the operation's own parameters, in their order.

        Their names must sort behind `X-Amz-…`, as all of S3's do: they begin in lower case.
        The loop is what a million links cost: nothing is looked up, formatted or hashed in it twice.
        """
        own = tuple(query)
        leading, canonical = "", self._canonical_auth
        if own:
            leading, canonical = f"{encode_query(own)}&", f"{canonical}&{canonical_query(own)}"
        location = self._location
        base = f"{location.base_path}/"
        request_head = f"{self._method}\n{base}"
        request_tail = f"\n{canonical}{self._canonical_end}"
        url_head = f"{location.origin}{base}"
        url_tail = f"?{leading}{self._auth_query}&X-Amz-Signature="
        copy_inner, copy_outer = self._inner.copy, self._outer.copy
        links = []
        for key in keys:
            path = encode_path(key)
            inner, outer = copy_inner(), copy_outer()
            inner.update(sha256(f"{request_head}{path}{request_tail}".encode()).hexdigest().encode())
            outer.update(inner.digest())
            links.append(f"{url_head}{path}{url_tail}{outer.hexdigest()}")
        return links


def _prepared_hmac(key: bytes, text: str) -> tuple["_Hash", "_Hash"]:
    """HMAC's two hashes (RFC 2104), fed with what does not change: a copy costs less than `hmac` does."""
    block = key.ljust(64, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in block))
    inner.update(text.encode())
    return inner, sha256(bytes(byte ^ 0x5C for byte in block))

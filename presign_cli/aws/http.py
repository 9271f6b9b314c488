"""Send one bounded request, and never more: no redirects, no cookies, no retries, no credentials.

Neither botocore nor urllib3 serves here. They rewrite paths (urllib3 removes dot segments and changes the
case of escapes, so that `a/../b` would ask for another object than was signed), count their timeout anew at
every read, so that a server which sends a byte now and then holds them for ever, and cost 150 ms to import.
`http.client` reads the answer; `aws.wire` under it knows the deadline and the budget.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from presign_cli.aws.proxy import Proxy, proxy_for
from presign_cli.aws.wire import ProxyRefusedError, Wire, tls_context
from presign_cli.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from http.client import HTTPResponse

LIMIT = 64 * 1024
"""Bytes: the most that is read of any answer."""

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._\-]+)(?::(?P<port>\d*))?"
    r"(?P<target>(?:[/?][^#]*)?)(?:#.*)?",
    re.IGNORECASE | re.ASCII,
)
_SENDABLE = re.compile(r"[\x21-\x7e]+", re.ASCII)
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z\-]+", re.ASCII)  # RFC 9110, section 5.6.2
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_PORTS = {"http": 80, "https": 443}


class NoAnswerError(RefusedError):
    """Nobody answered: `code` is `unreachable` (name, connection, TLS, proxy, no HTTP) or `timeout`."""

    def __init__(self, text: str, *, hint: str, code: Literal["unreachable", "timeout"]) -> None:
        super().__init__(text, hint=hint)
        self.code: Literal["unreachable", "timeout"] = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. Header names are in lower case, the values of doubled ones joined by `, `.

    `body` is what the limit and the deadline let through; a body cut by them is no error.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A URL taken apart for sending, and not changed: `target` is what stands behind the authority."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The `Host` header: without the port where it is the scheme's own, as every client sends it."""
        return self.host if self.port == _PORTS[self.scheme] else self.place

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    environ: Mapping[str, str],
    ca_bundle: str | None = None,
    server: str | None = None,
    timeout: float = 10.0,
    limit: int = LIMIT,
) -> Answer:
    """One request to exactly this URL, through the proxy and with the CA bundle that the environment names.

    `timeout`: seconds for all of it, from the look-up of the name to the last byte. `limit`: the most bytes
    read of the answer, its head included. `ca_bundle` goes before AWS_CA_BUNDLE and REQUESTS_CA_BUNDLE.
    `server` is the URL of another server to ask: the URL's own host stays in the `Host` header.
    Raises UsageError for what cannot be sent (see `read_address`; a header with a line break; a bundle that
    cannot be read; a proxy setting that is no URL), NoAnswerError where there is no answer.
    """
    address = read_address(url)
    asked = read_address(server) if server else address
    own_lines = _header_lines(headers or {})
    proxy = proxy_for(asked.scheme, asked.authority, environ=environ)
    bundle = ca_bundle or environ.get("AWS_CA_BUNDLE") or environ.get("REQUESTS_CA_BUNDLE") or None
    from http.client import HTTPException

    wire = Wire(timeout=timeout)
    try:
        _open(wire, asked, proxy, ca_file=bundle)
        origin = f"http://{asked.authority}" if proxy and asked.scheme == "http" else ""
        own_lines += proxy.header_line if proxy and origin else ""
        wire.send(_request_head(f"{method} {origin}{address.target}", address.authority, own_lines))
        return _answer(wire.response(method, limit=limit), limit)
    except (OSError, HTTPException) as error:
        raise _no_answer(error, wire.peer, timeout=timeout) from error
    finally:
        wire.close()


def read_address(url: str) -> Address:
    """A URL's parts as they stand, its fragment left off.

    Raises UsageError for what no request line can carry: another scheme, a user name, a space, a character
    outside ASCII, a port out of range.
    """
    found = _URL.fullmatch(url) if _SENDABLE.fullmatch(url) else None
    scheme = found["scheme"].lower() if found else ""
    port = int(found["port"] or _PORTS[scheme]) if found and len(found["port"] or "") < 6 else 0
    if not found or not 0 < port < 65536:
        raise UsageError(
            "not an http(s) URL that can be sent as it stands",
            hint="presign inspect URL -o link (repairs a link)",
        )
    target = found["target"]
    if not target.startswith("/"):
        target = f"/{target}"
    return Address(scheme=scheme, host=found["host"], port=port, target=target)


def _header_lines(headers: Mapping[str, str]) -> str:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise UsageError(
                f"the header {name!r} holds what no header can",
                hint="leave line breaks and other control characters out",
            )
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


def _open(wire: Wire, address: Address, proxy: Proxy | None, *, ca_file: str | None) -> None:
    context = tls_context(ca_file) if "https" in (address.scheme, proxy and proxy.scheme) else None
    wire.peer = f"the proxy {proxy.name}" if proxy else address.authority
    if proxy:
        wire.connect(proxy.host, proxy.port)
        if context and proxy.scheme == "https":
            wire.start_tls(context, proxy.host)
        if address.scheme == "https":
            wire.tunnel(address.place, proxy)
            wire.peer = address.authority
    else:
        wire.connect(address.host, address.port)
    if context and address.scheme == "https":
        wire.start_tls(context, address.host)


def _request_head(first: str, host: str, own_lines: str) -> bytes:
    """The target as it stands; to a proxy for plain HTTP the whole URL (RFC 9112, section 3.2.2)."""
    lines = (
        f"{first} HTTP/1.1\r\n"
        f"Host: {host}\r\n"
        "User-Agent: presign-cli\r\n"
        "Accept: */*\r\n"
        "Accept-Encoding: identity\r\n"
        "Connection: close\r\n"
        f"{own_lines}\r\n"
    )
    return lines.encode("latin-1")


def _answer(response: "HTTPResponse", limit: int) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    return Answer(response.status, headers, _read_body(response, limit))


def _read_body(response: "HTTPResponse", limit: int) -> bytes:
    """What comes in time. Where nothing at all does, the TimeoutError is the caller's."""
    from http.client import HTTPException

    body = bytearray()
    try:
        while piece := response.read1(limit):
            body += piece
    except TimeoutError:
        if not body:
            raise
    except (OSError, HTTPException):
        pass  # the connection broke: the head and what came of the body still tell something
    return bytes(body)


def _no_answer(error: Exception, peer: str, *, timeout: float) -> NoAnswerError:
    """Words for what went wrong; what the peer sent stays out of them."""
    import socket
    import ssl

    if isinstance(error, TimeoutError):
        return NoAnswerError(
            f"no whole answer from {peer} within {timeout:g} s",
            hint="try again, or look at the network, HTTPS_PROXY and NO_PROXY",
            code="timeout",
        )
    hint = "look at the host's name, the network, HTTPS_PROXY and NO_PROXY"
    reason = error.strerror or str(error) if isinstance(error, OSError) else "the answer is no HTTP"
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = f"its certificate was not accepted: {error.verify_message}"
        hint = "--ca-bundle FILE, with the certificate authority that signs for this host"
    elif isinstance(error, ssl.SSLError):
        reason, hint = (
            f"TLS failed: {error.reason or 'no reason given'}",
            "is it http:// where https:// is asked?",
        )
    elif isinstance(error, ProxyRefusedError) and error.status == 407:
        hint = "export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"
    elif isinstance(error, socket.gaierror):
        reason = "its name cannot be looked up"
    return NoAnswerError(f"{peer} cannot be reached: {reason}", hint=hint, code="unreachable")

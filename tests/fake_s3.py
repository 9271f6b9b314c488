"""A small server for what no local S3 does: redirects between regions, throttling, odd XML, endless answers.

It keeps every request as the bytes that came, so that a test can ask what was on the wire, and can judge a
signature with botocore. `tests/conftest.py` names this module a plugin: a test takes the fixtures `fake_s3`,
`fake_s3_tls`, `proxy` (an HTTP proxy that forwards and tunnels) and `authority` without an import.
"""

import contextlib
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
import trustme

Reply = Callable[[socket.socket], None]


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came; header names in lower case."""

    raw: bytes
    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def url(self, scheme: str = "http") -> str:
        return f"{scheme}://{self.headers['host']}{self.target}"


def reply(
    status: int = 206,
    body: bytes = b"%",
    *,
    reason: str = "Status",
    content_length: bool = True,
    **headers: str,
) -> Reply:
    """A whole answer; `content_type="text/xml"` becomes `Content-Type`."""
    lines = [f"HTTP/1.1 {status} {reason}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if content_length:
        lines.append(f"Content-Length: {len(body)}")
    return raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def s3_error(status: int, code: str, message: str = "", *, more: str = "", **headers: str) -> Reply:
    """An error as S3 writes it.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses
    """
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message>{more}"
        "<RequestId>4442587FB7D0A2F9</RequestId><HostId>host</HostId></Error>"
    )
    return reply(status, body.encode(), content_type="application/xml", **headers)


def raw(data: bytes) -> Reply:
    """Exactly these bytes."""
    return lambda connection: connection.sendall(data)


def silence(seconds: float = 30.0) -> Reply:
    """Nothing, until the client goes."""
    return lambda connection: _wait_for_end(connection, seconds)


def trickle(head: bytes, piece: bytes = b"x", *, every: float = 0.05, seconds: float = 30.0) -> Reply:
    """A piece now and then, for ever: each read of the client succeeds, no answer ends."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(every)

    return send


def endless(head: bytes, piece: bytes = b"<x>" * 4096, *, most: int = 64 * 1024 * 1024) -> Reply:
    """As fast as it goes, until the client goes."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(most // len(piece)):
            connection.sendall(piece)

    return send


class FakeS3:
    """Answers each request with the next of `replies`, the last of them again and again."""

    def __init__(self, *replies: Reply, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.received: list[Received] = []
        self.sent = 0
        self.replies: list[Reply] = list(replies) or [reply()]
        self._tls = tls
        self._listener = socket.create_server((host, 0))
        self._closing = False
        self.port: int = self._listener.getsockname()[1]
        self.host = f"{'localhost' if tls else host}:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.host}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def answers(self, *replies: Reply) -> "FakeS3":
        self.replies = list(replies)
        return self

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            talk = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with contextlib.suppress(OSError), talk:
                received = read_request(talk)
                if received:
                    self.received.append(received)
                    self._handle(received, talk)

    def _handle(self, received: Received, connection: socket.socket) -> None:
        answer = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        answer(connection)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)


class FakeProxy(FakeS3):
    """Forwards `GET http://…` and tunnels CONNECT; with `authorization` only for those who send it."""

    def __init__(self, *, authorization: str | None = None, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls=tls)
        self.authorization = authorization

    def _handle(self, received: Received, connection: socket.socket) -> None:
        if self.authorization and received.headers.get("proxy-authorization") != self.authorization:
            reply(407, b"", Proxy_Authenticate='Basic realm="p"')(connection)
        elif received.method == "CONNECT":
            host, _, port = received.target.rpartition(":")
            with socket.create_connection((host.strip("[]"), int(port)), 5) as upstream:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                _pump(connection, upstream)
        else:
            _, _, rest = received.target.partition("://")
            authority, slash, path = rest.partition("/")
            host, _, port = authority.partition(":")
            _, _, head = received.raw.partition(b"\r\n")
            with socket.create_connection((host, int(port or 80)), 5) as upstream:
                upstream.sendall(f"{received.method} {slash}{path} HTTP/1.1\r\n".encode("latin-1") + head)
                _pump(connection, upstream)


def read_request(connection: socket.socket) -> Received | None:
    """The head of one request, and its body where Content-Length tells of one."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    missing = int(headers.get("content-length", "0")) - len(rest)
    while missing > 0 and (piece := connection.recv(65536)):
        data, missing = data + piece, missing - len(piece)
    return Received(data, method, target, headers)


def signature_fits(received: Received, secret_access_key: str, *, scheme: str = "http") -> bool:
    """Whether a SigV4 link, as it came in, is one that botocore's own signer would have made."""
    from botocore.auth import S3SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    path, _, query = received.target.partition("?")
    parameters = parse_qs(query, keep_blank_values=True)
    access_key_id, _, region, _, _ = parameters["X-Amz-Credential"][0].split("/")
    unsigned = "&".join(part for part in query.split("&") if not part.startswith("X-Amz-Signature="))
    names = parameters["X-Amz-SignedHeaders"][0].split(";")
    request: Any = AWSRequest(
        method=received.method,
        url=f"{scheme}://{received.headers['host']}{path}?{unsigned}",
        headers={name: received.headers.get(name, "") for name in names},
    )
    request.context["timestamp"] = parameters["X-Amz-Date"][0]
    signer: Any = S3SigV4QueryAuth(Credentials(access_key_id, secret_access_key), "s3", region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return bool(signer.signature(text, request) == parameters["X-Amz-Signature"][0])


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Bytes both ways until one side ends; TLS may hold some that select does not see."""
    ends = {one: other, other: one}
    while True:
        pending = [end for end in ends if isinstance(end, ssl.SSLSocket) and end.pending()]
        readable = pending or select.select(list(ends), [], [], 10)[0]
        if not readable:
            return
        for end in readable:
            piece = end.recv(65536)
            if not piece:
                return
            ends[end].sendall(piece)


def _wait_for_end(connection: socket.socket, seconds: float) -> None:
    connection.settimeout(seconds)
    with contextlib.suppress(OSError):
        connection.recv(1)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority made for this run: `bundle` is its file, `context` a server's TLS."""

    bundle: str
    context: ssl.SSLContext


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A private CA that signs for localhost, and that nobody trusts unless told."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost").configure_cert(context)
    bundle = tmp_path_factory.mktemp("authority") / "ca.pem"
    issuer.cert_pem.write_to_path(str(bundle))
    return Authority(str(bundle), context)


@pytest.fixture
def fake_s3() -> Iterator[FakeS3]:
    with contextlib.closing(FakeS3()) as server:
        yield server


@pytest.fixture
def fake_s3_tls(authority: Authority) -> Iterator[FakeS3]:
    with contextlib.closing(FakeS3(tls=authority.context)) as server:
        yield server


@pytest.fixture
def proxy() -> Iterator[FakeProxy]:
    with contextlib.closing(FakeProxy()) as server:
        yield server

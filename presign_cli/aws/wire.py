"""One connection to a server or its proxy, with one deadline for all of it and one budget of bytes.

It raises OSError, ssl.SSLError and http.client.HTTPException as they come; `aws.http` gives them words.
"""

import io
from time import monotonic
from typing import TYPE_CHECKING, Any

from presign_cli.aws.proxy import Proxy
from presign_cli.errors import UsageError

if TYPE_CHECKING:
    import ssl
    from http.client import HTTPResponse

_PROXY_HEAD = 64 * 1024


class ProxyRefusedError(OSError):
    """The proxy answered CONNECT, but not with a tunnel."""

    def __init__(self, status: int) -> None:
        super().__init__(f"it answered {status} to CONNECT")
        self.status = status


class Wire:
    """A connection whose every operation gets what is left of `timeout` seconds, and no more.

    `peer` is whom it talks to, in words for a message: a proxy by its name alone.
    """

    __slots__ = ("_deadline", "_responses", "_socket", "peer")

    def __init__(self, *, timeout: float) -> None:
        self._deadline = monotonic() + timeout
        self._socket: Any = None  # a socket, an SSLSocket, or urllib3's SSLTransport
        self._responses: list[HTTPResponse] = []
        self.peer = ""

    def connect(self, host: str, port: int) -> None:
        """To the first of the host's addresses that answers; each gets its share of the time left."""
        import socket

        failure = OSError("the name has no address")
        found = self._resolve(host.strip("[]"), port)
        for index, (family, kind, protocol, _, place) in enumerate(found):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(self._left() / (len(found) - index))
                connection.connect(place)
            except OSError as error:
                connection.close()
                failure = error
            else:
                self._socket = connection
                return
        raise failure

    def start_tls(self, context: "ssl.SSLContext", host: str) -> None:
        """TLS from here on; a second time, it is TLS within the TLS to a proxy."""
        import ssl

        self._socket.settimeout(self._left())
        if isinstance(self._socket, ssl.SSLSocket):
            from urllib3.util.ssltransport import SSLTransport

            self._socket = SSLTransport(self._socket, context, server_hostname=host.strip("[]"))
        else:
            self._socket = context.wrap_socket(self._socket, server_hostname=host.strip("[]"))

    def tunnel(self, place: str, proxy: Proxy) -> None:
        """Ask a proxy for `host:port` (RFC 9110, section 9.3.6). Raises ProxyRefusedError."""
        self.send(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{proxy.header_line}\r\n".encode("latin-1"))
        status = self.response("CONNECT", limit=_PROXY_HEAD).status
        if not 200 <= status < 300:
            raise ProxyRefusedError(status)

    def send(self, data: bytes) -> None:
        self._socket.settimeout(self._left())
        self._socket.sendall(data)

    def response(self, method: str, *, limit: int) -> "HTTPResponse":
        """The answer, its head read; head and body together give at most `limit` bytes."""
        from http.client import HTTPException, HTTPResponse

        source = _Source(self, limit)
        response = HTTPResponse(source, method=method)  # type: ignore[arg-type]
        self._responses.append(response)
        response.begin()
        if source.left == 0:
            raise HTTPException("the head alone is over the limit")
        return response

    def receive_into(self, buffer: Any) -> int:
        self._socket.settimeout(self._left())
        return int(self._socket.recv_into(buffer))

    def close(self) -> None:
        for response in self._responses:  # left to the collector, one would be closed behind its file
            response.close()
        if self._socket is not None:
            self._socket.close()

    def _left(self) -> float:
        left = self._deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _resolve(self, host: str, port: int) -> list[Any]:
        """`getaddrinfo` knows no timeout, so it runs where it can be left behind."""
        from threading import Thread

        outcome: list[list[Any] | OSError] = []
        thread = Thread(target=lambda: outcome.append(_look_up(host, port)), daemon=True)
        thread.start()
        thread.join(self._left())
        if not outcome:
            raise TimeoutError
        if isinstance(outcome[0], OSError):
            raise outcome[0]
        return outcome[0]


class _Source(io.RawIOBase):
    """What HTTPResponse reads from: every read under the wire's deadline, all of them under one budget."""

    def __init__(self, wire: Wire, limit: int) -> None:
        self._wire = wire
        self.left = limit

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer)[: self.left]
        count = self._wire.receive_into(room) if room else 0
        self.left -= count
        return count


def tls_context(ca_file: str | None) -> "ssl.SSLContext":
    """Trusts the file, or without one what botocore trusts: certifi where installed, else its own bundle.

    Raises UsageError where the file cannot be read or holds no certificate.
    """
    import ssl

    try:
        context = ssl.create_default_context(cafile=ca_file or _default_bundle())
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"the CA bundle {ca_file!r} cannot be used: {error.strerror or 'no certificates in it'}",
            hint="--ca-bundle FILE, a file of certificates in PEM form",
        ) from error
    context.set_alpn_protocols(["http/1.1"])
    return context


def _default_bundle() -> str | None:
    """Found without importing the package, which would cost more than the request's own code."""
    from importlib.util import find_spec
    from pathlib import Path

    for package in ("certifi", "botocore"):
        spec = find_spec(package)
        if spec and spec.origin:
            return str(Path(spec.origin).with_name("cacert.pem"))
    return None


def _look_up(host: str, port: int) -> list[Any] | OSError:
    import socket

    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as error:
        return error
    except UnicodeError:
        return OSError("not the name of a host")

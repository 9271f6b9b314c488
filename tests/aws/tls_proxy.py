"""A TLS-terminating proxy that plays AWS: it has a certificate for whatever host is asked for."""

import contextlib
import socket
import ssl
import threading
from functools import lru_cache
from pathlib import Path

import trustme

from tests.fake_s3 import FakeS3, Received, Reply, read_request, reply


class TlsProxy(FakeS3):
    """Answers for every host; `connected` names the hosts, `asked` has the requests behind the TLS."""

    def __init__(self, bundle: Path) -> None:
        self.connected: list[str] = []
        self.asked: list[Received] = []
        self.bundle = str(bundle)
        self._issuer = trustme.CA()
        self._issuer.cert_pem.write_to_path(self.bundle)
        self._lock = threading.Lock()
        self._context_for = lru_cache(self._make_context)
        super().__init__()

    @property
    def variables(self) -> dict[str, str]:
        """The environment in which AWS is reached through this proxy."""
        return {"HTTPS_PROXY": self.url, "AWS_CA_BUNDLE": self.bundle}

    def _make_context(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issuer.issue_cert(host).configure_cert(context)
        return context

    def _handle(self, received: Received, connection: socket.socket) -> None:
        host = received.target.rpartition(":")[0]
        self.connected.append(host)
        with self._lock:
            context = self._context_for(host)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as talk:
            asked = read_request(talk)
            if asked:
                self.asked.append(asked)
                super()._handle(asked, talk)


def tells(status: int, region: str | None = "eu-central-1", **headers: str) -> Reply:
    """S3's answer to HEAD of a bucket."""
    named = {"x_amz_bucket_region": region} if region else {}
    return reply(status, b"", **named, **headers)

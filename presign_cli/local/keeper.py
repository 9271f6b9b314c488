"""A process that keeps one JuiceFS gateway for as long as somebody holds its standard input open.

It is run as a file, not imported: the pipe closes however its parent ends, killed or crashed included, and
then the server and its folder go. It needs only the standard library, and writes only to its own folder.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import IO, Any

_PATIENCE_SECONDS = 5.0
# What the server needs of our environment; nobody's keys, proxies or MinIO settings.
_HANDED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")


def main() -> int:
    """Reads its order, a line of JSON: `juicefs`, `address`, `user`, `password`.

    Ends with 0 when it was asked to or left alone, else with 1 and the end of the server's log on stderr.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    order = json.loads(sys.stdin.readline() or "null")
    if order is None:
        return 0
    folder = Path(tempfile.mkdtemp(prefix="presign-"))  # mode 700
    try:
        return _serve(folder, order)
    finally:
        _remove(folder)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _serve(folder: Path, order: dict[str, str]) -> int:
    environ = _environ(folder, order)
    with (folder / "log").open("w+b") as log:
        options: dict[str, Any] = {"env": environ, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        formatted = subprocess.call(_format(folder, order["juicefs"]), **options)  # noqa: S603 - no shell
        if formatted == 0:
            command = _gateway(folder, order["juicefs"], order["address"])
            if _ended_as_asked(subprocess.Popen(command, **options)):  # noqa: S603 - no shell
                return 0
        sys.stderr.write(_end_of(log))
    return 1


def _environ(folder: Path, order: dict[str, str]) -> dict[str, str]:
    ours = os.environ  # noqa: TID251 - the environment of a process of its own
    environ = {name: ours[name] for name in _HANDED_ON if name in ours}
    environ |= {"HOME": str(folder), "USERPROFILE": str(folder)}
    return environ | {"MINIO_ROOT_USER": order["user"], "MINIO_ROOT_PASSWORD": order["password"]}


def _format(folder: Path, juicefs: str) -> list[str]:
    blocks = str(folder / "blocks")
    options = ["--no-update", "--trash-days", "0", "--storage", "file", "--bucket", blocks]
    return [juicefs, "--no-agent", "format", *options, _meta(folder), "presign"]


def _gateway(folder: Path, juicefs: str, address: str) -> list[str]:
    """Reports nothing to anybody, listens on loopback alone, caches nothing outside of its folder."""
    options = ["--multi-buckets", "--keep-etag", "--object-tag", "--object-meta", "--no-banner", "--no-bgjob"]
    options += ["--no-usage-report", "--metrics", "127.0.0.1:0", "--log", str(folder / "gateway.log")]
    options += ["--cache-size", "0", "--cache-dir", str(folder / "cache")]
    return [juicefs, "--no-agent", "gateway", *options, _meta(folder), address]


def _meta(folder: Path) -> str:
    return f"sqlite3://{(folder / 'meta.db').as_posix()}"


def _ended_as_asked(server: subprocess.Popen[bytes]) -> bool:
    """Waits for the server's end; False where it ended although nobody asked it to or left."""
    asked = threading.Event()

    def stop_when_left() -> None:
        os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read, whose lock would be missed at our own end
        asked.set()
        server.terminate()
        try:
            server.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()

    threading.Thread(target=stop_when_left, daemon=True).start()
    try:
        server.wait()
    finally:
        server.kill()
        server.wait()
    return asked.is_set()


def _end_of(log: IO[bytes]) -> str:
    log.seek(max(0, log.seek(0, os.SEEK_END) - 2000))
    return log.read().decode("utf-8", "replace")


def _remove(folder: Path) -> None:
    """Nothing may cut this short: a second signal would leave the folder behind."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

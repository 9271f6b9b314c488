"""A program that is given a text and two seconds, and that inherits nothing of ours."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress

PATIENCE = 2.0  # seconds


def finish(
    command: list[str], *, content: bytes, environ: Mapping[str, str], output: int = subprocess.DEVNULL
) -> bytes | None:
    """What the program wrote, if `output` is a pipe; None where it cannot be run, fails, or hangs."""
    try:
        process = subprocess.Popen(  # noqa: S603 (no shell, and every argument is ours)
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        written, _ = process.communicate(content, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _end(process)
        return None
    except BaseException:
        _end(process)
        raise
    return None if process.returncode else written or b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started: its session is its own."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()

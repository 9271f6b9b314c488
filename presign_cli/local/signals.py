"""Signals that end a process, turned into exceptions, so that `with` blocks close what they hold."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def signals_raised() -> Iterator[None]:
    """SIGTERM and SIGHUP raise SystemExit with the code a shell gives them: 128 and the signal's number.

    Ctrl-C raises KeyboardInterrupt also where a shell that starts us in the background has switched it off,
    for nobody expects a server of ours to outlive the script that started it. `nohup` keeps its meaning.
    Only a main thread can do this, as Python has it.
    """
    handlers = {number: _exit for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)

"""Real shells in a real terminal: a line is typed, TAB is pressed, the screen is read."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

READY = "ready>"
SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}


class Shell:
    """One shell in a tmux pane of its own."""

    def __init__(self, tmux: list[str]) -> None:
        self._tmux = tmux

    def send(self, *keys: str, literal: bool = False) -> None:
        self._run("send-keys", *(["-l"] if literal else []), "--", *keys)

    def type(self, text: str) -> None:
        self.send(text, literal=True)

    def screen(self) -> str:
        return self._run("capture-pane", "-p", "-J").rstrip()

    def wait_for(self, *texts: str, seconds: float = 60) -> str:
        """The screen once all texts are on it."""
        deadline = time.monotonic() + seconds
        while not all(text in self.screen() for text in texts):
            assert time.monotonic() < deadline, f"no {texts} on the screen:\n{self.screen()}"
            time.sleep(0.05)
        return self.screen()

    def complete(self, typed: str, *texts: str, presses: int = 1) -> str:
        """The screen once TAB has brought all texts to it.

        A listing may take a second at most, which a busy machine can miss: then the line is typed anew.
        """
        for _ in range(5):
            self.type(typed)
            self.wait_for(typed.rstrip())
            for _ in range(presses):
                self.send("Tab")
            with suppress(AssertionError):
                return self.wait_for(*texts, seconds=8)
            self.send("C-c")
            self.run("true")
        raise AssertionError(f"TAB behind {typed!r} brought no {texts}:\n{self.screen()}")

    def run(self, command: str) -> None:
        """Runs a command whose output does not matter, and waits until the prompt is back."""
        self.type(f"{command}; clear")
        self.send("Enter")
        deadline = time.monotonic() + 60
        while self.screen() != READY:
            assert time.monotonic() < deadline, f"no prompt:\n{self.screen()}"
            time.sleep(0.05)

    def _run(self, *arguments: str) -> str:
        command = [*self._tmux, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@contextmanager
def shell(name: str, folder: Path, *, env: Mapping[str, str]) -> Iterator[Shell]:
    """Starts a shell without anybody's configuration; `presign` is the one under test."""
    for tool in ("tmux", name):
        assert shutil.which(tool), f"{tool} is needed to judge completions"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {"PATH": path, "HOME": str(folder), "TERM": "xterm-256color", "LANG": "C.UTF-8", **env}
    tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
    command = [*tmux, "new-session", "-d", "-x", "150", "-y", "50", "-c", str(folder), *SHELLS[name]]
    subprocess.run(command, env=environ, check=True, timeout=60)
    try:
        yield Shell(tmux)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=60)

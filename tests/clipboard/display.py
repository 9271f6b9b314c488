"""A real X server without a screen, and what its clipboard holds."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def display() -> Iterator[str]:
    """Starts Xvfb on a free display and gives its name, such as `:1`."""
    for tool in ("Xvfb", "xclip"):
        assert shutil.which(tool), f"{tool} is needed to judge the clipboard"
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as numbers:
            yield f":{int(numbers.readline())}"
    finally:
        server.terminate()
        server.wait(10)


def clipboard(display: str) -> str:
    """What another program would paste."""
    command = ["xclip", "-selection", "clipboard", "-o", "-display", display]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout

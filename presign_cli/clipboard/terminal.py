"""The clipboard of the terminal that somebody sits at, even over SSH: OSC 52, or tmux's own way to it.

https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h3-Operating-System-Commands
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import TextIO

from presign_cli.clipboard.process import finish

_LONGEST = 74_994  # bytes: what terminals take, 100,000 with base64 and the sequence's own


def send(text: str, *, environ: Mapping[str, str], screen: TextIO | None) -> bool:
    """Whether the text was sent. No terminal says whether it took it: many do, some must be told to.

    `screen` is a stream to a terminal, None where there is none.
    """
    content = text.encode()
    if "TMUX" in environ and _by_tmux(content, environ=environ):
        return True
    if screen is None or environ.get("TERM", "dumb") in ("dumb", "linux") or len(content) > _LONGEST:
        return False
    screen.write(f"\x1b]52;c;{b64encode(content).decode()}\x07")
    screen.flush()
    return True


def _by_tmux(content: bytes, *, environ: Mapping[str, str]) -> bool:
    """tmux drops OSC 52 of the programs in it by default, but sends its own; `-w` needs tmux 3.2."""
    return finish(["tmux", "load-buffer", "-w", "-"], content=content, environ=environ) is not None

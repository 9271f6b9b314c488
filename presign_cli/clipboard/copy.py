"""A text put where the person can paste it: the machine's clipboard, else the terminal's, else nowhere."""

from collections.abc import Mapping
from typing import Literal, TextIO

from presign_cli.clipboard import desktop, terminal

Whereto = Literal["clipboard", "terminal", "nowhere"]


def copy(text: str, *, environ: Mapping[str, str], screen: TextIO | None) -> Whereto:
    """Where the text went. `screen` is a stream to the terminal, None where there is none."""
    if not _is_far_away(environ) and desktop.copy(text, environ=environ):
        return "clipboard"
    return "terminal" if terminal.send(text, environ=environ, screen=screen) else "nowhere"


def _is_far_away(environ: Mapping[str, str]) -> bool:
    """Over SSH without a display of ours the machine's clipboard is that of a screen nobody looks at."""
    over_ssh = "SSH_CONNECTION" in environ or "SSH_TTY" in environ
    return over_ssh and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))

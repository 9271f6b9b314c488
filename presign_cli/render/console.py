"""What the place that we print to can show: width, colour, hyperlinks, Unicode."""

import os
from collections.abc import Mapping
from typing import NamedTuple, TextIO

_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself sets LC_CTYPE to in the C locale: https://peps.python.org/pep-0538/"""

_HYPERLINK_TERMINALS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby")


class Console(NamedTuple):
    """One stream's abilities. A pipe is 80 columns wide, without colour or hyperlinks."""

    is_terminal: bool = False
    columns: int = 80
    lines: int = 24
    color: bool = False
    hyperlinks: bool = False
    unicode: bool = True


def read_console(stream: TextIO, environ: Mapping[str, str]) -> Console:
    """The abilities of a stream, by itself and by NO_COLOR, FORCE_COLOR, TERM, COLUMNS and LINES."""
    is_terminal = stream.isatty()
    columns, lines = _size(stream, environ)
    dumb = environ.get("TERM") == "dumb"
    return Console(
        is_terminal=is_terminal,
        columns=columns,
        lines=lines,
        color=_wants_color(environ, default=is_terminal and not dumb),
        hyperlinks=is_terminal and not dumb and _has_hyperlinks(environ),
        unicode="utf" in (stream.encoding or "").lower() and not _is_c_locale(environ),
    )


def _size(stream: TextIO, environ: Mapping[str, str]) -> tuple[int, int]:
    """COLUMNS and LINES win, as everywhere; then the terminal's own size; then 80 by 24."""
    try:
        own = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        own = os.terminal_size((80, 24))
    return _positive(environ.get("COLUMNS")) or own.columns or 80, _positive(
        environ.get("LINES")
    ) or own.lines or 24


def _positive(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _wants_color(environ: Mapping[str, str], *, default: bool) -> bool:
    """https://no-color.org and https://force-color.org."""
    if environ.get("NO_COLOR"):
        return False
    return True if environ.get("FORCE_COLOR") else default


def _has_hyperlinks(environ: Mapping[str, str]) -> bool:
    """Terminals known to open OSC 8 links: https://github.com/Alhadis/OSC8-Adoption."""
    return (
        environ.get("TERM_PROGRAM") in _HYPERLINK_TERMINALS
        or _positive(environ.get("VTE_VERSION")) is not None
        or any(name in environ for name in ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))
        or environ.get("TERM") in ("xterm-kitty", "foot", "alacritty", "xterm-ghostty")
    )


def _is_c_locale(environ: Mapping[str, str]) -> bool:
    """Whether somebody has said `LANG=C`: Python writes UTF-8 all the same, their terminal may show none."""
    ctype = environ.get("LC_CTYPE")
    said = environ.get("LC_ALL") or (None if ctype in _COERCED else ctype) or environ.get("LANG")
    return said in ("C", "POSIX")

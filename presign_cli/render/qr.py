"""QR codes: a text's modules, and a terminal's drawing of them.

ISO/IEC 18004; error correction level L, for the codes of links are large already.
"""

from dataclasses import dataclass

from presign_cli.errors import UsageError

Modules = list[list[bool]]
"""Rows of modules, True where dark, the quiet zone of four modules around them included."""

_QUIET_ZONE = 4
_FILE_HINT = "write it to a file instead: `--qr-file link.png` (or `.svg`)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """What a drawing may use: None where a size is not known, and then nothing is too big."""

    columns: int | None
    lines: int | None
    utf8: bool = True
    colour: bool = True


def modules(text: str) -> Modules:
    """The smallest code that holds `text`. Raises UsageError over QR's 2,953 bytes."""
    from qrcode import ERROR_CORRECT_L, QRCode

    code = QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET_ZONE)
    code.add_data(text)
    try:
        rows: Modules = code.get_matrix()
    except ValueError as error:  # qrcode's own way to say that no version is left
        raise UsageError(
            f"{len(text.encode()):,} bytes are too many for a QR code, which holds 2,953",
            hint="sign with long-lived keys: a session token makes links long; or send the link as text",
        ) from error
    return rows


def draw(text: str, *, canvas: Canvas) -> str:
    """Lines for a terminal: two rows of modules in one of text, or `##` a module where there is no UTF-8.

    With colours it is black on white whatever the terminal's theme. Without them the half-blocks are drawn
    for light text on a dark ground, and `##` for dark print on paper, as qrencode does.
    Raises UsageError where the canvas is too small.
    """
    rows = modules(text)
    lines = _half_blocks(rows, ink_is_dark=canvas.colour) if canvas.utf8 else _ascii(rows)
    _refuse_too_big(width=len(lines[0]), height=len(lines), canvas=canvas)
    if canvas.colour:
        lines = (
            [f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines] if canvas.utf8 else _ascii_coloured(lines)
        )
    return "".join(f"{line}\n" for line in lines)


_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"  # of the 256 colours, those that no theme redefines
_BLACK_ON_BLACK = "\x1b[38;5;16;48;5;16m"
_PLAIN = "\x1b[0m"


def _half_blocks(rows: Modules, *, ink_is_dark: bool) -> list[str]:
    glyphs = " ▄▀█" if ink_is_dark else "█▀▄ "  # by upper * 2 + lower
    light = [False] * len(rows[0])
    pairs = zip(rows[::2], [*rows[1::2], light], strict=False)
    return [
        "".join(glyphs[upper * 2 + lower] for upper, lower in zip(above, below, strict=True))
        for above, below in pairs
    ]


def _ascii(rows: Modules) -> list[str]:
    return ["".join("##" if dark else "  " for dark in row) for row in rows]


def _ascii_coloured(lines: list[str]) -> list[str]:
    """`##` as black on black: a solid square."""
    solid = f"{_BLACK_ON_BLACK}##{_BLACK_ON_WHITE}"
    return [f"{_BLACK_ON_WHITE}{line.replace('##', solid)}{_PLAIN}" for line in lines]


def _refuse_too_big(*, width: int, height: int, canvas: Canvas) -> None:
    columns, lines = canvas.columns or width, canvas.lines or height
    if width > columns or height > lines:
        raise UsageError(
            f"the QR code needs {width} columns by {height} lines, the terminal has {columns} by {lines}",
            hint=f"make the terminal's window larger or its font smaller, or {_FILE_HINT}",
        )

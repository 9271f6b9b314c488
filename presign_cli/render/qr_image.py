"""QR codes as image files: a PNG and an SVG, written here, so that no imaging library is needed."""

import struct
import zlib
from pathlib import PurePath

from presign_cli.errors import UsageError
from presign_cli.render.qr import modules

_PIXELS = 8  # a module's width in a PNG: sharp when a mail client shrinks it


def image(text: str, *, path: PurePath) -> bytes:
    """The code as the path's suffix asks. Raises UsageError for a suffix or a text that cannot be."""
    check_suffix(path)
    return png(text) if path.suffix.lower() == ".png" else f"{svg(text)}\n".encode()


def check_suffix(path: PurePath) -> None:
    """Raises UsageError for all but `.png` and `.svg`."""
    if path.suffix.lower() not in (".png", ".svg"):
        raise UsageError(
            f"a QR code cannot be written as `{path.name}`", hint="--qr-file link.png, or --qr-file link.svg"
        )


def png(text: str) -> bytes:
    """One bit a pixel, eight pixels a module. https://www.w3.org/TR/png-3/"""
    rows = modules(text)
    side = len(rows) * _PIXELS
    # a module is a byte wide; a zero before each line of pixels says that it is not filtered
    pixels = b"".join((b"\0" + bytes(0x00 if dark else 0xFF for dark in row)) * _PIXELS for row in rows)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def svg(text: str) -> str:
    """An `<svg>` element that needs nothing else, scales without blur, dark on light in every theme."""
    rows = modules(text)
    side = len(rows)
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" '
        f'role="img" aria-label="QR code"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path d="{path}"/></svg>'
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark runs begin, and their widths."""
    edges = [
        x for x in range(len(row)) if row[x] != (x > 0 and row[x - 1])
    ]  # the quiet zone ends each row light
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

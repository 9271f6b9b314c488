"""The demo's object: a valid PDF of exactly 15 MiB, made on the spot, the same bytes every time.

Two pages: a keyboard on brushed metal, whose image is the bulk of the file, and a page of text.
PDF 1.7, ISO 32000-1; https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
"""

from collections.abc import Iterable
from hashlib import shake_256

SIZE = 15 * 1024 * 1024
CONTENT_TYPE = "application/pdf"

_WIDTH, _HEIGHT = 2048, 2555  # pixels of three bytes: 30,720 bytes less than SIZE, for all the rest
_KEYS = (
    ("Esc", *"1234567890", "<-"),
    ("Tab", *"QWERTYUIOP", "["),
    ("Caps", *"ASDFGHJKL", ";", "Enter"),
    ("Shift", *"ZXCVBNM", ",", ".", "/", "Shift"),
)
_MANUAL = (
    (20, "KBD v2 in one page"),
    (12, ""),
    (12, "1.  Plug the keyboard in. Any port will do."),
    (12, "2.  Press keys. The one you need is seldom far away."),
    (12, "3.  If nothing happens, see step 1."),
    (12, ""),
    (12, "This file was made by `presign demo`. It is as large as a real manual"),
    (12, "so that a download of it proves something."),
)


def keyboard_manual() -> bytes:
    """The whole file, SIZE bytes."""
    header = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    objects = list(_numbered(_objects(), start=len(header)))
    body = b"".join(text for _, text in objects)
    offsets = [offset for offset, _ in objects]
    unpadded = len(header) + len(body) + len(_trailer(offsets, start=SIZE))
    padding = b"%" + b" " * (SIZE - unpadded - 2) + b"\n"  # a comment, which readers skip
    start = len(header) + len(body) + len(padding)
    return header + body + padding + _trailer(offsets, start=start)


def _objects() -> Iterable[bytes]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 7 0 R /Contents %d 0 R >>"
    image = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    yield b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>"
    yield b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"
    yield page % 5
    yield page % 6
    yield _stream(_cover())
    yield _stream(_text(_MANUAL, left=72, top=742))
    yield b"<< /Font << /F 8 0 R >> /XObject << /Metal 9 0 R >> >>"
    yield font
    yield _stream(_brushed_metal(), image % (_WIDTH, _HEIGHT))
    yield b"<< /Title (KBD v2: the manual) /Producer (presign demo) >>"


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _cover() -> bytes:
    metal = b"q 595 0 0 842 0 0 cm /Metal Do Q\n"
    title = _text([(44, "KBD v2"), (16, "The manual")], left=72, top=700)
    return metal + title + b"".join(_row(number, keys) for number, keys in enumerate(_KEYS))


def _row(number: int, keys: tuple[str, ...]) -> bytes:
    bottom, pitch = 430 - 40 * number, 451 / len(keys)
    return b"".join(
        b"0.13 g %.1f %d %.1f 36 re f 1 g " % (72 + pitch * place, bottom, pitch - 4)
        + _text([(8, label)], left=round(77 + pitch * place), top=bottom + 22)
        for place, label in enumerate(keys)
    )


def _text(lines: Iterable[tuple[int, str]], *, left: int, top: int) -> bytes:
    """Lines of a size in points and words; ASCII without brackets or backslashes."""
    words = b"".join(b"/F %d Tf %d TL (%s) Tj T*\n" % (size, size * 2, text.encode()) for size, text in lines)
    return b"BT %d %d Td\n%sET\n" % (left, top, words)


def _brushed_metal() -> bytes:
    """Each row one shade: dark below, bright above, with a grain that never repeats."""
    grain = shake_256(b"KBD v2").digest(3 * _HEIGHT)
    shades = (210 - 90 * row // _HEIGHT for row in range(_HEIGHT))
    return b"".join(
        bytes(shade + grain[3 * row + colour] % 16 for colour in range(3)) * _WIDTH
        for row, shade in enumerate(shades)
    )


def _numbered(objects: Iterable[bytes], *, start: int) -> Iterable[tuple[int, bytes]]:
    """Each object under its number, with its offset in the file."""
    for number, content in enumerate(objects, 1):
        text = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        yield start, text
        start += len(text)


def _trailer(offsets: list[int], *, start: int) -> bytes:
    """The cross-reference table, which begins at `start`, and the pointer to it."""
    rows = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(offsets) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (count, len(offsets))
    return b"xref\n0 %d\n%s%sstartxref\n%d\n%%%%EOF\n" % (count, rows, trailer, start)

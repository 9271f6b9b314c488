"""Every QR code is read back by zbar, from the files and from a picture of the terminal's characters."""

import re
import shutil
import subprocess
from pathlib import PurePath

import pytest

from presign_cli.errors import UsageError
from presign_cli.render.qr import Canvas, draw
from presign_cli.render.qr_image import image, png, svg

LINK = (
    "https://bucket.s3.eu-west-1.amazonaws.com/manuals/guide%20v2.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Feu-west-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20261124T130000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=" + "0a9f" * 16
)
LONGEST = "https://b.example/?" + "aZ" * ((2953 - 19) // 2)
ANY_SIZE = Canvas(columns=None, lines=None)

GLYPHS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1), "#": (1, 1)}
THEMES = {"dark": {"ink": 255, "paper": 0}, "light": {"ink": 0, "paper": 255}}


def read(path) -> str:
    """What a scanner sees in a picture."""
    assert shutil.which("zbarimg"), "zbarimg (Debian's zbar-tools) is needed to judge QR codes"
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout.rstrip(
        "\n"
    )


def picture(drawing: str, path, *, ink: int, paper: int):
    """A terminal's screen as a grey picture: cells of 4 by 8 pixels, colours as xterm's 256 define them."""
    grey = {16: 0, 231: 255}
    lines = []
    for line in drawing.splitlines():
        front, back, upper, lower = ink, paper, bytearray(), bytearray()
        for codes, glyph in re.findall(r"\x1b\[([0-9;]*)m|(.)", line):
            if colours := re.fullmatch(r"38;5;(\d+);48;5;(\d+)", codes):
                front, back = grey[int(colours[1])], grey[int(colours[2])]
            elif glyph:
                top, bottom = GLYPHS[glyph]
                upper += bytes([front if top else back] * 4)
                lower += bytes([front if bottom else back] * 4)
            else:
                assert codes == "0"
                front, back = ink, paper
        lines += [bytes(upper)] * 4 + [bytes(lower)] * 4
    margin = [bytes([paper] * (len(lines[0]) + 80))] * 40
    side = bytes([paper] * 40)
    rows = margin + [side + line + side for line in lines] + margin
    path.write_bytes(b"P5 %d %d 255\n" % (len(rows[0]), len(rows)) + b"".join(rows))
    return path


@pytest.mark.parametrize("text", [LINK, LONGEST], ids=["link", "longest"])
def test_a_png_scans(tmp_path, text):
    (tmp_path / "code.png").write_bytes(png(text))
    assert read(tmp_path / "code.png") == text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("utf8", [True, False], ids=["half-blocks", "ascii"])
@pytest.mark.parametrize("text", [LINK, LONGEST], ids=["link", "longest"])
def test_a_coloured_drawing_scans_in_dark_and_light_themes(tmp_path, theme, utf8, text):
    drawing = draw(text, canvas=Canvas(columns=None, lines=None, utf8=utf8))
    assert read(picture(drawing, tmp_path / "screen.pgm", **THEMES[theme])) == text


def test_half_blocks_without_colour_scan_on_a_dark_ground(tmp_path):
    drawing = draw(LINK, canvas=Canvas(columns=None, lines=None, colour=False))
    assert set(drawing) <= set("▀▄█ \n")
    assert read(picture(drawing, tmp_path / "screen.pgm", **THEMES["dark"])) == LINK


def test_ascii_without_colour_scans_on_paper(tmp_path):
    drawing = draw(LINK, canvas=Canvas(columns=None, lines=None, utf8=False, colour=False))
    assert set(drawing) == set("# \n")
    assert read(picture(drawing, tmp_path / "screen.pgm", **THEMES["light"])) == LINK


def test_a_picture_of_something_else_does_not_scan(tmp_path):
    """The judge can say no: half the code is missing."""
    drawing = draw(LINK, canvas=ANY_SIZE)
    half = "\n".join(drawing.splitlines()[: drawing.count("\n") // 2])
    assert read(picture(half, tmp_path / "screen.pgm", **THEMES["dark"])) == ""


def test_a_code_is_as_wide_as_the_standard_says():
    """349 bytes at level L are version 12: 65 modules, and four of quiet zone on each side."""
    lines = draw("a" * 349, canvas=Canvas(columns=73, lines=37, colour=False)).splitlines()
    assert len(lines) == 37
    assert {len(line) for line in lines} == {73}


@pytest.mark.parametrize(("columns", "lines"), [(72, 99), (99, 36), (20, 10)])
def test_a_code_larger_than_the_terminal_is_refused_with_a_hint(columns, lines):
    with pytest.raises(UsageError) as refused:
        draw("a" * 349, canvas=Canvas(columns=columns, lines=lines))
    assert (
        refused.value.text
        == f"the QR code needs 73 columns by 37 lines, the terminal has {columns} by {lines}"
    )
    assert "--qr-file link.png" in refused.value.hint


def test_a_text_over_2953_bytes_is_refused():
    with pytest.raises(UsageError) as refused:
        png(LONGEST + "aZ")
    assert refused.value.text == "2,955 bytes are too many for a QR code, which holds 2,953"


def test_an_svg_scans_as_chromium_draws_it(tmp_path):
    from tests.browser import screenshot

    (tmp_path / "code.svg").write_text(svg(LINK))
    assert read(screenshot(tmp_path / "code.svg", width=600, height=600)) == LINK


def test_the_suffix_decides_and_no_other_is_taken():
    assert image("x", path=PurePath("a.PNG")).startswith(b"\x89PNG")
    assert image("x", path=PurePath("a.svg")).startswith(b"<svg ")
    with pytest.raises(UsageError) as refused:
        image("x", path=PurePath("dir/a.jpg"))
    assert refused.value.text == "a QR code cannot be written as `a.jpg`"

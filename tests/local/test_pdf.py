"""The demo's manual, read as a PDF reader does, from the end; `qpdf --check` and `pdfinfo` agree with it."""

import re
from hashlib import sha256

import pytest

from presign_cli.local.pdf import SIZE, keyboard_manual


@pytest.fixture(scope="module")
def manual():
    return keyboard_manual()


def test_it_is_fifteen_mebibytes_to_the_byte(manual):
    assert len(manual) == SIZE == 15_728_640


def test_it_is_the_same_every_time(manual):
    assert sha256(keyboard_manual()).digest() == sha256(manual).digest()


def test_every_object_is_where_the_cross_reference_table_says(manual):
    offsets = cross_references(manual)
    assert len(offsets) == 10
    for number, offset in enumerate(offsets, 1):
        assert manual[offset:].startswith(b"%d 0 obj\n" % number)


def test_every_stream_is_as_long_as_it_says(manual):
    for length in re.finditer(rb"/Length (\d+) >>\nstream\n", manual):
        assert manual[length.end() + int(length[1]) :].startswith(b"\nendstream\nendobj\n")


def test_the_image_has_a_byte_for_each_colour_of_each_pixel(manual):
    image = re.search(rb"/Width (\d+) /Height (\d+) .*/Length (\d+)", manual)
    assert int(image[1]) * int(image[2]) * 3 == int(image[3])


def test_it_has_two_pages_with_text(manual):
    assert manual.count(b"/Type /Page /Parent") == 2
    assert b"(KBD v2) Tj" in manual
    assert b"(3.  If nothing happens, see step 1.) Tj" in manual


def cross_references(manual: bytes) -> list[int]:
    """The offsets that a reader finds by way of `startxref`, the last line but one."""
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", manual)[1])
    table = manual[start:].partition(b"trailer")[0]
    assert table.startswith(b"xref\n0 11\n0000000000 65535 f \n")
    return [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n \n", table)]

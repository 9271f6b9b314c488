"""Sizes: the units of IEC and SI, exact to the byte."""

import pytest

from presign_cli.core.size import parse_size, size_in_words
from presign_cli.errors import UsageError


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("300", 300),
        ("300B", 300),
        ("1kB", 1_000),
        ("50MB", 50_000_000),
        ("50 mb", 50_000_000),
        ("5GB", 5_000_000_000),
        ("1KiB", 1_024),
        ("5MiB", 5_242_880),
        ("5GiB", 5_368_709_120),
        ("48.5TiB", 53_326_313_947_136),
        ("1.5GB", 1_500_000_000),
        ("48.8TiB", 53_656_167_435_468),
    ],
)
def test_a_size_is_bytes_to_the_last(text, size):
    assert parse_size(text, option="--size") == size


@pytest.mark.parametrize(
    "text", ["", "five", "-1", "5M", "5G", "1e3", "5 GiB more", "٥MB", "5MB\n5", "0.3B", "9" * 30]
)
def test_junk_is_refused_in_two_lines(text):
    with pytest.raises(UsageError) as refused:
        parse_size(text, option="--max-size")
    assert "--max-size" in refused.value.text
    assert "\n" not in refused.value.text + refused.value.hint


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (300, "300 bytes"),
        (50_000_000, "50 MB"),
        (5 * 1024**3, "5 GiB"),
        (15_728_640, "15 MiB"),
        (15_728_641, "15.7 MB"),
    ],
)
def test_a_size_is_told_as_people_say_it(size, words):
    assert size_in_words(size) == words

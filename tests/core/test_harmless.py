"""Text from outside can be read and cannot act. Escapes are those of Python's and C's string literals."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presign_cli.core.harmless import harmless

ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # Unicode's general categories: control, format, surrogate, breaks


@pytest.mark.parametrize(
    "text", ["manuals/guide v2.pdf", "größe.txt", "日本語　最終.pdf", "📦", "a\\nb", "[x]|`<"]
)
def test_ordinary_names_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nBcc: x", "a\\r\\nBcc: x"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("invoice\u202efdp.exe", "invoice\\u202efdp.exe"),
        ("\u2066a\u2069\u200f", "\\u2066a\\u2069\\u200f"),
        ("a\u2028b\u0085c", "a\\u2028b\\x85c"),
        ("a\u200bb\ufeffc\u00adc", "a\\u200bb\\ufeffc\\xadc"),
        ("a\xa0b", "a\\xa0b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_acts_is_shown_as_an_escape(text, shown):
    assert harmless(text) == shown


@given(st.text(st.characters()))
def test_nothing_that_acts_is_left_and_it_is_one_line(text):
    shown = harmless(text)
    assert not [c for c in shown if unicodedata.category(c) in ACTING]
    assert len(shown.splitlines()) <= 1

"""Secrets stay hidden: in any letter case, escaped as often as anybody likes, in every dialect."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presign_cli.core.redact import REDACTED, SECRET_NAMES, redact

SECRET = "5f0b0b1d1c0a3f6a1d6b5b7c5e4f3a2b"


def letter_case(name: str, mask: int) -> str:
    return "".join(char.upper() if mask >> place & 1 else char for place, char in enumerate(name))


def escaped(text: str, layers: int) -> str:
    for _ in range(layers):
        text = quote(text, safe="")
    return text


@given(
    name=st.sampled_from(sorted(SECRET_NAMES)),
    mask=st.integers(0, 2**60),
    layers=st.integers(0, 4),
    before=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    after=st.sampled_from(["", "&X-Amz-Date=1", "&a=%26", "#x", "&amp;b"]),
)
def test_secret_parameter_in_any_case_and_encoding(name, mask, layers, before, after):
    link = f"https://host/{quote(before)}?a=b&{letter_case(name, mask)}={SECRET}{after}"
    shown = redact(escaped(link, layers))
    assert SECRET not in shown
    assert REDACTED in shown


@given(name=st.sampled_from(sorted(SECRET_NAMES)), place=st.integers(0, 100))
def test_letters_of_the_name_may_be_escaped_too(name, place):
    place %= len(name)
    spelled = f"{name[:place]}%{ord(name[place]):02x}{name[place + 1 :]}"
    assert SECRET not in redact(f"https://host/k?{spelled}={SECRET}")


@pytest.mark.parametrize("space", ["%20", "%09", " ", "%2520"])
def test_space_behind_the_name_hides_no_secret_parameter(space):
    assert SECRET not in redact(f"https://host/k?a=b&X-Amz-Signature{space}={SECRET}")


@given(st.text(max_size=200))
def test_never_raises_and_does_it_once(text):
    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://host/a=b/c?X-Amz-Date=20261124T120000Z&X-Amz-SignedHeaders=host&X-Amz-Expires=5",
        "attachment; filename=\"a=b.pdf\"; filename*=UTF-8''x",
        "https://host/signature/sig?x=1",
        "no link at all",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact(text) == text


def test_exact_words_in_a_link():
    link = f"https://host/k?X-Amz-Signature={SECRET}&X-Amz-Security-Token={SECRET}&x-id=GetObject"
    assert (
        redact(link) == "https://host/k?X-Amz-Signature=REDACTED&X-Amz-Security-Token=REDACTED&x-id=GetObject"
    )


def test_user_and_password_of_a_url():
    assert redact("https://user:pass@host/k") == "https://REDACTED@host/k"


def test_html_escaped_separators():
    assert SECRET not in redact(f"https://h/k?a=b&amp;Signature={SECRET}&amp;Expires=1")


def test_a_megabyte_takes_no_longer_than_it_is_long():
    assert redact("=" * 1_000_000) == "=" * 1_000_000
    assert redact("%25" * 300_000 + "=") == "%25" * 300_000 + "="

"""Every kind of mangling against the original, byte for byte, and whole links that nothing may touch."""

import subprocess
import sys
import time
from string import printable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presign_cli.core.repair import is_whole, repair
from tests import manglers
from tests.whole_links import KEYS, signed_by_botocore, whole_links

LINK = whole_links()[1]
WAYS = [(kind, name) for kind, ways in manglers.KINDS.items() for name, _ in ways]


def mangle(kind: str, name: str, link: str) -> str:
    return dict(manglers.KINDS[kind])[name](link)


def only_the_path_tells(name: str, link: str) -> bool:
    """CloudFront's query and some others have no escape: `encodeURI` then doubles those of the key alone."""
    return name == "encodeURI" and "%" not in link.partition("?")[2]


def test_a_whole_link_is_never_touched() -> None:
    for link in whole_links():
        assert is_whole(link), link
        assert (repair(link).url, repair(link).repairs) == (link, ())


@pytest.mark.parametrize(("kind", "name"), WAYS)
def test_a_mangled_link_comes_back_byte_for_byte_and_by_its_name(kind: str, name: str) -> None:
    for link in whole_links():
        mangled = mangle(kind, name, link)
        if mangled == link or only_the_path_tells(name, link):
            continue
        repaired = repair(mangled)
        assert repaired.url == link
        assert kind in repaired.repairs


@pytest.mark.parametrize(
    "kind", ["html-escaped", "safelinks", "urldefense", "google-redirect", "line-wrapped"]
)
@pytest.mark.parametrize(
    "outer", ["soft line breaks", "a whole mail", "<>", "a link", "72 columns", "named", "a sentence"]
)
def test_two_kinds_of_mangling_one_after_the_other(kind: str, outer: str) -> None:
    wrap = next(way for ways in manglers.KINDS.values() for name, way in ways if name == outer)
    for name, way in manglers.KINDS[kind][:2]:
        if kind == "line-wrapped" and outer != "soft line breaks":
            continue
        for link in whole_links()[::5]:
            assert repair(wrap(way(link))).url == link, name


keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
ways = st.sampled_from([way for ways in manglers.KINDS.values() for _, way in ways])


@settings(max_examples=400, deadline=None)
@given(key=keys, way=ways, version=st.sampled_from(["s3v4", "s3"]))
def test_repair_undoes_what_mangling_did_whatever_the_key(
    key: str, way: manglers.Mangler, version: str
) -> None:
    link = signed_by_botocore(key, version)
    assert repair(link).repairs == ()
    assert repair(way(link)).url == link


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=300) | st.text(printable, max_size=300).map(lambda tail: LINK[:300] + tail))
def test_any_text_is_repaired_without_an_error_and_once_for_all(text: str) -> None:
    once = repair(text)
    assert repair(once.url).url == once.url


@pytest.mark.parametrize(
    "text",
    [
        "https://bucket.s3.eu-west-1.amazonaws.com/a%2520b.pdf",
        "https://bucket.s3.eu-west-1.amazonaws.com/a(1).",
        "https://bucket.s3.eu-west-1.amazonaws.com/a&amp;b",
        "s3://bucket/key",
        "prose without a link",
        "",
        LINK[:-7],
        LINK.replace("X-Amz-Date", "x-amz-date"),
        LINK.replace("AWS4-HMAC-SHA256", "AWS9"),
        f"{LINK}#page=2",
        '{"url": "https://bucket.s3.amazonaws.com/", "fields": {"key": "k", "policy": "e30="}}',
    ],
)
def test_what_was_not_mangled_stays(text: str) -> None:
    assert (repair(text).url, repair(text).repairs) == (text, ())


def test_a_truncated_link_is_still_unwrapped_and_its_signature_left_alone() -> None:
    broken = LINK[:-7]
    assert repair(f"<{broken}>").url == broken
    assert repair(broken.replace("&", "&amp;")).url == broken
    assert repair(manglers.safelinks(broken)).url == broken


def test_a_lower_case_signature_that_looks_quoted_printable_stays() -> None:
    link = LINK[:-64] + "3d" * 32
    assert repair(link).url == link
    upper = LINK[:-64] + "3D" * 32
    assert repair(upper).url == upper


@pytest.mark.parametrize("key", KEYS)
def test_a_link_in_brackets_keeps_the_brackets_of_its_key(key: str) -> None:
    link = signed_by_botocore(key, "s3v4").replace("%28", "(").replace("%29", ")").replace("%27", "'")
    assert repair(link).url == link
    for opener, closer in ("()", "''", "<>", "[]"):
        assert repair(opener + link + closer).url == link


def test_repairs_are_named_once_and_from_the_outside_in() -> None:
    mail = manglers.soft_wrapped(f"Hello <{manglers.safelinks(LINK)}>, and good bye.")
    assert repair(mail).repairs == (
        "quoted-printable",
        "safelinks",
        "wrapped-in-brackets",
        "surrounding-text",
    )


def test_the_link_is_not_in_a_representation() -> None:
    assert "Signature" not in repr(repair(LINK))


def test_a_whole_link_costs_no_compiled_rules_at_start() -> None:
    code = (
        "import sys; from presign_cli.core.repair import repair; repair(sys.argv[1]); "
        "sys.exit('presign_cli.core.repair.rules' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, LINK], check=False).returncode == 0


def piece(count: int, text: str) -> str:
    return (text * (count // len(text) + 1))[:count]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "http://",
            "https://x ",
            "&amp;",
            "\\",
            "<a href=",
            "[x](",
            "](",
            "'http",
            "%25",
            "=\n",
            "\x1b[0",
            "\u200b",
        ),
        *(
            "https://safelinks.protection.outlook.com/?a=b&",
            "https://urldefense.com/v3/__https:",
            "?X-Amz-Date=",
        ),
        *(
            "https://x?X-Amz-Signature=a\n",
            "https%253A%252F%252F",
            "&quot;https:",
            "x-amz-",
            "(" * 99,
            ")" * 99,
        ),
    ],
)
def test_hostile_text_costs_linear_time(text: str) -> None:
    def cost(count: int) -> float:
        start = time.perf_counter()
        repair("https://x?X-Amz-Signature=a&" + piece(count, text))
        return time.perf_counter() - start

    cost(1000)
    assert cost(200_000) < 3 + 40 * min(cost(20_000) for _ in range(3))

"""Refusals are explained: the answers and their sources are in vectors/refusals.toml."""

import dataclasses
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presign_cli.core.causes import CAUSES
from presign_cli.core.causes.cause import Cause
from presign_cli.core.response import Explanation, clock_skew, explain

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def s3(code: str, message: str = "", more: str = "") -> bytes:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses"""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message>{more}"
        "<RequestId>4442587FB7D0A2F9</RequestId><HostId>x</HostId></Error>"
    ).encode()


def told(body: bytes, *, status: int = 403, **headers: str) -> Explanation:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return explain(status, named, body, now=NOW)


with (Path(__file__).parents[1] / "vectors" / "refusals.toml").open("rb") as file:
    ANSWERS: list[dict[str, str]] = tomllib.load(file)["answer"]


def explained(answer: dict[str, str]) -> Explanation:
    return told(s3(answer["code"], answer["message"], answer.get("more", "")))


@pytest.mark.parametrize("answer", ANSWERS, ids=[f"{one['code']}: {one['text']}" for one in ANSWERS])
def test_an_error_has_a_cause_and_a_remedy(answer: dict[str, str]) -> None:
    found = explained(answer)
    assert found.code == answer["code"]
    assert answer["text"] in found.text
    assert answer["hint"] in found.hint


def test_every_rule_that_looks_at_a_message_has_an_answer_that_reaches_it() -> None:
    texts = [explained(answer).text for answer in ANSWERS]
    unreached = {cause.codes for cause in CAUSES if cause.said and not _reached(cause, texts)}
    assert unreached == {"NoSuchKey", "MethodNotAllowed"}  # by the header x-amz-delete-marker: see below


def test_no_rule_stands_behind_a_wider_one() -> None:
    for index, cause in enumerate(CAUSES):
        for earlier in CAUSES[:index]:
            if not earlier.said and "{" not in earlier.text + earlier.hint:
                assert not set(cause.codes.split()) <= set(earlier.codes.split()), cause


def _reached(cause: Cause, texts: list[str]) -> bool:
    shape = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(cause.text)))
    return any(shape.fullmatch(text) for text in texts)


def test_texts_and_hints_are_in_the_houses_style() -> None:
    for cause in CAUSES:
        for words in (cause.text, cause.hint):
            assert words[0].islower() or words.startswith(("KMS", "CloudFront", "ACLs")), words
            assert not words.endswith("."), words
            assert "\n" not in words


def test_a_redirect_without_a_body_names_the_region_of_its_header() -> None:
    for status in (301, 307):
        found = told(b"", status=status, x_amz_bucket_region="eu-west-1")
        assert found.code is None
        assert "the bucket is in eu-west-1" in found.text
        assert found.hint == "presign get LINK --region eu-west-1"


def test_a_region_that_is_no_region_is_not_repeated() -> None:
    found = told(b"", status=301, x_amz_bucket_region="eu-west-1; rm -rf /")
    assert "rm" not in found.text + found.hint


def test_a_deleted_object_is_told_from_one_that_never_was() -> None:
    body = s3("NoSuchKey", "The specified key does not exist.")
    assert "was deleted" in told(body, status=404, x_amz_delete_marker="true").text
    assert "delete marker" in told(s3("MethodNotAllowed"), status=405, x_amz_delete_marker="true").text


def test_azures_header_names_the_code_of_an_empty_answer() -> None:
    assert told(b"", status=404, x_ms_error_code="BlobNotFound").code == "BlobNotFound"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (403, b"", "no right to this object"),
        (404, b"", "no such object"),
        (429, b"", "too many requests"),
        (503, b"<html><title>503 Service Unavailable</title>", "in trouble"),
        (407, b"", "proxy wants a user"),
        (418, b"", "answered 418 and gave no reason"),
        (
            200,
            b"<!DOCTYPE html><html><head><title>Wi-Fi login &amp; terms</title>",
            "a web page (`Wi-Fi login & terms`)",
        ),
        (401, b"<HTML><body>no", "401 with a web page: no storage server"),
        (400, b'{"error": {"code": 400, "message": "Bad things"}}', "answered 400 400: Bad things"),
        (400, b'{"message": "Missing Authentication Token"}', "answered 400: Missing Authentication Token"),
        (400, b"{" * 60_000, "gave no reason"),
        (400, b"[" * 60_000, "gave no reason"),
        (400, b'{"a":' * 10_000, "gave no reason"),
        (400, b"\xff\xfe\x00junk", "gave no reason"),
        (400, b"<Error><Code>Odd", "gave no reason"),
        (400, b"<Error/>", "gave no reason"),
        (418, s3("Teapot", "I am &lt;one&gt; &#x2615;"), "answered 418 Teapot: I am <one> ☕"),
    ],
)
def test_bodies_of_all_kinds_have_words(status: int, body: bytes, words: str) -> None:
    assert words in told(body, status=status).text


def test_an_xml_bomb_is_not_expanded_and_a_doctype_is_not_read() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY l0 "lol">{entities}]><Error><Code>&l9;</Code></Error>'
    found = told(bomb.encode())
    assert found.code is None
    assert "lol" not in found.text
    inner = told(b"<Error><Code>A</Code><Message>&l9;&xxe;&#0;&#x110000;&#9999999;</Message></Error>")
    assert inner.text == "the server answered 403 A: &l9;&xxe;\ufffd\ufffd\ufffd"


def test_external_entities_stay_outside() -> None:
    body = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Error><Code>&e;</Code></Error>'
    assert told(body).code is None


def test_what_stands_behind_64_kib_is_not_looked_at() -> None:
    assert told(b" " * 65_536 + s3("NoSuchKey")).code is None
    assert told(b"<Error>" + b"<a>" * 2_000_000, status=418).code is None


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    found = told(s3("Odd\x1b[2J", "a\x1b]0;owned\x07 b\u202ec\r\nd [bold] {region} {0.__class__}"))
    for character in ("\x1b", "\x07", "\u202e", "\n", "\r"):
        assert character not in found.text + found.hint + found.said + str(found.code)
    assert "{region} {0.__class__}" in found.text


def test_long_text_is_cut() -> None:
    found = told(s3("Odd", "x" * 50_000))
    assert len(found.text) < 400
    assert len(found.said) < 400


@pytest.mark.parametrize(
    "name", ["X-Amz-Signature", "x-amz-security-token", "X-Goog-Signature", "sig", "Signature"]
)
@pytest.mark.parametrize("equals", ["=", "%3D"])
def test_signatures_and_tokens_in_the_servers_words_are_masked(name: str, equals: str) -> None:
    found = told(s3("Odd", f"bad request /k?a=b&amp;{name}{equals}5ecre7&amp;c=d"))
    assert "5ecre7" not in found.text + found.said
    assert "REDACTED" in found.text


def test_what_s3_signed_is_kept_and_not_shown() -> None:
    more = "<StringToSign>AWS4&#10;x</StringToSign><CanonicalRequest>GET&#10;5ecre7</CanonicalRequest>"
    found = told(s3("SignatureDoesNotMatch", "no", more))
    assert found.canonical_request == "GET\n5ecre7"
    assert found.string_to_sign == "AWS4\nx"
    assert "5ecre7" not in repr(found)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (22, "; this computer's clock is 22 min ahead of the server's"),
        (-90, "clock is 90 min behind the server's"),
    ],
)
def test_a_wrong_clock_is_told_from_the_date_header(minutes: int, words: str) -> None:
    served = (NOW - timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert words in told(s3("AccessDenied", "Request has expired"), date=served).text
    assert "clock" not in told(s3("NoSuchKey"), date=served).text


def test_a_clock_that_is_right_is_no_news() -> None:
    served = NOW.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert "computer" not in told(s3("RequestTimeTooSkewed"), date=served).text


@pytest.mark.parametrize(
    "date", ["", "now", "Tue, 24 Foo 2026 13:00:00 GMT", "Tue, 99 Nov 2026 13:00:00 GMT"]
)
def test_a_date_that_is_none_tells_nothing(date: str) -> None:
    assert clock_skew({"date": date}, now=NOW) is None


def test_a_mismatch_is_for_sure_an_altered_link_where_the_method_is_known() -> None:
    found = explain(403, {}, s3("SignatureDoesNotMatch"), now=NOW, method_known=True)
    assert found.text == "the link was altered, or signed with another secret key"


def test_a_mismatch_names_what_changed_on_the_way() -> None:
    ours = "GET\n/k\nX-Amz-Date=1\nhost:public.example.com\n\nhost\nUNSIGNED-PAYLOAD"
    theirs = ours.replace("public.example.com", "minio:9000")
    body = s3("SignatureDoesNotMatch", "no", f"<CanonicalRequest>{theirs}</CanonicalRequest>")
    found = explain(403, {}, body, now=NOW, canonical_request=ours)
    assert "did not reach the server as it was sent" in found.text
    assert "the host is `public.example.com` here and `minio:9000` there" in found.text


@given(
    st.integers(100, 599), st.binary(max_size=400), st.dictionaries(st.text(max_size=9), st.text(max_size=9))
)
def test_no_answer_makes_it_stumble(status: int, body: bytes, headers: dict[str, str]) -> None:
    for wrapped in (body, b"<Error><Code>" + body, s3("AccessDenied", body.decode("latin-1"))):
        found = explain(status, headers, wrapped, now=NOW)
        assert found.text.isprintable()
        assert dataclasses.is_dataclass(found)

"""`presign get --check`: the link is printed whatever the server says, and the exit code tells."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from tests.fake_s3 import FakeS3, reply, s3_error, signature_fits
from tests.gateway import Gateway
from tests.presign import KEYS, NOW, OFFLINE, SIGNER, Outcome, presign

SECRET = KEYS["AWS_SECRET_ACCESS_KEY"]


def checked(server: FakeS3, *arguments: str, key: str = "k", **options: object) -> Outcome:
    return presign(
        "get",
        f"s3://bucket/{key}",
        "--check",
        "--endpoint-url",
        server.url,
        *arguments,
        **options,  # type: ignore[arg-type]
    )


def test_the_link_that_is_printed_is_the_one_that_was_asked_for(fake_s3: FakeS3) -> None:
    outcome = checked(fake_s3, key="a/../b c+é")
    [received] = fake_s3.received
    assert outcome.link == received.url()
    assert signature_fits(received, SECRET)
    assert outcome.code == 0
    assert outcome.stderr.endswith("note: checked s3://bucket/a/../b c+é: it works\n")


def test_the_answer_is_in_the_links_json(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range="bytes 0-0/15728640", Content_Type="application/pdf"))
    outcome = checked(fake_s3, "-o", "json")
    assert outcome.json["check"] == {
        "ok": True,
        "status": 206,
        "size": 15_728_640,
        "content_type": "application/pdf",
        "code": None,
        "text": "it works",
        "hint": None,
    }
    assert (outcome.code, outcome.stderr) == (0, "")


def test_the_answer_is_in_the_table(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range="bytes 0-0/15728640", Content_Type="application/pdf"))
    lines = checked(fake_s3, "-o", "table").splitlines()
    [row] = [line for line in lines if line.startswith("checked")]
    assert row.split(maxsplit=1)[1] == "it works, 15 MiB, application/pdf"


def test_without_the_flag_nobody_is_asked(fake_s3: FakeS3) -> None:
    outcome = presign("get", "s3://bucket/k", "--endpoint-url", fake_s3.url, "-o", "json")
    assert outcome.json["check"] is None
    assert not fake_s3.received


def test_a_refused_link_is_printed_with_exit_7(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(404, "NoSuchKey", "The specified key does not exist."))
    outcome = checked(fake_s3)
    assert outcome.link == fake_s3.received[0].url()
    assert outcome.code == 7
    assert outcome.stderr.splitlines() == [
        "error: s3://bucket/k does not work (404 NoSuchKey): there is no such object",
        "hint: look at the key's spelling, letter case included",
    ]


def test_a_refusal_in_json_is_told_twice_as_json(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(403, "AccessDenied", "Access Denied"))
    outcome = checked(fake_s3, "-o", "json", "-q")
    assert (outcome.json["check"]["ok"], outcome.json["check"]["code"]) == (False, "AccessDenied")
    assert outcome.json["check"]["status"] == 403
    assert (outcome.error["code"], outcome.error["exit_code"], outcome.code) == ("refused", 7, 7)


def test_nobody_there_is_exit_7_and_the_link_is_printed(fake_s3: FakeS3) -> None:
    fake_s3.close()
    outcome = checked(fake_s3, "-o", "json")
    assert outcome.json["url"].startswith(f"{fake_s3.url}/bucket/k?")
    assert outcome.json["check"]["code"] == "unreachable"
    assert outcome.code == 7


@pytest.fixture
def three_answers(fake_s3: FakeS3) -> Iterator[FakeS3]:
    missing = s3_error(404, "NoSuchKey", "The specified key does not exist.")
    yield fake_s3.answers(missing, reply(), missing)


def test_of_many_links_all_are_printed_and_the_refused_counted(three_answers: FakeS3) -> None:
    outcome = presign(
        "get",
        "s3://bucket/a",
        "s3://bucket/b",
        "s3://bucket/c",
        "--check",
        "--endpoint-url",
        three_answers.url,
    )
    assert outcome.splitlines() == [received.url() for received in three_answers.received]
    assert len(outcome.splitlines()) == 3
    assert "2 links do not work; the first is s3://bucket/a: there is no such object" in outcome.stderr
    assert outcome.code == 7


def test_a_wrong_clock_is_told(fake_s3: FakeS3) -> None:
    served = format_datetime(NOW.replace(hour=14), usegmt=True)
    fake_s3.answers(s3_error(403, "RequestTimeTooSkewed", "too large", Date=served))
    assert "this computer's clock is 60 min behind the server's" in checked(fake_s3).stderr


def test_hostile_answers_are_shown_harmlessly(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(418, "Odd\x1b[31m", "a\x1b]0;x\x07\u202e [bold] {0}"))
    for form in ("link", "table", "json"):
        outcome = checked(fake_s3, "-o", form)
        assert not set(outcome + outcome.stderr) & {"\x1b", "\x07", "\u202e"}
        assert outcome.code == 7


def test_no_secret_is_in_what_is_said(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(403, "AccessDenied", "Access Denied"))
    environ = {**SIGNER, "HTTP_PROXY": f"http://user:pr0xy-pw@127.0.0.1:{fake_s3.port}"}
    outcome = checked(fake_s3, env=environ)
    signature = outcome.link.rpartition("=")[2]
    for secret in (signature, "pr0xy-pw", SECRET):
        assert secret not in outcome.stderr
    assert outcome.code == 7


def at_gateway(gateway: Gateway, *arguments: str) -> Outcome:
    now = datetime.now(UTC)
    return presign("get", *arguments, "--check", env={**OFFLINE, **gateway.environ}, now=now)


def test_a_real_server_gives_what_it_has(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "a b/é+~.pdf", b"x" * 4321, ContentType="application/pdf")
    outcome = at_gateway(gateway, f"s3://{bucket}/a b/é+~.pdf", "-o", "json")
    assert outcome.code == 0, outcome.stderr
    check = outcome.json["check"]
    assert (check["ok"], check["status"], check["size"]) == (True, 206, 4321)
    assert check["content_type"] == "application/pdf"


def test_a_real_server_answers_with_the_type_that_the_link_asks_for(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "k", b"x")
    outcome = at_gateway(gateway, f"s3://{bucket}/k", "--content-type", "text/x-own", "-o", "json")
    assert outcome.json["check"]["content_type"] == "text/x-own"


def test_a_real_server_refuses_what_it_has_not(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    outcome = at_gateway(gateway, f"s3://{bucket}/missing")
    assert outcome.code == 7
    assert "404 NoSuchKey" in outcome.stderr
    assert outcome.link.startswith(gateway.endpoint_url)


def test_a_link_that_starts_later_does_not_work_yet(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "k", b"x")
    outcome = at_gateway(gateway, f"s3://{bucket}/k", "--not-before", "2099-01-01T00:00Z")
    assert outcome.code == 7
    assert "not yet valid" in outcome.stderr

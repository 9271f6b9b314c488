"""`presign inspect --check`: the server itself is asked, once, and only for what a GET may do."""

from datetime import UTC, datetime

import pytest

from presign_cli.core.credentials import Credentials
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import Presigner
from tests.fake_s3 import Authority, FakeProxy, FakeS3, reply, s3_error, signature_fits
from tests.gateway import Gateway
from tests.presign import KEYS, NOW, OFFLINE, Outcome, presign

EXAMPLE = Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"])


def link(server: FakeS3, key: str = "k", **options: object) -> str:
    scheme = server.url.partition(":")[0]
    location = Location(bucket="b", region="eu-west-1", host=server.host, scheme=scheme, base_path="/b")
    options = {"signed_at": NOW, "ttl_seconds": 300, **options}
    return Presigner(location, EXAMPLE, **options).url(key)  # type: ignore[arg-type]


def inspected(url: str, *arguments: str, **options: object) -> Outcome:
    options = {"env": OFFLINE, **options}
    return presign("inspect", url, "--check", "-o", "json", *arguments, **options)  # type: ignore[arg-type]


def test_a_link_that_works_says_so(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range="bytes 0-0/15728640", Content_Type="application/pdf"))
    outcome = inspected(link(fake_s3, "a/../b c+é"))
    assert outcome.json["check"] == {
        "ok": True,
        "status": 206,
        "size": 15_728_640,
        "content_type": "application/pdf",
        "code": None,
        "text": "it works",
        "hint": None,
    }
    [received] = fake_s3.received
    assert received.headers["range"] == "bytes=0-0"
    assert signature_fits(received, EXAMPLE.secret_access_key)


def test_without_the_flag_nobody_is_asked(fake_s3: FakeS3) -> None:
    outcome = presign("inspect", link(fake_s3), "-o", "json", env=OFFLINE)
    assert outcome.json["check"] is None
    assert not fake_s3.received


def test_a_refusal_is_exit_7_with_cause_and_remedy(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(400, "ExpiredToken", "The provided token has expired."))
    outcome = inspected(link(fake_s3))
    check = outcome.json["check"]
    assert (check["ok"], check["status"], check["code"]) == (False, 400, "ExpiredToken")
    assert "temporary credentials" in check["text"]
    assert check["hint"]
    assert outcome.code == 7


def test_a_mangled_link_is_asked_for_as_it_was_mended(fake_s3: FakeS3) -> None:
    url = link(fake_s3)
    inspected(f"<{url.replace('&', '&amp;')}>.")
    assert fake_s3.received[0].url() == url


def test_a_mismatch_where_the_method_is_unknown_may_be_another_methods(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(403, "SignatureDoesNotMatch", "does not match"))
    assert "altered, or made for another method" in inspected(link(fake_s3)).json["check"]["text"]


def test_a_link_said_to_be_for_put_is_not_tried(fake_s3: FakeS3) -> None:
    check = inspected(link(fake_s3, method="PUT"), "--method", "PUT").json["check"]
    assert (check["ok"], check["code"]) == (None, "not-exercised")
    assert not fake_s3.received


def test_a_javascript_link_for_put_is_not_tried(fake_s3: FakeS3) -> None:
    check = inspected(f"{link(fake_s3, method='PUT')}&x-id=PutObject").json["check"]
    assert (check["ok"], check["code"]) == (None, "not-exercised")
    assert not fake_s3.received


def test_a_link_that_owes_a_header_is_not_tried(fake_s3: FakeS3) -> None:
    url = link(fake_s3, headers={"x-amz-server-side-encryption-customer-algorithm": "AES256"})
    check = inspected(url).json["check"]
    assert (check["ok"], check["code"]) == (None, "not-exercised")
    assert "x-amz-server-side-encryption-customer-algorithm" in check["text"]
    assert not fake_s3.received


def test_through_a_proxy_with_a_private_authority(
    fake_s3_tls: FakeS3, proxy: FakeProxy, authority: Authority
) -> None:
    fake_s3_tls.answers(reply(206, b"%", Content_Range="bytes 0-0/7"))
    environ = {**OFFLINE, "HTTPS_PROXY": f"http://user:pr0xy-pw@127.0.0.1:{proxy.port}"}
    outcome = inspected(link(fake_s3_tls), "--ca-bundle", authority.bundle, env=environ)
    assert outcome.json["check"]["size"] == 7
    assert proxy.received[0].method == "CONNECT"
    refused = inspected(link(fake_s3_tls), env=environ)
    assert refused.json["check"]["code"] == "unreachable"
    assert "pr0xy-pw" not in refused + refused.stderr


@pytest.mark.parametrize("form", ["json", "table", "csv"])
def test_a_hostile_answer_is_harmless_and_tells_no_secret(fake_s3: FakeS3, form: str) -> None:
    url = link(fake_s3)
    signature = url.rpartition("=")[2]
    fake_s3.answers(s3_error(418, "Odd\x1b[31m", f"a\x1b]0;x\x07\u202e {url.replace('&', '&amp;')}"))
    outcome = presign("inspect", url, "--check", "-o", form, env=OFFLINE)
    said = outcome + outcome.stderr
    assert not set(said) & {"\x1b", "\x07", "\u202e"}
    assert signature not in said
    assert outcome.code == 7


def test_the_table_says_it_in_words(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range="bytes 0-0/15728640", Content_Type="application/pdf"))
    outcome = presign("inspect", link(fake_s3), "--check", "-o", "table", env=OFFLINE)
    assert "it works, 15 MiB, application/pdf" in " ".join(outcome.split())


def test_a_real_server_is_asked(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "k", b"x" * 99)
    now = datetime.now(UTC).replace(microsecond=0)
    signer = Presigner(gateway.location(bucket), gateway.credentials, signed_at=now, ttl_seconds=60)
    outcome = inspected(signer.url("k"), now=now)
    assert (outcome.json["check"]["ok"], outcome.json["check"]["size"]) == (True, 99)
    altered = inspected(signer.url("k").replace("/k?", "/l?"), now=now)
    assert altered.json["check"]["code"] == "SignatureDoesNotMatch"
    assert altered.code == 7

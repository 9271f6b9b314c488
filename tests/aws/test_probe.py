"""One ranged GET of a link, and what its answer means: by a fake S3, and by a real one."""

import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from presign_cli.aws.http import LIMIT
from presign_cli.aws.probe import TIMEOUT, probe
from presign_cli.core.credentials import Credentials
from presign_cli.core.link import Check
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import Presigner
from presign_cli.errors import UsageError
from tests.fake_s3 import (
    Authority,
    FakeProxy,
    FakeS3,
    endless,
    raw,
    reply,
    s3_error,
    signature_fits,
    silence,
    trickle,
)
from tests.gateway import Gateway
from tests.oracle import botocore_link

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
# AWS's own documented example keys
EXAMPLE = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


def check(url: str, **options: object) -> Check:
    return probe(url, **{"environ": {}, "now": NOW, "timeout": 5.0, **options})  # type: ignore[arg-type]


def signed(server: FakeS3, key: str = "k", **options: object) -> str:
    location = Location(bucket="b", region="eu-west-1", host=server.host, scheme="http", base_path="/b")
    signer = Presigner(location, EXAMPLE, signed_at=NOW, ttl_seconds=300, **options)  # type: ignore[arg-type]
    return signer.url(key)


def test_an_object_is_told_by_its_first_byte(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range="bytes 0-0/15728640", Content_Type="application/pdf"))
    assert check(signed(fake_s3)) == Check(
        ok=True, status=206, size=15_728_640, content_type="application/pdf", text="it works"
    )


def test_it_is_one_get_with_a_range_that_the_signature_allows(fake_s3: FakeS3) -> None:
    check(signed(fake_s3, "a/../b c+é"))
    [received] = fake_s3.received
    assert received.method == "GET"
    assert received.target.startswith("/b/a/../b%20c%2B%C3%A9?")
    assert received.headers["range"] == "bytes=0-0"
    assert signature_fits(received, EXAMPLE.secret_access_key)


def test_a_fake_that_judges_signatures_refuses_a_changed_one(fake_s3: FakeS3) -> None:
    check(signed(fake_s3).replace("/b/k?", "/b/l?"))
    assert not signature_fits(fake_s3.received[0], EXAMPLE.secret_access_key)


def test_botocores_links_arrive_as_they_were_signed(fake_s3: FakeS3) -> None:
    url = botocore_link(
        EXAMPLE,
        "eu-west-1",
        "get_object",
        {"Bucket": "bucket", "Key": "a//b/./~c'(d)*!.txt"},
        ttl_seconds=60,
        signed_at=NOW,
        endpoint_url=fake_s3.url,
        addressing_style="path",
    )
    check(url)
    assert signature_fits(fake_s3.received[0], EXAMPLE.secret_access_key)


def test_no_credentials_and_no_cookies_are_sent(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Set_Cookie="a=b"))
    environ = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s"}
    for _ in range(2):
        check(signed(fake_s3), environ=environ)
    for received in fake_s3.received:
        assert not {"authorization", "cookie", "proxy-authorization", "referer"} & set(received.headers)


def test_an_empty_object_is_416_and_works(fake_s3: FakeS3) -> None:
    fake_s3.answers(s3_error(416, "InvalidRange", "The requested range is not satisfiable"))
    found = check(signed(fake_s3))
    assert (found.ok, found.status, found.size, found.content_type, found.code) == (True, 416, 0, None, None)


def test_a_server_without_ranges_is_cut_short_and_works(fake_s3: FakeS3) -> None:
    fake_s3.answers(endless(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n"))
    begun = time.monotonic()
    found = check(signed(fake_s3))
    assert (found.ok, found.status, found.size) == (True, 200, 9_000_000_000)
    assert "200 and not 206" in found.text
    assert found.hint
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "content_range", ["bytes 0-0/*", "bytes 0-0/x", "0-0/9", "", "bytes 0-0/" + "9" * 5000, "bytes 0-0/1\x00"]
)
def test_a_content_range_that_tells_nothing_tells_nothing(fake_s3: FakeS3, content_range: str) -> None:
    fake_s3.answers(reply(206, b"%", Content_Range=content_range))
    assert (check(signed(fake_s3)).ok, check(signed(fake_s3)).size) == (True, None)


def test_a_hostile_content_type_is_shown_harmlessly(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"%", Content_Type="text/\x1b]0;owned\x07" + "x" * 5000))
    content_type = check(signed(fake_s3)).content_type
    assert content_type is not None
    assert content_type.isprintable()
    assert len(content_type) <= 200


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "HEAD"])
def test_a_link_made_for_another_method_is_not_tried(fake_s3: FakeS3, method: str) -> None:
    found = check(signed(fake_s3, method=method), method=method)
    assert (found.ok, found.code, found.status) == (None, "not-exercised", None)
    assert method in found.text
    assert not fake_s3.received


def test_a_link_that_owes_a_header_without_a_value_is_not_tried(fake_s3: FakeS3) -> None:
    found = check(signed(fake_s3), headers={"host": None, "x-amz-server-side-encryption-customer-key": None})
    assert (found.ok, found.code) == (None, "not-exercised")
    assert "x-amz-server-side-encryption-customer-key" in found.text
    assert not fake_s3.received


def test_a_header_whose_value_is_known_is_sent(fake_s3: FakeS3) -> None:
    owed = {"x-amz-server-side-encryption-customer-algorithm": "AES256"}
    check(signed(fake_s3, headers=owed), headers={"host": None, **owed})
    assert signature_fits(fake_s3.received[0], EXAMPLE.secret_access_key)


@pytest.mark.parametrize(
    "url", ["ftp://h/k", "http://u:p@h/k?X-Amz-Signature=5ecre7", "http://h/a b", "", "\x00"]
)
def test_what_cannot_be_sent_is_not_tried_and_not_repeated(url: str) -> None:
    found = check(url)
    assert (found.ok, found.code) == (None, "not-exercised")
    assert "5ecre7" not in str(found)


@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_names_the_region_and_is_not_followed(fake_s3: FakeS3, status: int) -> None:
    body = s3_error(
        status,
        "PermanentRedirect" if status == 301 else "TemporaryRedirect",
        "must be addressed using the specified endpoint",
        more="<Endpoint>b.s3-eu-central-1.amazonaws.com</Endpoint>",
        x_amz_bucket_region="eu-central-1",
        Location=f"{fake_s3.url}/elsewhere",
    )
    fake_s3.answers(body)
    found = check(signed(fake_s3))
    assert (found.ok, found.status) == (False, status)
    assert "eu-central-1" in found.text
    assert len(fake_s3.received) == 1


@pytest.mark.parametrize(
    ("status", "code", "more"),
    [
        (400, "AuthorizationQueryParametersError", "<Region>eu-central-1</Region>"),
        (403, "AccessDenied", ""),
        (404, "NoSuchKey", "<Key>k</Key>"),
        (503, "SlowDown", ""),
    ],
)
def test_a_refusal_has_s3s_code_a_cause_and_a_remedy(
    fake_s3: FakeS3, status: int, code: str, more: str
) -> None:
    fake_s3.answers(s3_error(status, code, "No", more=more))
    found = check(signed(fake_s3))
    assert (found.ok, found.status, found.code) == (False, status, code)
    assert found.text
    assert found.hint


def test_a_refusal_by_a_wrong_clock_says_so(fake_s3: FakeS3) -> None:
    served = (NOW + timedelta(minutes=30)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    fake_s3.answers(s3_error(403, "RequestTimeTooSkewed", "too large", Date=served))
    assert "30 min behind the server's" in check(signed(fake_s3)).text


def test_a_host_rewritten_on_the_way_is_named(fake_s3: FakeS3) -> None:
    url = signed(fake_s3)
    query = url.partition("?")[2].rpartition("&X-Amz-Signature=")[0]
    seen = f"GET\n/b/k\n{query}\nhost:internal:9000\n\nhost\nUNSIGNED-PAYLOAD"
    more = f"<CanonicalRequest>{seen.replace('&', '&amp;')}</CanonicalRequest>"
    fake_s3.answers(s3_error(403, "SignatureDoesNotMatch", "does not match", more=more))
    found = check(url, method="GET")
    assert f"the host is `{fake_s3.host}` here and `internal:9000` there" in found.text


def test_what_arrived_whole_and_does_not_match_was_altered(fake_s3: FakeS3) -> None:
    url = signed(fake_s3)
    query = url.partition("?")[2].rpartition("&X-Amz-Signature=")[0]
    seen = f"GET\n/b/k\n{query}\nhost:{fake_s3.host}\n\nhost\nUNSIGNED-PAYLOAD".replace("&", "&amp;")
    fake_s3.answers(
        s3_error(403, "SignatureDoesNotMatch", more=f"<CanonicalRequest>{seen}</CanonicalRequest>")
    )
    assert check(url).text == "the link was altered, or made for another method; the server saw what was sent"


def test_no_secret_of_the_link_comes_back(fake_s3: FakeS3) -> None:
    url = signed(fake_s3)
    signature = url.rpartition("=")[2]
    fake_s3.answers(s3_error(400, "Odd", f"what is {url.replace('&', '&amp;')} ?"))
    assert signature not in str(check(url))


def test_an_xml_bomb_is_a_refusal_like_any_other(fake_s3: FakeS3) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE b [<!ENTITY l0 "lol">{entities}]><Error><Code>&l11;</Code></Error>'
    fake_s3.answers(reply(403, bomb.encode()))
    begun = time.monotonic()
    assert (check(signed(fake_s3)).ok, check(signed(fake_s3)).code) == (False, None)
    assert time.monotonic() - begun < 1


def test_a_web_page_is_no_storage_server(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(418, b"<!doctype html><title>Blocked by \x1b[31mproxy</title>"))
    found = check(signed(fake_s3))
    assert (found.ok, found.code) == (False, None)
    assert found.text.isprintable()


def test_endless_errors_are_cut(fake_s3: FakeS3) -> None:
    fake_s3.answers(
        endless(b"HTTP/1.1 403 Forbidden\r\n\r\n<Error><Code>AccessDenied</Code>", b"<a>" * (LIMIT // 3))
    )
    found = check(signed(fake_s3))
    assert (found.ok, found.code) == (False, "AccessDenied")


@pytest.mark.parametrize(
    "answer", [silence(), trickle(b"HTTP/1.1 206 P\r\n", b"X-A: b\r\n")], ids=["silent", "trickling"]
)
def test_no_answer_in_time_is_a_timeout(fake_s3: FakeS3, answer: object) -> None:
    fake_s3.replies = [answer]  # type: ignore[list-item]
    found = check(signed(fake_s3), timeout=0.5)
    assert (found.ok, found.code, found.status) == (False, "timeout", None)
    assert found.hint


def test_ten_seconds_is_all_it_gets() -> None:
    assert TIMEOUT == 10.0


@pytest.mark.parametrize("junk", [b"", b"SSH-2.0-x\r\n\r\n", b"\x00" * 100])
def test_no_http_is_unreachable(fake_s3: FakeS3, junk: bytes) -> None:
    fake_s3.answers(raw(junk))
    assert check(signed(fake_s3)).code == "unreachable"


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = check(f"http://127.0.0.1:{port}/k?X-Amz-Signature=5ecre7")
    assert (found.ok, found.code) == (False, "unreachable")
    assert "5ecre7" not in str(found)


def test_through_a_tunnel_with_a_private_authority(
    fake_s3_tls: FakeS3, proxy: FakeProxy, authority: Authority
) -> None:
    fake_s3_tls.answers(reply(206, b"%", Content_Range="bytes 0-0/7"))
    environ = {"HTTPS_PROXY": f"http://u:s3cret@127.0.0.1:{proxy.port}"}
    found = check(f"{fake_s3_tls.url}/a/../b", environ=environ, ca_bundle=authority.bundle)
    assert (found.ok, found.size) == (True, 7)
    assert fake_s3_tls.received[0].target == "/a/../b"
    refused = check(f"{fake_s3_tls.url}/k", environ=environ)
    assert refused.code == "unreachable"
    assert "--ca-bundle" in str(refused.hint)
    assert "s3cret" not in str(refused)


def test_another_server_is_asked_for_the_links_own_host(fake_s3: FakeS3) -> None:
    location = Location(bucket="b", region="us-east-1", host="files.example.com", base_path="/b")
    url = Presigner(location, EXAMPLE, signed_at=NOW, ttl_seconds=300).url("a/../k")
    assert check(url, server=fake_s3.url).ok is True
    [received] = fake_s3.received
    assert received.headers["host"] == "files.example.com"
    assert received.url("https") == url
    assert signature_fits(received, EXAMPLE.secret_access_key, scheme="https")


def test_a_bundle_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("junk")
    with pytest.raises(UsageError, match="CA bundle"):
        check("https://localhost:1/k", ca_bundle=str(bundle))


def test_a_real_server_gives_size_and_type(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "a b/é+.pdf", b"x" * 1234, ContentType="application/pdf")
    url = _of_gateway(gateway, bucket, "a b/é+.pdf")
    assert check(url, now=datetime.now(UTC)) == Check(
        ok=True, status=206, size=1234, content_type="application/pdf", text="it works"
    )


def test_a_real_servers_empty_object_works(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    gateway.put(bucket, "empty", b"")
    found = check(_of_gateway(gateway, bucket, "empty"), now=datetime.now(UTC))
    assert (found.ok, found.size) == (True, 0)


def test_a_real_server_refuses_and_is_explained(gateway: Gateway) -> None:
    bucket = gateway.bucket()
    now = datetime.now(UTC)
    url = _of_gateway(gateway, bucket, "missing")
    assert check(url, now=now).code == "NoSuchKey"
    altered = check(url.replace("/missing?", "/other?"), now=now)
    assert (altered.ok, altered.status, altered.code) == (False, 403, "SignatureDoesNotMatch")
    assert "altered" in altered.text
    expired = check(_of_gateway(gateway, bucket, "k", signed_at=now - timedelta(hours=1)), now=now)
    assert expired.code == "AccessDenied"
    assert "expired" in expired.text
    early = check(_of_gateway(gateway, bucket, "k", signed_at=now + timedelta(hours=1)), now=now)
    assert "not yet valid" in early.text
    put = check(_of_gateway(gateway, bucket, "k", method="PUT"), now=now)
    assert "made for another method" in put.text
    nobody = check(url.replace(gateway.credentials.access_key_id, "AKIANOBODY"), now=now)
    assert nobody.code == "InvalidAccessKeyId"
    nowhere = check(_of_gateway(gateway, "no-such-bucket", "k"), now=now)
    assert nowhere.code == "NoSuchBucket"


def _of_gateway(
    gateway: Gateway, bucket: str, key: str, *, method: str = "GET", signed_at: datetime | None = None
) -> str:
    moment = (signed_at or datetime.now(UTC)).replace(microsecond=0)
    signer = Presigner(
        gateway.location(bucket), gateway.credentials, signed_at=moment, ttl_seconds=60, method=method
    )
    return signer.url(key)

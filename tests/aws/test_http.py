"""One bounded request: what is on the wire, through which proxy, trusted by whom, and for how long."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from presign_cli.aws.http import LIMIT, NoAnswerError, read_address, request
from presign_cli.errors import UsageError
from tests.fake_s3 import Authority, FakeProxy, FakeS3, endless, raw, reply, silence, trickle

PARTIAL = b"HTTP/1.1 206 Partial Content\r\n"
SECRET = "s3cr3t-pässword"


@pytest.mark.parametrize(
    "target",
    [
        "/a/../b",
        "/a/./b//c",
        "//leading",
        "/%2e%2e/%2E%2e/x",
        "/%c3%a9%C3%A9",
        "/a%2Fb%252Fc+d",
        "/a'b(c)!*~;=@,:$&",
        "/k?a=1&&b&c=%20+x&a=2?",
        '/{x}|^`"<>\\',
    ],
)
def test_the_target_on_the_wire_is_the_links_own(fake_s3: FakeS3, target: str) -> None:
    request("GET", fake_s3.url + target, environ={})
    first_line = fake_s3.received[0].raw.partition(b"\r\n")[0]
    assert first_line == f"GET {target} HTTP/1.1".encode()


@pytest.mark.parametrize(
    ("tail", "sent"), [("", "/"), ("?a=b", "/?a=b"), ("/k#part", "/k"), ("/?x=1#y", "/?x=1")]
)
def test_a_fragment_stays_at_home_and_an_empty_path_is_a_slash(fake_s3: FakeS3, tail: str, sent: str) -> None:
    request("GET", fake_s3.url + tail, environ={})
    assert fake_s3.received[0].target == sent


def test_only_the_headers_of_a_plain_client_are_sent(fake_s3: FakeS3) -> None:
    request("GET", f"{fake_s3.url}/k", headers={"Range": "bytes=0-0"}, environ={})
    assert dict(fake_s3.received[0].headers) == {
        "host": fake_s3.host,
        "user-agent": "presign-cli",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
        "range": "bytes=0-0",
    }


def test_an_answer_has_status_headers_and_body(fake_s3: FakeS3) -> None:
    fake_s3.answers(reply(206, b"hello", X_Amz_Bucket_Region="eu-west-1", Content_Type="text/plain"))
    answer = request("GET", f"{fake_s3.url}/k", environ={})
    assert (answer.status, answer.body) == (206, b"hello")
    assert answer.headers["x-amz-bucket-region"] == "eu-west-1"


def test_a_chunked_answer_is_put_together(fake_s3: FakeS3) -> None:
    fake_s3.answers(raw(PARTIAL + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
    assert request("GET", fake_s3.url, environ={}).body == b"abcde"


def test_head_has_no_body_and_does_not_wait_for_one(fake_s3: FakeS3) -> None:
    fake_s3.answers(raw(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\n"))
    assert request("HEAD", fake_s3.url, environ={}).body == b""
    assert fake_s3.received[0].method == "HEAD"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(fake_s3: FakeS3, status: int) -> None:
    fake_s3.answers(reply(status, b"", Location=f"{fake_s3.url}/elsewhere"))
    answer = request("GET", f"{fake_s3.url}/k", environ={})
    assert (answer.status, len(fake_s3.received)) == (status, 1)
    assert answer.headers["location"] == f"{fake_s3.url}/elsewhere"


def test_an_endless_body_is_cut_at_the_limit(fake_s3: FakeS3) -> None:
    fake_s3.answers(endless(b"HTTP/1.1 200 OK\r\n\r\n"))
    body = request("GET", fake_s3.url, environ={}).body
    assert LIMIT - 100 < len(body) < LIMIT


def test_an_endless_head_is_cut_too(fake_s3: FakeS3) -> None:
    fake_s3.answers(endless(PARTIAL, b"X-A: " + b"a" * 1000 + b"\r\n"))
    with pytest.raises(NoAnswerError) as caught:
        request("GET", fake_s3.url, environ={}, timeout=5)
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    "silent",
    [
        silence(),
        trickle(b"HTTP/1.1 2"),
        trickle(PARTIAL, b"X-A: b\r\n"),
        trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "trickling-status", "trickling-headers", "continue-for-ever"],
)
def test_no_whole_head_in_time_is_a_timeout_by_the_total(fake_s3: FakeS3, silent: object) -> None:
    fake_s3.replies = [silent]  # type: ignore[list-item]
    begun = time.monotonic()
    with pytest.raises(NoAnswerError, match=r"no whole answer from 127\.0\.0\.1:\d+ within 0\.6 s") as caught:
        request("GET", fake_s3.url, environ={}, timeout=0.6)
    assert caught.value.code == "timeout"
    assert 0.5 < time.monotonic() - begun < 2


def test_a_trickling_body_is_cut_by_the_total_and_kept(fake_s3: FakeS3) -> None:
    fake_s3.answers(trickle(b"HTTP/1.1 403 Forbidden\r\n\r\n<Error>", b" "))
    begun = time.monotonic()
    answer = request("GET", fake_s3.url, environ={}, timeout=0.6)
    assert time.monotonic() - begun < 2
    assert (answer.status, answer.body.strip()) == (403, b"<Error>")


def test_a_server_that_takes_no_bytes_is_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(NoAnswerError) as caught:
            request("PUT", f"http://127.0.0.1:{port}/" + "k" * 20_000_000, environ={}, timeout=0.5)
    assert caught.value.code == "timeout"


@pytest.mark.parametrize("junk", [b"", b"\x00\xff\xfe", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/9.9 abc\r\n\r\n"])
def test_what_is_no_http_is_unreachable_and_not_repeated(fake_s3: FakeS3, junk: bytes) -> None:
    fake_s3.answers(raw(junk))
    with pytest.raises(NoAnswerError) as caught:
        request("GET", fake_s3.url, environ={}, timeout=3)
    assert caught.value.code == "unreachable"
    assert "SSH" not in caught.value.text


def test_a_closed_port_is_unreachable_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NoAnswerError, match=rf"127.0.0.1:{port} cannot be reached: Connection refused"):
        request("GET", f"http://127.0.0.1:{port}/", environ={})


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(NoAnswerError, match=r"b\.invalid cannot be reached: its name cannot be looked up"):
        request("GET", "http://b.invalid/k", environ={})


def test_a_look_up_that_hangs_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    begun = time.monotonic()
    with pytest.raises(NoAnswerError) as caught:
        request("GET", "http://b.example/k", environ={}, timeout=0.3)
    assert caught.value.code == "timeout"
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "prose",
        "ftp://h/k",
        "http:///k",
        "http://user:pw@h/k",
        "http://h:0/k",
        "http://h:65536/k",
        "http://h:1٣/k",
        "http://h:999999999999999999999/k",
        "http://h/a b",
        "http://h/é",
        "http://bücher.example/k",
        "http://h/\r\nX: y",
        "http://h/\x00",
        "http://h/\ud800",
        "http://[::1/k",
    ],
)
def test_what_no_request_line_can_carry_is_refused_unsent(url: str) -> None:
    with pytest.raises(UsageError, match="not an http"):
        request("GET", url, environ={})


def test_an_address_keeps_what_it_was_given() -> None:
    address = read_address("HTTPS://[2001:db8::1]:8443/A/../b?x=%2f")
    assert (address.scheme, address.host, address.port) == ("https", "[2001:db8::1]", 8443)
    assert (address.authority, address.target) == ("[2001:db8::1]:8443", "/A/../b?x=%2f")
    assert read_address("https://h:443/k").authority == "h"
    assert read_address("http://h:/k").authority == "h"


@pytest.mark.parametrize(
    ("name", "value"), [("A", "b\r\nC: d"), ("A\n", "b"), ("A", "b\x00"), ("A:", "b"), ("", "")]
)
def test_a_header_cannot_smuggle_another(fake_s3: FakeS3, name: str, value: str) -> None:
    with pytest.raises(UsageError, match="header"):
        request("GET", fake_s3.url, headers={name: value}, environ={})
    assert not fake_s3.received


def test_plain_http_goes_through_its_proxy_as_a_whole_url(fake_s3: FakeS3, proxy: FakeProxy) -> None:
    fake_s3.answers(reply(206, b"through"))
    answer = request("GET", f"{fake_s3.url}/a/../b", environ={"HTTP_PROXY": proxy.url})
    assert answer.body == b"through"
    assert proxy.received[0].target == f"{fake_s3.url}/a/../b"
    assert fake_s3.received[0].target == "/a/../b"


def test_tls_goes_through_a_tunnel(fake_s3_tls: FakeS3, proxy: FakeProxy, authority: Authority) -> None:
    fake_s3_tls.answers(reply(206, b"tunnelled"))
    url = f"{fake_s3_tls.url}/a/../b"
    answer = request("GET", url, environ={"HTTPS_PROXY": proxy.url, "AWS_CA_BUNDLE": authority.bundle})
    assert answer.body == b"tunnelled"
    assert [(one.method, one.target) for one in proxy.received] == [("CONNECT", fake_s3_tls.host)]
    assert fake_s3_tls.received[0].target == "/a/../b"


def test_tls_goes_through_a_tunnel_in_tls(fake_s3_tls: FakeS3, authority: Authority) -> None:
    fake_s3_tls.answers(reply(206, b"twice"))
    with contextlib.closing(FakeProxy(tls=authority.context)) as proxy:
        environ = {"https_proxy": proxy.url, "REQUESTS_CA_BUNDLE": authority.bundle}
        answer = request("GET", fake_s3_tls.url, environ=environ, timeout=5)
    assert answer.body == b"twice"
    assert proxy.received[0].method == "CONNECT"


@pytest.fixture
def locked_proxy() -> Iterator[FakeProxy]:
    with contextlib.closing(FakeProxy(authorization="Basic dTpzM2NyM3QtcMOkc3N3b3Jk")) as server:
        yield server


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_a_proxys_password_goes_to_the_proxy_alone(
    tls: bool, locked_proxy: FakeProxy, fake_s3: FakeS3, fake_s3_tls: FakeS3, authority: Authority
) -> None:
    server = fake_s3_tls if tls else fake_s3
    setting = f"http://u:s3cr3t-p%C3%A4ssword@127.0.0.1:{locked_proxy.port}"
    environ = {"HTTPS_PROXY": setting, "HTTP_PROXY": setting}
    answer = request("GET", server.url, environ=environ, ca_bundle=authority.bundle)
    assert answer.status == 206
    assert tls == ("proxy-authorization" not in server.received[0].headers)


def test_a_proxy_that_refuses_is_named_without_its_password(locked_proxy: FakeProxy) -> None:
    setting = f"http://u:{SECRET}@127.0.0.1:{locked_proxy.port}"
    locked_proxy.authorization = "Basic another"
    with pytest.raises(NoAnswerError) as caught:
        request("GET", "https://b.s3.amazonaws.com/k", environ={"HTTPS_PROXY": setting})
    name = f"the proxy 127.0.0.1:{locked_proxy.port}"
    assert caught.value.text == f"{name} cannot be reached: it answered 407 to CONNECT"
    assert "USER:PASSWORD" in caught.value.hint


@pytest.mark.parametrize(
    "setting", [f"http://u:{SECRET}@127.0.0.1:1", f"u:{SECRET}@127.0.0.1:1", f"//u:{SECRET}@[::1]:1"]
)
def test_a_dead_proxy_does_not_tell_its_password(setting: str) -> None:
    with pytest.raises(NoAnswerError) as caught:
        request("GET", "https://b.s3.amazonaws.com/k", environ={"HTTPS_PROXY": setting})
    for part in ("s3cr3t", "ssword", "u:"):
        assert part not in f"{caught.value.text} {caught.value.hint} {caught.value.__context__!r}"


@pytest.mark.parametrize(
    "setting", [f"socks5://u:{SECRET}@h:1", f"http://u:{SECRET}@h:port", f"http://u:{SECRET}@ h"]
)
def test_a_setting_that_is_no_proxy_is_a_usage_error_without_its_password(setting: str) -> None:
    with pytest.raises(UsageError, match="HTTPS_PROXY is not the URL of a proxy") as caught:
        request("GET", "https://h/k", environ={"HTTPS_PROXY": setting})
    assert "s3cr3t" not in f"{caught.value.text} {caught.value.hint}"


def test_an_unknown_authority_is_unreachable_and_the_hint_names_the_option(fake_s3_tls: FakeS3) -> None:
    with pytest.raises(NoAnswerError, match="certificate was not accepted") as caught:
        request("GET", fake_s3_tls.url, environ={})
    assert caught.value.code == "unreachable"
    assert "--ca-bundle" in caught.value.hint


def test_a_certificate_for_another_name_is_refused(fake_s3_tls: FakeS3, authority: Authority) -> None:
    with pytest.raises(NoAnswerError, match="certificate was not accepted"):
        request("GET", f"https://127.0.0.1:{fake_s3_tls.port}/", environ={}, ca_bundle=authority.bundle)


def test_the_option_goes_before_the_environments_bundles(fake_s3_tls: FakeS3, authority: Authority) -> None:
    wrong = {"AWS_CA_BUNDLE": "/nowhere/a.pem", "REQUESTS_CA_BUNDLE": "/nowhere/r.pem"}
    assert request("GET", fake_s3_tls.url, environ=wrong, ca_bundle=authority.bundle).status == 206
    with pytest.raises(UsageError, match=r"'/nowhere/a\.pem' cannot be used: No such file"):
        request("GET", fake_s3_tls.url, environ=wrong)


def test_without_a_bundle_the_sdks_own_is_trusted() -> None:
    script = (
        "import sys; from presign_cli.aws.wire import tls_context; "
        "print(len(tls_context(None).get_ca_certs()) > 50, 'botocore' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_https_asked_of_a_plain_server_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.recv(65536)

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(NoAnswerError, match="TLS failed: WRONG_VERSION_NUMBER") as caught:
            request("GET", f"https://127.0.0.1:{listener.getsockname()[1]}/", environ={}, timeout=5)
    assert caught.value.code == "unreachable"


def test_importing_it_costs_no_sdk_no_http_client_and_no_tls() -> None:
    script = "import sys, presign_cli.aws.http; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"botocore", "urllib3", "http.client", "ssl", "socket", "email"} & set(loaded)

"""What changed between a link and the request that a server saw. botocore says what the request should be."""

import hashlib
from typing import Any

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from presign_cli.core.difference import compare_requests, is_signed_request, request_of_link

TOKEN = "5ecre7/+token=="
OURS = (
    "GET\n/b/a%20b\nX-Amz-Date=20260101T000000Z&X-Amz-Security-Token=5ecre7&a=1\n"
    "host:h\nx-amz-acl:private\n\nhost;x-amz-acl\nUNSIGNED-PAYLOAD"
)


def signed_by_botocore(url: str, headers: dict[str, str]) -> tuple[str, str]:
    """A link, and the canonical request that botocore signed for it."""
    request: Any = AWSRequest(method="GET", url=url, headers=headers)
    signer: Any = S3SigV4QueryAuth(Credentials("AKIAIOSFODNN7EXAMPLE", "secret", TOKEN), "s3", "eu-west-1")
    seen: list[str] = []
    canonical = signer.canonical_request
    signer.canonical_request = lambda one: seen.append(canonical(one)) or seen[0]
    signer.add_auth(request)
    return request.url, seen[0]


@pytest.mark.parametrize(
    "path",
    ["/k", "/a%20b/c%2Bd", "/%C3%A9/%E6%97%A5", "//x//y", "/a/../b", "/a'b(c)!*~;=@,:$&".replace("'", "%27")],
)
@pytest.mark.parametrize("headers", [{}, {"x-amz-server-side-encryption-customer-algorithm": "AES256"}])
def test_the_request_of_a_link_is_the_one_that_botocore_signed(path: str, headers: dict[str, str]) -> None:
    from urllib.parse import quote, unquote

    encoded = quote(unquote(path), safe="/~")
    url, expected = signed_by_botocore(f"https://b.s3.eu-west-1.amazonaws.com{encoded}", headers)
    assert request_of_link(url, headers=headers) == expected


def test_a_request_like_ours_has_no_difference() -> None:
    assert compare_requests(OURS, OURS) is None
    assert compare_requests(OURS, OURS.replace("\n", "\r\n")) is None


@pytest.mark.parametrize(
    ("old", "new", "part", "text"),
    [
        ("GET", "HEAD", "method", "the method is `GET` here and `HEAD` there"),
        ("/b/a%20b", "/a%20b", "path", "the path is `/b/a%20b` here and `/a%20b` there"),
        ("%20", "%2B", "path", "the path is `/b/a%20b` here and `/b/a%2Bb` there"),
        ("&a=1", "", "parameter", "the parameter `a` did not arrive"),
        ("&a=1", "&a=1&b=2", "parameter", "the parameter `b` was added on the way"),
        ("&a=1", "&a=1&a=1", "parameter", "the parameter `a` has another value there"),
        ("5ecre7", "5ecre8", "parameter", "the parameter `X-Amz-Security-Token` has another value there"),
        ("host:h", "host:internal:9000", "header", "the host is `h` here and `internal:9000` there"),
        ("acl:private", "acl:public", "header", "the header `x-amz-acl` has another value there"),
        ("x-amz-acl:private\n", "", "header", "the header `x-amz-acl` did not arrive"),
        (
            "host;x-amz-acl\n",
            "host\n",
            "signed headers",
            "signed headers is `host;x-amz-acl` here and `host` there",
        ),
        ("UNSIGNED-PAYLOAD", "e3b0", "payload hash", "`UNSIGNED-PAYLOAD` here and `e3b0` there"),
    ],
)
def test_the_line_that_differs_is_named_and_no_secret_told(old: str, new: str, part: str, text: str) -> None:
    found = compare_requests(OURS, OURS.replace(old, new, 1))
    assert found is not None
    assert found.part == part
    assert text in found.text
    assert "5ecre" not in found.text


@pytest.mark.parametrize("theirs", ["", "GET", "a\nb\nc", "\x1b[2J"])
def test_what_is_no_canonical_request_is_said_to_be_none(theirs: str) -> None:
    found = compare_requests(OURS, theirs)
    assert found is not None
    assert found.part == "shape"


def test_hostile_lines_are_harmless_and_short() -> None:
    found = compare_requests(OURS, OURS.replace("/b/", "/\x1b[2J\u202e" + "x" * 9000, 1))
    assert found is not None
    assert found.text.isprintable()
    assert len(found.text) < 400


def test_a_string_to_sign_tells_whether_it_is_of_the_same_request() -> None:
    scope = "AWS4-HMAC-SHA256\n20260101T000000Z\n20260101/eu-west-1/s3/aws4_request"
    assert is_signed_request(OURS, f"{scope}\n{hashlib.sha256(OURS.encode()).hexdigest()}\n")
    assert not is_signed_request(OURS, f"{scope}\n{hashlib.sha256(b'other').hexdigest()}")

"""The kinds of S3 that need more than SigV4: multi-region access points and directory buckets."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import boto3
import pytest
from botocore.config import Config
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from presign_cli.aws.regions import zone_region
from presign_cli.core.encoding import canonical_query
from presign_cli.core.life import usable_life
from presign_cli.core.sigv4 import canonical_request
from presign_cli.core.timestamps import parse_amz_date
from presign_cli.errors import CredentialsError, RefusedError
from tests.aws.home import Home
from tests.aws.tls_proxy import TlsProxy
from tests.fake_s3 import reply, s3_error

KEY_ID, SECRET, TOKEN = "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "to/ken+="
KEYS = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
MRAP = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"
MRAP_HOST = "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com"
DIRECTORY = "corp--use1-az4--x-s3"
HOSTILE_KEYS = ["a b+c%20", "/lead//double/../dots", "日本語.pdf", "k?x=1#y&z", "~-._'()!*"]


def sigv4a_public_key(access_key_id: str, secret_access_key: str) -> ec.EllipticCurvePublicKey:
    """The key that verifies SigV4A, derived as AWS documents it (NIST SP 800-108, counter mode).

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    """
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    for counter in range(1, 255):
        context = access_key_id.encode() + bytes([counter])
        text = b"\0\0\0\1AWS4-ECDSA-P256-SHA256\0" + context + b"\0\0\1\0"
        candidate = int.from_bytes(hmac.digest(b"AWS4A" + secret_access_key.encode(), text, "sha256"), "big")
        if candidate <= order - 2:
            return ec.derive_private_key(candidate + 1, ec.SECP256R1()).public_key()
    raise AssertionError("no key")


def assert_signed_by(
    url: str, public_key: ec.EllipticCurvePublicKey, *, method: str, headers: dict[str, str]
):
    """Verifies a SigV4A link as a server does, from the URL alone."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
    proof = bytes.fromhex(query.pop("X-Amz-Signature"))
    request = canonical_request(
        method,
        path=parts.path,
        query=canonical_query(query.items()),
        headers={"host": parts.netloc, **headers},
    )
    date = query["X-Amz-Date"]
    scope = f"{date[:8]}/s3/aws4_request"
    text = f"AWS4-ECDSA-P256-SHA256\n{date}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    public_key.verify(proof, text.encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("key", HOSTILE_KEYS)
@pytest.mark.parametrize(("method", "headers"), [("GET", {}), ("PUT", {"content-type": "text/plain"})])
def test_a_multi_region_access_points_link_is_verified_by_the_public_key(
    home: Home, key: str, method: str, headers: dict[str, str]
):
    home.environ |= {**KEYS, "AWS_REGION": "eu-west-1"}
    account = home.account()
    signed_at = parse_amz_date("20261124T130000Z")
    signing = account.presigner(
        account.locate(MRAP), signed_at=signed_at, ttl_seconds=300, method=method, headers=headers
    )
    query = [("response-content-type", "text/plain; a=b")] if method == "GET" else []
    (url,) = signing.urls([key], query=query)
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query))
    assert parts.netloc == MRAP_HOST
    assert told["X-Amz-Algorithm"] == "AWS4-ECDSA-P256-SHA256"
    assert (told["X-Amz-Region-Set"], told["X-Amz-Date"], told["X-Amz-Expires"]) == (
        "*",
        "20261124T130000Z",
        "300",
    )
    assert told["X-Amz-Security-Token"] == TOKEN
    public_key = sigv4a_public_key(KEY_ID, SECRET)
    assert_signed_by(url, public_key, method=method, headers=headers)
    altered = url.replace("X-Amz-Expires=300", "X-Amz-Expires=301")
    with pytest.raises(InvalidSignature):
        assert_signed_by(altered, public_key, method=method, headers=headers)


def test_without_the_extra_the_command_that_installs_it_is_told(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "awscrt", None)
    home.environ |= {**KEYS, "AWS_REGION": "eu-west-1"}
    account = home.account()
    with pytest.raises(CredentialsError) as error:
        account.presigner(account.locate(MRAP), signed_at=datetime.now(UTC), ttl_seconds=300)
    assert error.value.hint == "pip install 'presign-cli[crt]'"


def session(expires_at: datetime) -> Any:
    """S3's answer to CreateSession.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
    """
    return reply(
        200,
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<CreateSessionResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Credentials>'
        b"<SessionToken>session/token+=</SessionToken><SecretAccessKey>session/secret</SecretAccessKey>"
        b"<AccessKeyId>ASIASESSION</AccessKeyId>"
        + f"<Expiration>{expires_at:%Y-%m-%dT%H:%M:%SZ}</Expiration>".encode()
        + b"</Credentials></CreateSessionResult>",
        content_type="application/xml",
    )


@pytest.fixture
def behind(home: Home, tls_proxy: TlsProxy) -> Home:
    home.environ |= {**tls_proxy.variables, **KEYS}
    tls_proxy.answers(session(datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=5)))
    return home


def stop_botocores_clock(monkeypatch: pytest.MonkeyPatch, *, at: datetime):
    """In both of its signers: with awscrt installed, SigV4 is signed by the compiled one."""
    for signers in ("botocore.auth", "botocore.crt.auth"):
        monkeypatch.setattr(
            f"{signers}.get_current_datetime",
            lambda remove_tzinfo=True: at.replace(tzinfo=None) if remove_tzinfo else at,
        )


@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_a_directory_buckets_link_is_botocores_own(
    behind: Home, tls_proxy: TlsProxy, monkeypatch: pytest.MonkeyPatch, key: str
):
    signed_at = datetime.now(UTC).replace(microsecond=0)
    account = behind.account()
    located = account.locate(DIRECTORY)
    ours = account.presigner(located, signed_at=signed_at, ttl_seconds=200).urls([key])[0]
    monkeypatch.setenv("HTTPS_PROXY", tls_proxy.url)
    stop_botocores_clock(monkeypatch, at=signed_at)
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        aws_session_token=TOKEN,
        verify=tls_proxy.bundle,
        config=Config(retries={"max_attempts": 0}),
    )
    parameters = {"Bucket": DIRECTORY, "Key": key}
    theirs = client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=200)
    assert ours == theirs


def test_the_session_is_asked_for_as_botocore_asks(
    behind: Home, tls_proxy: TlsProxy, monkeypatch: pytest.MonkeyPatch
):
    now = datetime.now(UTC).replace(microsecond=0)
    account = behind.account(clock=lambda: now)
    account.presigner(account.locate(DIRECTORY), signed_at=now, ttl_seconds=200)
    monkeypatch.setenv("HTTPS_PROXY", tls_proxy.url)
    stop_botocores_clock(monkeypatch, at=now)
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        aws_session_token=TOKEN,
        verify=tls_proxy.bundle,
    )
    client.create_session(Bucket=DIRECTORY)
    ours, theirs = tls_proxy.asked
    assert ours.headers["host"] == theirs.headers["host"]
    assert ours.target.rstrip("=") == theirs.target.rstrip("=") == "/?session"
    for name in ("x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "authorization"):
        assert ours.headers[name] == theirs.headers[name], name


def test_a_directory_buckets_five_minutes_are_told(behind: Home):
    signed_at = datetime.now(UTC).replace(microsecond=0)
    account = behind.account()
    signing = account.presigner(account.locate(DIRECTORY), signed_at=signed_at, ttl_seconds=3600)
    life = usable_life(signing.credentials, signed_at=signed_at, ttl_seconds=3600)
    assert life.limited_by == "credentials"
    assert signing.credentials.access_key_id == "ASIASESSION"


def test_a_stream_asks_for_one_session(behind: Home, tls_proxy: TlsProxy):
    account = behind.account()
    for _ in range(10):
        account.presigner(account.locate(DIRECTORY), signed_at=datetime.now(UTC), ttl_seconds=3600)
    assert len(tls_proxy.asked) == 1


@pytest.mark.parametrize(
    "answer", [s3_error(403, "AccessDenied", "Access Denied"), reply(200, b"<x/>"), reply(200, b"")]
)
def test_a_session_that_is_refused_is_told(behind: Home, tls_proxy: TlsProxy, answer: Any):
    tls_proxy.answers(answer)
    account = behind.account()
    with pytest.raises(RefusedError, match=f"directory bucket `{DIRECTORY}`"):
        account.presigner(account.locate(DIRECTORY), signed_at=datetime.now(UTC), ttl_seconds=300)


@pytest.mark.parametrize(
    ("bucket", "region"),
    [
        ("b--use1-az4--x-s3", "us-east-1"),
        ("b--usw2-az1--x-s3", "us-west-2"),
        ("b--apne1-az4--x-s3", "ap-northeast-1"),
        ("b--eun1-az1--x-s3", "eu-north-1"),
        ("b--euw1-az1--x-s3", "eu-west-1"),
        ("b--aps1-az1--x-s3", "ap-south-1"),
        ("b--use2-az1--x-s3", "us-east-2"),
        ("b--zzz9-az1--x-s3", None),
        ("bkt", None),
    ],
)
def test_a_directory_bucket_says_its_region(bucket: str, region: str | None):
    """Zones: https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-az-networking.html"""
    assert zone_region(bucket) == region

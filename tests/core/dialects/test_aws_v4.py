"""SigV4 and SigV4A links: by botocore, by AWS's documents, and in the shapes of other tools."""

from datetime import UTC, datetime, timedelta

import botocore.session
import pytest
from botocore.config import Config

from presign_cli.core.credentials import Credentials
from presign_cli.core.dialects.aws_v4 import decode
from tests.core.dialects import shapes
from tests.oracle import botocore_link

SIGNED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

# https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
DOCUMENTED = (
    "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
)


def linked(keys, region, parameters):
    return botocore_link(keys, region, "get_object", parameters, ttl_seconds=300, signed_at=SIGNED_AT)


def test_aws_documented_link():
    link = decode(DOCUMENTED)
    assert (link.dialect, link.bucket, link.key) == ("aws-sigv4", "examplebucket", "test.txt")
    assert (link.region, link.service, link.addressing) == ("us-east-1", "s3", "virtual")
    assert (link.access_key_id, link.credential_kind) == ("AKIAIOSFODNN7EXAMPLE", "long-lived")
    assert link.signed_at == datetime(2013, 5, 24, tzinfo=UTC)
    assert link.expires_at == datetime(2013, 5, 25, tzinfo=UTC)
    assert (link.ttl_seconds, link.signed_headers, link.required_headers) == (86400, ("host",), ())
    assert link.signature == "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


@pytest.mark.parametrize("key", ["k", "a b/ü+%2F?#=&.txt", "/leading//and..dots/", "日本語", "a=b&c", "~-._"])
def test_botocore_links_give_back_their_key(key):
    link = linked(KEYS, "eu-west-1", {"Bucket": "bucket", "Key": key})
    assert (decode(link).bucket, decode(link).key) == ("bucket", key)


def test_botocore_link_with_overrides_version_and_token():
    keys = Credentials("ASIAY34FZKBOKMUTVV7A", "secret", "to+ke/n==")
    parameters = {
        "Bucket": "bucket",
        "Key": "k",
        "VersionId": "v.1",
        "ResponseContentDisposition": 'attachment; filename="a b"',
    }
    link = decode(linked(keys, "eu-west-1", parameters))
    assert link.version_id == "v.1"
    assert link.response_overrides == {"response-content-disposition": 'attachment; filename="a b"'}
    assert (link.credential_kind, link.session_token) == ("temporary", "to+ke/n==")
    assert link.account_id == "609629065308"  # A. Steele's and T. Be'ery's published example
    assert link.expires_at == SIGNED_AT + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("bucket", "options", "addressing", "shown"),
    [
        ("bucket", {}, "virtual", "bucket"),
        ("a.dotted.bucket", {}, "path", "a.dotted.bucket"),
        ("bucket", {"s3": {"addressing_style": "path"}}, "path", "bucket"),
        ("bucket", {"use_dualstack_endpoint": True}, "virtual", "bucket"),
        ("bucket", {"use_fips_endpoint": True}, "virtual", "bucket"),
        ("bucket", {"s3": {"use_accelerate_endpoint": True}}, "accelerate", "bucket"),
        ("arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap", {}, "access-point", None),
    ],
)
def test_every_aws_endpoint_of_botocore(bucket, options, addressing, shown):
    client = botocore.session.Session().create_client(
        "s3",
        region_name="us-west-2",
        aws_access_key_id=KEYS.access_key_id,
        aws_secret_access_key=KEYS.secret_access_key,
        config=Config(signature_version="s3v4", **options),
    )
    url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "dir/k"})
    link = decode(url)
    assert (link.bucket, link.key, link.addressing) == (shown or bucket, "dir/k", addressing)
    assert (link.region, link.service) == ("us-west-2", "s3")


@pytest.mark.parametrize("region", ["us-gov-west-1", "cn-north-1"])
def test_other_partitions(region):
    link = decode(linked(KEYS, region, {"Bucket": "bucket", "Key": "k"}))
    assert (link.bucket, link.key, link.region) == ("bucket", "k", region)


@pytest.mark.parametrize(
    ("url", "method", "bucket", "key"),
    [
        (shapes.JAVASCRIPT_V3, "GET", "bucket", "folder/a b.txt"),
        (shapes.GO_V2_PUT, "PUT", "bucket", "up.bin"),
        (shapes.JAVA_V2, None, "bucket", "k.txt"),
        (shapes.S5CMD, None, "bucket", "dir/object.gz"),
        (shapes.MINIO, None, "photos", "2026/a.jpg"),
        (shapes.R2, None, "photos", "a.jpg"),
    ],
)
def test_shapes_of_other_tools(url, method, bucket, key):
    link = decode(url)
    assert (link.method, link.bucket, link.key) == (method, bucket, key)
    assert (link.signed_at, link.signature) == (SIGNED_AT, shapes.HEX)


def test_headers_that_a_go_link_owes():
    assert decode(shapes.GO_V2_PUT).required_headers == ("content-length", "content-type")


@pytest.mark.parametrize(
    ("host", "path", "bucket", "key", "addressing"),
    [
        ("photos.fra1.digitaloceanspaces.com", "/a/b", "photos", "a/b", "virtual"),
        ("fra1.digitaloceanspaces.com", "/photos/a/b", "photos", "a/b", "path"),
        ("photos.s3.us-west-004.backblazeb2.com", "/a", "photos", "a", "virtual"),
        ("s3.us-west-004.backblazeb2.com", "/photos/a", "photos", "a", "path"),
        ("photos.s3.wasabisys.com", "/a", "photos", "a", "virtual"),
        ("s3.eu-central-1.wasabisys.com", "/photos/a", "photos", "a", "path"),
        ("photos.storage.googleapis.com", "/a", "photos", "a", "virtual"),
        ("storage.googleapis.com", "/photos/a", "photos", "a", "path"),
        (
            "photos.0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com",
            "/a",
            "photos",
            "a",
            "virtual",
        ),
        ("127.0.0.1:9000", "/photos/a", "photos", "a", "path"),
        ("localhost:9000", "/photos/a", "photos", "a", "path"),
        ("storage.example.com", "/photos/2026/a", "photos", "2026/a", "path"),
        ("files.example.com", "/report.pdf", "files.example.com", "report.pdf", "custom"),
        (
            "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com",
            "/a",
            "mfzwi23gnjvgw.mrap",
            "a",
            "access-point",
        ),
    ],
)
def test_hosts_of_other_stores(host, path, bucket, key, addressing):
    link = decode(shapes.v4(host, path))
    assert (link.bucket, link.key, link.addressing) == (bucket, key, addressing)


def test_sigv4a_has_a_region_set_and_no_region_in_its_scope():
    url = (
        "https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256"
        f"&X-Amz-Credential={shapes.KEY}%2F20261124%2Fs3%2Faws4_request&X-Amz-Date={shapes.DATE}"
        "&X-Amz-Region-Set=%2A&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=3045" + "0a" * 69
    )
    link = decode(url)
    assert (link.dialect, link.region, link.service) == ("aws-sigv4a", "*", "s3")
    assert link.access_key_id == shapes.KEY


def test_names_in_lower_case_are_read_too():
    host, _, query = shapes.v4().partition("?")
    pairs = (part.partition("=") for part in query.split("&"))
    lower = decode(host + "?" + "&".join(f"{name.lower()}={value}" for name, _, value in pairs))
    assert lower.expires_at == decode(shapes.v4()).expires_at
    assert lower.signature == shapes.HEX


@pytest.mark.parametrize(
    "url", ["https://example.com/", "https://b.s3.amazonaws.com/k", "", "ftp://x", "X-Amz-Signature=1"]
)
def test_what_is_no_sigv4_link(url):
    assert decode(url) is None


def test_signature_and_token_are_not_in_the_repr():
    shown = repr(decode(shapes.JAVASCRIPT_V3))
    assert shapes.HEX not in shown
    assert "IQoJb3JpZ2luX2Vj" not in shown

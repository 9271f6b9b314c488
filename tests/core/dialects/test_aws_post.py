"""Upload forms: by botocore, as JSON, as Python prints it, as HTML, and the policy alone."""

import html
import json
from base64 import b64encode
from datetime import UTC, datetime

import botocore.session
import pytest
from botocore.config import Config
from botocore.signers import generate_presigned_post

from presign_cli.core.dialects.aws_post import decode

CONDITIONS = [
    ["content-length-range", 1, 1048576],
    ["starts-with", "$Content-Type", "image/"],
    {"acl": "private"},
]


def form(version="s3v4", token=None):
    client = botocore.session.Session().create_client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id="ASIAY34FZKBOKMUTVV7A" if token else "AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="secret",
        aws_session_token=token,
        config=Config(signature_version=version),
    )
    fields = {"acl": "private", "Content-Type": "image/png"}
    return generate_presigned_post(client, "bucket", "in/${filename}", Fields=fields, Conditions=CONDITIONS)


def test_botocore_form_as_json():
    made = form()
    link = decode(json.dumps(made))
    assert (link.dialect, link.method, link.bucket, link.key) == (
        "aws-post-policy",
        "POST",
        "bucket",
        "in/${filename}",
    )
    assert (link.access_key_id, link.region, link.addressing) == (
        "AKIAIOSFODNN7EXAMPLE",
        "eu-west-1",
        "virtual",
    )
    assert link.signature == made["fields"]["x-amz-signature"]
    assert link.ttl_seconds in (3599, 3600)  # botocore dates policy and signature one after the other
    limits = {(limit.name, limit.value) for limit in link.limits}
    assert limits == {
        ("size", "1-1048576"),
        ("content-type", "starts with image/"),
        ("acl", "private"),
        ("key", "starts with in/"),
    }


def test_token_of_temporary_credentials():
    link = decode(json.dumps(form(token="to+ke/n==")))
    assert (link.credential_kind, link.session_token) == ("temporary", "to+ke/n==")


def test_sigv2_form():
    made = form("s3")
    link = decode(json.dumps(made))
    assert (link.access_key_id, link.signed_at) == ("AKIAIOSFODNN7EXAMPLE", None)
    assert link.signature == made["fields"]["signature"]


def test_dictionary_as_python_prints_it():
    assert decode(str(form())).bucket == "bucket"


def test_html_form():
    made = form()
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
        for name, value in made["fields"].items()
    )
    opening = f'<!doctype html><form action="{made["url"]}" method="post">'
    page = f'{opening}{inputs}<input type="file" name="file"></form>'
    link = decode(page)
    assert (link.bucket, link.key, link.host) == ("bucket", "in/${filename}", "bucket.s3.amazonaws.com")
    assert link.signature == made["fields"]["x-amz-signature"]


def test_bare_policy():
    link = decode(form()["fields"]["policy"])
    assert (link.dialect, link.bucket, link.signature, link.host) == ("aws-post-policy", "bucket", None, None)
    assert link.access_key_id == "AKIAIOSFODNN7EXAMPLE"


def test_aws_documented_policy():
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html"""
    document = {
        "expiration": "2015-12-30T12:00:00.000Z",
        "conditions": [
            {"bucket": "sigv4examplebucket"},
            ["starts-with", "$key", "user/user1/"],
            {"acl": "public-read"},
            ["starts-with", "$Content-Type", "image/"],
            {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
            {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
            {"x-amz-date": "20151229T000000Z"},
        ],
    }
    link = decode(b64encode(json.dumps(document).encode()).decode())
    assert (link.bucket, link.key, link.region) == ("sigv4examplebucket", "user/user1/", "us-east-1")
    assert link.expires_at == datetime(2015, 12, 30, 12, tzinfo=UTC)
    assert link.signed_at == datetime(2015, 12, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"url": 1, "fields": 2}',
        '{"fields": {"a": null}}',
        "<form>",
        "{" * 100_000,
        "eyJ" * 20,
        "<form <",
    ],
)
def test_what_is_no_form(text):
    assert decode(text) is None

"""SigV2 links: by AWS's document, by botocore, in s3cmd's shape."""

from datetime import UTC, datetime

import botocore.session
from botocore.config import Config

from presign_cli.core.dialects.aws_v2 import decode
from presign_cli.core.inspection import inspect
from tests.core.dialects import shapes

# https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth
DOCUMENTED = (
    "https://awsexamplebucket1.s3.us-west-1.amazonaws.com/photos/puppy.jpg"
    "?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1141889120&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D"
)


def test_aws_documented_link():
    link = decode(DOCUMENTED)
    assert (link.dialect, link.bucket, link.key) == ("aws-sigv2", "awsexamplebucket1", "photos/puppy.jpg")
    assert link.expires_at == datetime(2006, 3, 9, 7, 25, 20, tzinfo=UTC)
    assert link.signature == "vjbyPxybdZaNmGa+yT272YEAiv4="
    assert (link.signed_at, link.ttl_seconds, link.region) == (None, None, "us-west-1")


def test_what_boto3_signs_without_being_asked():
    client = botocore.session.Session().create_client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id="ASIAY34FZKBOKMUTVV7A",
        aws_secret_access_key="secret",
        aws_session_token="to+ke/n==",
        config=Config(signature_version="s3"),
    )
    parameters = {"Bucket": "bucket", "Key": "a b", "VersionId": "v1", "ResponseContentType": "text/plain"}
    link = decode(client.generate_presigned_url("get_object", Params=parameters))
    assert (link.bucket, link.key, link.version_id) == ("bucket", "a b", "v1")
    assert (link.credential_kind, link.session_token) == ("temporary", "to+ke/n==")
    assert link.response_overrides == {"response-content-type": "text/plain"}


def test_upload_owes_the_content_type_that_boto3_repeats_in_the_query():
    """Servers take the type from the request: without the header they answer SignatureDoesNotMatch."""
    client = botocore.session.Session().create_client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="secret",
        config=Config(signature_version="s3"),
    )
    parameters = {"Bucket": "bucket", "Key": "k", "ContentType": "text/plain"}
    url = client.generate_presigned_url("put_object", Params=parameters)
    assert decode(url).required_headers == ("content-type",)
    findings = {finding.code: finding for finding in inspect(url, now=datetime.now(UTC)).findings}
    assert "curl -H 'content-type: text/plain' URL" in findings["headers-owed"].hint
    assert "unsigned-parameters" not in findings


def test_s3cmd():
    link = decode(shapes.S3CMD)
    assert (link.bucket, link.key, link.access_key_id) == ("bucket", "dir/file.txt", "AKIAIOSFODNN7EXAMPLE")
    assert link.expires_at == datetime(2026, 11, 24, 14, tzinfo=UTC)


def test_cloudfront_and_google_links_are_none():
    assert decode("https://x.net/a?Expires=1&Signature=a&Key-Pair-Id=K") is None
    assert decode("https://x.net/a?Expires=1&Signature=a&GoogleAccessId=g") is None

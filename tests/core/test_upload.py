"""What an upload owes: S3's limits, and the headers that botocore signs for the same request."""

from base64 import b64decode, b64encode
from hashlib import md5
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.auth import AUTH_TYPE_MAPS, S3SigV4QueryAuth
from botocore.config import Config

from presign_cli.core.credentials import Credentials
from presign_cli.core.encryption import CustomerKey, Encryption, parse_customer_key, parse_encryption, shown
from presign_cli.core.location import regional_location
from presign_cli.core.metadata import parse_metadata
from presign_cli.core.sigv4 import Presigner
from presign_cli.core.tags import parse_tags, tagging_header, tagging_xml
from presign_cli.core.timestamps import parse_amz_date
from presign_cli.core.upload import (
    ACLS,
    STORAGE_CLASSES,
    Upload,
    check_acl,
    check_content_type,
    check_storage_class,
    owed_headers,
    parse_sha256,
)
from presign_cli.errors import UsageError

KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
EMPTY_HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # FIPS 180's of nothing
EMPTY_BASE64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
SSE_C = bytes(range(32))


@pytest.fixture(scope="module")
def s3():
    # the signer of awscrt, which takes over where it is installed, puts the parameters in another order
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(AUTH_TYPE_MAPS, "s3v4-query", S3SigV4QueryAuth)
        yield _client()


def _client():
    return boto3.client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id=KEYS.access_key_id,
        aws_secret_access_key=KEYS.secret_access_key,
        config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}),
    )


UPLOADS = {
    "bare": (Upload(), {}),
    "type": (Upload(content_type="text/csv; charset=utf-8"), {"ContentType": "text/csv; charset=utf-8"}),
    "size": (Upload(size=5), {"ContentLength": 5}),
    "checksum": (Upload(checksum_sha256=EMPTY_BASE64), {"ChecksumSHA256": EMPTY_BASE64}),
    "no overwrite": (Upload(no_overwrite=True), {"IfNoneMatch": "*"}),
    "metadata": (Upload(metadata={"a": "x  y", "b": ""}), {"Metadata": {"a": "x  y", "b": ""}}),
    "tags": (Upload(tags={"k k": "v/é", "z": ""}), {"Tagging": "k%20k=v%2F%C3%A9&z="}),
    "class": (Upload(storage_class="STANDARD_IA"), {"StorageClass": "STANDARD_IA"}),
    "acl": (Upload(acl="public-read"), {"ACL": "public-read"}),
    "kms": (
        Upload(encryption=Encryption("aws:kms", "alias/a")),
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/a"},
    ),
    "sse-c": (
        Upload(customer_key=CustomerKey(SSE_C)),
        {"SSECustomerKey": SSE_C, "SSECustomerAlgorithm": "AES256"},
    ),
    "all": (
        Upload(
            content_type="image/png",
            size=7,
            no_overwrite=True,
            metadata={"a": "1"},
            acl="private",
            tags={"a": "b"},
        ),
        {
            "ContentType": "image/png",
            "ContentLength": 7,
            "IfNoneMatch": "*",
            "Metadata": {"a": "1"},
            "ACL": "private",
            "Tagging": "a=b",
        },
    ),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_a_put_is_signed_byte_for_byte_as_botocore_signs_it(s3, name):
    upload, parameters = UPLOADS[name]
    theirs = s3.generate_presigned_url("put_object", {"Bucket": "bucket", "Key": "a b/é", **parameters}, 300)
    signed_at = parse_amz_date(parse_qs(urlsplit(theirs).query)["X-Amz-Date"][0])
    location = regional_location("bucket", "eu-west-1")
    presigner = Presigner(
        location, KEYS, signed_at=signed_at, ttl_seconds=300, method="PUT", headers=owed_headers(upload)
    )
    assert presigner.url("a b/é") == theirs


def test_the_lists_of_words_are_botocores(s3):
    model = s3.meta.service_model
    assert set(ACLS) == set(model.shape_for("ObjectCannedACL").enum)
    assert set(STORAGE_CLASSES) == set(model.shape_for("StorageClass").enum)


def test_an_sse_c_key_is_shown_nowhere():
    key = parse_customer_key(SSE_C, source="key.bin")
    headers = shown(owed_headers(Upload(customer_key=key)))
    assert headers == {
        "x-amz-server-side-encryption-customer-algorithm": "AES256",
        "x-amz-server-side-encryption-customer-key": None,
        "x-amz-server-side-encryption-customer-key-md5": b64encode(md5(SSE_C).digest()).decode(),
    }
    for secret in (repr(SSE_C), b64encode(SSE_C).decode()):
        assert secret not in repr(Upload(customer_key=key))


def test_an_sse_c_key_of_another_length_is_refused_without_a_byte_of_it():
    with pytest.raises(UsageError) as refused:
        parse_customer_key(b"hush" * 4, source="key.bin")
    assert "16 bytes" in refused.value.text
    assert "hush" not in refused.value.text + refused.value.hint


def test_a_checksum_is_base64_or_what_sha256sum_prints():
    assert (
        parse_sha256(EMPTY_HEX)
        == parse_sha256(EMPTY_HEX.upper())
        == parse_sha256(EMPTY_BASE64)
        == EMPTY_BASE64
    )
    assert b64decode(EMPTY_BASE64).hex() == EMPTY_HEX


@pytest.mark.parametrize("text", ["", "abc", EMPTY_HEX[:-1], EMPTY_BASE64[:-2], "é" * 44, EMPTY_HEX + "\n"])
def test_another_checksum_is_refused(text):
    with pytest.raises(UsageError):
        parse_sha256(text)


@pytest.mark.parametrize(
    "assignments",
    [
        ["novalue"],
        ["=x"],
        ["na me=x"],
        ["n\u00e4me=x"],
        ["name=v\u00e4lue"],
        ["name=a\r\nx-amz-acl: public-read"],
        ["name=a\nb"],
        ["name=a\x00"],
        ["name= a"],
        ["a=1", "A=2"],
        ["a=" + "x" * 2048],
    ],
)
def test_metadata_that_is_no_header_is_refused(assignments):
    with pytest.raises(UsageError) as refused:
        parse_metadata(assignments)
    assert "\n" not in refused.value.text


def test_metadata_names_are_lower_case_and_values_keep_their_equals_signs():
    assert parse_metadata(["Order=a=b", "x-amz-meta-n=1"]) == {"order": "a=b", "n": "1"}


@pytest.mark.parametrize(
    "assignments",
    [
        ["novalue"],
        ["=x"],
        ["k" * 129 + "=v"],
        ["k=" + "v" * 257],
        ["aws:x=y"],
        ["k=<b>"],
        ["k=a\nb"],
        ["k=1", "k=2"],
        [f"k{number}=v" for number in range(11)],
    ],
)
def test_tags_over_s3s_limits_are_refused(assignments):
    with pytest.raises(UsageError) as refused:
        parse_tags(assignments)
    assert "\n" not in refused.value.text


def test_tags_have_two_forms():
    tags = parse_tags(["project=a=b", "été=1 2"])
    assert tagging_header(tags) == "project=a%3Db&%C3%A9t%C3%A9=1%202"
    assert (
        tagging_xml({"a": "b"})
        == "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"
    )


@pytest.mark.parametrize(
    ("method", "key"), [("AES128", None), ("AES256", "k"), (None, "k"), ("aws:kms", "a\nb")]
)
def test_encryption_that_s3_has_not_is_refused(method, key):
    with pytest.raises(UsageError):
        parse_encryption(method, kms_key_id=key)


@pytest.mark.parametrize("text", ["", "text", "text/", "/x", "text/html\r\nx: y", "té/xt", "image/*"])
def test_what_is_no_media_type_is_refused(text):
    with pytest.raises(UsageError):
        check_content_type(text)


def test_words_of_s3_are_checked():
    assert check_storage_class("glacier_ir") == "GLACIER_IR"
    with pytest.raises(UsageError):
        check_storage_class("COLD")
    with pytest.raises(UsageError):
        check_acl("public")

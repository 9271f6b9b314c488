"""POST policies: AWS's documented signature, botocore's document, and a condition for every field.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
"""

import json
from base64 import b64decode
from datetime import timedelta

import boto3
import pytest
from botocore.config import Config

from presign_cli.core.credentials import Credentials
from presign_cli.core.encryption import Encryption
from presign_cli.core.life import usable_life
from presign_cli.core.location import regional_location
from presign_cli.core.policy import LengthRange, sign_document
from presign_cli.core.timestamps import parse_amz_date
from presign_cli.core.upload import Upload
from presign_cli.core.upload_form import FormWish, read_form_key, sign_form
from presign_cli.errors import UsageError

KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("ASIAIOSFODNN7EXAMPLE", KEYS.secret_access_key, "to/ken==")
LOCATION = regional_location("bucket", "eu-west-1")
SIGNED_AT = parse_amz_date("20151229T000000Z")
AWS_EXAMPLE = """\
{ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
}""".replace("\n", "\r\n")
EVERYTHING = FormWish(
    key='a "b"/é$',
    upload=Upload(
        content_type="text/csv",
        metadata={"a": "1", "b": "x  y"},
        tags={"k": "v"},
        acl="private",
        storage_class="STANDARD_IA",
        encryption=Encryption("aws:kms", "alias/a"),
    ),
    min_size=1,
    max_size=50_000_000,
    redirect="https://example.com/thanks?a=b",
    status=201,
)


def form(wish, credentials=KEYS):
    life = usable_life(credentials, signed_at=SIGNED_AT, ttl_seconds=300)
    return sign_form(wish, location=LOCATION, credentials=credentials, life=life)


def conditions_of(signed):
    return json.loads(b64decode(signed.fields["policy"]))["conditions"]


def test_the_signature_is_aws_documented_one():
    signed = sign_document(AWS_EXAMPLE, KEYS, region="us-east-1", signed_at=SIGNED_AT)
    assert signed["policy"].startswith("eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29u")
    assert signed["x-amz-signature"] == "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"


@pytest.mark.parametrize("credentials", [KEYS, TEMPORARY], ids=["long-lived", "temporary"])
def test_document_and_fields_are_botocores_byte_for_byte(monkeypatch, credentials):
    ours = form(EVERYTHING, credentials)
    s3 = boto3.client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
        config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}),
    )
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: SIGNED_AT.replace(tzinfo=None))
    monkeypatch.setattr("botocore.signers.get_current_datetime", lambda: SIGNED_AT.replace(tzinfo=None))
    own = [one for one in ours.conditions if getattr(one, "name", "") not in ("bucket", "key")]
    asked = [
        one.record()
        for one in own
        if not getattr(one, "name", "").startswith(("x-amz-a", "x-amz-c", "x-amz-d"))
    ]
    asked = [one for one in asked if "x-amz-security-token" not in one]
    named = {n: v for one in asked if isinstance(one, dict) for n, v in one.items()}
    theirs = s3.generate_presigned_post("bucket", EVERYTHING.key, named, asked, 300)
    assert b64decode(ours.fields["policy"]) == b64decode(theirs["fields"]["policy"])
    assert dict(ours.fields) == theirs["fields"]
    assert ours.url == theirs["url"]


@pytest.mark.parametrize("credentials", [KEYS, TEMPORARY], ids=["long-lived", "temporary"])
def test_every_field_has_its_condition(credentials):
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html#sigv4-PolicyConditions"""
    for wish in (EVERYTHING, FormWish(key="in/", is_prefix=True, upload=Upload(content_type="image/*"))):
        signed = form(wish, credentials)
        named = set()
        for one in conditions_of(signed):
            named |= set(one) if isinstance(one, dict) else {str(one[1]).removeprefix("$")}
        assert set(signed.fields) - {"policy", "x-amz-signature"} <= named
        assert ("x-amz-security-token" in signed.fields) is (credentials is TEMPORARY)


def test_a_prefix_takes_the_uploaders_file_name():
    signed = form(FormWish(key="in/", is_prefix=True))
    assert signed.fields["key"] == "in/${filename}"
    assert ["starts-with", "$key", "in/"] in conditions_of(signed)


def test_types_are_exact_or_begin_alike():
    exact = form(FormWish(key="k", upload=Upload(content_type="image/png")))
    assert {"Content-Type": "image/png"} in conditions_of(exact)
    assert exact.fields["Content-Type"] == "image/png"
    images = form(FormWish(key="k", upload=Upload(content_type="image/*")))
    assert ["starts-with", "$Content-Type", "image/"] in conditions_of(images)
    assert images.fields["Content-Type"] == ""


def test_tags_are_s3s_xml_in_the_field_tagging():
    signed = form(FormWish(key="k", upload=Upload(tags={"k": "v"})))
    assert (
        signed.fields["tagging"]
        == "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>"
    )
    assert "x-amz-tagging" not in signed.fields


@pytest.mark.parametrize(
    ("low", "high", "signed"),
    [(None, 9, (0, 9)), (3, 9, (3, 9)), (3, None, (3, 5 * 1024**3)), (0, 0, (0, 0)), (None, None, None)],
)
def test_sizes_are_a_content_length_range(low, high, signed):
    found = form(FormWish(key="k", min_size=low, max_size=high))
    ranges = [one for one in found.conditions if isinstance(one, LengthRange)]
    assert ranges == ([LengthRange(*signed)] if signed else [])
    assert [warning.code for warning in found.link.warnings] == (["any-size"] if high is None else [])


def test_it_expires_when_its_life_does():
    document = json.loads(b64decode(form(FormWish(key="k")).fields["policy"]))
    assert document["expiration"] == (SIGNED_AT + timedelta(seconds=300)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_what_signs_an_upload_is_not_in_the_repr():
    signed = form(FormWish(key="k"), TEMPORARY)
    assert signed.fields["x-amz-signature"] not in repr(signed)
    assert "to/ken" not in repr(signed)


@pytest.mark.parametrize(
    "wish",
    [
        FormWish(key="k", min_size=2, max_size=1),
        FormWish(key="k", max_size=5 * 1024**3 + 1),
        FormWish(key="k", status=202),
        FormWish(key="k", redirect="javascript:alert(1)"),
        FormWish(key="k", redirect="/thanks"),
        FormWish(key="k", redirect="https://"),
        FormWish(key="k", redirect="https://example.com/\r\nx"),
        FormWish(key="k", redirect="http://[::1/"),
        FormWish(key="k", upload=Upload(content_type="image")),
        FormWish(key="k", upload=Upload(content_type="*")),
        FormWish(key="k", upload=Upload(metadata={"a": "${filename}"})),
        FormWish(key="k", redirect="https://example.com/" + "x" * 20_480),
    ],
)
def test_what_s3_would_refuse_is_refused_here(wish):
    with pytest.raises(UsageError) as refused:
        form(wish)
    assert "\n" not in refused.value.text + refused.value.hint


def test_filename_stands_at_the_end_or_nowhere():
    assert read_form_key("in/${filename}", prefix=False) == ("in/", True)
    assert read_form_key("in/", prefix=True) == ("in/", True)
    assert read_form_key("in/a", prefix=False) == ("in/a", False)
    for key in ("in/${filename}/x", "${filename}${filename}"):
        with pytest.raises(UsageError):
            read_form_key(key, prefix=False)

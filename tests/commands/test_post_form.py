"""`presign post-form`, by its command line, and what a real S3 takes and refuses by such a form."""

from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.presign import OFFLINE, presign

TEMPORARY_TOKEN = "to+ke/n=="


def form_of(gateway, *arguments, now=None):
    outcome = presign(
        "post-form",
        *arguments,
        "-o",
        "json",
        env={**gateway.environ, **OFFLINE},
        now=now or datetime.now(UTC),
    )
    assert outcome.code == 0, outcome.stderr
    return outcome.json


def send(form, body, *, name="a.bin", **changed):
    """Posts a file as a browser does: RFC 7578, the file last. Gives S3's status and answer."""
    boundary = uuid4().hex
    fields = {**form["fields"], **{key.replace("_", "-"): value for key, value in changed.items()}}
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    content = ("".join(lines) + head).encode() + body + f"\r\n--{boundary}--\r\n".encode()
    address = urlsplit(form["url"])
    connection = HTTPConnection(address.netloc, timeout=30)
    try:
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        connection.request("POST", address.path, content, kind)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def bucket(gateway):
    return gateway.bucket()


def test_sizes_within_the_limits_are_taken_and_others_refused(gateway, bucket):
    form = form_of(gateway, f"s3://{bucket}/k", "--min-size", "5", "--max-size", "10")
    assert (form["min_size"], form["max_size"]) == (5, 10)
    assert send(form, b"x" * 4)[0] == 400
    assert "EntityTooSmall" in send(form, b"x" * 4)[1]
    assert "EntityTooLarge" in send(form, b"x" * 11)[1]
    for size in (5, 10):
        assert send(form, b"x" * size)[0] == 204
    assert gateway.read(bucket, "k") == b"x" * 10


def test_another_key_and_an_extra_field_are_refused(gateway, bucket):
    form = form_of(gateway, f"s3://{bucket}/k", "--max-size", "10")
    assert send(form, b"x", key="other")[0] == 403
    assert send(form, b"x", x_amz_meta_extra="1")[0] == 403
    assert send(form, b"x")[0] == 204


def test_an_expired_policy_is_refused(gateway, bucket):
    then = datetime.now(UTC) - timedelta(minutes=10)
    form = form_of(gateway, f"s3://{bucket}/k", "--max-size", "10", "--ttl", "5m", now=then)
    assert send(form, b"x")[0] == 403


def test_a_prefix_takes_every_name_below_it_and_no_other(gateway, bucket):
    form = form_of(gateway, "--prefix", f"s3://{bucket}/in/", "--max-size", "10")
    assert form["key"] == "in/"
    assert form["fields"]["key"] == "in/${filename}"
    assert send(form, b"x", name="b.txt")[0] == 204
    assert gateway.read(bucket, "in/b.txt") == b"x"
    assert send(form, b"x", key="out/${filename}")[0] == 403


def test_the_whole_bucket_can_be_a_prefix(gateway, bucket):
    form = form_of(gateway, "--prefix", f"s3://{bucket}/", "--max-size", "10")
    assert send(form, b"x", name="c.txt")[0] == 204
    assert gateway.read(bucket, "c.txt") == b"x"


def test_types_and_metadata_arrive_and_others_are_refused(gateway, bucket):
    form = form_of(
        gateway, f"s3://{bucket}/k", "--max-size", "10", "--content-type", "image/*", "--metadata", "a=1",
        "--status", "201",
    )  # fmt: skip
    assert send(form, b"x", Content_Type="text/html")[0] == 403
    assert send(form, b"x", Content_Type="image/png")[0] == 201
    head = gateway.s3.head_object(Bucket=bucket, Key="k")
    assert (head["ContentType"], head["Metadata"]) == ("image/png", {"a": "1"})


def test_fields_stand_in_their_order_without_the_file():
    outcome = presign("post-form", "s3://bucket/k", "--max-size", "10", "--tag", "a=b", "--acl", "private")
    form = outcome.json
    names = list(form["fields"])
    assert names[0] == "key"
    assert names[-2:] == ["policy", "x-amz-signature"]
    assert "file" not in names
    assert form["schema"] == "presign.form/1"
    assert form["usable_until"] == form["expires_at"] == "2026-11-24T14:00:00Z"
    assert form["url"] == "https://bucket.s3.eu-west-1.amazonaws.com/"


def test_a_session_token_is_a_field_with_its_condition():
    env = {
        "AWS_ACCESS_KEY_ID": "ASIAY34FZKBOKMUTVV7A",
        "AWS_SECRET_ACCESS_KEY": "x" * 40,
        "AWS_SESSION_TOKEN": TEMPORARY_TOKEN,
        "AWS_REGION": "eu-west-1",
        **OFFLINE,
    }
    form = presign("post-form", "s3://bucket/k", "--max-size", "10", env=env).json
    assert form["fields"]["x-amz-security-token"] == TEMPORARY_TOKEN
    assert {"x-amz-security-token": TEMPORARY_TOKEN} in form["conditions"]
    assert form["limited_by"] == "unknown"
    assert form["usable_until"] is None
    assert form["account_id"] == "609629065308"
    assert presign("post-form", "s3://bucket/k", "--max-size", "10", "--strict", env=env).code == 5


def test_a_form_without_a_limit_is_warned_about():
    outcome = presign("post-form", "s3://bucket/k")
    assert [warning["code"] for warning in outcome.json["warnings"]] == ["any-size"]
    assert "5 GiB" in outcome.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["s3://bucket/k", "--min-size", "2", "--max-size", "1"],
        ["s3://bucket/k", "--max-size", "5M"],
        ["s3://bucket/k", "--max-size", "6GiB"],
        ["s3://bucket/k", "--redirect", "ftp://example.com"],
        ["s3://bucket/k", "--redirect", "thanks.html"],
        ["s3://bucket/k", "--redirect", "https://example.com:99999/"],
        ["s3://bucket/k", "--redirect", "https://example.com;sandbox/"],
        ["s3://bucket/k", "--status", "302"],
        ["s3://bucket/k", "--content-type", "image"],
        ["s3://bucket/k", "--metadata", "a=\n"],
        ["s3://bucket/k", "--metadata", f"a={'x' * 2100}"],
        ["s3://bucket/k", *(word for n in range(11) for word in ("--tag", f"k{n}=v"))],
        ["s3://bucket/${filename}/k", "--prefix"],
        ["s3://bucket", "--max-size", "1"],
        ["s3://bucket/k", "--qr"],
        ["s3://bucket/k", "-o", "link"],
        ["s3://bucket/k", "--redirect", "https://example.com/" + "x" * 20_480],
    ],
)
def test_bad_input_is_two_lines_and_exit_2(arguments):
    outcome = presign("post-form", *arguments)
    assert outcome.code == 2
    assert outcome == ""
    assert [line.partition(":")[0] for line in outcome.stderr.splitlines()][-2:] == ["error", "hint"]


def test_a_signed_link_is_not_taken_for_an_object():
    link = presign("get", "s3://bucket/k").link
    outcome = presign("post-form", link, "--max-size", "1")
    assert (outcome, outcome.code) == ("", 2)
    assert "X-Amz-Signature" not in outcome.stderr


def test_the_html_form_escapes_the_key_and_ends_with_the_file():
    html = presign(
        "post-form", """s3://bucket/"><script>alert(1)</script>'""", "--max-size", "1", "-o", "html"
    )
    assert "<script>" not in html
    assert html.index('name="x-amz-signature"') < html.index('type="file" name="file"')
    assert "<label>" in html


def test_the_table_tells_size_type_and_every_field():
    table = presign(
        "post-form", "s3://bucket/k", "--max-size", "5MB", "--content-type", "image/*", "-o", "table"
    )
    for words in ("0 bytes to 5 MB", "image/*", "x-amz-signature", "works until"):
        assert words in table
    assert table.endswith("https://bucket.s3.eu-west-1.amazonaws.com/\n")


def test_the_html_form_shows_nothing_that_acts_on_a_terminal():
    outcome = presign("post-form", "s3://bucket/a\x1b\u202e.txt", "--max-size", "1", "-o", "html")
    assert outcome.replace("\n", "").isprintable()
    assert 'value="a&#27;&#8238;.txt"' in outcome
    for key in ("a\nb", "a\x9bb"):
        assert presign("post-form", f"s3://bucket/{key}", "--max-size", "1", "-o", "html").code == 2


def test_a_hint_proposes_this_command():
    assert "hint: presign post-form s3://bucket/KEY" in presign("post-form", "s3://bucket").stderr

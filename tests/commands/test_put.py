"""`presign put`, by its command line: what is signed, owed and refused, and what a real S3 makes of it."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from presign_cli.core.credentials import Credentials
from tests.gateway import fetch
from tests.oracle import botocore_link
from tests.presign import KEYS, NOW, OFFLINE, presign

CREDENTIALS = Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"])
SSE_C = bytes(range(200, 232))


def expected(operation="put_object", **parameters):
    parameters = {"Bucket": "bucket", "Key": "k", **parameters}
    return botocore_link(CREDENTIALS, "eu-west-1", operation, parameters, ttl_seconds=3600, signed_at=NOW)


def live(gateway, *arguments):
    return presign(*arguments, env={**gateway.environ, **OFFLINE}, now=datetime.now(UTC))


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key.bin"
    path.write_bytes(SSE_C)
    return path


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        ([], {}),
        (["--content-type", "image/png"], {"ContentType": "image/png"}),
        (["--size", "5MB"], {"ContentLength": 5_000_000}),
        (["--no-overwrite"], {"IfNoneMatch": "*"}),
        (["--metadata", "Order=7", "--metadata", "b=x=y"], {"Metadata": {"order": "7", "b": "x=y"}}),
        (["--tag", "a=b", "--tag", "c=d e"], {"Tagging": "a=b&c=d%20e"}),
        (["--storage-class", "STANDARD_IA"], {"StorageClass": "STANDARD_IA"}),
        (["--acl", "bucket-owner-full-control"], {"ACL": "bucket-owner-full-control"}),
        (["--sse", "AES256"], {"ServerSideEncryption": "AES256"}),
        (
            ["--sse", "aws:kms", "--kms-key-id", "alias/a"],
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/a"},
        ),
        (
            ["--checksum-sha256", sha256(b"").hexdigest()],
            {"ChecksumSHA256": b64encode(sha256(b"").digest()).decode()},
        ),
    ],
)
def test_the_link_is_botocores_byte_for_byte(options, parameters):
    assert presign("put", "s3://bucket/k", *options).link == expected(**parameters)


def test_for_file_signs_length_type_and_checksum(tmp_path):
    file = tmp_path / "report.csv.gz"
    file.write_bytes(b"hello")
    outcome = presign("put", "s3://bucket/k", "--for-file", str(file), "-o", "json")
    checksum = b64encode(sha256(b"hello").digest()).decode()
    assert outcome.json["required_headers"] == {
        "content-type": "application/gzip",
        "content-length": "5",
        "x-amz-checksum-sha256": checksum,
    }
    assert outcome.json["url"] == expected(
        ContentLength=5, ContentType="application/gzip", ChecksumSHA256=checksum
    )


def test_a_bare_link_says_that_it_takes_anything():
    assert "any size and type" in presign("put", "s3://bucket/k").stderr
    assert presign("put", "s3://bucket/k", "-q").stderr == ""
    digest = sha256(b"hello").hexdigest()
    for pinned in (("--size", "5"), ("--content-type", "image/png"), ("--checksum-sha256", digest)):
        assert presign("put", "s3://bucket/k", *pinned).stderr == ""


def test_the_table_tells_every_owed_header():
    outcome = presign("put", "s3://bucket/k", "--content-type", "image/png", "--no-overwrite", "-o", "table")
    assert "content-type: image/png" in outcome
    assert "if-none-match: *" in outcome


@pytest.mark.parametrize("command", ["get", "put"])
@pytest.mark.parametrize(
    "form", ["table", "link", "json", "csv", "markdown", "html", "curl", "message", "eml"]
)
def test_an_sse_c_key_stands_in_no_output(key_file, command, form):
    outcome = presign(command, "s3://bucket/k", "--sse-c-key", str(key_file), "-o", form, "--debug")
    assert outcome.code == 0
    shown = outcome + outcome.stderr
    for secret in (b64encode(SSE_C).decode(), SSE_C.hex(), SSE_C.decode("latin-1"), repr(SSE_C)):
        assert secret not in shown
    if form == "curl":
        assert f"\"$(base64 <{key_file} | tr -d '\\n')\"" in outcome
    if form == "json":
        assert outcome.json["required_headers"]["x-amz-server-side-encryption-customer-key"] is None


def test_sse_c_links_are_botocores(key_file):
    parameters = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": SSE_C}
    assert presign("put", "s3://bucket/k", "--sse-c-key", str(key_file)).link == expected(**parameters)
    assert presign("get", "s3://bucket/k", "--sse-c-key", str(key_file)).link == expected(
        "get_object", **parameters
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--size", "junk"],
        ["--size", "6GiB"],
        ["--size", "5MB", "--part-size", "5MiB"],
        ["--metadata", "a=b\r\nx: y"],
        ["--metadata", "a=\u00e9"],
        ["--tag", "aws:x=y"],
        ["--content-type", "png"],
        ["--acl", "public"],
        ["--storage-class", "COLD"],
        ["--sse", "none"],
        ["--kms-key-id", "k"],
        ["--checksum-sha256", "abc"],
        ["--for-file", "/nonexistent/file"],
        ["--for-file", "/tmp"],
        ["--sse-c-key", "/nonexistent/key"],
        ["--multipart"],
        ["--multipart", "--size", "0"],
        ["--multipart", "--size", "49TiB"],
        ["--multipart", "--size", "100MB", "--part-size", "4MiB"],
        ["--multipart", "--size", "100GiB", "--part-size", "5MiB"],
        ["--multipart", "--size", "10MB", "--checksum-sha256", "0" * 64],
        ["--multipart", "--size", "10MB", "-o", "html"],
        ["--multipart", "--size", "10MB", "--qr"],
        ["-o", "xml"],
    ],
)
def test_bad_input_is_two_lines_and_exit_2(options):
    outcome = presign("put", "s3://bucket/k", *options)
    assert outcome.code == 2
    assert outcome == ""
    assert [line.partition(":")[0] for line in outcome.stderr.splitlines()] == ["error", "hint"]
    as_json = presign("put", "s3://bucket/k", "--output=json", *options[:6])
    if "-o" not in options:
        assert as_json.error["code"] == "usage"


def test_a_wrong_sse_c_key_is_refused_and_never_echoed(tmp_path, key_file):
    for length in (0, 31, 33, 5000):
        key_file.write_bytes(b"hush" * (length // 4) + b"!" * (length % 4))
        outcome = presign("put", "s3://bucket/k", "--sse-c-key", str(key_file))
        assert outcome.code == 2
        assert f"{length} bytes" in outcome.stderr
        assert "hush" not in outcome.stderr
    key_file.write_bytes(SSE_C)
    for extra in (["--page", str(tmp_path / "p.html")], ["--sse", "AES256"]):
        assert presign("put", "s3://bucket/k", "--sse-c-key", str(key_file), *extra).code == 2
    assert not (tmp_path / "p.html").exists()


def test_over_5_gib_the_way_out_is_told():
    outcome = presign("put", "s3://bucket/k", "--size", "6GiB")
    assert "5 GiB" in outcome.stderr
    assert "--multipart" in outcome.stderr


def test_s3_takes_the_right_type_and_length_and_refuses_others(gateway):
    bucket = gateway.bucket()
    options = ("--content-type", "text/plain", "--size", "5")
    link = live(gateway, "put", f"s3://{bucket}/k", *options).link
    plain = {"Content-Type": "text/plain"}
    assert fetch(link, method="PUT", body=b"hello", headers=plain).status == 200
    assert gateway.read(bucket, "k") == b"hello"
    for body, headers in ((b"hello", {"Content-Type": "text/html"}), (b"hello", {}), (b"hello!", plain)):
        assert fetch(link, method="PUT", body=body, headers=headers).status in (400, 403)
    assert gateway.read(bucket, "k") == b"hello"


def test_an_upload_in_parts_begins_with_what_was_asked_and_carries_it_out(gateway):
    bucket = gateway.bucket()
    outcome = live(
        gateway, "put", f"s3://{bucket}/a b", "--multipart", "--size", "11MB", "--part-size", "5MiB",
        "--content-type", "image/png", "--metadata", "a=1", "--tag", "t=u",
    )  # fmt: skip
    upload = outcome.json
    assert upload["url"] is None
    assert [part["size"] for part in upload["parts"]] == [5_242_880, 5_242_880, 514_240]
    assert fetch(upload["parts"][2]["url"], method="PUT", body=b"too short").status == 403
    content = bytes(11_000_000)
    tags = []
    for part in upload["parts"]:
        body = content[part["offset"] : part["offset"] + part["size"]]
        answer = fetch(part["url"], method="PUT", body=body)
        assert answer.status == 200
        tags.append((part["number"], answer.headers["etag"]))
    listed = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{e}</ETag></Part>" for n, e in tags)
    body = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
    assert fetch(upload["complete_url"], method="POST", body=body).status == 200
    assert gateway.read(bucket, "a b") == content
    head = gateway.s3.head_object(Bucket=bucket, Key="a b")
    assert (head["ContentType"], head["Metadata"]) == ("image/png", {"a": "1"})
    tags = gateway.s3.get_object_tagging(Bucket=bucket, Key="a b")["TagSet"]
    assert tags == [{"Key": "t", "Value": "u"}]


def test_the_links_of_an_upload_in_parts_are_the_parts_then_the_completion(gateway):
    bucket = gateway.bucket()
    lines = live(
        gateway, "put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", "-o", "link"
    ).splitlines()
    assert ["partNumber=1" in lines[0], "partNumber=2" in lines[1], "partNumber" in lines[2]] == [1, 1, 0]
    assert len(lines) == 3


def test_no_overwrite_is_owed_with_the_completion(gateway):
    bucket = gateway.bucket()
    upload = live(
        gateway, "put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", "--no-overwrite", "-o", "json"
    ).json
    assert upload["complete_headers"] == {"if-none-match": "*"}
    assert upload["part_headers"] == {}
    assert "if-none-match" in upload["complete_url"]


def test_the_abort_link_aborts(gateway):
    bucket = gateway.bucket()
    upload = live(gateway, "put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", "-o", "json").json
    assert fetch(upload["abort_url"], method="DELETE").status == 204
    assert "Uploads" not in gateway.s3.list_multipart_uploads(Bucket=bucket)


def test_the_table_of_an_upload_in_parts_says_when_it_ends_and_that_it_costs(gateway):
    bucket = gateway.bucket()
    table = live(gateway, "put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", "-o", "table")
    assert "works until" in table
    assert "costs money" in " ".join(table.split())


@pytest.mark.parametrize(
    "broken",
    [["--page", "/nonexistent/folder/page.html"], ["--page", "/dev/null"]],
)
def test_no_upload_is_left_open_where_something_fails_after_its_beginning(gateway, broken):
    bucket = gateway.bucket()
    outcome = live(gateway, "put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", *broken)
    assert outcome.code == 2
    assert outcome == ""
    assert "Uploads" not in gateway.s3.list_multipart_uploads(Bucket=bucket)


def test_s3s_refusal_to_begin_is_exit_7(gateway):
    outcome = live(gateway, "put", "s3://no-such-bucket/k", "--multipart", "--size", "9MB", "-o", "json")
    assert outcome.code == 7
    assert outcome.error["code"] == "refused"
    assert "NoSuchBucket" in outcome.error["text"]


def test_an_unreachable_endpoint_is_exit_7():
    outcome = presign(
        "put", "s3://bucket/k", "--multipart", "--size", "9MB", "--endpoint-url", "http://127.0.0.1:9"
    )
    assert outcome.code == 7
    assert len(outcome.stderr.splitlines()) == 2


def test_strict_refuses_before_s3_is_asked(gateway):
    bucket = gateway.bucket()
    env = {**gateway.environ, **OFFLINE, "AWS_SESSION_TOKEN": "token"}
    arguments = ["put", f"s3://{bucket}/k", "--multipart", "--size", "9MB", "--strict"]
    assert presign(*arguments, env=env, now=datetime.now(UTC)).code == 5
    assert "Uploads" not in gateway.s3.list_multipart_uploads(Bucket=bucket)


def test_help_begins_with_examples(capsys):
    presign("put", "--help")
    help_text = capsys.readouterr().out
    assert "1. A link to upload" in help_text
    assert help_text.index("1. A link") < help_text.index("--content-type")


def test_json_has_the_keys_of_a_link():
    assert json.loads(presign("put", "s3://bucket/k", "-o", "json"))["method"] == "PUT"


def test_no_upload_is_left_open_where_nobody_reads_the_links(gateway):
    """As in `presign put --multipart … | head -c 0`."""
    bucket = gateway.bucket()
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ["put", f"s3://{bucket}/k", "--multipart", "--size", "200MB", "--no-detect"]
    done = subprocess.run(
        [sys.executable, "-m", "presign_cli", *arguments],
        env={**os.environ, **gateway.environ},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "Uploads" not in gateway.s3.list_multipart_uploads(Bucket=bucket)


def test_renewing_a_link_that_owes_headers_does_not_call_its_signature_wrong():
    old = presign("put", "s3://bucket/k", "--size", "5").link
    outcome = presign("put", old, "--size", "5")
    assert outcome.link == old
    assert "cannot be proved" in outcome.stderr
    assert "content-length" in outcome.stderr
    assert presign("put", old, "--size", "5", "--strict").code == 6
    bare = presign("put", "s3://bucket/k").link
    assert "warning" not in presign("put", bare).stderr


def test_a_hint_proposes_this_command():
    assert "hint: presign put s3://bucket/KEY" in presign("put", "s3://bucket").stderr

"""`presign get`, by its command line: what a person or a script sees."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from presign_cli.core.credentials import Credentials
from tests.oracle import botocore_link
from tests.presign import KEYS, NOW, OFFLINE, SIGNER, presign

CREDENTIALS = Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"])
TEMPORARY = {**SIGNER, "AWS_ACCESS_KEY_ID": "ASIAY34FZKBOKMUTVV7A", "AWS_SESSION_TOKEN": "to+ke/n=="}


def expected(key="k", region="eu-west-1", ttl_seconds=3600, signed_at=NOW, bucket="bucket", **parameters):
    parameters = {"Bucket": bucket, "Key": key, **parameters}
    return botocore_link(
        CREDENTIALS, region, "get_object", parameters, ttl_seconds=ttl_seconds, signed_at=signed_at
    )


def test_aws_documented_example():
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"""
    outcome = presign(
        "get", "s3://examplebucket/test.txt", "--ttl", "86400", "--not-before", "2013-05-24T00:00:00Z",
        "--endpoint-url", "https://s3.amazonaws.com", "--addressing", "virtual",
        env={**SIGNER, "AWS_REGION": "us-east-1"},
    )  # fmt: skip
    assert outcome.link.endswith("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
    assert outcome.code == 0


def test_piped_output_is_only_the_link():
    outcome = presign("get", "s3://bucket/k")
    assert outcome.link == expected()
    assert outcome.stderr == ""


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        (["--version-id", "v1"], {"VersionId": "v1"}),
        (["--content-type", "text/plain; x=1"], {"ResponseContentType": "text/plain; x=1"}),
        (["--cache-control", "no-store"], {"ResponseCacheControl": "no-store"}),
        (["--download"], {"ResponseContentDisposition": 'attachment; filename="k"'}),
        (["--inline"], {"ResponseContentDisposition": "inline"}),
        (
            ["--response", "content-language=de", "--response", "response-content-encoding=gzip"],
            {"ResponseContentEncoding": "gzip", "ResponseContentLanguage": "de"},
        ),
        (
            ["--filename", "Größe.pdf"],
            {
                "ResponseContentDisposition": "attachment; filename=\"Gro_e.pdf\"; "
                "filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf"
            },
        ),
    ],
)  # fmt: skip
def test_options_give_botocore_s_link(options, parameters):
    assert presign("get", "s3://bucket/k", *options).link == expected(**parameters)


@pytest.mark.parametrize(
    ("options", "ttl_seconds"),
    [
        (["--ttl", "5m"], 300),
        (["-t", "604800"], 604800),
        (["--expires-in", "90"], 90),
        (["--until", "2026-11-24T14:00:01+01:00"], 1),
        (["--until", "13:05"], 300),
        (["--until", "12:59"], 86_340),
        (["--until", "2026-11-24T13:10"], 600),
    ],
)
def test_life_as_asked(options, ttl_seconds):
    assert presign("get", "s3://bucket/k", *options).link == expected(ttl_seconds=ttl_seconds)


def test_not_before_dates_the_signature_and_is_noted():
    outcome = presign("get", "s3://bucket/k", "--not-before", "2026-11-25T08:00Z", "--ttl", "1h")
    assert outcome.link == expected(signed_at=NOW + timedelta(hours=19))
    assert "15 minutes" in outcome.stderr


@pytest.mark.parametrize(
    "ttl", ["0", "-1", "604801", "3600.5", "30d", "5 m", "", "٣٠٠", "1h30", "5M", "9" * 5000]
)
def test_bad_ttls_are_refused_and_told_the_cap(ttl):
    outcome = presign("get", "s3://bucket/k", f"--ttl={ttl}")
    assert_usage_error(outcome)
    assert "1 second to 7 days (604800 seconds)" in outcome.stderr


def test_a_date_of_long_ago_keeps_the_form_of_x_amz_date():
    outcome = presign("get", "s3://bucket/k", "--not-before", "0099-01-01T00:00Z", "-q")
    assert "X-Amz-Date=00990101T000000Z&" in outcome.link


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [""],
        ["s3://bucket"],
        ["s3://bucket/"],
        ["s3:///k"],
        ["s3://"],
        ["s3:/bucket/k"],
        ["ftp://bucket/k"],
        ["k"],
        ["s3://192.168.0.1/k"],
        ["s3://buc ket/k"],
        ["s3://bucket/" + "ä" * 513],
        ["s3://bucket/\udcff"],
        ["arn:aws:iam::1:role/x"],
        ["arn:aws:s3:eu-west-1:123456789012:accesspoint/ap/k"],
        ["arn:aws:s3:eu-west-1:123456789012:accesspoint/ap:object:k"],
        ["arn:aws:s3:eu-west-1:123456789012:accesspoint/ap_x/object/k"],
        ["s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/ap_x/k"],
        ["https://example.com/bucket/k"],
        ["https://user:secret@bucket.s3.amazonaws.com/k"],
        ["https://bucket.s3.amazonaws.com:99999/k"],
        ["https://bucket.s3.amazonaws.com/%ff"],
        ["https://bucket.s3.amazonaws.com/a#b"],
        ["https://bucket.s3.amazonaws.com/"],
        ["https://eu-west-1.console.aws.amazon.com/s3/home"],
        ["https://eu-west-1.console.aws.amazon.com/s3/buckets/bucket?region=eu-west-1&prefix=manuals/"],
        ["s3://bucket/k", "--filename", "a\r\nb"],
        ["s3://bucket/k", "--filename", "a/b"],
        ["s3://bucket/k", "--filename", ""],
        ["s3://bucket/k", "--ttl", "5m", "--until", "18:00"],
        ["s3://bucket/k", "--ttl", "5m", "--expires-in", "300"],
        ["s3://bucket/k", "--download", "--inline"],
        ["s3://bucket/k", "--download", "--response", "content-disposition=inline"],
        ["s3://bucket/k", "--content-type", "a/b", "--response", "content-type=c/d"],
        ["s3://bucket/k", "--cache-control", "no-store", "--response", "cache-control=private"],
        ["s3://bucket/k", "--response", "expires=0", "--response", "response-expires=1"],
        ["s3://bucket/k", "--response", "x-amz-acl=public-read"],
        ["s3://bucket/k", "--content-type", "a\nb"],
        ["s3://bucket/k", "--cache-control", "日本"],
        ["s3://bucket/k", "--bucket", "other"],
        ["s3://bucket/k", "--until", "yesterday"],
        ["s3://bucket/k", "--until", "2026-11-24T12:00Z"],
        ["s3://bucket/k", "--until", "2026-12-24T12:00Z"],
        ["s3://bucket/k", "--not-before", "25:00"],
        ["s3://bucket/k", "--not-before", "9999-12-31T23:59Z", "-q"],
        ["s3://bucket/k", "-o", "yaml"],
        ["s3://bucket/k", "--addressing", "dns"],
        ["s3://bucket/k", "--endpoint-url", "localhost:9000"],
        ["s3://bucket/k", "--endpoint-url", "ftp://host"],
        ["s3://bucket/k", "--endpoint-url", "https://minio.example", "--fips"],
        ["s3://bucket/k", "--endpoint-url", "https://minio.example", "--dualstack"],
        ["s3://bucket/k", "--endpoint-url", "https://minio.example", "--accelerate"],
        ["s3://bucket/k", "--accelerate", "--addressing", "path"],
        ["s3://bucket/k", "--ca-bundle", "/nonexistent/ca.pem"],
        ["s3://dotted.bucket/k", "--accelerate"],
        ["s3://bucket/k", "--accelerate", "--endpoint-url", "https://minio.example"],
        ["s3://bucket/k", "--accelerate", "--addressing", "path"],
        ["s3://bucket/k", "--accelerate", "--fips"],
        ["s3://bucket/k", "--dualstack", "--endpoint-url", "https://minio.example"],
        ["s3://bucket/k", "--version-id", ""],
        ["s3://bucket/k", "s3://bucket/l", "--filename", "x"],
        ["s3://bucket/k", "s3://bucket/l", "--version-id", "x"],
        ["s3://bucket/k", "--no-such-option"],
        ["-"],
    ],
    ids=lambda arguments: " ".join(arguments)[:60].encode("unicode_escape").decode(),
)  # fmt: skip
def test_bad_input_is_a_usage_error(arguments):
    assert_usage_error(presign("get", *arguments))


def test_help_says_all_about_the_region_look_up_after_the_options():
    done = subprocess.run(
        [sys.executable, "-m", "presign_cli", "get", "--help"],
        capture_output=True, text=True, env=SIGNER, check=True,
    )  # fmt: skip
    last = " ".join(done.stdout.partition("\nOther:\n")[2].split())
    for said in (
        "--region", "AWS_REGION", "AWS_DEFAULT_REGION", "profile", "us-east-1", "HEAD", "without credentials",
        "partition", "proxy", "404", "5 minutes", "7 days", "10 minutes", "custom endpoint", "--no-detect",
        "PRESIGN_DETECT=0", "detect = false",
    ):  # fmt: skip
        assert said in last


def test_an_option_without_its_value_hints_at_the_command_s_own_help():
    assert presign("get", "s3://bucket/k", "--ttl").stderr.endswith("hint: presign get --help\n")


def assert_usage_error(outcome):
    assert outcome == ""
    assert outcome.code == 2
    error, hint = outcome.stderr.splitlines()
    assert error.startswith("error: ")
    assert hint.startswith("hint: ")


def test_unknown_profile_is_a_credentials_error():
    outcome = presign("get", "s3://bucket/k", "--profile", "nobody")
    assert outcome.code == 3
    assert "nobody" in outcome.stderr
    assert outcome == ""


def test_no_credentials_is_a_credentials_error():
    outcome = presign("get", "s3://bucket/k", env={**OFFLINE, "AWS_REGION": "eu-west-1"})
    assert outcome.code == 3
    assert len(outcome.stderr.splitlines()) == 2
    assert outcome == ""


def test_no_region_is_an_endpoint_error():
    outcome = presign("get", "s3://bucket/k", env={**KEYS, **OFFLINE})
    assert outcome.code == 4
    assert len(outcome.stderr.splitlines()) == 2
    assert outcome == ""


@pytest.mark.parametrize(
    "arguments",
    [["k", "-o", "json"], ["-ojson", "k"], ["k", "--output=json", "--nope"], ["k", "-qo", "json"]],
)
def test_with_json_output_the_error_is_json(arguments):
    error = presign("get", *arguments).error
    assert error["schema"] == "presign.error/1"
    assert error["code"] == "usage"
    assert error["exit_code"] == 2
    assert set(error) == {"schema", "code", "text", "hint", "exit_code"}


def test_json_has_the_promised_keys_in_order():
    link = presign("get", "s3://bucket/k", "-o", "json", "--ttl", "300").json
    assert list(link.items()) == [
        ("schema", "presign.link/1"),
        ("method", "GET"),
        ("url", expected(ttl_seconds=300)),
        ("bucket", "bucket"),
        ("key", "k"),
        ("version_id", None),
        ("region", "eu-west-1"),
        ("host", "bucket.s3.eu-west-1.amazonaws.com"),
        ("signed_at", "2026-11-24T13:00:00Z"),
        ("expires_at", "2026-11-24T13:05:00Z"),
        ("ttl_seconds", 300),
        ("usable_until", "2026-11-24T13:05:00Z"),
        ("limited_by", "ttl"),
        ("required_headers", {}),
        ("profile", None),
        ("access_key_id", "AKIAIOSFODNN7EXAMPLE"),
        ("account_id", None),
        ("check", None),
        ("warnings", []),
    ]


def test_temporary_credentials_without_an_end_are_told():
    outcome = presign("get", "s3://bucket/k", "-o", "json", env=TEMPORARY)
    link = outcome.json
    assert link["limited_by"] == "unknown"
    assert link["usable_until"] is None
    assert link["account_id"] == "609629065308"
    assert [warning["code"] for warning in link["warnings"]] == ["expiry-unknown"]
    assert "warning: " in outcome.stderr


def test_strict_prints_no_link_whose_end_is_unknown():
    outcome = presign("get", "s3://bucket/k", "--strict", env=TEMPORARY)
    assert outcome == ""
    assert outcome.code == 5


def test_a_link_dead_when_signed_is_warned_of_and_refused_when_strict():
    old = ["get", "s3://bucket/k", "--not-before", "2026-11-20T00:00Z", "-o", "json"]
    assert [warning["code"] for warning in presign(*old).json["warnings"]] == ["already-expired"]
    outcome = presign(*old, "--strict")
    assert (outcome, outcome.code, outcome.error["code"]) == ("", 5, "expired")


def test_quiet_silences_warnings_but_not_errors():
    assert presign("get", "s3://bucket/k", "-q", env=TEMPORARY).stderr == ""
    assert presign("get", "s3://bucket/", "-q", env=TEMPORARY).stderr.startswith("error: ")


@pytest.mark.parametrize(
    ("target", "bucket", "key"),
    [
        ("s3://bucket//a//b", "bucket", "/a//b"),
        ("s3://bucket/a%20b+c", "bucket", "a%20b+c"),
        ("s3://bucket/*?[#]~", "bucket", "*?[#]~"),
        ("s3://bucket/e\u0301", "bucket", "e\u0301"),
        ("s3://bucket/../x/./y", "bucket", "../x/./y"),
        ("arn:aws:s3:::bucket/a/b", "bucket", "a/b"),
        ("https://bucket.s3.eu-west-1.amazonaws.com/a%20b+c%252F", "bucket", "a b+c%2F"),
        ("https://s3.eu-west-1.amazonaws.com/bucket/a", "bucket", "a"),
        ("https://bucket.s3.dualstack.eu-west-1.amazonaws.com/a", "bucket", "a"),
        ("https://bucket.s3-accelerate.amazonaws.com/a", "bucket", "a"),
        ("HTTPS://bucket.s3.amazonaws.com/a", "bucket", "a"),
        ("https://eu-west-1.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=a+b/c%2B.pdf",
         "bucket", "a b/c+.pdf"),
        ("https://eu-west-1.console.aws.amazon.com/s3/buckets/bucket?region=eu-west-1&prefix=a/b.pdf",
         "bucket", "a/b.pdf"),
        ("https://s3.console.aws.amazon.com/s3/object/bucket/a/b.pdf?region=eu-west-1&tab=overview",
         "bucket", "a/b.pdf"),
    ],
)  # fmt: skip
def test_targets_name_the_object_they_say(target, bucket, key):
    assert presign("get", target).link == expected(key, bucket=bucket)


def test_a_bare_key_is_in_the_default_bucket():
    assert presign("get", "a/b", "--bucket", "bucket").link == expected("a/b")
    assert presign("get", "a/b", env={**SIGNER, "PRESIGN_BUCKET": "bucket"}).link == expected("a/b")


def test_a_url_s_own_region_and_version_are_kept():
    outcome = presign("get", "https://bucket.s3.ap-south-1.amazonaws.com/k?versionId=v1")
    assert outcome.link == expected(region="ap-south-1", VersionId="v1")


def test_an_expired_link_is_renewed_with_its_overrides_and_the_default_life():
    old = expected(
        ttl_seconds=60, signed_at=NOW - timedelta(days=9), VersionId="v", ResponseContentType="a/b"
    )
    outcome = presign("get", old, env={**SIGNER, "AWS_REGION": "us-west-2"})
    assert outcome.link == expected(ResponseContentType="a/b", VersionId="v")
    assert outcome.stderr == "note: renewing s3://bucket/k, signed by AKIAIOSFODNN7EXAMPLE\n"


def test_a_foreign_hosts_link_is_not_renewed_but_the_endpoint_s_is():
    old = botocore_link(
        CREDENTIALS, "us-east-1", "get_object", {"Bucket": "bucket", "Key": "k"},
        ttl_seconds=60, signed_at=NOW, endpoint_url="https://minio.example:9000", addressing_style="path",
    )  # fmt: skip
    outcome = presign("get", old)
    assert outcome.code == 2
    assert "--endpoint-url" in outcome.stderr
    renewed = presign("get", old, "--endpoint-url", "https://minio.example:9000", "--ttl", "60")
    assert renewed.link == old.replace("eu-west-1", "us-east-1")


def test_an_upload_link_is_not_renewed_as_a_download():
    old = botocore_link(
        CREDENTIALS,
        "eu-west-1",
        "put_object",
        {"Bucket": "bucket", "Key": "k"},
        ttl_seconds=60,
        signed_at=NOW,
    )
    assert_refused_for_its_method(presign("get", f"{old}&x-id=PutObject"))


def assert_refused_for_its_method(outcome):
    assert (outcome, outcome.code) == ("", 2)
    assert "PUT" in outcome.stderr


@pytest.fixture
def colleague(tmp_path):
    """A profile beside the one that signs, and the environment that has both."""
    keys = Credentials("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY")
    (tmp_path / "credentials").write_text(
        f"[colleague]\naws_access_key_id = {keys.access_key_id}\n"
        f"aws_secret_access_key = {keys.secret_access_key}\n"
    )
    return keys, {**SIGNER, "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials")}


def link_of(credentials, operation="get_object"):
    parameters = {"Bucket": "bucket", "Key": "k"}
    return botocore_link(credentials, "eu-west-1", operation, parameters, ttl_seconds=60, signed_at=NOW)


def test_a_renewal_is_judged_by_every_profile_s_key(colleague):
    """Whatever `inspect --verify` would find wrong is a warning, whoever signs the new link."""
    keys, env = colleague
    assert presign("get", link_of(keys), "--strict", env=env).code == 0
    forged = link_of(Credentials(keys.access_key_id, "x" * 40))
    assert [each["code"] for each in presign("get", forged, "-o", "json", env=env).json["warnings"]] == [
        "not-ours"
    ]
    assert presign("get", forged, "--strict", env=env).code == 6


def test_an_upload_link_that_another_profile_signed_is_not_renewed_as_a_download(colleague):
    keys, env = colleague
    assert_refused_for_its_method(presign("get", link_of(keys, "put_object"), "-q", env=env))


def test_a_link_of_another_account_is_a_warning_and_refused_when_strict():
    theirs = Credentials("AKIAY34FZKBOKMUTVV7A", "x" * 40)
    old = botocore_link(
        theirs, "eu-west-1", "get_object", {"Bucket": "bucket", "Key": "k"}, ttl_seconds=60, signed_at=NOW
    )
    ours = {**SIGNER, "AWS_ACCESS_KEY_ID": "AKIAQQQQQQQQQQQQQQQQ"}
    outcome = presign("get", old, "-o", "json", env=ours)
    assert [warning["code"] for warning in outcome.json["warnings"]] == ["not-ours"]
    assert "account 609629065308" in outcome.stderr
    refused = presign("get", old, "--strict", env=ours)
    assert (refused, refused.code) == ("", 6)


def test_several_targets_give_a_line_each_in_order():
    outcome = presign("get", "s3://bucket/1", "s3://bucket/2")
    assert outcome.splitlines() == [expected("1"), expected("2")]


def test_one_bad_argument_and_nothing_is_signed():
    assert_usage_error(presign("get", "s3://bucket/1", "s3://bucket"))


def test_standard_input_is_signed_line_by_line():
    outcome = presign("get", "-", "--bucket", "bucket", stdin="a\r\n\n# no\n b \nc")
    assert outcome.splitlines() == [expected("a"), expected(" b "), expected("c")]


def test_bad_lines_are_named_and_the_rest_is_signed():
    outcome = presign("get", "-", "-o", "json", stdin=b"s3://bucket/1\nftp://x\n\xff\ns3://bucket/2\n")
    assert [json.loads(line)["key"] for line in outcome.splitlines()] == ["1", "2"]
    assert outcome.code == 2
    assert "error: line 2: " in outcome.stderr
    assert "error: line 3: " in outcome.stderr
    assert outcome.error["code"] == "usage"


def test_hostile_keys_are_shown_harmlessly():
    key = "[bold]x[/z]\x1b[31m\r\n\u202eevil"
    outcome = presign("get", f"s3://bucket/{key}", "-o", "table")
    assert r"[bold]x[/z]\x1b[31m\r\n\u202eevil" in outcome
    assert "\x1b" not in outcome
    assert outcome.splitlines()[-1] == expected(key)


def test_the_table_leaves_the_link_alone_on_the_last_line():
    outcome = presign("get", "s3://bucket/k", terminal=True, env={**SIGNER, "COLUMNS": "40"})
    *table, link = outcome.splitlines()
    assert link == expected()
    assert all(len(line) <= 40 for line in table if "\x1b" not in line)


def test_a_key_that_clients_rewrite_is_warned_of():
    warnings = presign("get", "s3://bucket/a/../b", "-o", "json").json["warnings"]
    assert [warning["code"] for warning in warnings] == ["path-rewritten"]


def test_request_payer_stands_in_the_query():
    link = presign("get", "s3://bucket/k", "--request-payer").link
    assert "?x-amz-request-payer=requester&X-Amz-Algorithm" in link
    assert "X-Amz-SignedHeaders=host&" in link


def test_the_secret_is_nowhere():
    for arguments in (["-o", "json"], ["-o", "table"], ["--debug"]):
        outcome = presign("get", "s3://bucket/k", *arguments)
        assert KEYS["AWS_SECRET_ACCESS_KEY"] not in outcome + outcome.stderr


def test_a_url_s_password_is_in_no_error():
    outcome = presign("get", "https://user:hunter2@bucket.s3.amazonaws.com/k")
    assert outcome.code == 2
    assert "hunter2" not in outcome.stderr

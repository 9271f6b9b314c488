"""`presign inspect`, by its command line: what a support person or a script sees."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presign_cli.app import run
from presign_cli.commands.runtime import Runtime
from presign_cli.core.credentials import Credentials
from tests.core.dialects import shapes
from tests.core.dialects.test_aws_post import form
from tests.core.dialects.test_azure import SERVICE as AZURE
from tests.core.dialects.test_cloudfront import CANNED as CLOUDFRONT
from tests.core.dialects.test_gcs import V2 as GCS_V2
from tests.core.dialects.test_gcs import V4_HMAC, V4_RSA
from tests.oracle import botocore_link
from tests.presign import Stream, presign

SIGNED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
# `presign.inspection/1`, in order
KEYS = """
    schema dialect status url method bucket key version_id region service host addressing access_key_id
    credential_kind account_id signed_at expires_at ttl_seconds seconds_left signed_headers required_headers
    response_overrides repairs findings verification check
""".split()  # noqa: SIM905 # easier to compare with the documentation


def link(ttl=7200, key="k", **parameters):
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    parameters = {"Bucket": "bucket", "Key": key, **parameters}
    return botocore_link(keys, "eu-west-1", "get_object", parameters, ttl_seconds=ttl, signed_at=SIGNED_AT)


def inspect(*arguments, now=NOW, **options):
    return presign("inspect", *arguments, now=now, **options)


def test_first_line_says_what_is_wrong_and_what_to_do():
    outcome = inspect(link(ttl=60), terminal=True, env={"NO_COLOR": "1", "COLUMNS": "100"})
    first = outcome.splitlines()[0]
    assert first.startswith("This link expired 29 min ago and no longer works. Ask its sender for a new link")
    assert "presign get s3://bucket/k" in " ".join(outcome.splitlines()[:2])
    assert len(outcome.splitlines()) <= 24
    assert outcome.code == 5


def test_good_link_says_until_when():
    outcome = inspect(link())
    assert outcome.splitlines()[0] == "Not expired: good until Tue 24 Nov 2026, 14:00:00 UTC, in 1 h 30 min."
    assert (outcome.code, outcome.stderr) == (0, "")


def test_piped_table_is_plain():
    assert "\x1b" not in inspect(link(ttl=60))
    assert "\x1b[31m" in inspect(link(ttl=60), env={"FORCE_COLOR": "1"})


def test_json_has_the_keys_that_scripts_rely_on():
    outcome = inspect(link(VersionId="v1", ResponseContentType="text/plain"), "-o", "json")
    found = outcome.json
    assert list(found)[: len(KEYS)] == KEYS
    assert outcome.count("\n") == 1
    assert found | {"url": ""} == {
        "schema": "presign.inspection/1",
        "dialect": "aws-sigv4",
        "status": "active",
        "url": "",
        "method": None,
        "bucket": "bucket",
        "key": "k",
        "version_id": "v1",
        "region": "eu-west-1",
        "service": "s3",
        "host": "bucket.s3.eu-west-1.amazonaws.com",
        "addressing": "virtual",
        "access_key_id": "AKIAIOSFODNN7EXAMPLE",
        "credential_kind": "long-lived",
        "account_id": None,
        "signed_at": "2026-11-24T12:00:00Z",
        "expires_at": "2026-11-24T14:00:00Z",
        "ttl_seconds": 7200,
        "seconds_left": 5400,
        "signed_headers": ["host"],
        "required_headers": [],
        "response_overrides": {"response-content-type": "text/plain"},
        "repairs": [],
        "findings": [],
        "verification": None,
        "check": None,
        "valid_from": None,
        "limits": [],
    }


def test_json_is_indented_for_a_terminal():
    assert inspect(link(), "-o", "json", terminal=True).startswith('{\n  "schema"')


def test_link_is_printed_whole():
    assert inspect(link(), "-o", "link").link == link()


def test_mangled_link_is_repaired_and_told():
    mangled = "<" + link().replace("&", "&amp;") + ">"
    assert inspect(mangled, "-o", "link").link == link()
    assert set(inspect(mangled, "-o", "json").json["repairs"]) == {"html-escaped", "wrapped-in-brackets"}


def test_csv_has_a_header_and_a_row_a_link():
    outcome = inspect(link(key="=cmd()"), link(ttl=60), "-o", "csv")
    header, first, second = csv.reader(io.StringIO(outcome))
    assert header[: len(KEYS)] == KEYS
    assert first[header.index("key")] == "'=cmd()"
    assert second[header.index("findings")] == "expired"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([link()], 0),
        ([link(ttl=60)], 5),
        ([link(), "--min-left", "2h"], 5),
        ([link(), "--min-left", "1h"], 0),
        ([link()[:-1]], 6),
        (["https://bucket.s3.amazonaws.com/k"], 6),
        ([link(ttl=60), link()[:-1], link()], 6),
        ([shapes.GO_V2_PUT, "--method", "get"], 6),
        ([shapes.GO_V2_PUT, "--method", "PUT"], 5),
        ([link(), "--method", "PATCH"], 2),
        ([link(), "-o", "yaml"], 2),
        (["hello"], 2),
        ([""], 2),
        (["ftp://host/k"], 2),
        (["s3://bucket/k"], 2),
        (["hello", link()], 2),
        (["hello", link()[:-1]], 6),
    ],
)
def test_exit_codes(arguments, code):
    outcome = inspect(*arguments)
    assert outcome.code == code
    assert ("error: " in outcome.stderr) == (code == 2 or "hello" in arguments)


def test_error_is_json_where_json_was_asked_for():
    outcome = inspect("hello", "-o", "json")
    assert outcome.error["code"] == "usage"
    assert outcome.error["hint"].startswith("presign inspect")


def test_what_is_no_link_is_not_told_again():
    secret = "5f0b0b1d1c0a3f6a1d6b5b7c5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f"
    assert secret not in inspect(secret).stderr


def test_stream_of_links_is_json_lines():
    stdin = "\n".join([link(), link(ttl=60), "some words", "", link(key="last")])
    outcome = inspect("-", "-o", "json", stdin=stdin)
    assert [json.loads(line)["key"] for line in outcome.splitlines()] == ["k", "k", "last"]
    assert outcome.code == 5


def test_standard_input_is_read_where_no_argument_is():
    assert inspect("-o", "json", stdin=link()).json["key"] == "k"


def test_terminal_without_a_link_is_told_so():
    outcome = presign("inspect", terminal=True, stdin="", now=NOW)
    assert outcome.code == 2


def test_stream_without_a_link():
    outcome = inspect(stdin="Dear support,\n\nit does not work.\n")
    assert (outcome, outcome.code) == ("", 2)


def test_form_on_standard_input():
    made = form()
    outcome = inspect("-o", "json", stdin=json.dumps(made), now=datetime.now(UTC))
    assert (outcome.json["dialect"], outcome.json["method"]) == ("aws-post-policy", "POST")
    assert outcome.json["url"] == made["url"]
    assert outcome.code == 0


SECRETS = {
    "aws-sigv4": (shapes.JAVASCRIPT_V3, [shapes.HEX, "IQoJb3JpZ2luX2VjEXAMPLE"]),
    "aws-sigv2": (shapes.S3CMD, ["vjbyPxybdZaNmGa"]),
    "cloudfront": (CLOUDFRONT, ["nitfHRCrtziwO2HwPfWw"]),
    "gcs-v4": (V4_RSA, ["24" * 32]),
    "gcs-v4 hmac": (V4_HMAC, ["2f" * 32]),
    "gcs-v2": (GCS_V2, ["VVUgfqviDCov"]),
    "azure-sas": (AZURE, ["39Up9JzHkxhUIhFEjEH9594DJxe7w6cIRCg0V6lCGSo"]),
}


@pytest.mark.parametrize("output", ["table", "json", "csv"])
@pytest.mark.parametrize("dialect", SECRETS)
def test_secrets_are_shown_only_when_asked_for(dialect, output):
    text, secrets = SECRETS[dialect]
    hidden, shown = inspect(text, "-o", output), inspect(text, "-o", output, "--show-secrets")
    assert "REDACTED" in hidden
    for secret in secrets:
        assert secret not in hidden + hidden.stderr
        assert secret in shown


@pytest.mark.parametrize("output", ["table", "json", "csv"])
def test_policy_and_token_of_a_form_are_hidden(output):
    made = form(token="IQoJb3JpZ2luX2VjEXAMPLEto+ke/n==")
    outcome = inspect(json.dumps(made), "-o", output)
    for secret in (
        made["fields"]["x-amz-signature"],
        made["fields"]["policy"][:60],
        "IQoJb3JpZ2luX2VjEXAMPLE",
    ):
        assert secret not in outcome + outcome.stderr


@pytest.mark.parametrize("output", ["table", "json", "csv"])
def test_signature_that_stands_elsewhere_in_capitals_is_hidden(output):
    copied = shapes.HEX.upper()
    outcome = inspect(f"{shapes.JAVASCRIPT_V3}&response-content-type={copied}", "-o", output)
    assert copied not in outcome


def test_error_about_an_object_is_no_place_for_a_signature():
    outcome = inspect(f"s3://bucket/k?X-Amz-Signature={shapes.HEX}")
    assert outcome.code == 2
    assert shapes.HEX not in outcome.stderr


@given(
    upper=st.booleans(),
    text=st.sampled_from([text for text, _ in SECRETS.values()]),
    separator=st.sampled_from(["&", "&amp;", "%26", "%2526", "\n&", "&&"]),
    output=st.sampled_from(["table", "json", "csv"]),
    layers=st.integers(0, 3),
)
def test_no_mangling_makes_a_secret_seen(upper, text, separator, output, layers):
    secrets = next(secrets for link, secrets in SECRETS.values() if link == text)
    mangled = text.replace("&", separator)
    mangled = mangled.upper().replace("HTTPS://", "https://") if upper else mangled
    for _ in range(layers):
        mangled = "https://host/" + quote(mangled, safe="")
    outcome = inspect(mangled, "-o", output)
    for secret in secrets:
        assert secret.lower() not in (outcome + outcome.stderr).lower()


@pytest.mark.parametrize(
    "text",
    [
        "https://host/\x1b]0;title\x07k?X-Amz-Signature=\x1b[31m",
        "https://host/‮fdp.exe?Signature=a&Expires=1",
        "https://user:pass@host/k?sig=a&sv=1",
        "https://bücher.example/k?Signature=a&Expires=1",
        "https://host:99999/k?Signature=a&Expires=1",
        "https://host/\x00k?Signature=a&Expires=1",
        "https://host/k?Expires=" + "9" * 30 + "&Signature=a&AWSAccessKeyId=b",
        "https://host/k?Expires=-62135596800&Signature=a&AWSAccessKeyId=b",
        "https://host/k?Expires=253402300799&Signature=a&AWSAccessKeyId=b",
        "https://host/k?X-Amz-Signature=" + "A" * 1_000_000,
        "https://[::1/k?Signature=a&Expires=1",
    ],
    ids=range(11),
)
@pytest.mark.parametrize("output", ["table", "json", "csv"])
def test_hostile_link_is_a_finding_and_harmless(text, output):
    outcome = inspect(text, "-o", output, terminal=True, env={"NO_COLOR": "1"})
    assert outcome.code in (5, 6)
    assert not {"\x1b", "\x00", "\x07", "‮"} & set(outcome)
    assert "pass@" not in outcome


def test_lone_surrogates_from_a_stream():
    outcome = inspect("-o", "json", stdin=b"https://host/\xff\xfe?Signature=a&Expires=1&AWSAccessKeyId=b\n")
    assert outcome.json["status"] == "malformed"


def test_help_shows_numbered_examples_first(capsys):
    outcome = presign("inspect", "--help")
    shown = outcome + capsys.readouterr().out
    assert shown.index("1. ") < shown.index("5. ") < shown.index("Arguments:")
    assert outcome.code == 0


def test_each_block_of_a_stream_is_dated_anew():
    """A link that expires while a stream is read is told as expired."""
    times = iter([NOW, NOW + timedelta(hours=5)])
    out = Stream()
    runtime = Runtime(environ={}, stdin=Stream(), stdout=out, stderr=Stream(), clock=lambda: next(times))
    assert run(["inspect", link(), link(), "-o", "json"], runtime=runtime) == 5
    assert [json.loads(line)["status"] for line in out.text.splitlines()] == ["active", "expired"]


SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.fixture
def support(tmp_path):
    """An environment in which the profile `support` has the keys that `link` signs with."""
    (tmp_path / ".aws").mkdir()
    text = f"[support]\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key={SECRET}\n"
    (tmp_path / ".aws" / "credentials").write_text(text)
    return {"HOME": str(tmp_path)}


@pytest.mark.parametrize(
    ("operation", "method"),
    [("get_object", "GET"), ("put_object", "PUT"), ("head_object", "HEAD"), ("delete_object", "DELETE")],
)
def test_verify_names_the_method_and_the_profile(support, operation, method):
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", SECRET)
    parameters = {"Bucket": "bucket", "Key": "a b"}
    url = botocore_link(keys, "eu-west-1", operation, parameters, ttl_seconds=7200, signed_at=SIGNED_AT)
    outcome = inspect(url, "--verify", "-o", "json", env=support)
    verification = {
        "result": "match",
        "profile": "support",
        "source": "profile",
        "method": method,
        "differs": None,
    }
    assert outcome.json["verification"] == verification
    assert outcome.json["method"] == method
    assert outcome.code == 0
    assert SECRET not in outcome
    assert f"the signature fits, by profile support, for {method}" in inspect(url, "--verify", env=support)


def test_header_that_the_signature_proves_is_shown_with_its_value(support):
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", SECRET)
    parameters = {"Bucket": "bucket", "Key": "k", "ContentType": "text/plain"}
    url = botocore_link(keys, "eu-west-1", "put_object", parameters, ttl_seconds=7200, signed_at=SIGNED_AT)
    assert "must send   content-type\n" in inspect(url)
    assert "must send   content-type: text/plain\n" in inspect(url, "--verify", env=support)


def test_verify_by_the_environment():
    env = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}
    found = inspect(link(), "--verify", "-o", "json", env=env).json["verification"]
    assert (found["result"], found["profile"], found["source"]) == ("match", None, "environment")


def test_altered_link_is_exit_6_and_told_in_the_first_line(support):
    outcome = inspect(link(key="invoice-1.pdf").replace("invoice-1", "invoice-2"), "--verify", env=support)
    assert outcome.startswith("The signature does not fit.")
    assert outcome.code == 6


def test_link_that_came_by_another_name_of_our_server(support):
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", SECRET)
    where = {"endpoint_url": "https://s3.internal.example:9000", "addressing_style": "path"}
    parameters = {"Bucket": "bucket", "Key": "k"}
    url = botocore_link(
        keys, "eu-west-1", "get_object", parameters, ttl_seconds=60, signed_at=SIGNED_AT, **where
    )
    url = url.replace("s3.internal.example:9000", "files.example.com")
    env = support | {"AWS_ENDPOINT_URL_S3": "https://s3.internal.example:9000"}
    outcome = inspect(url, "--verify", "-o", "json", env=env)
    assert outcome.json["verification"]["differs"]["what"] == "host"
    assert outcome.code == 6


def test_verify_without_the_keys_changes_nothing():
    outcome = inspect(link(), "--verify", "-o", "json", env={})
    assert (outcome.json["verification"]["result"], outcome.code) == ("no-credentials", 0)


def test_verified_method_against_the_method_asked(support):
    outcome = inspect(link(), "--verify", "--method", "PUT", "-o", "json", env=support)
    assert [finding["code"] for finding in outcome.json["findings"]] == ["method-mismatch"]
    assert outcome.code == 6


def test_verify_with_a_profile_that_does_not_exist(support):
    assert inspect(link(), "--verify", "--profile", "supprt", env=support).code == 3


def test_verify_a_form(support):
    made = form()
    support |= {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
    outcome = inspect(json.dumps(made), "--verify", "-o", "json", env=support, now=datetime.now(UTC))
    assert outcome.json["verification"]["result"] == "match"
    assert outcome.json["verification"]["source"] == "environment"


def test_check_asks_a_real_server(gateway):
    bucket = gateway.bucket()
    gateway.put(bucket, "k", b"0123456789")
    keys = gateway.credentials
    where = {"endpoint_url": gateway.endpoint_url, "addressing_style": "path"}
    now = datetime.now(UTC).replace(microsecond=0)

    def made(key):
        parameters = {"Bucket": bucket, "Key": key}
        return botocore_link(
            keys, "us-east-1", "get_object", parameters, ttl_seconds=600, signed_at=now, **where
        )

    good = inspect(made("k"), "--check", "-o", "json", now=now)
    assert (good.json["check"]["ok"], good.json["check"]["size"], good.code) == (True, 10, 0)
    assert inspect(made("k"), "--check", now=now).startswith("It works, until ")
    bad = inspect(made("k").replace("/k?", "/l?"), "--check", "-o", "json", now=now)
    assert (bad.json["check"]["ok"], bad.json["check"]["code"]) == (False, "SignatureDoesNotMatch")
    assert bad.code == 7


def test_link_for_another_method_is_never_exercised():
    outcome = inspect(shapes.GO_V2_PUT, "--check", "-o", "json", now=SIGNED_AT)
    assert (outcome.json["check"]["ok"], outcome.json["check"]["code"]) == (None, "not-exercised")
    assert outcome.code == 0


def test_clipboard_that_is_not_there():
    outcome = inspect("--paste", env={"PATH": "/nonexistent"})
    assert outcome.code == 2
    assert outcome.stderr.startswith("error: no clipboard")

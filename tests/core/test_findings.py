"""Every finding: a link that has it, one that has not, and what a support person reads."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from presign_cli.core.inspection import inspect
from presign_cli.errors import ExitCode

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HEX = "5f0b0b1d1c0a3f6a1d6b5b7c5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f"
DEFAULTS = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE%2F20261124%2Feu-west-1%2Fs3%2Faws4_request",
    "X-Amz-Date": "20261124T120000Z",
    "X-Amz-Expires": "7200",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": HEX,
}
V2 = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1795528800&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D"
AZURE = "https://acc.blob.core.windows.net/box/b.txt?sv=2022-11-02&se=2026-11-24T20:00:00Z&sr=b&sp=r&sig=" + (
    "A" * 43 + "%3D"
)


def link(origin="https://bucket.s3.eu-west-1.amazonaws.com/k", tail="", **changes):
    """A link without a fault, but for the changes; None leaves a parameter out."""
    pairs = {**DEFAULTS, **{f"X-Amz-{name}": value for name, value in changes.items()}}
    return (
        f"{origin}?"
        + "&".join(f"{name}={value}" for name, value in pairs.items() if value is not None)
        + tail
    )


def codes(text, *levels, **options):
    found = inspect(text, now=options.pop("now", NOW), **options).findings
    return [finding.code for finding in found if not levels or finding.level in levels]


def the(code, text, **options):
    found = inspect(text, now=options.pop("now", NOW), **options).findings
    return next(finding for finding in found if finding.code == code)


def test_a_good_link_has_no_findings():
    inspection = inspect(link(), now=NOW)
    assert inspection.findings == ()
    assert (inspection.status, inspection.seconds_left, inspection.exit_code) == ("active", 5400, ExitCode.OK)


@pytest.mark.parametrize(
    ("code", "level", "text"),
    [
        ("ttl-too-long", "error", link(Expires="604801")),
        ("ttl-invalid", "error", link(Expires="0")),
        ("ttl-invalid", "error", link(Expires="-5")),
        ("ttl-invalid", "error", link(Expires="3600.5")),
        ("ttl-invalid", "error", link(Expires="9" * 5000)),
        ("signature-malformed", "error", link(Signature=HEX[:60])),
        ("signature-malformed", "error", link(Signature=HEX.upper())),
        ("signature-malformed", "error", link(Signature="REDACTED")),
        ("signature-malformed", "error", link(Signature=HEX[:40] + "...")),
        ("signature-malformed", "error", link(Signature="")),
        ("parameter-missing", "error", link(Signature=None)),
        ("parameter-missing", "error", link(Date=None)),
        ("parameter-missing", "error", link(Credential="ASIAIOSFODNN7/20261124/eu-west-1/s3/aws4_request")),
        ("parameter-repeated", "error", link(tail="&X-Amz-Expires=100")),
        ("parameter-repeated", "error", link(tail="&x-amz-expires=7200")),
        ("parameter-miscased", "warning", link().replace("X-Amz-Date", "x-amz-date")),
        ("credential-malformed", "error", link(Credential="AKIAIOSFODNN7EXAMPLE")),
        ("credential-malformed", "error", link(Credential="AKIA/20261124/eu-west-1/s3/aws5_request")),
        ("algorithm-unknown", "error", link(Algorithm="AWS4-HMAC-MD5")),
        ("date-malformed", "error", link(Date="2026-11-24")),
        ("date-malformed", "error", link(Date="20261324T120000Z")),
        ("date-mismatch", "error", link(Credential="AKIA/20261123/eu-west-1/s3/aws4_request")),
        ("region-mismatch", "error", link(Credential="AKIA/20261124/us-east-1/s3/aws4_request")),
        ("service-mismatch", "error", link(Credential="AKIA/20261124/eu-west-1/s3express/aws4_request")),
        ("website-endpoint", "error", link("http://bucket.s3-website-eu-west-1.amazonaws.com/k")),
        ("plain-http", "warning", link("http://bucket.s3.eu-west-1.amazonaws.com/k")),
        ("headers-owed", "warning", link(SignedHeaders="content-type%3Bhost")),
        ("path-rewritten", "warning", link("https://bucket.s3.eu-west-1.amazonaws.com/a/../k")),
        ("path-rewritten", "warning", link("https://bucket.s3.eu-west-1.amazonaws.com/a/%2E%2e/k")),
        ("unsigned-parameters", "warning", link(tail="&utm_source=mail")),
        ("unsigned-parameters", "warning", link(tail="&download=1")),
        ("legacy-sigv2", "warning", f"https://bucket.s3.amazonaws.com/k?{V2}"),
        ("legacy-sigv2", "error", f"https://bucket.s3.eu-central-1.amazonaws.com/k?{V2}"),
        ("secret-in-link", "warning", link(tail="&x-amz-server-side-encryption-customer-key=c2VjcmV0")),
        ("user-in-url", "warning", link("https://bucket.s3.eu-west-1.amazonaws.com@evil.example/a/k")),
        ("lookalike-host", "warning", link("https://bucket.s3.eu-west-1.amazonаws.com/a/k")),
        ("host-malformed", "error", link("https://bucket.example.com:70000/a/k")),
        ("host-malformed", "error", link("https:///a/k")),
        ("characters-unescaped", "warning", link("https://bucket.s3.eu-west-1.amazonaws.com/ü")),
        ("no-key", "info", link("https://bucket.s3.eu-west-1.amazonaws.com/")),
        ("unsigned", "error", "https://bucket.s3.eu-west-1.amazonaws.com/k"),
        ("not-a-link", "error", "hello"),
        ("expired", "error", link(Expires="1800")),
        ("expires-soon", "warning", link(Expires="1860")),
        ("not-yet-valid", "error", link(Date="20261124T124600Z")),
        ("dated-ahead", "warning", link(Date="20261124T124459Z")),
        ("temporary-credentials", "info", link(**{"Security-Token": "t"})),
        ("stored-policy", "info", AZURE.replace("se=2026-11-24T20:00:00Z&", "si=policy&")),
        ("plain-http", "error", AZURE.replace("https://", "http://") + "&spr=https"),
        ("temporary-credentials", "error", AZURE + "&skoid=1&ske=2026-11-24T12:00:00Z"),
        ("temporary-credentials", "warning", AZURE + "&skoid=1&ske=2026-11-24T18:00:00Z"),
    ],
)  # fmt: skip
def test_link_with_a_fault(code, level, text):
    finding = the(code, text)
    assert finding.level == level
    assert finding.text and finding.hint
    assert HEX[:40] not in finding.text + finding.hint


@pytest.mark.parametrize(
    "text",
    [
        link(),
        link(tail="&versionId=v1&response-content-type=text%2Fplain&x-id=GetObject"),
        link("https://bucket.s3.eu-west-1.amazonaws.com/..a/b../.hidden/a%2520b%26amp%3Bc"),
        link("http://localhost:9000/bucket/k"),
        link("https://minio.example.com/bucket/k", Credential="minio/20261124/moon/s3/aws4_request"),
        AZURE,
    ],
)
def test_link_without_a_fault(text):
    assert codes(text, "error", "warning") == []


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (link(), "active", 0),
        (link(Expires="1800"), "expired", 5),
        (link(Date="20261124T130000Z"), "not-yet-valid", 5),
        (link(Signature="x"), "malformed", 6),
        (link(Expires="1800", Signature="x"), "malformed", 6),
        ("https://bucket.s3.eu-west-1.amazonaws.com/k", "unsigned", 6),
        ("{}", "malformed", 6),
        ("", "malformed", 6),
        (link(Credential="AKIA/20261124/us-east-1/s3/aws4_request"), "active", 6),
        (AZURE.replace("se=2026-11-24T20:00:00Z&", "si=policy&"), "unknown", 0),
        (f"https://b.s3.amazonaws.com/k?{V2}".replace("1795528800", "99999999999999"), "malformed", 6),
    ],
)
def test_status_and_exit_code(text, status, code):
    inspection = inspect(text, now=NOW)
    assert (inspection.status, int(inspection.exit_code)) == (status, code)


def test_min_left_counts_as_expired():
    assert inspect(link(), now=NOW, min_left=5400).exit_code == ExitCode.OK
    late = inspect(link(), now=NOW, min_left=5401)
    assert (late.status, late.exit_code) == ("active", ExitCode.EXPIRED)
    assert [finding.code for finding in late.findings] == ["expires-soon"]


@pytest.mark.parametrize(
    "made_for", ["GetObject", "HeadObject", "PutObject", "DeleteObject", "CreateMultipartUpload"]
)
def test_method_that_the_link_was_not_made_for(made_for):
    method = {"G": "GET", "H": "HEAD", "P": "PUT", "D": "DELETE", "C": "POST"}[made_for[0]]
    text = link(tail=f"&x-id={made_for}")
    for asked in ("GET", "HEAD", "PUT", "DELETE", "POST"):
        assert ("method-mismatch" in codes(text, "error", method=asked)) == (asked != method)


def test_azure_permissions_are_methods():
    assert "method-mismatch" in codes(AZURE, "error", method="PUT")
    assert codes(AZURE, "error", method="GET") == []


def test_expired_tells_how_long_ago_and_what_to_do():
    finding = the("expired", link(Expires="1800"), now=NOW + timedelta(hours=3))
    assert finding.text == "expired 3 h ago, at 2026-11-24T12:30:00Z"
    assert finding.hint == "ask its sender for a new link, or sign one: presign get s3://bucket/k"


def test_link_that_a_shell_cut_at_its_ampersand():
    text = link().partition("&")[0]
    assert "quotes" in the("parameter-missing", text).hint


def test_session_that_cannot_live_any_more():
    """No session of AWS's lives beyond 36 hours."""
    text = link(Expires="604800", **{"Security-Token": "t"})
    assert the("temporary-credentials", text).level == "warning"
    later = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    inspection = inspect(text, now=later)
    assert (inspection.status, inspection.exit_code) == ("active", ExitCode.INVALID)
    assert the("temporary-credentials", text, now=later).level == "error"
    elsewhere = text.replace("bucket.s3.eu-west-1.amazonaws.com", "minio.example.com/bucket")
    assert the("temporary-credentials", elsewhere, now=later).level == "info"


def policy_form(conditions, fields, *, expiration="2026-11-24T20:00:00.000Z"):
    document = {"expiration": expiration, "conditions": conditions}
    signed = {
        "key": "in/a.png",
        "policy": b64encode(json.dumps(document).encode()).decode(),
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20261124/eu-west-1/s3/aws4_request",
        "x-amz-date": "20261124T120000Z",
        "x-amz-signature": HEX,
    }
    return json.dumps({"url": "https://bucket.s3.eu-west-1.amazonaws.com/", "fields": {**signed, **fields}})


CONDITIONS = [
    {"bucket": "bucket"},
    ["starts-with", "$key", "in/"],
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20261124/eu-west-1/s3/aws4_request"},
    {"x-amz-date": "20261124T120000Z"},
]
SIZE = ["content-length-range", 0, 1024]


@pytest.mark.parametrize(
    ("expected", "conditions", "fields"),
    [
        ([], [SIZE], {}),
        (["any-size"], [], {}),
        (["field-without-condition"], [SIZE], {"acl": "private"}),
        ([], [SIZE, {"acl": "private"}], {"acl": "private"}),
        (["condition-unmet"], [SIZE, {"acl": "private"}], {}),
        (["condition-unmet"], [SIZE, {"acl": "private"}], {"acl": "public-read"}),
        (["condition-unmet"], [SIZE], {"key": "out/a.png"}),
        ([], [SIZE, ["starts-with", "$Content-Type", "image/"]], {"Content-Type": ""}),
        (["policy-malformed"], [SIZE], {"policy": "bm9uZQ=="}),
    ],
)
def test_form_against_its_policy(expected, conditions, fields):
    assert codes(policy_form([*CONDITIONS, *conditions], fields), "error", "warning") == expected


def test_expired_form():
    inspection = inspect(policy_form([*CONDITIONS, SIZE], {}, expiration="2026-11-24T12:00:00Z"), now=NOW)
    assert (inspection.status, inspection.exit_code) == ("expired", ExitCode.EXPIRED)
    assert inspection.url == "https://bucket.s3.eu-west-1.amazonaws.com/"


def cloudfront(resource):
    statement = {"Resource": resource, "Condition": {"DateLessThan": {"AWS:EpochTime": 1795550400}}}
    policy = (
        b64encode(json.dumps({"Statement": [statement]}).encode())
        .decode()
        .translate(str.maketrans("+=/", "-_~"))
    )
    query = f"size=1&Policy={policy}&Signature={'a' * 172}&Key-Pair-Id=K2JCJMDEHXQW5F"
    return f"https://d1.cloudfront.net/videos/a.mp4?{query}"


@pytest.mark.parametrize(
    ("resource", "fits"),
    [
        ("https://d1.cloudfront.net/videos/a.mp4?size=1", True),
        ("https://d1.cloudfront.net/videos/*", True),
        ("*", True),
        ("http*://*/videos/?.mp4*", True),
        ("https://d1.cloudfront.net/audios/*", False),
        ("https://d1.cloudfront.net/videos/a.mp4", False),
        ("*" * 2000 + "x", False),
    ],
)
def test_cloudfront_policy_for_another_resource(resource, fits):
    assert codes(cloudfront(resource), "error") == ([] if fits else ["resource-mismatch"])

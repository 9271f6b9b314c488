"""The service behind API Gateway: whose files, for how long, and that its links work on a real S3.

The events have the shapes that AWS documents for a proxy integration:
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html (REST)
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (HTTP)
"""

import json
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from presign_cli.aws_lambda import handler
from presign_cli.errors import UsageError
from tests.gateway import fetch
from tests.presign import KEYS

SUB = "5c3b8a4e-1111-4f6a-9d6e-3c1f0a2b7d10"


def rest_event(claims=None, *, method="GET", **parameters):
    """Payload 1.0, with a Cognito user pool's authorizer."""
    return {
        "resource": "/files",
        "path": "/files",
        "httpMethod": method,
        "headers": {"Accept": "application/json", "Host": "70ixmpl4fl.execute-api.eu-west-1.amazonaws.com"},
        "multiValueHeaders": {"Accept": ["application/json"]},
        "queryStringParameters": parameters or None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "70ixmpl4fl",
            "authorizer": {"claims": claims} if claims else None,
            "httpMethod": method,
            "identity": {"sourceIp": "192.0.2.10", "userAgent": "curl/8.5.0"},
            "requestId": "e6f2c4f2-edee-4fd6-8b5e-b1e4c2e3f8a1",
            "stage": "prod",
        },
        "body": None,
        "isBase64Encoded": False,
    }


def http_event(claims=None, *, method="GET", **parameters):
    """Payload 2.0, with a JWT authorizer."""
    event = {
        "version": "2.0",
        "routeKey": f"{method} /files",
        "rawPath": "/files",
        "rawQueryString": "",
        "headers": {"accept": "application/json"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "http": {"method": method, "path": "/files", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.10"},
            "routeKey": f"{method} /files",
            "stage": "$default",
            "timeEpoch": 1583348638390,
        },
        "isBase64Encoded": False,
    }
    if claims:
        event["requestContext"]["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    if parameters:
        event["queryStringParameters"] = parameters
    return event


BOTH = pytest.mark.parametrize("event", [rest_event, http_event])
CLAIMS = {"sub": SUB, "email": "ada@example.com", "cognito:username": "ada"}


@pytest.fixture
def settings(monkeypatch):
    """Sets the function's environment, as Lambda does."""

    def put(**variables):
        for name, value in {
            **KEYS,
            "AWS_REGION": "eu-west-1",
            "PRESIGN_BUCKET": "bucket",
            **variables,
        }.items():
            monkeypatch.setenv(name, value)

    put()
    return put


def asked(event):
    answer = handler(event, None)
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert answer["isBase64Encoded"] is False
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None


@BOTH
def test_a_download_link_is_for_five_minutes_and_the_callers_own_prefix(settings, event):
    status, body = asked(event(CLAIMS, key="reports/q3.pdf"))
    assert (status, list(body)) == (200, ["downloadUrl"])
    url = urlsplit(body["downloadUrl"])
    assert (url.netloc, url.path) == ("bucket.s3.eu-west-1.amazonaws.com", f"/users/{SUB}/reports/q3.pdf")
    assert parse_qs(url.query)["X-Amz-Expires"] == ["300"]
    assert parse_qs(url.query)["response-content-disposition"] == ['attachment; filename="q3.pdf"']


@BOTH
def test_redirect_sends_the_browser_there(settings, event):
    answer = handler(event(CLAIMS, key="a.txt", redirect="1"), None)
    assert answer["statusCode"] == 302
    assert answer["headers"]["Location"].startswith(
        f"https://bucket.s3.eu-west-1.amazonaws.com/users/{SUB}/a.txt?"
    )
    assert answer["headers"]["Cache-Control"] == "no-store"


@BOTH
def test_an_upload_link_tells_what_it_owes(settings, event):
    status, body = asked(event(CLAIMS, method="PUT", key="in.csv", contentType="text/csv", size="12"))
    assert (status, list(body)) == (200, ["uploadUrl", "requiredHeaders"])
    assert body["requiredHeaders"] == {"content-type": "text/csv", "content-length": "12"}
    signed = parse_qs(urlsplit(body["uploadUrl"]).query)["X-Amz-SignedHeaders"]
    assert signed == ["content-length;content-type;host"]


@BOTH
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_without_claims_nobody_is_anybody(settings, event, method):
    assert asked(event(None, method=method, key="a.txt")) == (401, {"error": "not signed in"})


@BOTH
@pytest.mark.parametrize(
    "key",
    [
        "../other/a",
        "a/../../b",
        "./a",
        "a/./b",
        "/a",
        "a//b",
        "a/",
        "",
        "..",
        "a\\..\\b",
        "a\x00b",
        "a\r\nb",
        "a\u202eb",
    ],
)
def test_traversal_and_hidden_characters_are_refused(settings, event, key):
    assert asked(event(CLAIMS, key=key))[0] == 400


@BOTH
def test_a_missing_key_is_refused(settings, event):
    assert asked(event(CLAIMS))[0] == 400


@BOTH
@pytest.mark.parametrize("key", ["users/other/a.txt", "users/", f"users/{SUB}x/a", f"users/{SUB}"])
def test_another_callers_prefix_is_refused(settings, event, key):
    assert asked(event(CLAIMS, key=key))[0] in (400, 403)
    if not key.endswith("/"):
        assert asked(event(CLAIMS, key=key))[0] == 403


def test_the_callers_own_prefix_may_be_spelt_out(settings):
    _, body = asked(http_event(CLAIMS, key=f"users/{SUB}/a.txt"))
    assert urlsplit(body["downloadUrl"]).path == f"/users/{SUB}/a.txt"


def test_an_encoded_traversal_stays_one_name(settings):
    _, body = asked(http_event(CLAIMS, key="%2e%2e%2fother"))
    assert urlsplit(body["downloadUrl"]).path == f"/users/{SUB}/%252e%252e%252fother"


@pytest.mark.parametrize("sub", ["", "..", "a/b", "x\n"])
def test_a_claim_that_is_no_name_gets_nothing(settings, sub):
    assert asked(http_event({"sub": sub, "email": "x"}, key="a.txt"))[0] == 403


def test_a_prefix_without_its_slash_leads_to_nobody_elses(settings):
    settings(PRESIGN_PREFIX="users/{sub}")
    _, body = asked(rest_event({"sub": "4"}, key="2/a.txt"))
    assert urlsplit(body["downloadUrl"]).path == "/users/4/2/a.txt"
    assert asked(rest_event({"sub": "4"}, key="users/42/a.txt"))[0] == 403


def test_the_prefix_may_be_of_any_claims(settings):
    settings(PRESIGN_PREFIX="tenants/{custom:tenant}/{cognito:username}/", PRESIGN_TTL="90s")
    _, body = asked(http_event({**CLAIMS, "custom:tenant": "acme"}, key="a.txt"))
    assert urlsplit(body["downloadUrl"]).path == "/tenants/acme/ada/a.txt"
    assert "X-Amz-Expires=90&" in body["downloadUrl"]
    assert asked(http_event(CLAIMS, key="a.txt"))[0] == 403


@pytest.mark.parametrize("size", ["5000001", "-1", "1e3", "٣", None])
def test_a_size_over_the_limit_or_unsaid_is_refused(settings, size):
    settings(PRESIGN_MAX_SIZE="5MB")
    parameters = {"key": "a.bin", **({} if size is None else {"size": size})}
    assert asked(http_event(CLAIMS, method="PUT", **parameters))[0] == 400


@pytest.mark.parametrize("kind", ["text", "text/html\r\nx-amz-acl: public-read", "a b/c"])
def test_a_content_type_that_is_none_is_refused(settings, kind):
    assert asked(http_event(CLAIMS, method="PUT", key="a", contentType=kind))[0] == 400


def test_another_method_is_refused(settings):
    assert asked(http_event(CLAIMS, method="DELETE", key="a"))[0] == 405


def test_without_a_bucket_the_operator_is_told(settings, monkeypatch):
    monkeypatch.delenv("PRESIGN_BUCKET")
    with pytest.raises(UsageError, match="PRESIGN_BUCKET"):
        handler(http_event(CLAIMS, key="a"), None)


@BOTH
def test_a_real_s3_takes_the_upload_and_gives_the_download(settings, gateway, event):
    settings(**gateway.environ, PRESIGN_BUCKET=gateway.bucket())
    _, upload = asked(event(CLAIMS, method="PUT", key="in/größe 1.csv", contentType="text/csv", size="3"))
    sent = fetch(upload["uploadUrl"], method="PUT", body=b"1,2", headers=upload["requiredHeaders"])
    assert sent.status == 200
    _, body = asked(event(CLAIMS, key="in/größe 1.csv"))
    received = fetch(body["downloadUrl"])
    assert (received.status, received.body) == (200, b"1,2")
    assert received.headers["content-type"] == "text/csv"
    assert "filename*=UTF-8''gr%C3%B6%C3%9Fe%201.csv" in received.headers["content-disposition"]


def test_a_real_s3_refuses_another_size_or_another_key(settings, gateway):
    settings(**gateway.environ, PRESIGN_BUCKET=gateway.bucket())
    _, body = asked(http_event(CLAIMS, method="PUT", key="a.bin", size="3"))
    assert fetch(body["uploadUrl"], method="PUT", body=b"1234").status == 403
    elsewhere = body["uploadUrl"].replace(SUB, "somebody-else")
    assert fetch(elsewhere, method="PUT", body=b"123").status == 403


def test_it_starts_without_typer_rich_or_an_sdk():
    program = (
        "import sys, presign_cli.aws_lambda; heavy = {'typer', 'rich', 'boto3', 'botocore', 'qrcode'};"
        "sys.exit(', '.join(sys.modules.keys() & heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PATH": os.environ["PATH"]}, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")

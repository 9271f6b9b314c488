"""The Python API: what other programs import, and may rely on."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

import presign_cli
from presign_cli.core.credentials import Credentials
from presign_cli.errors import CredentialsError, UsageError
from tests.gateway import fetch
from tests.oracle import botocore_link
from tests.presign import KEYS, NOW, SIGNER

CREDENTIALS = Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"])


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name, value in SIGNER.items():
        monkeypatch.setenv(name, value)


def sign(target="s3://bucket/a b.pdf", **options):
    return presign_cli.sign(target, **{"region": "eu-west-1", "now": NOW, **options})


@pytest.mark.parametrize("ttl", [300, "5m", timedelta(minutes=5)])
def test_a_download_link_is_botocores(ttl):
    link = sign(ttl=ttl, filename="x.pdf", version_id="v1")
    parameters = {
        "Bucket": "bucket",
        "Key": "a b.pdf",
        "ResponseContentDisposition": 'attachment; filename="x.pdf"',
        "VersionId": "v1",
    }
    assert link.presigned.url == botocore_link(
        CREDENTIALS, "eu-west-1", "get_object", parameters, ttl_seconds=300, signed_at=NOW
    )
    assert link.life.usable_until == NOW + timedelta(minutes=5)
    assert (link.presigned.bucket, link.presigned.key, link.presigned.method) == ("bucket", "a b.pdf", "GET")


def test_an_upload_link_is_botocores_and_tells_what_it_owes():
    link = sign(method="PUT", headers={"content-type": "text/csv"})
    parameters = {"Bucket": "bucket", "Key": "a b.pdf", "ContentType": "text/csv"}
    assert link.presigned.url == botocore_link(
        CREDENTIALS, "eu-west-1", "put_object", parameters, ttl_seconds=3600, signed_at=NOW
    )
    assert link.required_headers == {"content-type": "text/csv"}


def test_a_real_s3_takes_its_links(monkeypatch, gateway):
    for name, value in gateway.environ.items():
        monkeypatch.setenv(name, value)
    target = f"s3://{gateway.bucket()}/k"
    upload = presign_cli.sign(target, method="PUT", ttl="1m")
    assert fetch(upload.presigned.url, method="PUT", body=b"x").status == 200
    download = presign_cli.sign(target, ttl="1m")
    assert fetch(download.presigned.url).body == b"x"
    assert presign_cli.verify(download.presigned.url).method == "GET"


def test_what_was_signed_is_inspected_and_verified():
    url = sign(ttl="5m").presigned.url
    found = presign_cli.inspect(url.replace("&", "&amp;"), now=NOW + timedelta(minutes=10))
    assert (found.status, found.repairs, found.seconds_left) == ("expired", ("html-escaped",), -300)
    assert presign_cli.verify(url).result == "match"
    assert presign_cli.verify(url.replace("bucket.", "other.")).result == "mismatch"


def test_the_clock_is_asked_where_nobody_says_when():
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= sign(now=None).life.signed_at <= datetime.now(UTC)
    assert presign_cli.inspect(sign(now=None).presigned.url).status == "active"


@pytest.mark.parametrize(
    "options",
    [
        {"ttl": 0},
        {"ttl": "8d"},
        {"ttl": "x"},
        {"method": "get"},
        {"filename": "a/b"},
        {"now": datetime(2026, 1, 1)},
    ],
)
def test_nonsense_is_a_usage_error(options):
    with pytest.raises(UsageError):
        sign(**options)


def test_an_unknown_profile_is_a_credentials_error():
    with pytest.raises(CredentialsError):
        sign(profile="nobody")


def test_a_secret_is_in_no_repr():
    link = sign()
    assert link.presigned.url not in repr(link)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in repr(link)


def test_importing_the_package_imports_nothing_else():
    program = "import sys; before = set(sys.modules); import presign_cli; print(set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "{'presign_cli'}\n"


def test_what_is_not_there_is_said_as_python_says_it():
    with pytest.raises(AttributeError, match="nonsense"):
        presign_cli.nonsense  # noqa: B018

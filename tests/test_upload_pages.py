"""Upload pages in a real browser against a real S3: what arrives, what is refused, what stays text."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from tests.presign import OFFLINE, SIGNER, presign
from tests.stubborn_s3 import COMPLETED, error, stubborn_s3

HOSTILE = """in/<script>document.title='owned'</script> "x" 'y' & <img src=x onerror=alert(1)>.txt"""


@pytest.fixture
def bucket(gateway):
    return gateway.bucket()


@pytest.fixture
def page_of(gateway, tmp_path):
    def write(*arguments, now=None):
        page = tmp_path / "page.html"
        outcome = presign(
            *arguments, "--page", str(page), "-o", "json",
            env={**gateway.environ, **OFFLINE}, now=now or datetime.now(UTC),
        )  # fmt: skip
        assert outcome.code == 0, outcome.stderr
        return page, outcome

    return write


def file_of(tmp_path, name, size):
    path = tmp_path / name
    path.write_bytes(os.urandom(size))
    return path


def send(browser, file):
    browser.choose("#file", file)
    browser.click("#send")
    browser.wait_for("#status", "has arrived")


def test_a_put_page_uploads_the_file_byte_for_byte(gateway, bucket, browser, page_of, tmp_path):
    file = file_of(tmp_path, "holiday.pdf", 1_500_000)
    page, _ = page_of("put", f"s3://{bucket}/in/a b.pdf", "--for-file", str(file), "--metadata", "order=7")
    browser.open(page)
    send(browser, file)
    assert gateway.read(bucket, "in/a b.pdf") == file.read_bytes()
    head = gateway.s3.head_object(Bucket=bucket, Key="in/a b.pdf")
    assert (head["ContentType"], head["Metadata"]) == ("application/pdf", {"order": "7"})
    assert browser.console() == []


def test_a_form_page_uploads_under_the_files_own_name(gateway, bucket, browser, page_of, tmp_path):
    file = file_of(tmp_path, "größe 1.png", 700_000)
    page, _ = page_of(
        "post-form", "--prefix", f"s3://{bucket}/returns/", "--content-type", "image/*", "--max-size", "1MB"
    )
    browser.open(page)
    send(browser, file)
    assert gateway.read(bucket, "returns/größe 1.png") == file.read_bytes()
    assert gateway.s3.head_object(Bucket=bucket, Key="returns/größe 1.png")["ContentType"] == "image/png"
    assert not browser.is_enabled("#send")  # and it takes the next file
    second = file_of(tmp_path, "two.png", 10)
    send(browser, second)
    assert gateway.read(bucket, "returns/two.png") == second.read_bytes()
    assert browser.console() == []


def test_a_multipart_page_uploads_the_file_byte_for_byte(gateway, bucket, browser, page_of, tmp_path):
    file = file_of(tmp_path, "disk.img", 17_000_001)
    page, _ = page_of(
        "put", f"s3://{bucket}/disk.img", "--multipart", "--size", "17000001", "--part-size", "5MiB"
    )
    browser.open(page)
    send(browser, file)
    assert gateway.read(bucket, "disk.img") == file.read_bytes()
    assert "Uploads" not in gateway.s3.list_multipart_uploads(Bucket=bucket)
    assert browser.console() == []


@pytest.mark.parametrize(
    ("arguments", "name", "size", "words"),
    [
        (["post-form", "--max-size", "50kB"], "a.bin", 50_001, "too large"),
        (["post-form", "--min-size", "10", "--max-size", "50kB"], "a.bin", 9, "too small"),
        (["put", "--size", "10"], "a.bin", 11, "exactly 10 bytes"),
        (["put", "--multipart", "--size", "6MB"], "a.bin", 5_999_999, "exactly 6,000,000 bytes"),
        (["put", "--content-type", "application/pdf"], "a.png", 10, "Only application/pdf"),
        (["post-form", "--max-size", "1kB", "--content-type", "image/*"], "a.txt", 10, "Only image/*"),
    ],
)  # fmt: skip
def test_what_would_be_refused_is_refused_in_words_before_any_request(
    bucket, browser, page_of, tmp_path, arguments, name, size, words
):
    command, *options = arguments
    page, _ = page_of(command, f"s3://{bucket}/k", *options)
    browser.open(page)
    browser.choose("#file", file_of(tmp_path, name, size))
    assert words in browser.wait_for("#problem", words, seconds=5)
    assert not browser.is_enabled("#send")
    assert browser.requests() == []
    assert browser.console() == []


@pytest.mark.parametrize("command", ["put", "post-form", "multipart"])
def test_a_hostile_key_stays_text(gateway, bucket, browser, page_of, tmp_path, command):
    options = {
        "put": ["put"],
        "post-form": ["post-form"],
        "multipart": ["put", "--multipart", "--size", "10"],
    }
    page, _ = page_of(*options[command], f"s3://{bucket}/{HOSTILE}")
    browser.open(page)
    assert browser.text(".path") == HOSTILE
    assert browser.script("return document.title").startswith("Upload “")
    assert (
        browser.script("return [...document.querySelectorAll('script, img')].length") == 2
    )  # its own data and code
    file = file_of(tmp_path, "a.bin", 10)
    send(browser, file)
    assert gateway.read(bucket, HOSTILE) == file.read_bytes()
    assert browser.console() == []


def test_a_dropped_connection_is_taken_up_again(gateway, bucket, browser, page_of, tmp_path):
    file = file_of(tmp_path, "disk.img", 16_000_000)
    page, _ = page_of("put", f"s3://{bucket}/k", "--multipart", "--size", "16000000", "--part-size", "5MiB")
    browser.open(page)
    slow = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.devtools("Network.enable")
    browser.devtools("Network.emulateNetworkConditions", offline=True, **slow)
    browser.choose("#file", file)
    browser.click("#send")
    browser.wait_for("#status", "No network")
    browser.devtools("Network.emulateNetworkConditions", offline=False, **slow)
    browser.wait_for("#status", "has arrived")
    assert gateway.read(bucket, "k") == file.read_bytes()


def test_a_closed_page_goes_on_where_it_stopped(gateway, bucket, browser, page_of, tmp_path):
    file = file_of(tmp_path, "disk.img", 16_000_000)
    page, outcome = page_of(
        "put", f"s3://{bucket}/k", "--multipart", "--size", "16000000", "--part-size", "5MiB"
    )
    browser.open(page)
    blocked = outcome.json["parts"][2]["url"]
    browser.devtools("Network.enable")
    browser.devtools("Network.setBlockedURLs", urls=[blocked])
    browser.choose("#file", file)
    browser.click("#send")
    browser.wait_for("#figures", "67 %")  # all but the third of four parts
    browser.click("#stop")
    browser.wait_for("#status", "Paused")
    browser.devtools("Network.setBlockedURLs", urls=[])
    browser.open(page)
    browser.requests()
    send(browser, file)
    sent = [request for request in browser.requests() if request.startswith("PUT")]
    assert any("partNumber=3" in request for request in sent)
    assert not any("partNumber=1&" in request for request in sent)
    assert gateway.read(bucket, "k") == file.read_bytes()


def test_s3s_refusal_is_told_in_words(gateway, bucket, browser, page_of, tmp_path):
    page, outcome = page_of("put", f"s3://{bucket}/k", "--multipart", "--size", "10")
    gateway.s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=outcome.json["upload_id"])
    browser.open(page)
    browser.choose("#file", file_of(tmp_path, "a.bin", 10))
    browser.click("#send")
    told = browser.wait_for("#problem", "somebody has cancelled it")
    assert "NoSuchUpload" in told


def test_a_page_that_is_over_says_so_and_sends_nothing(bucket, browser, page_of):
    page, _ = page_of("put", f"s3://{bucket}/k", "--ttl", "5m", now=datetime.now(UTC) - timedelta(hours=1))
    browser.open(page)
    assert "is over" in browser.text("#problem")
    assert not browser.is_enabled("#send")
    assert browser.requests() == []


def test_the_time_is_told_in_the_readers_own_zone(bucket, browser, page_of):
    page, outcome = page_of("put", f"s3://{bucket}/k", "--ttl", "2h")
    browser.devtools("Emulation.setTimezoneOverride", timezoneId="Asia/Tokyo")
    browser.open(page)
    ends = datetime.fromisoformat(outcome.json["expires_at"]) + timedelta(hours=9)
    assert ends.strftime("%H:%M") in browser.text("#until")
    assert "GMT+9" in browser.text("#until") or "JST" in browser.text("#until")
    assert "left" in browser.text("#left")


def test_a_redirect_is_followed_by_the_reader(gateway, bucket, browser, page_of, tmp_path):
    thanks = f"{gateway.endpoint_url}/minio/health/live"
    page, _ = page_of("post-form", f"s3://{bucket}/k", "--max-size", "1kB", "--redirect", thanks)
    file = file_of(tmp_path, "a.bin", 10)
    browser.open(page)
    browser.choose("#file", file)
    browser.click("#send")
    browser.wait_for_address(gateway.endpoint_url)
    assert any(request.startswith(f"GET {thanks}") for request in browser.requests())
    assert gateway.read(bucket, "k") == file.read_bytes()


@pytest.mark.parametrize("wrapped", ["page", "html"])
def test_a_form_works_without_scripts(gateway, bucket, browser, page_of, tmp_path, wrapped):
    page, _ = page_of("post-form", f"s3://{bucket}/{HOSTILE}", "--max-size", "1kB", "--status", "201")
    if wrapped == "html":
        arguments = [
            "post-form",
            f"s3://{bucket}/{HOSTILE}",
            "--max-size",
            "1kB",
            "--status",
            "201",
            "-o",
            "html",
        ]
        form = presign(*arguments, env={**gateway.environ, **OFFLINE}, now=datetime.now(UTC))
        page.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{form}", "utf-8")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    file = file_of(tmp_path, "a.bin", 10)
    browser.choose("input[type=file]", file)
    browser.click("button[type=submit]")
    browser.wait_for_address(gateway.endpoint_url)
    assert gateway.read(bucket, HOSTILE) == file.read_bytes()


def test_a_page_is_private_whole_and_fetches_nothing(gateway, bucket, page_of):
    page, outcome = page_of("put", f"s3://{bucket}/k")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text("utf-8")
    policy = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src &#x27;none&#x27;" in policy
    assert f"connect-src {gateway.endpoint_url}" in policy
    assert "unsafe" not in policy
    assert " src=" not in text
    assert "@import" not in text
    rules = json.loads(outcome.stderr.splitlines()[-1])["CORSRules"]
    assert rules[0]["AllowedMethods"] == ["PUT"]
    assert rules[0]["AllowedOrigins"] == ["*"]


def test_a_page_that_is_not_open_yet_says_when_it_is(bucket, browser, page_of, tmp_path):
    start = datetime.now(UTC) + timedelta(hours=3)
    page, _ = page_of("put", f"s3://{bucket}/k", "--not-before", start.isoformat(timespec="seconds"))
    browser.open(page)
    browser.wait_for("#status", "opens", seconds=5)
    assert not browser.is_enabled("#file")
    assert browser.console() == []


def test_an_error_in_a_200_is_told_and_a_passing_one_tried_again(browser, tmp_path):
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html"""
    page = tmp_path / "page.html"
    with stubborn_s3() as server:
        arguments = ["put", "s3://b/k", "--multipart", "--size", "10", "--page", str(page)]
        env = {**SIGNER, "AWS_ENDPOINT_URL_S3": server.url}
        assert presign(*arguments, env=env, now=datetime.now(UTC)).code == 0
        server.parts = [(503, error("SlowDown")), (200, b"")]
        server.completions = [(200, error("InternalError")), (200, error("InvalidPart"))]
        browser.open(page)
        browser.choose("#file", file_of(tmp_path, "a.bin", 10))
        browser.click("#send")
        assert "InvalidPart: said by the test" in browser.wait_for("#problem", "InvalidPart")
        assert [r for r in server.requests if r != "OPTIONS"] == ["POST", "PUT", "PUT", "POST", "POST"]
        server.completions = [(200, COMPLETED)]
        browser.click("#send")
        browser.wait_for("#status", "has arrived")


def test_a_file_can_be_dropped_anywhere_on_the_page(gateway, bucket, browser, page_of):
    page, _ = page_of("put", f"s3://{bucket}/k", "--size", "5")
    browser.open(page)
    browser.script(
        "const data = new DataTransfer(); data.items.add(new File(['hello'], 'a.txt'));"
        "const how = {dataTransfer: data, bubbles: true, cancelable: true};"
        "document.body.dispatchEvent(new DragEvent('drop', how));"
    )
    assert browser.text("#invite") == "a.txt"
    browser.click("#send")
    browser.wait_for("#status", "has arrived")
    assert gateway.read(bucket, "k") == b"hello"


def test_of_several_dropped_files_none_is_taken_in_silence(bucket, browser, page_of):
    page, _ = page_of("post-form", "--prefix", f"s3://{bucket}/in/", "--max-size", "1kB")
    browser.open(page)
    browser.script(
        "const data = new DataTransfer();"
        "for (const name of ['a.txt', 'b.txt']) data.items.add(new File(['hello'], name));"
        "const how = {dataTransfer: data, bubbles: true, cancelable: true};"
        "document.body.dispatchEvent(new DragEvent('drop', how));"
    )
    assert browser.text("#problem") == "Only one file at a time can be uploaded here."
    assert browser.text("#invite") == "Choose a file"
    assert browser.script("return document.getElementById('send').disabled")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window_whatever_the_key(bucket, browser, page_of, width):
    page, _ = page_of("post-form", f"s3://{bucket}/{'x' * 500}/{'y' * 200}.txt", "--max-size", "1kB")
    browser.devtools(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
    )
    browser.open(page)
    assert browser.script("return document.documentElement.scrollWidth") <= width


def test_it_can_be_read_and_worked_without_seeing_it(bucket, browser, page_of):
    page, _ = page_of("put", f"s3://{bucket}/k", "--size", "5")
    browser.open(page)
    assert browser.label("#file") == "Choose a file or drop it here"
    assert browser.label("#send") == "Upload"
    assert browser.label("#bar", hidden=True) == "Progress of the upload"
    browser.script("document.getElementById('file').focus()")
    assert browser.script("return document.activeElement.id") == "file"
    assert browser.script("return document.documentElement.lang") == "en"

"""The script of an upload in parts, as printed: what it uploads, what it says, and that it aborts."""

import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests.presign import OFFLINE, SIGNER, presign
from tests.stubborn_s3 import COMPLETED, StubbornS3, error, stubborn_s3

KEY = "it's $HOME `id` é;\u202e.img"


@pytest.fixture
def stubborn() -> Iterator[StubbornS3]:
    with stubborn_s3() as server:
        yield server


def script_of(env, *arguments):
    outcome = presign("put", *arguments, "--multipart", "-o", "curl", env=env, now=datetime.now(UTC))
    assert outcome.code == 0, outcome.stderr
    return str(outcome)


def run(script, *arguments, folder, shell="sh"):
    """From a file, as `sh upload.sh FILE`; with nothing on standard input to be swallowed."""
    (folder / "upload.sh").write_text(script, "utf-8")
    return subprocess.run(
        [shell, "upload.sh", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


def write_file(folder, size, name="disk image.img"):
    file = folder / name
    with file.open("wb") as output:
        for _ in range(size // 1_000_000):
            output.write(os.urandom(1_000_000))
        output.write(os.urandom(size % 1_000_000))
    return file


def digest(stream):
    seen = sha256()
    for block in iter(lambda: stream.read(1 << 20), b""):
        seen.update(block)
    return seen.hexdigest()


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_script_uploads_the_file_it_is_given(gateway, tmp_path, shell):
    bucket = gateway.bucket()
    file = write_file(tmp_path, 12_345_678)
    script = script_of(
        {**gateway.environ, **OFFLINE}, f"s3://{bucket}/{KEY}", "--size", "12345678", "--part-size", "5MiB"
    )
    done = run(script, file.name, folder=tmp_path, shell=shell)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert gateway.read(bucket, KEY) == file.read_bytes()
    assert "\u202e" not in script + done.stderr


def test_the_script_pasted_into_a_shell_uploads_the_file_it_was_made_for(gateway, tmp_path):
    bucket = gateway.bucket()
    file = write_file(tmp_path, 6_000_000, name="it's $HOME.img")
    script = script_of({**gateway.environ, **OFFLINE}, f"s3://{bucket}/k", "--for-file", str(file))
    done = subprocess.run(["sh"], input=f"{script}\necho still there: $?\n", capture_output=True, text=True)
    assert done.stdout == "still there: 0\n", done.stderr
    assert gateway.read(bucket, "k") == file.read_bytes()


def test_a_file_is_no_option_whatever_its_name(gateway, tmp_path):
    bucket = gateway.bucket()
    file = write_file(tmp_path, 6_000_000, name="-n.img")
    script = script_of({**gateway.environ, **OFFLINE}, f"s3://{bucket}/k", "--size", "6000000")
    done = run(script, file.name, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert gateway.read(bucket, "k") == file.read_bytes()


def test_a_file_of_another_size_is_refused_before_anything_is_sent(stubborn, tmp_path):
    script = script_of({**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}, "s3://b/k", "--size", "10")
    for name, words in (("short", "has 5 bytes"), ("missing", "no file")):
        (tmp_path / "short").write_bytes(b"short")
        done = run(script, name, folder=tmp_path)
        assert done.returncode == 1
        assert words in done.stderr
        assert "nothing was sent" in done.stderr
    assert stubborn.requests == ["POST"]  # its beginning, when it was signed


def test_an_error_in_a_200_is_a_failure_and_aborts(stubborn, tmp_path):
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html"""
    script = script_of({**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}, "s3://b/k", "--size", "10")
    stubborn.completions = [(200, error("InvalidPart"))]
    file = write_file(tmp_path, 10)
    done = run(script, str(file), folder=tmp_path)
    assert done.returncode == 1
    assert "InvalidPart: said by the test" in done.stderr
    assert "was aborted" in done.stderr
    assert stubborn.requests == ["POST", "PUT", "POST", "DELETE"]


def test_what_passes_is_tried_again(stubborn, tmp_path):
    script = script_of({**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}, "s3://b/k", "--size", "10")
    stubborn.parts = [(503, error("SlowDown")), (200, b"")]
    stubborn.completions = [(200, error("InternalError")), (200, COMPLETED)]
    done = run(script, str(write_file(tmp_path, 10)), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert stubborn.requests == ["POST", "PUT", "PUT", "POST", "POST"]


def test_a_refused_part_aborts_at_once(stubborn, tmp_path):
    script = script_of({**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}, "s3://b/k", "--size", "10")
    stubborn.parts = [(403, error("AccessDenied"))]
    done = run(script, str(write_file(tmp_path, 10)), folder=tmp_path)
    assert done.returncode == 1
    assert "part 1 of 1 failed: AccessDenied: said by the test" in done.stderr
    assert stubborn.requests == ["POST", "PUT", "DELETE"]


def test_an_sse_c_key_goes_from_its_file_to_the_server_alone(stubborn, tmp_path):
    key = tmp_path / "it's a key"
    key.write_bytes(bytes(range(32)))
    env = {**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}
    script = script_of(env, "s3://b/k", "--size", "10", "--sse-c-key", str(key))
    assert "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" not in script
    done = run(script, str(write_file(tmp_path, 10)), folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_two_hundred_megabytes_arrive_by_script_and_by_page(gateway, browser, tmp_path):
    bucket = gateway.bucket()
    file = write_file(tmp_path, 200_000_000)
    page = tmp_path / "page.html"
    env = {**gateway.environ, **OFFLINE}
    with file.open("rb") as content:
        expected = digest(content)
    done = run(script_of(env, f"s3://{bucket}/script", "--for-file", str(file)), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    script_of(env, f"s3://{bucket}/page", "--for-file", str(file), "--page", str(page))
    browser.open(page)
    browser.choose("#file", file)
    browser.click("#send")
    browser.wait_for("#status", "has arrived", seconds=240)
    for key in ("script", "page"):
        assert digest(gateway.s3.get_object(Bucket=bucket, Key=key)["Body"]) == expected
        gateway.s3.delete_object(Bucket=bucket, Key=key)


def test_ctrl_c_aborts(stubborn, tmp_path):
    script = script_of({**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url}, "s3://b/k", "--size", "10")
    stubborn.parts = [(503, error("SlowDown"))]
    (tmp_path / "upload.sh").write_text(script, "utf-8")
    file = write_file(tmp_path, 10)
    running = subprocess.Popen(
        ["sh", "upload.sh", str(file)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert "trying again" in running.stderr.readline()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of the script's programs
    _, told = running.communicate(timeout=30)
    assert running.returncode != 0
    assert "interrupted" in told
    assert stubborn.requests[-1] == "DELETE"


def test_ten_thousand_parts_are_signed_in_seconds(stubborn):
    outcome = presign(
        "put", "s3://b/k", "--multipart", "--size", "48.8TiB", "-o", "json",
        env={**SIGNER, "AWS_ENDPOINT_URL_S3": stubborn.url},
    )  # fmt: skip
    parts = outcome.json["parts"]
    assert 9_990 <= len(parts) <= 10_000
    assert sum(part["size"] for part in parts) == 53_656_167_435_468  # 48.8 * 1024**4, rounded down

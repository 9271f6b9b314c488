"""`-o curl` as printed, run by `sh`: for keys that would do harm if a quote were missing."""

import subprocess
from datetime import UTC, datetime

import pytest

from presign_cli.errors import UsageError
from presign_cli.render.shell import quoted
from tests.presign import OFFLINE, presign
from tests.stubborn_s3 import stubborn_s3

KEYS = [
    "plain.txt",
    "a b/c d.txt",
    'it\'s "both".txt',
    "a;touch pwned.txt",
    "$HOME/$(touch pwned)/`touch pwned`.txt",
    "größe/日本語 📦.txt",
    "-rf.txt",
    "a&b|c>d<e*?[x]{y}#~!.txt",
    "back\\slash.txt",
    "esc\x1b]0;t\x07 bidi\u202etxt.exe",
    "@file;type=x.txt",
]


@pytest.fixture
def bucket(gateway):
    return gateway.bucket()


@pytest.fixture
def command(gateway):
    def printed(*arguments):
        outcome = presign(*arguments, "-o", "curl", env={**gateway.environ, **OFFLINE}, now=datetime.now(UTC))
        assert outcome.code == 0, outcome.stderr
        assert outcome.replace("\n", "").isprintable()
        return str(outcome)

    return printed


def sh(text, folder):
    done = subprocess.run(["sh", "-c", text], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize("key", KEYS)
def test_a_put_command_uploads_its_file(gateway, bucket, command, tmp_path, key):
    file = tmp_path / "it's {a} [file] $HOME.txt"
    file.write_bytes(b"content of " + key.encode())
    text = command(
        "put", f"s3://{bucket}/{key}", "--for-file", str(file), "--metadata", "a=x'y $z", "--metadata", "e="
    )
    sh(text, tmp_path)
    assert gateway.read(bucket, key) == file.read_bytes()
    assert gateway.s3.head_object(Bucket=bucket, Key=key)["Metadata"] == {"a": "x'y $z", "e": ""}


@pytest.mark.parametrize("key", KEYS)
def test_a_form_command_uploads_file(gateway, bucket, command, tmp_path, key):
    (tmp_path / "FILE").write_bytes(b"by form")
    text = command(
        "post-form",
        f"s3://{bucket}/{key}",
        "--max-size",
        "10",
        "--content-type",
        "text/*",
        "--metadata",
        "a=@x;y",
    )
    assert text.endswith("--form file=@FILE\n")
    sh(text, tmp_path)
    assert gateway.read(bucket, key) == b"by form"
    assert gateway.s3.head_object(Bucket=bucket, Key=key)["Metadata"] == {"a": "@x;y"}


@pytest.mark.parametrize("key", KEYS)
def test_a_get_command_saves_the_keys_last_part(gateway, bucket, command, tmp_path, key):
    gateway.put(bucket, key, b"content")
    sh(command("get", f"s3://{bucket}/{key}"), tmp_path)
    name = "".join(c if c.isprintable() else "_" for c in key.rpartition("/")[2])
    assert (tmp_path / name).read_bytes() == b"content"


@pytest.mark.parametrize("key", ["folder/", "a/..", "a/."])
def test_a_key_without_a_file_name_is_saved_as_download(command, key):
    assert " -o ./download " in command("get", f"s3://bucket/{key}")


@pytest.mark.parametrize("key", ["folder/", "a//b/../c/./d.txt"])
def test_a_path_goes_out_as_it_was_signed(tmp_path, key):
    """Not the gateway: it takes no such keys, which S3 does."""
    (tmp_path / "FILE").write_bytes(b"x")
    with stubborn_s3() as server:
        for command in ("put", "get"):
            arguments = (command, f"s3://bucket/{key}", "-o", "curl", "--endpoint-url", server.url)
            sh(str(presign(*arguments)), tmp_path)
    assert server.requests == ["PUT", "GET"]
    assert server.paths == [f"/bucket/{key}"] * 2


def test_only_dot_segments_need_path_as_is(command):
    assert "--path-as-is" in command("get", "s3://bucket/a/../b")
    assert "--path-as-is" not in command("get", "s3://bucket/a..b/.c")


def test_a_word_is_what_the_shell_makes_of_it():
    texts = ["", "a", "it's", "\x1b[31m\u202e", "a\nb\n", "\n", "\\", "é", "'" * 5, "\udcff", "%s\\n", "-n"]
    for text in texts:
        raw = text.encode("utf-8", "surrogateescape")
        assert subprocess.check_output(["sh", "-c", f"printf %s {quoted(text)}"]) == raw
    with pytest.raises(UsageError):
        quoted("a\0b")

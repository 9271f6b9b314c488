"""Many links in one command: files, streams, prefixes."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from presign_cli.core.dialects.aws_v4 import decode
from tests.gateway import fetch
from tests.presign import NOW, OFFLINE, SIGNER, presign


def keys_of(outcome):
    return [decode(line).key for line in outcome.splitlines()]


def test_targets_from_a_file_are_signed_in_order(tmp_path):
    file = tmp_path / "keys.txt"
    file.write_bytes("s3://bucket/1\r\n# no\n\ns3://bucket/ü 2\ns3://other/3".encode())
    outcome = presign("get", "s3://bucket/0", "--from", str(file))
    assert keys_of(outcome) == ["0", "1", "ü 2", "3"]
    assert [decode(line).bucket for line in outcome.splitlines()] == ["bucket", "bucket", "bucket", "other"]


def test_a_stream_gives_the_very_links_of_single_commands():
    targets = [
        "s3://bucket/a b",
        "s3://bucket/ü",
        "s3://bucket/a/../b",
        "s3://bucket//x",
        "s3://x.y/k",
        "s3://bucket/z",
    ]
    streamed = presign("get", "-", stdin="\n".join(targets)).splitlines()
    assert streamed == [presign("get", target, "-q").link for target in targets]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_stream_prints_each_link_as_a_single_command_does(form):
    targets = ['s3://bucket/"quoted", ü', "s3://bucket/=formula", "s3://bucket/\x1b[1m", "s3://bucket/plain"]
    streamed = presign("get", "-", "-o", form, stdin="\n".join(targets)).splitlines()
    single = [presign("get", target, "-o", form).splitlines()[-1] for target in targets]
    assert streamed[-len(targets) :] == single


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path, name):
    outcome = presign("get", "--from", str(tmp_path / name))
    assert (outcome, outcome.code) == ("", 2)
    assert len(outcome.stderr.splitlines()) == 2


def test_an_empty_file_is_a_usage_error(tmp_path):
    (tmp_path / "empty").touch()
    assert presign("get", "--from", str(tmp_path / "empty")).code == 2


def test_a_bad_line_of_a_megabyte_is_named_and_the_rest_is_signed():
    outcome = presign("get", "-", stdin="s3://bucket/" + "x" * 1_000_000 + "\ns3://bucket/k\n")
    assert keys_of(outcome) == ["k"]
    assert outcome.code == 2
    assert "line 1: " in outcome.stderr
    assert len(outcome.stderr) < 500


@pytest.mark.parametrize(
    "arguments",
    [
        ["s3://bucket/p", "--max", "3"],
        ["s3://bucket/p", "--recursive", "--max", "0"],
        ["-", "--recursive"],
        ["s3://bucket/p", "--recursive", "--version-id", "v"],
        ["s3://bucket/p", "--recursive", "--filename", "f"],
    ],
)
def test_contradictions_of_recursive_are_usage_errors(arguments):
    assert presign("get", *arguments).code == 2


@pytest.fixture(scope="module")
def shelf(gateway):
    """A bucket with a folder, its marker, a neighbour and awkward names."""
    bucket = gateway.bucket()
    for key in ("manuals/a b.pdf", "manuals/ü/c+d.pdf", "manuals-old/e.pdf", "other/f"):
        gateway.put(bucket, key, key.encode())
    gateway.put(bucket, "manuals/empty/", b"")
    return bucket


def test_recursive_signs_all_below_a_prefix_without_folder_markers(gateway, shelf):
    outcome = presign(
        "get", "--recursive", f"s3://{shelf}/manuals/", env={**OFFLINE, **gateway.environ}, now=now()
    )
    assert keys_of(outcome) == ["manuals/a b.pdf", "manuals/ü/c+d.pdf"]
    assert [fetch(link).body.decode() for link in outcome.splitlines()] == keys_of(outcome)
    assert outcome.stderr == ""


def test_a_prefix_that_matches_its_neighbour_is_told(gateway, shelf):
    outcome = presign(
        "get", "--recursive", f"s3://{shelf}/manuals", env={**OFFLINE, **gateway.environ}, now=now()
    )
    assert "manuals-old/e.pdf" in keys_of(outcome)
    assert outcome.stderr.startswith("note: the prefix `manuals` also matches")


def test_a_whole_bucket_stops_at_max(gateway, shelf):
    outcome = presign(
        "get", "--recursive", f"s3://{shelf}", "--max", "2", env={**OFFLINE, **gateway.environ}, now=now()
    )
    assert len(outcome.splitlines()) == 2


def test_nothing_found_is_a_note(gateway, shelf):
    outcome = presign(
        "get", "--recursive", f"s3://{shelf}/no/", env={**OFFLINE, **gateway.environ}, now=now()
    )
    assert (outcome, outcome.code) == ("", 0)
    assert outcome.stderr.startswith("note: no object")


def test_a_listing_that_is_refused_is_told_in_s3_s_words(gateway):
    outcome = presign(
        "get", "--recursive", "s3://no-such-bucket/", env={**OFFLINE, **gateway.environ}, now=now()
    )
    assert (outcome, outcome.code) == ("", 7)
    assert "NoSuchBucket" in outcome.stderr


def now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_each_line_is_served_at_once_and_dated_when_it_came():
    """As by `tail -f keys | presign get -`."""
    environ = {**SIGNER, "PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-m", "presign_cli", "get", "-", "--ttl", "60"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as running:
        seen = []
        for number in range(2):
            running.stdin.write(f"s3://bucket/{number}\n".encode())
            running.stdin.flush()
            started = time.monotonic()
            seen.append((decode(running.stdout.readline().decode().rstrip()), time.monotonic() - started))
            time.sleep(2.1 if number == 0 else 0)
        running.stdin.close()
    assert seen[1][1] < 1
    assert seen[1][0].signed_at - seen[0][0].signed_at >= timedelta(seconds=2)


def test_a_new_day_derives_a_new_key():
    """The key is of a day; a stream that goes on past midnight is signed with the next one's."""
    midnight = NOW.replace(hour=23, minute=59, second=59)
    moments = iter([midnight, midnight + timedelta(seconds=1)])
    first = presign("get", "s3://bucket/1", now=next(moments)).link
    second = presign("get", "s3://bucket/1", now=next(moments)).link
    assert "%2F20261124%2F" in first
    assert "%2F20261125%2F" in second


def test_a_closed_pipe_ends_quietly():
    environ = {**SIGNER, "PATH": os.environ["PATH"]}
    lines = "".join(f"s3://bucket/{number}\n" for number in range(50_000))
    command = f"{sys.executable} -m presign_cli get - | head -n 1; echo ${{PIPESTATUS[0]}} >&2"
    done = subprocess.run(
        ["bash", "-c", command], input=lines, capture_output=True, text=True, env=environ, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == "141\n"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("get s3://bucket/k >&-", 0),
        ("get s3://bucket/k 2>&-", 0),
        ("get - <&-", 2),
        ("get s3:// 2>&-", 2),
        ("get s3:// 2>/dev/full", 2),
        ("--version >&-", 0),
    ],
)
def test_a_closed_or_full_stream_changes_no_exit_code(command, code):
    done = subprocess.run(
        f"{sys.executable} -m presign_cli {command}",
        shell=True, capture_output=True, text=True, env={**SIGNER, "PATH": os.environ["PATH"]}, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert "bug" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told_in_two_lines():
    if not Path("/dev/full").exists():
        pytest.fail("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "presign_cli", "get", "s3://bucket/k"],
            stdout=full, stderr=subprocess.PIPE, text=True, env=SIGNER, check=False,
        )  # fmt: skip
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error: ")

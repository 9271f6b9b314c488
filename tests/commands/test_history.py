"""The history: kept only when asked for, whole among many writers, and never a way to an object."""

import csv
import io
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.presign import KEYS, NOW, SIGNER, presign

TOKEN = "SESSIONTOKEN/with+specials=="


@pytest.fixture
def env(tmp_path):
    return {**SIGNER, "PRESIGN_HISTORY": "true", "XDG_STATE_HOME": str(tmp_path)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "presign" / "history.jsonl"


def listed(*options, env, now=NOW):
    outcome = presign("history", *options, "-o", "json", env=env, now=now)
    assert (outcome.code, outcome.stderr) == (0, "")
    return [json.loads(line) for line in outcome.splitlines()]


def test_nothing_is_kept_unless_asked_for(tmp_path):
    presign("get", "s3://bucket/k", env={**SIGNER, "XDG_STATE_HOME": str(tmp_path)})
    assert not list(tmp_path.iterdir())


def test_what_was_signed_by_whom_until_when(env):
    presign("get", "s3://bucket/a b", "--ttl", "5m", env=env)
    assert listed(env=env) == [
        {
            "schema": "presign.history/1",
            "signed_at": "2026-11-24T13:00:00Z",
            "expires_at": "2026-11-24T13:05:00Z",
            "usable_until": "2026-11-24T13:05:00Z",
            "limited_by": "ttl",
            "method": "GET",
            "bucket": "bucket",
            "key": "a b",
            "version_id": None,
            "region": "eu-west-1",
            "host": "bucket.s3.eu-west-1.amazonaws.com",
            "profile": None,
            "access_key_id": KEYS["AWS_ACCESS_KEY_ID"],
            "account_id": None,
        }
    ]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("GET", ["get", "s3://bucket/k"]),
        ("PUT", ["put", "s3://bucket/k"]),
        ("POST", ["post-form", "s3://bucket/k", "--max-size", "1MB"]),
    ],
    ids=["get", "put", "form"],
)
def test_every_kind_is_entered_once_and_no_link_signature_or_token(env, path, method, arguments):
    keys = {"AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE", "AWS_SESSION_TOKEN": TOKEN}
    assert presign(*arguments, env={**env, **keys}).code == 0
    content = path.read_text()
    assert content.count("\n") == 1
    assert (json.loads(content)["method"], json.loads(content)["key"]) == (method, "k")
    for secret in ("https:", "X-Amz", "Signature", "SESSIONTOKEN", KEYS["AWS_SECRET_ACCESS_KEY"]):
        assert secret not in content


def test_a_multipart_upload_is_entered_once_and_without_its_links(env, path, gateway):
    bucket = gateway.bucket()
    arguments = ["put", f"s3://{bucket}/k", "--multipart", "--size", "20MB"]
    outcome = presign(*arguments, env={**env, **gateway.environ}, now=datetime.now(UTC))
    assert outcome.code == 0
    content = path.read_text()
    assert content.count("\n") == 1
    assert json.loads(content)["method"] == "PUT"
    assert "http:" not in content
    assert "Signature" not in content
    upload_id = outcome.json["upload_id"]
    assert upload_id not in content


def test_an_upload_that_s3_did_not_begin_is_not_entered(env, path, gateway):
    arguments = ["put", "s3://no-such-bucket/k", "--multipart", "--size", "20MB"]
    assert presign(*arguments, env={**env, **gateway.environ}, now=datetime.now(UTC)).code == 7
    assert not path.exists()


def test_the_file_is_for_its_owner_alone(env, path):
    presign("get", "s3://bucket/k", env=env)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_filters_by_key_profile_and_life(env):
    for key, ttl in (("manuals/a", "1m"), ("manuals/b", "1h"), ("other", "1h")):
        presign("get", f"s3://bucket/{key}", "--ttl", ttl, env=env)
    later = NOW + timedelta(minutes=5)
    assert [e["key"] for e in listed("--live", env=env, now=later)] == ["manuals/b", "other"]
    assert [e["key"] for e in listed("--key", "manuals/*", env=env)] == ["manuals/a", "manuals/b"]
    assert [e["key"] for e in listed("--key", "s3://bucket/o*", env=env)] == ["other"]
    assert listed("--profile", "support", env=env) == []


def test_a_stream_is_entered_whole(env):
    keys = "".join(f"k{number}\n" for number in range(1000))
    presign("get", "-", "--bucket", "bucket", env=env, stdin=keys)
    assert [entry["key"] for entry in listed(env=env)] == keys.split()


def test_parallel_processes_lose_and_mix_nothing(env, path):
    program = (
        "import sys; from pathlib import Path; from presign_cli.history import Entry, append\n"
        "entry = dict.fromkeys(Entry.__dataclass_fields__, 'x' * 500)\n"
        "entries = [[Entry(**{**entry, 'key': f'{sys.argv[2]}-{n}'})] * 3 for n in range(100)]\n"
        "for some in entries: append(Path(sys.argv[1]), some)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(path), str(n)]) for n in range(6)]
    assert [writer.wait(60) for writer in writers] == [0] * 6
    keys = [json.loads(line)["key"] for line in path.read_text().splitlines()]
    assert sorted(keys) == sorted([f"{writer}-{n}" for writer in range(6) for n in range(100)] * 3)


def test_a_corrupt_file_is_read_as_far_as_it_goes_and_written_on(env, path):
    presign("get", "s3://bucket/a", env=env)
    with path.open("ab") as file:
        file.write(b'\xff\x00garbage\n[]\n{"schema": "presign.history/1"}\n{"cut')
    presign("get", "s3://bucket/b", env=env)
    outcome = presign("history", "-o", "json", env=env)
    assert [json.loads(line)["key"] for line in outcome.splitlines()] == ["a", "b"]
    assert "warning: left out 4 lines of" in outcome.stderr
    assert outcome.code == 0


@pytest.mark.parametrize("options", [(), ("--live",)])
@pytest.mark.parametrize("damage", ["times without a zone", "brackets without end"])
def test_a_line_that_no_link_was_signed_for_is_left_out(env, path, damage, options):
    presign("get", "s3://bucket/a", env=env)
    good = path.read_text()
    path.write_text(good + (good.replace('Z"', '"') if "zone" in damage else "[" * 200_000 + "\n"))
    outcome = presign("history", *options, env=env)
    assert outcome.code == 0
    assert outcome.count("s3://bucket/a") == 1
    assert f"warning: left out 1 line of `{path}`" in outcome.stderr


@pytest.mark.parametrize("obstacle", ["folder", "symlink", "file"])
def test_a_history_that_cannot_be_written_costs_a_warning_and_not_the_link(env, path, tmp_path, obstacle):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    if obstacle == "file":
        path.parent.write_text("")
    else:
        path.parent.mkdir()
        path.mkdir() if obstacle == "folder" else path.symlink_to(victim)
    outcome = presign("get", "s3://bucket/k", env=env)
    assert outcome.link.startswith("https://")
    assert outcome.code == 0
    assert "warning: the history" in outcome.stderr
    assert victim.read_text() == "precious"


def test_the_table_shows_hostile_keys_harmlessly_and_fits(env):
    presign("get", "s3://bucket/a\x1b[31m[bold]\u202e" + "x" * 100, env=env)
    outcome = presign("history", env={**env, "COLUMNS": "60", "NO_COLOR": "1"})
    assert "\x1b" not in outcome
    assert max(map(len, outcome.splitlines())) <= 60
    assert "[bold]" in outcome


def test_csv_is_for_a_spreadsheet(env):
    presign("get", "s3://bucket/=1+1", env=env)
    (row,) = csv.DictReader(io.StringIO(presign("history", "-o", "csv", env=env)))
    assert row["key"] == "'=1+1"


def test_without_a_history_it_says_how_to_keep_one(tmp_path):
    outcome = presign("history", env={**SIGNER, "XDG_STATE_HOME": str(tmp_path)})
    assert (outcome, outcome.code) == ("", 0)
    assert "history = true" in outcome.stderr

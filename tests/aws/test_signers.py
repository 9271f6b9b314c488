"""Who signs, end to end: what `presign get` prints, warns of and refuses for temporary credentials."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.aws import sources
from tests.aws.fake_aws import HOUR, FakeAws, Role
from tests.aws.home import Home
from tests.presign import Outcome, presign


def get(home: Home, *arguments: str) -> Outcome:
    now = datetime.now(UTC).replace(microsecond=0)
    environ = {**home.environ, "AWS_REGION": "eu-west-1", "PRESIGN_DETECT": "0"}
    return presign("get", "s3://bkt/k", "-p", "p", *arguments, env=environ, now=now)


def test_a_four_hour_link_of_a_role_lives_four_hours(home: Home, aws: FakeAws):
    sources.role(home, aws)
    told = get(home, "--ttl", "4h", "-o", "json")
    assert (told.code, told.json["limited_by"], told.json["warnings"]) == (0, "ttl", [])
    assert told.json["usable_until"] == told.json["expires_at"]
    assert told.json["profile"] == "p"


def test_a_link_that_its_role_cannot_cover_is_warned_about_and_refused_by_strict(home: Home, aws: FakeAws):
    sources.role(home, aws)
    aws.roles[sources.ROLE] = Role(2 * HOUR)
    told = get(home, "--ttl", "2d", "-o", "json")
    assert [warning["code"] for warning in told.json["warnings"]] == ["credentials-expire-first"]
    assert told.json["limited_by"] == "credentials"
    strict = get(home, "--ttl", "2d", "--strict")
    assert (strict.code, str(strict)) == (5, "")


def test_what_was_done_for_fresher_keys_is_told_with_debug_only(home: Home, aws: FakeAws):
    sources.role(home, aws)
    assert get(home, "--ttl", "2h").stderr == ""
    debug = get(home, "--ttl", "4h", "--debug")
    assert f"note: `{sources.ROLE}` was assumed anew" in debug.stderr


def test_a_traceback_holds_no_secret_and_steers_no_terminal(home: Home):
    process = home.path / "process"
    process.write_text("#!/bin/sh\nprintf '\\033]0;x\\007 aws_secret_access_key=hunter2\\n' >&2\nexit 3\n")
    process.chmod(0o700)
    home.config(f"[profile p]\ncredential_process = {process}\n")
    told = get(home, "--debug")
    assert (told.code, str(told)) == (3, "")
    assert "Traceback" in told.stderr
    assert "CredentialRetrievalError" in told.stderr
    assert "hunter2" not in told.stderr
    assert "\x1b" not in told.stderr


def test_a_mistyped_region_of_the_settings_is_told_with_its_line(home: Home):
    home.shared_credentials("[p]\naws_access_key_id = A\naws_secret_access_key = s\n")
    file = home.path / "config.toml"
    file.write_text('ttl = "5m"\n[profiles.p]\nregion = "eu-wst-1"\n')
    home.environ["PRESIGN_CONFIG"] = str(file)
    told = get(home)
    assert told.code == 2
    assert told.stderr == f"error: {file}, line 3: `eu-wst-1` is no AWS region\nhint: --region eu-west-1\n"
    assert get(home, "--region", "eu-west-1").code == 0
    assert get(home, "--endpoint-url", "http://127.0.0.1:9000").code == 0


@pytest.mark.parametrize("profile", ["p", "nobody"])
def test_a_dead_login_is_two_lines_and_exit_3(home: Home, aws: FakeAws, profile: str):
    sources.sso(home, aws)
    aws.sso_token = "another"
    outcome = get(home, "-p", profile)
    assert (outcome.code, str(outcome)) == (3, "")
    assert outcome.stderr.count("\n") == 2
    assert outcome.stderr.startswith("error: ")


def test_unknown_life_is_told_and_refused_by_strict(home: Home, aws: FakeAws):
    sources.pasted_session(home, aws)
    told = get(home, "-o", "json").json
    assert (told["limited_by"], told["usable_until"]) == ("unknown", None)
    assert get(home, "--strict").code == 5


@pytest.mark.parametrize("region", [None, "eu-west-1", "auto"])
def test_a_role_profile_needs_no_region_of_its_own(home: Home, aws: FakeAws, region: str | None):
    sources.role(home, aws)
    config = home.path / ".aws/config"
    config.write_text(config.read_text().replace("region = eu-west-1\n", ""))
    environ = home.environ | ({"AWS_REGION": region} if region else {})
    told = presign("get", "s3://bkt/k", "-p", "p", "--endpoint-url", "http://127.0.0.1:9000", env=environ)
    assert (told.code, told.stderr) == (0, "")


ON_A_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "presign_cli", *sys.argv[1:]])
"""


def test_an_mfa_code_is_asked_for_on_the_terminal_and_not_shown(home: Home, aws: FakeAws):
    sources.role(home, aws)
    aws.roles[sources.ROLE] = Role(4 * HOUR, mfa=True)
    config = home.path / ".aws/config"
    config.write_text(f"{config.read_text()}mfa_serial = arn:aws:iam::123456789012:mfa/ada\n")
    ours, theirs = pty.openpty()
    arguments = ["get", "s3://bkt/k", "-p", "p", "--ttl", "2h", "--no-detect"]
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *arguments],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=home.environ,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"mfa/ada: " not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, b"804217\n")
        link, _ = process.communicate(timeout=30)
        with suppress(OSError):  # the other side is closed
            shown += os.read(ours, 1024)
    os.close(ours)
    assert process.returncode == 0
    assert link.startswith(b"https://bkt.s3.eu-west-1.amazonaws.com/k?")
    assert link.count(b"\n") == 1
    assert b"804217" not in shown + link
    assert aws.codes == {"804217"}

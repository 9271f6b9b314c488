"""`presign config`: every setting with its source."""

import csv
import io
from pathlib import Path

import pytest

from presign_cli.settings.keys import KEYS
from tests.presign import OFFLINE, presign

FILE = """\
bucket = "corp-private-manuals-vault"
ttl = "5m"

[profiles.support]
region = "eu-west-1"
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    return {"HOME": str(tmp_path), "PRESIGN_CONFIG": str(path)}


def test_every_setting_is_shown_with_its_value_and_source(environ: dict[str, str], tmp_path: Path):
    shown = presign("config", env={**environ, "PRESIGN_OUTPUT": "link"})
    lines = {line.split()[0]: line.split()[1:] for line in shown.splitlines()}
    assert shown.code == 0
    assert list(lines) == ["file", *KEYS]
    assert lines["file"] == [str(tmp_path / "config.toml")]
    assert lines["bucket"] == ["corp-private-manuals-vault", "file:", "line", "1"]
    assert lines["ttl"] == ["5m", "file:", "line", "2"]
    assert lines["max_ttl"] == ["7d", "default"]
    assert lines["region"] == ["not", "set", "default"]
    assert lines["output"] == ["link", "environment:", "PRESIGN_OUTPUT"]


def test_a_profiles_own_table_is_shown_for_it(environ: dict[str, str]):
    told = presign("config", "--profile", "support", "-o", "json", env=environ).json
    assert told["schema"] == "presign.config/1"
    assert told["exists"] is True
    settings = {setting.pop("name"): setting for setting in told["settings"]}
    assert settings["region"] == {
        "value": "eu-west-1",
        "source": "profile",
        "where": "[profiles.support], line 5",
    }
    assert settings["ttl"] == {"value": 300, "source": "file", "where": "line 2"}
    assert settings["profile"] == {"value": "support", "source": "flag", "where": "--profile"}
    assert settings["detect"] == {"value": True, "source": "default", "where": None}


def test_csv_has_a_row_for_each_setting(environ: dict[str, str]):
    rows = list(csv.DictReader(io.StringIO(presign("config", "-o", "csv", env=environ))))
    assert [row["name"] for row in rows] == list(KEYS)


def test_a_missing_file_is_no_error(tmp_path: Path):
    shown = presign("config", env={**OFFLINE, "PRESIGN_CONFIG": str(tmp_path / "none.toml")})
    assert shown.code == 0
    assert "none.toml (there is none)" in shown


def test_a_mistake_in_the_file_ends_every_command_that_reads_it(environ: dict[str, str], tmp_path: Path):
    (tmp_path / "config.toml").write_text('bukket = "b"\n')
    for command in (("config",), ("get", "k")):
        outcome = presign(*command, env=environ)
        assert (outcome.code, str(outcome)) == (2, "")
        assert "config.toml, line 1: unknown setting `bukket`" in outcome.stderr
        assert "hint: bucket = …" in outcome.stderr


def test_an_unknown_format_is_refused(environ: dict[str, str]):
    assert presign("config", "-o", "link", env=environ).code == 2

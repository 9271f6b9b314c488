"""The settings file, the variables, and who wins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer

from presign_cli.errors import UsageError
from presign_cli.settings import Settings, Source, load_settings, settings_path
from presign_cli.settings.keys import KEYS

FILE = """\
bucket = "top-bucket"
ttl = "2h"
max_ttl = 86400

[profiles.support]
bucket = "support-bucket"
ttl = 300  # five minutes

[profiles."prod eu"]
detect = false
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    return path


def load(config: Path, flags: Mapping[str, Any] | None = None, **environ: str) -> Settings:
    return load_settings(environ={"PRESIGN_CONFIG": str(config), **environ}, flags=flags)


def test_a_missing_file_gives_the_defaults(tmp_path: Path):
    settings = load(tmp_path / "none.toml")
    assert (settings.ttl, settings.max_ttl) == (3600, 604800)
    assert (settings.addressing, settings.detect) == ("auto", True)
    assert set(settings.sources.values()) == {Source("default")}


def test_flag_beats_variable_beats_profile_table_beats_top_beats_default(config: Path):
    def told(flags: Mapping[str, Any] | None = None, **environ: str) -> tuple[str | None, Source]:
        settings = load(config, flags, **environ)
        return settings.bucket, settings.sources["bucket"]

    assert told() == ("top-bucket", Source("file", "line 1"))
    support = {"AWS_PROFILE": "support"}
    assert told(**support) == ("support-bucket", Source("profile", "[profiles.support], line 6"))
    variable = {**support, "PRESIGN_BUCKET": "variable-bucket"}
    assert told(**variable) == ("variable-bucket", Source("environment", "PRESIGN_BUCKET"))
    assert told({"bucket": "flag-bucket"}, **variable) == ("flag-bucket", Source("flag", "--bucket"))


@pytest.mark.parametrize(
    ("flags", "environ"),
    [
        ({"profile": "support"}, {}),
        ({}, {"PRESIGN_PROFILE": "support"}),
        ({}, {"AWS_DEFAULT_PROFILE": "support"}),
        ({"profile": "support"}, {"AWS_PROFILE": "other"}),
    ],
)
def test_the_profile_table_is_that_of_the_profile_that_signs(
    config: Path, flags: dict[str, Any], environ: dict[str, str]
):
    assert load(config, flags, **environ).ttl == 300


def test_a_profile_named_at_the_top_of_the_file_has_its_table_too(config: Path):
    config.write_text(f'profile = "prod eu"\n{FILE}')
    settings = load(config)
    assert (settings.profile, settings.detect) == ("prod eu", False)
    assert settings.sources["detect"] == Source("profile", "[profiles.prod eu], line 11")


@pytest.mark.parametrize("text", ["1", "true", "Yes", "on"])
@pytest.mark.parametrize(("other", "value"), [("0", False), ("FALSE", False), ("off", False)])
def test_switches_in_variables_read_as_people_write_them(config: Path, text: str, other: str, value: bool):
    assert load(config, PRESIGN_HISTORY=text).history is True
    assert load(config, PRESIGN_DETECT=other).detect is value


def test_an_empty_variable_says_nothing(config: Path):
    assert load(config, PRESIGN_BUCKET="").bucket == "top-bucket"


@pytest.mark.parametrize(
    ("content", "line", "text", "hint"),
    [
        ('bucket = "b"\nreigon = "eu-west-1"', 2, "unknown setting `reigon`", "region = …"),
        ("[profiles.x]\n\nprofile = 'y'", 3, "unknown setting `profile`", None),
        ("[profiles.x]\nttl = '5m'\n\nmax_tl = 3", 4, "unknown setting `max_tl`", "max_ttl = …"),
        ("\nttl = '8d'", 2, "`8d` does not fit `ttl`, which takes a time from 1 second to 7 days", None),
        ("ttl = 0", 1, "`0` does not fit `ttl`", None),
        ("ttl = true", 1, "does not fit `ttl`", None),
        ("ttl = [1]", 1, "this value does not fit `ttl`", None),
        ("detect = 1", 1, "which takes true or false", None),
        ("bucket = 3", 1, "does not fit `bucket`", None),
        ("bucket = '127.0.0.1'", 1, "does not fit `bucket`", None),
        ("output = 'jsn'", 1, "which takes one of table, link, json", 'output = "json"'),
        ("addressing = 'vhost'", 1, "which takes one of auto, virtual, path", None),
        ("addressing = 'Pth'", 1, "which takes one of auto, virtual, path", 'addressing = "path"'),
        ("\n[profile.prod]\nttl = '5m'", 2, "unknown table `profile", "[profiles.NAME]"),
        ("[profiles.x.ttl]\na = 1", 1, "unknown table `profiles.x.ttl`", "[profiles.NAME]"),
        ("endpoint_url = 'http://u:p/w@minio'", 1, "`http://***@minio` does not fit", None),
        ("endpoint_url = 'minio:9000'", 1, "which takes a URL", None),
        ("profiles = 3", 1, "`profiles` takes tables", None),
        ("[profiles]\nsupport = 3", 2, "`support` under [profiles] is no table", "[profiles.support]"),
        ("bucket = b", 1, "invalid value", None),
        ("bucket = 'a'\nbucket = 'b'", 2, "cannot overwrite a value", None),
    ],
)
def test_errors_name_file_line_and_nearest_key(
    config: Path, content: str, line: int, text: str, hint: str | None
):
    config.write_text(content)
    with pytest.raises(UsageError) as error:
        load(config)
    assert error.value.text.startswith(f"{config}, line {line}: ")
    assert text in error.value.text
    assert hint is None or error.value.hint == hint


def test_a_file_that_cannot_be_read_is_told(config: Path):
    config.write_bytes(b"bucket = '\xff'")
    with pytest.raises(UsageError, match="it is not utf-8"):
        load(config)
    config.unlink()
    config.mkdir()
    with pytest.raises(UsageError, match="cannot read the settings file"):
        load(config)


def test_a_bad_variable_is_named(config: Path):
    with pytest.raises(UsageError, match="`5 m` in PRESIGN_TTL does not fit") as error:
        load(config, PRESIGN_TTL="5 m")
    assert error.value.hint == "unset PRESIGN_TTL"


def test_every_key_is_a_field_with_the_same_default():
    settings = Settings()
    for name, key in KEYS.items():
        assert getattr(settings, name) == key.default


def test_the_path_is_the_platforms_own_as_typer_gives_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for environ in ({"HOME": str(tmp_path)}, {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "x")}):
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert settings_path(environ) == Path(typer.get_app_dir("presign")) / "config.toml"


def test_other_platforms_have_their_folders():
    home = {"HOME": "/Users/ada", "APPDATA": "C:/Roaming"}
    mac = settings_path(home, platform="darwin")
    assert mac == Path("/Users/ada/Library/Application Support/presign/config.toml")
    assert settings_path(home, platform="win32") == Path("C:/Roaming/presign/config.toml")
    assert settings_path({**home, "PRESIGN_CONFIG": "~/p.toml"}) == Path("/Users/ada/p.toml")

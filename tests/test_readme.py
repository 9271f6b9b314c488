"""The manual cannot lie: its commands have their options, its recipes run, its tables are the code's."""

import json
import re
import shlex
from pathlib import Path

import pytest

from presign_cli.app import COMMANDS, command_group
from presign_cli.core.link import WarningCode
from presign_cli.errors import ExitCode
from tests.presign import SIGNER, presign

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
# the shell's part of a line, its comment, and what a person has to fill in, are not presign's
EXAMPLES = [
    line.removeprefix("$ ").split("  #")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ presign ")
]


def words_of(example):
    """The command's own words: redirections, pipes and what comes after them left off."""
    return shlex.split(re.split(r" [|<>] ?", example)[0])[1:]


def options_of(command):
    context = command.context_class(command, info_name=command.name)
    return {name for param in command.get_params(context) for name in (*param.opts, *param.secondary_opts)}


def test_there_are_examples_of_every_command():
    named = {words_of(example)[0] for example in EXAMPLES}
    assert set(COMMANDS) - named <= {"config"}
    assert "presign config" in TEXT


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_uses_options_that_exist(example):
    name, *words = words_of(example)
    known = options_of(command_group().get_command(None, name))
    assert {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"} <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_help(name):
    assert f"### presign {name}\n" in TEXT
    assert presign(name, "--help", env={**SIGNER, "COLUMNS": "100"}).strip() in TEXT


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented(code):
    assert f"| {int(code)} | {code.name.lower()} | " in TEXT


def test_the_settings_of_the_recipe_are_settings(tmp_path):
    (toml,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "config.toml").write_text(toml)
    env = {**SIGNER, "PRESIGN_CONFIG": str(tmp_path / "config.toml")}
    told = presign("config", "-o", "json", env=env)
    assert told.code == 0
    assert '"corp-private-manuals-vault"' in told


def test_the_policy_of_the_recipe_is_json_and_allows_two_things():
    (policy,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL))
    (statement,) = policy["Statement"]
    assert statement["Action"] == ["s3:GetObject", "s3:PutObject"]
    assert statement["Resource"].endswith("/users/*")


def test_the_python_recipe_runs(monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    for name, value in SIGNER.items():
        monkeypatch.setenv(name, value)
    names = {"text": "https://example.com/x", "url": "https://example.com/x"}
    exec(compile(code, "README.md", "exec"), names)
    assert names["link"].presigned.url.startswith(
        "https://bucket.s3.eu-west-1.amazonaws.com/manuals/kbd-v2.pdf?"
    )


def test_every_warning_can_be_looked_up():
    missing = [code for code in WarningCode.__args__ if f"`{code}`" not in TEXT]
    assert not missing

"""What shells are told, without a shell: from the commands themselves, fast, and with nothing hostile."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from presign_cli.app import COMMANDS
from presign_cli.completion.answer import script
from presign_cli.completion.values import FORMATS
from presign_cli.completion.words import Line, replacement, split_line
from presign_cli.completion.write import NAMES
from tests.presign import NOW, SIGNER, presign

BREAKS = " \t\n\"'@><=;|&(:"  # bash's own COMP_WORDBREAKS


def told(*words, shell="zsh", env=SIGNER, now=NOW):
    """The directive, and the values without what is said about them."""
    *before, current = words
    outcome = presign(*before, f"={current}", env={**env, "_PRESIGN_COMPLETE": f"complete_{shell}"}, now=now)
    assert (outcome.code, outcome.stderr) == (0, "")
    directive, *lines = outcome.splitlines()
    return directive, [line.split("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", NAMES)
def test_the_scripts_in_the_repository_are_the_generated_ones(shell):
    """Otherwise: make completions"""
    committed = Path(__file__).parents[2] / "completions" / NAMES[shell]
    assert committed.read_text() == script(shell)
    assert presign(env={**SIGNER, "_PRESIGN_COMPLETE": f"source_{shell}"}) == script(shell)


def test_zsh_is_told_by_the_first_line_whose_completion_it_is():
    assert script("zsh").splitlines()[0] == "#compdef presign"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_completes_and_so_do_its_options(command):
    assert command in told(command[:2])[1]
    assert "--help" in told(command, "--")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_formats_told_are_those_that_the_command_takes(command):
    if "--output" not in told(command, "--o")[1]:
        pytest.fail(f"{command} has no --output")
    arguments = {"get": ["s3://b/k"], "put": ["s3://b/k"], "post-form": ["s3://b/k", "--max-size", "1MB"]}
    outcome = presign(command, *arguments.get(command, []), "-o", "nonsense", stdin="https://x/")
    known = outcome.stderr.splitlines()[0].partition("known are ")[2].split(", ")
    assert sorted(told(command, "-o", "")[1]) == sorted(known) == sorted(FORMATS[command])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["get", "--addressing", "v"], ("values", ["virtual"])),
        (["get", "--addressing=v"], ("values", ["--addressing=virtual"])),
        (["get", "--qr-file", ""], ("files", [])),
        (["get", "s"], ("nospace", ["s3://"])),
        (["get", "--", "--ttl"], ("values", [])),
        (["nonsense", ""], ("values", [])),
        (["get", "--ttl", ""], ("values", [])),
        (["--v"], ("values", ["--version"])),
    ],
)
def test_what_fits_at_the_cursor(words, expected):
    assert told(*words) == expected


def test_profiles_come_from_both_files_and_a_broken_file_has_none(tmp_path):
    (tmp_path / "config").write_text("[default]\n[profile support]\n[profile 'two words']\n[sso-session x]\n")
    (tmp_path / "credentials").write_text("[ci]\n[support]\n")
    env = {
        **SIGNER,
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }
    assert told("get", "-p", "", env=env) == ("values", ["ci", "default", "support", "two words"])
    (tmp_path / "config").write_bytes(b"\xff\xfe[")
    assert told("get", "-p", "", env=env) == ("values", ["ci", "support"])


def test_regions_are_botocores():
    import boto3

    known = {
        region
        for partition in boto3.Session().get_available_partitions()
        for region in boto3.Session().get_available_regions("s3", partition_name=partition)
    }
    assert known <= set(told("get", "-r", "")[1])


@pytest.mark.parametrize(
    "words", [["=g"], ["get", "--region", "=eu"], ["get", "-p", "="], ["get", "-o", "="]]
)
def test_no_value_but_s3_needs_botocore(words):
    program = (
        "import sys; from presign_cli.app import run; run(sys.argv[1:]);"
        "sys.exit(', '.join(sys.modules.keys() & {'boto3', 'botocore', 'rich', 'urllib3'}) or 0)"
    )
    environ = {"_PRESIGN_COMPLETE": "complete_zsh", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=environ, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_hostile_key_is_not_told(gateway):
    bucket = gateway.bucket()
    for key in ("good.txt", "a\nb", "a\x1b[31m", "a\u202eb"):
        gateway.put(bucket, key, b"x")
    now = datetime.now(UTC)  # the server looks at its own clock
    assert told("get", f"s3://{bucket}/", env=gateway.environ, now=now) == (
        "values",
        [f"s3://{bucket}/good.txt"],
    )


def test_a_server_that_does_not_answer_costs_a_second_and_nothing_more():
    env = {**SIGNER, "AWS_ENDPOINT_URL_S3": "http://192.0.2.1:9"}  # RFC 5737: nobody is there
    assert told("get", "s3://bucket/", env=env) == ("values", [])


@pytest.mark.parametrize(
    ("line", "words", "current", "quote"),
    [
        ("presign get ", ("presign", "get"), "", ""),
        ("presign get s3://b/a\\ b", ("presign", "get"), "s3://b/a b", ""),
        ("presign get 's3://b/a b", ("presign", "get"), "s3://b/a b", "'"),
        ('presign get "s3://b/\\$x\\y', ("presign", "get"), "s3://b/$x\\y", '"'),
        ("presign get ''", ("presign", "get"), "", ""),
        ("presign '' x", ("presign", ""), "x", ""),
        ("presign get a\\", ("presign", "get"), "a", ""),
    ],
)
def test_a_line_of_bash_is_read_as_bash_reads_it(line, words, current, quote):
    assert split_line(line) == Line(words, current, quote)


@pytest.mark.parametrize(
    ("current", "quote", "value", "given"),
    [
        ("s3://b/m", "", "s3://b/my file", "//b/my\\ file"),
        ("--region=e", "", "--region=eu-west-1", "eu-west-1"),
        ("s3://b/m", "'", "s3://b/it's", "s3://b/it'\\''s"),
        ("s3://b/m", '"', "s3://b/$x`", "s3://b/\\$x\\`"),
        ("s3://b/", "", 's3://b/a"b;c', '//b/a\\"b\\;c'),
    ],
)
def test_bash_is_given_what_stands_behind_its_last_break(current, quote, value, given):
    assert replacement(value, Line((), current, quote), breaks=BREAKS) == given

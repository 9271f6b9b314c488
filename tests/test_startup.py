"""Laziness as law: what a command does not use, it does not import."""

import subprocess
import sys

import pytest

from tests.presign import SIGNER

HEAVY = (
    "boto3",
    "botocore",
    "urllib3",
    "rich",
    "qrcode",
    "pyperclip",
    "awscrt",
    "requests",
    "pydantic",
    "ssl",
)
# Until the year 2100
ALIVE = (
    "https://bucket.s3.amazonaws.com/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=4102444800"
    "&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D"
)
MODULES = """
import sys
sys.argv = ["presign", *sys.argv[1:]]
from presign_cli.__main__ import main
try:
    main()
except SystemExit as exit:
    assert not exit.code, exit.code
print(*sys.modules, file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", MODULES, *arguments], env=SIGNER, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["get", "s3://bucket/k"],
        ["get", "s3://bucket/k", "-o", "json"],
        ["inspect", ALIVE, "-o", "json"],
        ["inspect", ALIVE, "-o", "table"],
    ],
    ids=lambda arguments: " ".join((*arguments[:1], *arguments[-1:])),
)
def test_a_command_imports_only_what_it_uses(arguments):
    assert imported(*arguments).isdisjoint(HEAVY)


def test_version_is_answered_before_typer_is_imported():
    assert "typer" not in imported("--version")

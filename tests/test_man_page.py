"""presign.1 says what the commands say, and troff has nothing to complain of."""

import shutil
import subprocess
from pathlib import Path

import pytest

from presign_cli.app import COMMANDS
from presign_cli.errors import ExitCode
from presign_cli.man_page import man_page

PAGE = Path(__file__).parents[1] / "presign.1"


def shown(columns=100):
    """The page as a person reads it."""
    assert shutil.which("groff"), "groff is needed to judge the manual page"
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", f"-rLL={columns}n", "-Kutf8", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_the_page_in_the_repository_is_the_generated_one():
    """Otherwise: make docs"""
    assert PAGE.read_text() == man_page()


def test_every_command_and_exit_code_is_in_it():
    text = shown()
    for name in COMMANDS:
        assert f"presign {name} " in text.replace("‐", "-")
    section = text[text.index("EXIT STATUS") :].splitlines()
    for code in ExitCode:
        assert any(line.split()[:1] == [str(int(code))] for line in section)


@pytest.mark.parametrize(
    "text", ["presign get s3://BUCKET/manuals/kbd-v2.pdf --ttl 5m", "--endpoint-url URL"]
)
def test_what_one_copies_from_it_has_plain_hyphens(text):
    assert text in shown()


def test_prose_is_wrapped_at_the_readers_width_and_no_word_is_cut():
    lines = shown(columns=80).splitlines()
    for words in ("Whoever uploads must send", "What --region says is"):
        (prose,) = [line for line in lines if words in " ".join(line.split())]
        assert len(prose) <= 80
    assert not [line for line in lines if line.endswith("‐")]

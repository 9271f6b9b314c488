"""A link reaches the clipboard, by a real xclip on a real X server, and nothing waits for that xclip."""

import io
import os
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from pathlib import Path

import pytest

from presign_cli.clipboard import desktop
from presign_cli.clipboard.copy import copy
from tests.clipboard.display import clipboard, display
from tests.presign import SIGNER

LINK = "https://b.s3.eu-west-1.amazonaws.com/k%20%C3%BC?X-Amz-Signature=0a&b='$(x)`y`\"\\"
PATH = os.environ["PATH"]
COPIES = f"""
import os
from presign_cli.clipboard.copy import copy
print(copy({LINK!r}, environ=os.environ, screen=None))
"""


@pytest.fixture(scope="module")
def screen():
    with display() as name:
        yield name


def test_a_link_is_copied_byte_by_byte(screen):
    environ = {"PATH": PATH, "DISPLAY": screen}
    assert copy(LINK, environ=environ, screen=None) == "clipboard"
    assert clipboard(screen) == LINK
    assert desktop.paste(environ=environ) == LINK


@pytest.mark.parametrize("shape", ["u=$({}); echo $u", "{} | cat", "{} 2>&1 | cat"])
def test_command_substitutions_and_pipes_end_while_xclip_lives(screen, shape):
    command = shape.format(f'"{sys.executable}" -c "$PROGRAM"')
    environ = {**os.environ, "DISPLAY": screen, "PROGRAM": COPIES}
    done = subprocess.run(["sh", "-c", command], env=environ, capture_output=True, text=True, timeout=10)
    assert (done.stdout, done.stderr) == ("clipboard\n", "")
    assert clipboard(screen) == LINK


def test_an_unreachable_display_is_not_taken_for_success():
    terminal = io.StringIO()
    environ = {"PATH": PATH, "DISPLAY": ":4242", "TERM": "xterm"}
    assert copy(LINK, environ=environ, screen=terminal) == "terminal"


def test_a_headless_machine_sends_osc_52_to_the_terminal():
    terminal = io.StringIO()
    assert copy(LINK, environ={"PATH": PATH, "TERM": "xterm-256color"}, screen=terminal) == "terminal"
    sequence = terminal.getvalue()
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert b64decode(sequence[7:-1], validate=True).decode() == LINK


def test_over_ssh_the_far_machines_clipboard_is_left_alone(tmp_path):
    """On a Mac it would be there. Here it is a program that would leave a trace."""
    trace, program = tmp_path / "trace", tmp_path / "xclip"
    program.write_text(f"#!/bin/sh\ncat > {trace}\n")
    program.chmod(0o755)
    environ = {"PATH": f"{tmp_path}:{PATH}", "TERM": "xterm", "DISPLAY": ":4242"}
    assert copy(LINK, environ=environ, screen=None) == "clipboard"
    assert trace.read_text() == LINK
    trace.unlink()
    del environ["DISPLAY"]
    assert copy(LINK, environ={**environ, "SSH_TTY": "/dev/pts/1"}, screen=io.StringIO()) == "terminal"
    assert not trace.exists()


@pytest.mark.parametrize(
    ("term", "terminal"), [("dumb", io.StringIO()), ("linux", io.StringIO()), ("xterm", None)]
)
def test_where_nothing_can_take_it_that_is_said(term, terminal):
    assert copy(LINK, environ={"PATH": PATH, "TERM": term}, screen=terminal) == "nowhere"
    assert terminal is None or terminal.getvalue() == ""


def test_more_than_terminals_take_is_not_sent():
    terminal = io.StringIO()
    assert copy("a" * 74_995, environ={"PATH": PATH, "TERM": "xterm"}, screen=terminal) == "nowhere"
    assert terminal.getvalue() == ""


def test_a_clipboard_that_hangs_is_left_after_two_seconds_with_all_its_programs(tmp_path):
    hanging = tmp_path / "xclip"
    hanging.write_text(
        f"#!/bin/sh\necho $$ >> {tmp_path}/pids\nsleep 60 &\necho $! >> {tmp_path}/pids\nwait\n"
    )
    hanging.chmod(0o755)
    began = time.monotonic()
    environ = {"PATH": f"{tmp_path}:{PATH}", "DISPLAY": ":4242", "TERM": "xterm"}
    assert copy(LINK, environ=environ, screen=None) == "nowhere"
    assert 2 <= time.monotonic() - began < 5
    pids = [int(line) for line in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 2  # a signal is sent at once and obeyed a little later
    while any(map(_is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [pid for pid in pids if _is_alive(pid)]


def test_inside_tmux_the_link_becomes_tmuxs_buffer(tmp_path):
    assert shutil.which("tmux"), "tmux is needed to judge the clipboard"
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True, timeout=10)
    try:
        terminal = io.StringIO()
        environ = {"PATH": PATH, "TERM": "screen", "TMUX": f"{tmp_path / 'socket'},1,0"}
        assert copy(LINK, environ=environ, screen=terminal) == "terminal"
        assert terminal.getvalue() == ""
        shown = subprocess.run([*tmux, "show-buffer"], capture_output=True, text=True, check=True, timeout=10)
        assert shown.stdout == LINK
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=10)


def _is_alive(pid: int) -> bool:
    """A killed program may stay a zombie until a parent looks at it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("shape", ["u=$({}); printf %s $u", "{} | tr -d '\\n'"])
def test_get_copy_returns_in_a_substitution_and_in_a_pipe(screen, shape):
    command = shape.format(f'"{sys.executable}" -m presign_cli get s3://bucket/k --copy')
    environ = {**os.environ, **SIGNER, "DISPLAY": screen}
    done = subprocess.run(["sh", "-c", command], env=environ, capture_output=True, text=True, timeout=20)
    assert done.stderr == "note: copied to the clipboard\n"
    assert done.stdout.startswith("https://bucket.s3.eu-west-1.amazonaws.com/k?")
    assert clipboard(screen) == done.stdout

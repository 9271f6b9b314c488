"""`get` with --copy, --qr, --qr-file, --page and the formats that people paste: by its command line."""

import csv
import io
import stat
import subprocess
import sys

import pytest

from tests.presign import NOW, SIGNER, presign
from tests.render.test_markup import Reader
from tests.render.test_qr import picture, read

WIDE = {**SIGNER, "COLUMNS": "200", "LINES": "100"}
FORMATS = ["table", "link", "json", "csv", "markdown", "html", "message", "eml", "qr"]


def url(key="k"):
    return presign("get", f"s3://bucket/{key}", "-o", "link").link


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_known_and_quiet_on_stderr(form):
    outcome = presign("get", "s3://bucket/k", "-o", form)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.endswith("\n")


def test_csv_has_a_row_a_target():
    rows = list(csv.DictReader(io.StringIO(presign("get", "s3://bucket/a", "s3://bucket/b", "-o", "csv"))))
    assert [row["url"] for row in rows] == [url("a"), url("b")]


def test_several_in_markdown_are_a_list():
    assert presign("get", "s3://bucket/a", "s3://bucket/b", "-o", "markdown").splitlines() == [
        f"- [a]({url('a')})",
        f"- [b]({url('b')})",
    ]
    assert presign("get", "s3://bucket/a", "-o", "markdown") == f"[a]({url('a')})\n"


def test_a_message_holds_the_good_links_of_a_stream_with_a_bad_line():
    outcome = presign("get", "-", "-o", "message", "-b", "bucket", stdin="a\nftp://x\nb\n")
    assert (outcome.code, outcome.count("https://")) == (2, 2)


def test_qr_alone_scans(tmp_path):
    drawing = presign("get", "s3://bucket/k", "-o", "qr")
    assert read(picture(drawing, tmp_path / "screen.pgm", ink=255, paper=0)) == url()


def test_qr_is_drawn_beside_the_link(tmp_path):
    outcome = presign("get", "s3://bucket/k", "--qr", env=WIDE)
    assert outcome.link == url()
    assert read(picture(outcome.stderr, tmp_path / "screen.pgm", ink=255, paper=0)) == url()


@pytest.mark.parametrize("option", [["-o", "qr"], ["--qr"]])
def test_a_code_too_large_for_the_terminal_leaves_the_link_and_exit_0(option):
    outcome = presign("get", "s3://bucket/k", *option, env={**SIGNER, "COLUMNS": "20"})
    assert (outcome.link, outcome.code) == (url(), 0)
    assert "the terminal has 20 by" in outcome.stderr
    assert "--qr-file link.png" in outcome.stderr


def test_a_terminal_without_utf8_gets_number_signs():
    drawing = presign("get", "s3://bucket/k", "-o", "qr", encoding="ascii")
    assert set(drawing) == set("# \n")


@pytest.mark.parametrize("name", ["link.png", "link.svg"])
def test_a_qr_file_is_for_its_owner_alone(tmp_path, name):
    path = tmp_path / name
    assert presign("get", "s3://bucket/k", "--qr-file", str(path)).link == url()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if name.endswith("png"):
        assert read(path) == url()


def test_a_token_too_long_for_qr_leaves_the_link_and_exit_0(tmp_path):
    keys = {**SIGNER, "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE", "AWS_SESSION_TOKEN": "Ta" * 1500}
    outcome = presign("get", "s3://bucket/k", "--qr-file", str(tmp_path / "x.png"), env=keys)
    assert outcome.code == 0
    assert outcome.link.startswith("https://")
    assert "too many for a QR code" in outcome.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("options", [["--qr-file", "x.png"], ["-o", "qr"]])
def test_one_code_for_several_targets_is_refused(options):
    outcome = presign("get", "s3://bucket/a", "s3://bucket/b", *options)
    assert (outcome, outcome.code) == ("", 2)


def test_a_file_name_that_cannot_be_is_refused_before_signing():
    outcome = presign("get", "s3://bucket/k", "--qr-file", "x.jpg")
    assert (outcome, outcome.code) == ("", 2)


def test_a_page_is_written_for_all_and_the_links_printed(tmp_path):
    path = tmp_path / "page.html"
    outcome = presign("get", "s3://bucket/a", "s3://bucket/b", "--page", str(path))
    assert outcome.splitlines() == [url("a"), url("b")]
    hrefs = [attrs["href"] for tag, attrs in Reader(path.read_text()).tags if tag == "a"]
    assert hrefs == [url("a"), url("b")]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_page_that_cannot_be_written_costs_the_exit_code_and_not_the_link(tmp_path):
    outcome = presign("get", "s3://bucket/k", "--page", str(tmp_path / "no" / "page.html"))
    assert (outcome.link, outcome.code) == (url(), 2)
    assert outcome.stderr.startswith("error: cannot write")


def test_without_a_clipboard_the_link_is_printed_and_a_warning_said():
    outcome = presign("get", "s3://bucket/k", "--copy")
    assert (outcome.link, outcome.code) == (url(), 0)
    assert "warning: no clipboard can be reached" in outcome.stderr


def test_a_headless_terminal_is_sent_the_link_alone():
    outcome = presign("get", "s3://bucket/k", "-c", terminal=True, env={**SIGNER, "TERM": "xterm"}, now=NOW)
    assert "\x1b]52;c;" in outcome.stderr
    assert "note: sent to the terminal" in outcome.stderr


@pytest.mark.parametrize(
    ("locale", "ascii_only"),
    [
        ({"LANG": "C"}, True),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, True),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
    ],
)
def test_a_qr_code_in_the_c_locale_is_of_ascii(locale, ascii_only):
    """By the real program, for in that locale Python itself goes over to UTF-8."""
    command = [sys.executable, "-m", "presign_cli", "get", "s3://bucket/k", "-o", "qr"]
    drawn = subprocess.run(command, env={**WIDE, **locale}, capture_output=True, check=True).stdout
    assert drawn.isascii() is ascii_only
    assert (b"##" in drawn) is ascii_only

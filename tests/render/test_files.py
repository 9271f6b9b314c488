"""What we write holds links: nobody else may read it, and nobody may steer where it goes."""

import os
import stat
from pathlib import Path

import pytest

from presign_cli.errors import UsageError
from presign_cli.render.files import write_private


def test_a_file_is_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "link.png"
    path.write_bytes(b"old and longer")
    path.chmod(0o644)
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_symbolic_link_is_replaced_and_its_target_untouched(tmp_path):
    victim, path = tmp_path / "victim", tmp_path / "link.html"
    victim.write_text("precious")
    path.symlink_to(victim)
    write_private(path, b"page")
    assert victim.read_text() == "precious"
    assert not path.is_symlink()
    assert path.read_bytes() == b"page"


def test_a_reader_of_the_old_file_keeps_it_whole(tmp_path):
    path = tmp_path / "page.html"
    write_private(path, b"first")
    with path.open("rb") as reader:
        write_private(path, b"second")
        assert reader.read() == b"first"


def test_the_longest_name_can_be_written_and_nothing_else_is_left(tmp_path):
    write_private(tmp_path / ("a" * 255), b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a" * 255]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused(tmp_path, make):
    make(tmp_path / "thing")
    with pytest.raises(UsageError) as refused:
        write_private(tmp_path / "thing", b"x")
    assert refused.value.text == f"cannot write `{tmp_path / 'thing'}`: it is not a file"


@pytest.mark.parametrize("device", ["/dev/null", "/dev/stdout"])
def test_devices_are_refused(device):
    with pytest.raises(UsageError):
        write_private(Path(device), b"x")
    assert Path(device).exists()


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(tmp_path):
    with pytest.raises(UsageError) as refused:
        write_private(tmp_path / "no" / "link.png", b"x")
    assert "no/link.png" in refused.value.text
    assert "no such file or directory" in refused.value.text
    assert not list(tmp_path.iterdir())

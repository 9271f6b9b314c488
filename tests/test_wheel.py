"""What `pip install` puts where shells and `man` look, from a wheel built here."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, timeout=300)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("completions/presign", "bash-completion/completions/presign"),
        ("completions/_presign", "zsh/site-functions/_presign"),
        ("completions/presign.fish", "fish/vendor_completions.d/presign.fish"),
        ("completions/presign.ps1", "presign/presign.ps1"),
        ("presign.1", "man/man1/presign.1"),
    ],
)
def test_completions_and_the_manual_page_are_installed_with_it(wheel, source, place):
    (name,) = [name for name in wheel.namelist() if name.endswith(f".data/data/share/{place}")]
    assert wheel.read(name) == (ROOT / source).read_bytes()


def test_every_file_of_the_package_is_in_it(wheel):
    package = ROOT / "presign_cli"
    files = {str(path.relative_to(ROOT)) for path in package.rglob("*") if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= set(wheel.namelist())


def test_nothing_but_the_package_is_importable_from_it(wheel):
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == {"presign_cli"}

"""Chromium without a window: a picture of a page, or the page as its scripts left it."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def screenshot(page: Path, *, width: int, height: int, dark: bool = False) -> Path:
    """Draws a local file and gives the picture beside it."""
    picture = page.with_name(f"{page.stem}-{width}-{'dark' if dark else 'light'}.png")
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    _run([*scheme, f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri()])
    return picture


def dom(page: Path) -> str:
    """The page's HTML after its scripts have run."""
    return _run(["--dump-dom", page.as_uri()])


def _run(arguments: list[str]) -> str:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "chromium is needed to judge pages"
    with TemporaryDirectory() as profile:
        command = [chromium, *FLAGS, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout

"""Which processes run on this machine, for tests that promise to leave none behind."""

import subprocess
import time
from pathlib import Path

Process = tuple[int, int, str]
"""Number, parent's number, arguments."""


def processes() -> list[Process]:
    """As /proc tells them, else `ps`, which a bare Linux may not have."""
    return _by_proc() if Path("/proc/self/stat").exists() else _by_ps()


def naming(folder: Path) -> list[int]:
    """Those that have something in this folder among their arguments."""
    return [pid for pid, _, arguments in processes() if f"{folder}/" in arguments]


def parent_of(pid: int) -> int:
    return next(parent for child, parent, _ in processes() if child == pid)


def nothing_left(folder: Path, *, within: float = 10) -> bool:
    """Whether the folder is empty and no process names it, soon: a keeper outlives its owner a moment."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not any(folder.iterdir()) and not naming(folder):
            return True
        time.sleep(0.05)
    return False


def _by_proc() -> list[Process]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has just ended
            continue
        found.append((int(folder.name), int(parent), arguments))
    return found


def _by_ps() -> list[Process]:
    listing = subprocess.check_output(["ps", "-Awwo", "pid=,ppid=,args="], text=True)
    rows = (line.split(None, 2) for line in listing.splitlines())
    return [(int(pid), int(parent), "".join(rest)) for pid, parent, *rest in rows]

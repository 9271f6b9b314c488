"""Files that hold links, written: for their owner alone, whole or not at all, never through a link."""

import os
import stat
from pathlib import Path

from presign_cli.errors import UsageError

_DEVICES = Path("/dev")


def write_private(path: Path, content: bytes) -> None:
    """Puts `content` at `path`, mode 600, in one step: a reader sees the old file or the new one.

    A symbolic link at `path` is itself replaced; what it points to is not touched.
    Raises UsageError where a file cannot be written there, or something that is no file stands there.
    """
    try:
        _refuse_what_is_no_file(path)
        _replace(path, content)
    except OSError as error:
        raise UsageError(
            f"cannot write `{path}`: {(error.strerror or str(error)).lower()}",
            hint="name a file in a folder that you may write to, such as `./link.png`",
        ) from error


def _refuse_what_is_no_file(path: Path) -> None:
    """A device or a pipe would be removed from the system: `/dev/null` by a careless root."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)) or _DEVICES in path.absolute().parents:
        raise UsageError(
            f"cannot write `{path}`: it is not a file",
            hint="name a file, such as `./link.png`, to be replaced whole",
        )


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".presign-{os.urandom(8).hex()}")  # short: the name may be as long as it can be
    try:
        # O_EXCL opens neither a file nor a symbolic link that somebody put there first
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

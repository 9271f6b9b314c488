"""Small facts kept between runs: one file each, replaced whole, mode 600, never through a symbolic link.

Parallel processes share it safely: a reader finds the old file or the new one. A cache that cannot be read
or written is no error; `trouble` then says so.
"""

import os
import stat
import sys
from collections.abc import Mapping
from hashlib import sha256

_MOST = 4096


class Cache:
    """Texts by name, each with the time (seconds since 1970) until which it counts."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.trouble: str | None = None

    def read(self, kind: str, name: str, *, now: float) -> str | None:
        """The text kept under a name, or None where there is none that still counts."""
        try:
            line = _read_private(self._path(kind, name))
        except FileNotFoundError:
            return None
        except OSError as error:
            self._note(error)
            return None
        until, _, text = line.partition(" ")
        return text if until.isdecimal() and now < int(until) else None

    def write(self, kind: str, name: str, text: str, *, until: float) -> None:
        try:
            _make_private_folder(self._folder)
            _replace(self._path(kind, name), f"{int(until)} {text}")
        except OSError as error:
            self._note(error)

    def _path(self, kind: str, name: str) -> str:
        return f"{self._folder}/{kind}-{sha256(name.encode()).hexdigest()[:32]}"

    def _note(self, error: OSError) -> None:
        reason = (error.strerror or "it is not ours").lower()
        self.trouble = f"the cache folder `{self._folder}` cannot be used: {reason}"


def cache_folder(environ: Mapping[str, str], *, platform: str = sys.platform) -> str:
    """The platform's own folder for caches."""
    home = environ.get("HOME") or environ.get("USERPROFILE") or os.path.expanduser("~")  # noqa: PTH111
    if platform == "win32":
        return f"{environ.get('LOCALAPPDATA') or home}/presign/cache"
    if platform == "darwin":
        return f"{home}/Library/Caches/presign"
    return f"{environ.get('XDG_CACHE_HOME') or f'{home}/.cache'}/presign"


def _read_private(path: str) -> str:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or _is_strangers(status):
            raise OSError
        return os.read(descriptor, _MOST).decode("utf-8", "replace")
    finally:
        os.close(descriptor)


def _make_private_folder(folder: str) -> None:
    os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103 # pathlib is a slow import at this point
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or _is_strangers(status):
        raise OSError


def _is_strangers(status: os.stat_result) -> bool:
    return hasattr(os, "getuid") and status.st_uid != os.getuid()


def _replace(path: str, text: str) -> None:
    draft = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(draft, flags, 0o600)
    try:
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)
        os.replace(draft, path)  # noqa: PTH105
    except OSError:
        os.unlink(draft)  # noqa: PTH108
        raise

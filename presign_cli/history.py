"""What was signed on this machine, by whom and until when: a file of JSON lines, for its owner alone.

Never a link, a signature or a token, so that nobody who reads it can use what it tells of.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from presign_cli.core.link import Batch
from presign_cli.core.timestamps import iso

SCHEMA = "presign.history/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link's facts, times as in its JSON. `usable_until` is None where nobody knows it."""

    signed_at: str
    expires_at: str
    usable_until: str | None
    limited_by: str
    method: str | None
    bucket: str | None
    key: str | None
    version_id: str | None
    region: str | None
    host: str | None
    profile: str | None
    access_key_id: str | None
    account_id: str | None

    @property
    def until(self) -> str:
        """When it ends at the latest."""
        return self.usable_until or self.expires_at


def history_path(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """`history.jsonl` in the platform's folder for state; it need not exist.

    https://specifications.freedesktop.org/basedir-spec/latest/ (XDG_STATE_HOME)
    """
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home)
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return base / "presign" / "history.jsonl"


def entries_of(batch: Batch) -> Iterator[Entry]:
    """An entry for each link of a batch."""
    for link in batch.links():
        presigned, life = link.presigned, link.life
        yield Entry(
            signed_at=iso(life.signed_at),
            expires_at=iso(life.expires_at),
            usable_until=iso(life.usable_until) if life.usable_until else None,
            limited_by=life.limited_by,
            method=presigned.method,
            bucket=presigned.bucket,
            key=presigned.key,
            version_id=presigned.version_id,
            region=presigned.region,
            host=presigned.host,
            profile=link.profile,
            access_key_id=presigned.access_key_id,
            account_id=presigned.account_id,
        )


def entry_object(entry: Entry) -> dict[str, Any]:
    """The object `presign.history/1`."""
    return {"schema": SCHEMA, **asdict(entry)}


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Adds entries, all of them in one piece, whatever other processes add meanwhile. Raises OSError."""
    lines = "".join(f"{json.dumps(entry_object(entry))}\n" for entry in entries).encode()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(path) as descriptor:
        if _ends_within_a_line(descriptor):  # somebody's disk was full
            lines = b"\n" + lines
        while lines:
            lines = lines[os.write(descriptor, lines) :]


def read(path: Path) -> tuple[list[Entry], int]:
    """All entries, oldest first, and how many lines are none. Raises OSError, but not for a missing file."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], 0
    entries = [_entry(line) for line in lines if line]
    good = [entry for entry in entries if entry]
    return good, len(entries) - len(good)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)  # ends with the descriptor
        yield descriptor
    finally:
        os.close(descriptor)


def _ends_within_a_line(descriptor: int) -> bool:
    if os.fstat(descriptor).st_size == 0:
        return False
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) != b"\n"


def _entry(line: bytes) -> Entry | None:
    """None for what another program, or a later version, or a broken disk left."""
    try:
        content = json.loads(line)
        entry = Entry(**{field.name: content[field.name] for field in fields(Entry)})
        moments = [datetime.fromisoformat(moment) for moment in (entry.signed_at, entry.until)]
    except (ValueError, KeyError, TypeError, RecursionError):  # the last one by brackets without end
        return None
    if any(moment.tzinfo is None for moment in moments):
        return None
    return entry if all(value is None or isinstance(value, str) for value in asdict(entry).values()) else None

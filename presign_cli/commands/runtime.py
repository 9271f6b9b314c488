"""Everything ambient, as one object: the clock, the environment, the streams, the terminal.

The only module that reads the clock or the environment; replaced whole in tests.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import BinaryIO, TextIO, cast

import typer

from presign_cli.core.timestamps import ToLocal
from presign_cli.render.console import Console, read_console


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Runtime:
    """What the process was given; commands take it from `ctx.obj`."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], datetime] = _utc_now
    to_local: ToLocal = datetime.astimezone

    def now(self) -> datetime:
        """The time, in whole seconds, as links are dated."""
        return self.clock().replace(microsecond=0)

    @cached_property
    def console(self) -> Console:
        """What stdout's place can show."""
        return read_console(self.stdout, self.environ)

    @cached_property
    def error_console(self) -> Console:
        """What stderr's place can show."""
        return read_console(self.stderr, self.environ)

    @property
    def stdin_bytes(self) -> BinaryIO:
        return self.stdin.buffer


def runtime_of(ctx: typer.Context) -> Runtime:
    """The runtime that `app` was started with."""
    return cast(Runtime, ctx.obj)

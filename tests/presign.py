"""`presign("get", "s3://b/k")`: one command run in this process, and what came of it."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from presign_cli.app import run
from presign_cli.commands.runtime import Runtime

NOW = datetime(2026, 11, 24, 13, 0, 0, tzinfo=UTC)
# AWS's own documented example keys
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}
# Offline: no region is looked up, and no instance asked for its credentials.
OFFLINE = {"PRESIGN_DETECT": "0", "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/dev/null"}
SIGNER = {**KEYS, **OFFLINE, "AWS_REGION": "eu-west-1"}


class Outcome(str):
    """stdout, with stderr and the exit code beside it."""

    __slots__ = ("code", "stderr")
    stderr: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self)

    @property
    def error(self) -> Any:
        """The JSON error object, the last line on stderr."""
        return json.loads(self.stderr.splitlines()[-1])

    @property
    def link(self) -> str:
        """The only line on stdout."""
        assert self.endswith("\n")
        assert self.count("\n") == 1
        return self[:-1]


class Stream(io.TextIOWrapper):
    """A stream in memory that can claim to be a terminal."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(content), encoding=encoding, errors="surrogateescape", newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding, "surrogateescape")


def presign(
    *arguments: str,
    env: Mapping[str, str] = SIGNER,
    stdin: str | bytes = b"",
    terminal: bool = False,
    encoding: str = "utf-8",
    now: datetime = NOW,
) -> Outcome:
    """Runs one command with this environment and nothing else, at this time, in UTC."""
    content = stdin.encode() if isinstance(stdin, str) else stdin
    out = Stream(terminal=terminal, encoding=encoding)
    err = Stream(terminal=terminal, encoding=encoding)
    runtime = Runtime(
        environ=env,
        stdin=Stream(content),
        stdout=out,
        stderr=err,
        clock=lambda: now,
        to_local=lambda moment: (
            moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        ),
    )
    code = run(arguments, runtime=runtime)
    outcome = Outcome(out.text)
    outcome.stderr, outcome.code = err.text, code
    return outcome

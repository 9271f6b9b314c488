"""Where targets come from, arguments or lines of standard input, and how bad lines are lived with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.link import Link
from presign_cli.errors import UsageError

STANDARD_INPUT = "-"


class Line(NamedTuple):
    """A target as it was given; `number` is its line in a stream, None for an argument."""

    number: int | None
    text: str


def read_lines(arguments: Sequence[str], *, runtime: Runtime, talk: Talk) -> Iterator[Line]:
    """Every target in order; `-` stands for the lines of standard input. Raises UsageError for none."""
    if not arguments:
        raise UsageError("no target", hint="presign get s3://BUCKET/KEY")
    found = False
    for argument in arguments:
        if argument != STANDARD_INPUT:
            found = True
            yield Line(None, argument)
            continue
        if runtime.stdin.isatty():
            talk.note("reading targets from the terminal, one a line; end with Ctrl-D")
        for line in _stream_lines(runtime.stdin_bytes):
            found = True
            yield line
    if not found:
        raise UsageError("no target on standard input", hint="printf 's3://BUCKET/KEY\\n' | presign get -")


def _stream_lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines as they stand but for their LF or CRLF; empty ones and those that begin with `#` are skipped."""
    for number, raw in enumerate(stream, start=1):
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")
        if text and not text.startswith("#"):
            yield Line(number, text)


def sign_lines(lines: Iterable[Line], sign: Callable[[str], Link], *, talk: Talk) -> Iterator[Link]:
    """A link for each good line. A bad argument raises at once; bad lines are told, and raise at the end."""
    bad = 0
    for number, text in lines:
        try:
            link = sign(text)
        except UsageError as error:
            if number is None:
                raise
            talk.bad_line(number, error)
            bad += 1
        else:
            yield link
    if bad:
        told = "1 line was" if bad == 1 else f"{bad} lines were"
        raise UsageError(f"{told} not signed", hint="mend what is told above, and sign those again")

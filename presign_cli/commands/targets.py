"""Where targets come from, arguments or lines of standard input, and how bad lines are lived with."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.link import Link
from presign_cli.core.target import Target
from presign_cli.errors import UsageError

STANDARD_INPUT = "-"

Parse = Callable[[str], Target]
Sign = Callable[[Target], Link]


class Line(NamedTuple):
    """One line of a stream, without its end."""

    number: int
    text: str


def sign_targets(
    arguments: Sequence[str], *, parse: Parse, sign: Sign, runtime: Runtime, talk: Talk
) -> Iterator[Link]:
    """A link for each target in order; `-` stands for the lines of standard input.

    A bad argument raises UsageError before anything is signed. Bad lines are told, and raise at the end.
    """
    if not arguments:
        raise UsageError("no target", hint="presign get s3://BUCKET/KEY")
    asked = [None if argument == STANDARD_INPUT else parse(argument) for argument in arguments]
    signed = bad = 0
    for target in asked:
        if target:
            yield sign(target)
            signed += 1
            continue
        for line in _read_lines(runtime, talk):
            try:
                link = sign(parse(line.text))
            except UsageError as error:
                talk.bad_line(line.number, error)
                bad += 1
            else:
                yield link
                signed += 1
    if bad:
        told = "1 line was" if bad == 1 else f"{bad} lines were"
        raise UsageError(f"{told} not signed", hint="mend what is told above, and sign those again")
    if not signed:
        raise UsageError("no target on standard input", hint="printf 's3://BUCKET/KEY\\n' | presign get -")


def _read_lines(runtime: Runtime, talk: Talk) -> Iterator[Line]:
    if runtime.stdin.isatty():
        talk.note("reading targets from the terminal, one a line; end with Ctrl-D")
    return _lines(runtime.stdin_bytes)


def _lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines as they stand but for their LF or CRLF; empty ones and those that begin with `#` are skipped."""
    for number, raw in enumerate(stream, start=1):
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")
        if text and not text.startswith("#"):
            yield Line(number, text)

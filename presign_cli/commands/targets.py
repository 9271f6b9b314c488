"""Where targets come from, arguments or lines of standard input, and how bad lines are lived with."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.harmless import harmless
from presign_cli.core.link import Batch
from presign_cli.core.runs import BadLine, Run, read_runs
from presign_cli.core.target import Surroundings, Target
from presign_cli.errors import UsageError

STANDARD_INPUT = "-"
BLOCK_BYTES = 256 * 1024

Parse = Callable[[str, Surroundings], Target]
Sign = Callable[[Run], Iterator[Batch]]
Expand = Callable[[Target], Iterator[Run]]


class TargetReader:
    """The targets of one command, in their order; `-` stands for the lines of standard input.

    `file` is read after the arguments. `expand` makes of each argument the runs that it stands for.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        around: Surroundings,
        parse: Parse,
        runtime: Runtime,
        talk: Talk,
        file: Path | None = None,
        expand: Expand | None = None,
    ) -> None:
        if not arguments and not file:
            raise UsageError("no target", hint="presign get s3://BUCKET/KEY")
        self._around = around
        self._parse = parse
        self._runtime = runtime
        self._talk = talk
        self._expand = expand
        self._asked = [None if text == STANDARD_INPUT else parse(text, around) for text in arguments]
        self._file = _opened(file) if file else None

    def sign(self, sign: Sign) -> Iterator[Batch]:
        """The links of every target. Bad lines are told, the rest is signed; they raise at the end."""
        signed = bad = 0
        for run in self._runs():
            try:
                if isinstance(run, BadLine):
                    raise run.error
                for batch in sign(run):
                    yield batch
                    signed += 1
            except UsageError as error:
                if run.number is None:
                    raise
                self._talk.bad_line(run.number, error)
                bad += 1
        if bad:
            told = "1 line was" if bad == 1 else f"{bad} lines were"
            raise UsageError(f"{told} not signed", hint="mend what is told above, and sign those again")
        if not signed and not self._expand:
            raise UsageError("no target in what was read", hint="printf 's3://BUCKET/KEY\\n' | presign get -")

    def _runs(self) -> Iterator[Run | BadLine]:
        for target in self._asked:
            if target and self._expand:
                yield from self._expand(target)
            elif target:
                yield Run(None, target, [target.key])
            else:
                if self._runtime.stdin.isatty():
                    self._talk.note("reading targets from the terminal, one a line; end with Ctrl-D")
                yield from self._read(self._runtime.stdin_bytes)
        if self._file:
            with self._file as stream:
                yield from self._read(stream)

    def _read(self, stream: BinaryIO) -> Iterator[Run | BadLine]:
        for first_number, lines in _blocks(stream):
            yield from read_runs(lines, first_number=first_number, around=self._around, parse=self._parse)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot read `{harmless(str(path))}`: {reason}", hint=f"ls -l {path}") from error


def _blocks(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Whole lines as soon as they are there, and the number of the first; an unfinished line waits."""
    number, rest = 1, b""
    while block := stream.read1(BLOCK_BYTES):  # type: ignore[attr-defined]
        whole, newline, tail = block.rpartition(b"\n")
        if not newline:
            rest += tail
            continue
        lines = _lines(rest + whole)
        yield number, lines
        number, rest = number + len(lines), tail
    if rest:
        yield number, _lines(rest)


def _lines(block: bytes) -> list[str]:
    """Lines as they stand but for their LF or CRLF; what is not UTF-8 keeps its bytes as surrogates."""
    text = block.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines

"""Where the links to inspect come from: arguments, the clipboard, or a stream of any length."""

import codecs
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from presign_cli.commands.runtime import Runtime
from presign_cli.errors import UsageError

STANDARD_INPUT = "-"

_BLOCK_BYTES = 256 * 1024


class Block(NamedTuple):
    """Texts that came together, to be judged at one time and printed at once.

    `given` says that a person named each of them: one that is no link is their mistake.
    """

    texts: tuple[str, ...]
    given: bool


def read_texts(arguments: Sequence[str], *, paste: bool, runtime: Runtime) -> Iterator[Block]:
    """Blocks of texts with a link in each. Without arguments, standard input. Raises UsageError for none."""
    if paste:
        yield Block((_clipboard(runtime),), given=True)
    elif not arguments and runtime.stdin.isatty():
        raise UsageError("no link", hint='presign inspect "https://…", or presign inspect --paste')
    for argument in arguments or ([] if paste else [STANDARD_INPUT]):
        if argument == STANDARD_INPUT:
            yield from _stream(runtime)
        else:
            yield Block((argument,), given=True)


def _clipboard(runtime: Runtime) -> str:
    from presign_cli.clipboard.desktop import paste

    text = paste(environ=runtime.environ)
    if text is None:
        raise UsageError("no clipboard can be read here", hint='give the link in quotes: presign inspect "…"')
    if not text.strip():
        raise UsageError("the clipboard is empty", hint="copy the link, then: presign inspect --paste")
    return text


def _stream(runtime: Runtime) -> Iterator[Block]:
    """The records of standard input, by the block that one read gives; constant memory."""
    from presign_cli.core.records import RecordReader

    if runtime.stdin.isatty():
        runtime.stderr.write("note: paste links or a mail, then end with Ctrl-D\n")
        runtime.stderr.flush()
    reader = RecordReader()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    found = False
    while raw := _read(runtime):
        texts = tuple(reader.feed(decoder.decode(raw)))
        if texts:
            found = True
            yield Block(texts, given=False)
    texts = (*reader.feed(decoder.decode(b"", final=True)), *reader.close())
    if texts:
        yield Block(texts, given=False)
    elif not found:
        raise UsageError("no link on standard input", hint='presign inspect "https://…", in quotes')


def _read(runtime: Runtime) -> bytes:
    """What is there, at most a block; waits only where nothing is."""
    stream = runtime.stdin_bytes
    read = getattr(stream, "read1", stream.read)
    block: bytes = read(_BLOCK_BYTES)
    return block

"""The machine's own clipboard, by pyperclip in a process of its own, which is given two seconds.

A real xclip goes on running and holds what it inherited, so that a pipe from us would never end: it gets
/dev/null. And a clipboard that hangs can be left, with all the programs that it started.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from presign_cli.clipboard.process import finish

_CHILD = Path(__file__).with_name("child.py")


def copy(text: str, *, environ: Mapping[str, str]) -> bool:
    """Whether the text is in the clipboard now."""
    return _run("copy", content=text.encode(), environ=environ, output=subprocess.DEVNULL) is not None


def paste(*, environ: Mapping[str, str]) -> str | None:
    """The clipboard's text, or None where there is no clipboard, or none that answers."""
    content = _run("paste", content=b"", environ=environ, output=subprocess.PIPE)
    return None if content is None else content.decode("utf-8", "replace")


def _run(verb: str, *, content: bytes, environ: Mapping[str, str], output: int) -> bytes | None:
    return finish([sys.executable, "-P", str(_CHILD), verb], content=content, environ=environ, output=output)

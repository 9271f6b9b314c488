"""Text as one word of a POSIX shell: exactly itself when pasted, and harmless to look at."""

import re

from presign_cli.errors import UsageError

_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]+", re.ASCII)


def quoted(text: str) -> str:
    """A word that every POSIX shell reads as `text`.

    What would act on a terminal (ESC, bidi marks) is written as octal for printf: the command means the same
    text and shows none of it. Raises UsageError for a NUL, which no argument can hold.
    """
    if "\0" in text:
        raise UsageError("no shell command can hold the key's NUL character", hint="-o json")
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_quoted_run(run) for run in _runs(text)) or "''"


def _runs(text: str) -> list[str]:
    """Stretches that may be shown, and stretches that may not. A line end may: it acts on nothing."""
    runs: list[str] = []
    for character in text:
        if runs and _shows(character) == _shows(runs[-1][0]):
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _shows(character: str) -> bool:
    return character.isprintable() or character == "\n"


def _quoted_run(run: str) -> str:
    if _shows(run[0]):
        return "'" + run.replace("'", "'\\''") + "'"
    octal = "".join(f"\\{byte:03o}" for byte in run.encode("utf-8", "surrogateescape"))
    return f"\"$(printf '{octal}')\""

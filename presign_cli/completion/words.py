"""A command line up to the cursor, as bash gives it, to words; and a word back into what bash expects.

bash's own COMP_WORDS are cut at `:` and `=` and keep their quotes, so the line is read anew here. What bash
replaces is what stands behind the last break, as bash-completion's `__ltrim_colon_completions` explains:
https://github.com/scop/bash-completion
"""

import re
from dataclasses import dataclass
from typing import Literal

Quote = Literal["", "'", '"']

_UNSAFE = re.compile(r"[^A-Za-z0-9_./:@%+=,~-]")
_UNSAFE_IN_DOUBLE = re.compile(r'[$`"\\]')


@dataclass(frozen=True, slots=True)
class Line:
    """The words before the cursor's, the cursor's own, and the quote in which it stands open."""

    words: tuple[str, ...]
    current: str
    quote: Quote


def split_line(line: str) -> Line:
    """Words by the shell's quoting rules; an open quote or a last backslash is no error."""
    words, current, quote, started = list[str](), "", "", False
    characters = iter(line)
    for character in characters:
        if quote == "'":
            quote, current = ("", current) if character == "'" else (quote, current + character)
        elif character == "\\":
            following = next(characters, "")
            kept = "\\" if quote and following not in '$`"\\' else ""
            current, started = current + kept + following, True
        elif quote:
            quote, current = ("", current) if character == '"' else (quote, current + character)
        elif character in "'\"":
            quote, started = character, True
        elif character in " \t\n":
            if started or current:
                words.append(current)
            current, started = "", False
        else:
            current += character
    return Line(tuple(words), current, _quote(quote))


def replacement(value: str, line: Line, *, breaks: str) -> str:
    """What bash must be given for the whole word `value`: escaped, without what it keeps of the line."""
    if line.quote == "'":
        return value.replace("'", "'\\''")
    if line.quote == '"':
        return _UNSAFE_IN_DOUBLE.sub(r"\\\g<0>", value)
    kept = max((line.current.rfind(character) for character in breaks if character in ":=@"), default=-1)
    return _UNSAFE.sub(r"\\\g<0>", value[kept + 1 :])


def _quote(text: str) -> Quote:
    return "'" if text == "'" else '"' if text == '"' else ""

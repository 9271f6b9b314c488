"""What can stand at the cursor, and how a shell should go on after it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Directive = Literal["values", "nospace", "files"]


class Candidate(NamedTuple):
    """A word that fits, and a few words about it."""

    value: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """`nospace`: more may follow in the same word. `files`: the shell's own file names."""

    found: tuple[Candidate, ...] = ()
    directive: Directive = "values"


NOTHING = Candidates()
FILES = Candidates(directive="files")


def beginning_with(prefix: str, candidates: list[Candidate]) -> Candidates:
    return Candidates(tuple(one for one in candidates if one.value.startswith(prefix)))

"""Stand-in for undoing what mail did to a link."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repaired:
    url: str
    repairs: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    """The text as it is."""
    return Repaired(text)

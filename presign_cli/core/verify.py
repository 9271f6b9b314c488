"""Stand-in for the offline proof of a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["match", "mismatch", "no-credentials"]
    method: str | None = None
    profile: str | None = None
    source: Literal["profile", "environment"] | None = None
    differs: Difference | None = None


def verify(url: str, candidates: Sequence[object]) -> Verification:
    """Knows nobody's keys yet."""
    return Verification("no-credentials")

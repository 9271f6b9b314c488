"""Stand-in for the offline proof of a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["match", "mismatch", "no-credentials"]
    method: str | None = None


def verify(url: str, candidates: Sequence[object]) -> Verification:
    """Knows nobody's keys yet."""
    return Verification("no-credentials")

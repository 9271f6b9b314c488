"""How long a role session can be had: what is asked, and what a role's limits leave of it. No I/O.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

HOUR = 3_600
SHORTEST, DEFAULT, LONGEST = 900, HOUR, 12 * HOUR

Session = TypeVar("Session")


class TooLongError(Exception):
    """STS refused a duration: of the role's own limit, or because the role is `chained`."""

    def __init__(self, *, chained: bool) -> None:
        super().__init__()
        self.chained = chained


@dataclass(frozen=True, slots=True)
class Assumed(Generic[Session]):
    """A session, and the longest duration in seconds that the role gives, where that was found out."""

    session: Session = field(repr=False)
    limit: int | None = None


def seconds_to_ask(left: float) -> int:
    """The duration that covers a link which ends in `left` seconds: whole minutes, within STS's bounds."""
    minutes = -int(-left // 60)
    return min(max(minutes * 60, SHORTEST), LONGEST)


def assume_for(
    assume: Callable[[int], Session], *, seconds: int, limit: int | None = None
) -> Assumed[Session]:
    """A session of that many seconds, or the longest that the role gives.

    `assume` raises TooLongError where STS refuses the duration. `limit` is what an earlier run found.
    """
    asked = min(seconds, limit or LONGEST)
    try:
        return Assumed(assume(asked), limit if limit and limit < seconds else None)
    except TooLongError as error:
        if error.chained:
            return Assumed(assume(HOUR), HOUR)
    return _longest_below(assume, asked)


def _longest_below(assume: Callable[[int], Session], refused: int) -> Assumed[Session]:
    """Bisects the whole hours: an administrator sets a limit of 1 to 12 hours."""
    low, high = 1, min(11, (refused - 1) // HOUR)
    best: Assumed[Session] | None = None
    while low <= high:
        hours = (low + high + 1) // 2
        try:
            best = Assumed(assume(hours * HOUR), hours * HOUR)
            low = hours + 1
        except TooLongError:
            high = hours - 1
    return best or Assumed(assume(DEFAULT), DEFAULT)

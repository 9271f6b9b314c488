"""From when and how long a link is wanted: TTL, end and start as they were asked, made one."""

from datetime import datetime, timedelta
from typing import NamedTuple

from presign_cli.core.duration import DEFAULT_TTL, MAX_TTL, check_ttl, format_duration
from presign_cli.core.timestamps import iso
from presign_cli.errors import UsageError

CLOCK_SKEW = timedelta(minutes=15)
"""How far a server's clock may differ before it refuses a signature (RequestTimeTooSkewed)."""
_LAST_YEAR = 9_998  # the end of a link, too, must have a date of four digits


class Window(NamedTuple):
    """The signature's date and how many seconds a link is to live from there."""

    signed_at: datetime
    ttl_seconds: int

    @property
    def expires_at(self) -> datetime:
        return self.signed_at + timedelta(seconds=self.ttl_seconds)


class LifeWish(NamedTuple):
    """What was asked: `ttl` seconds or `until`, from `not_before` or now; None was not said.

    `default_ttl` and `max_ttl` come from the settings.
    """

    ttl: int | None = None
    until: datetime | None = None
    not_before: datetime | None = None
    default_ttl: int = DEFAULT_TTL
    max_ttl: int = MAX_TTL

    def window(self, *, now: datetime) -> Window:
        """The window of a link that is signed now. Raises UsageError where it has no or too long a life."""
        signed_at = self.not_before or now
        if signed_at.year > _LAST_YEAR:
            raise UsageError(
                f"--not-before {iso(signed_at)} is too far ahead to be a link's date",
                hint="--not-before 18:00",
            )
        if self.until is None:
            return Window(signed_at, self._guarded(self.ttl or min(self.default_ttl, self.max_ttl)))
        seconds = int((self.until - signed_at).total_seconds())
        if seconds < 1:
            raise UsageError(
                f"--until {iso(self.until)} is not after the link's start, {iso(signed_at)}", hint="--ttl 5m"
            )
        return Window(signed_at, self._guarded(check_ttl(seconds, said=f"the time to {iso(self.until)}")))

    def _guarded(self, seconds: int) -> int:
        if seconds > self.max_ttl:
            allowed = format_duration(self.max_ttl)
            raise UsageError(
                f"{format_duration(seconds)} is over `max_ttl`, which the settings set to {allowed}",
                hint=f"--ttl {allowed}",
            )
        return seconds

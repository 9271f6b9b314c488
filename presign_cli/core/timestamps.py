"""Points in time, to and from the forms in which links, people and JSON write them. All in UTC."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

ToLocal = Callable[[datetime], datetime]
"""Gives a time its local zone: takes one without zone as local, converts one with a zone."""

_AMZ_DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def amz_date(moment: datetime) -> str:
    """`20130524T000000Z`, the form of `X-Amz-Date`."""
    # not strftime, whose %Y does not everywhere pad a year to four digits
    return iso(moment).replace("-", "").replace(":", "")


def parse_amz_date(text: str) -> datetime:
    """The time that `20130524T000000Z` names. Raises ValueError for any other form."""
    if not _AMZ_DATE.fullmatch(text):
        raise ValueError(f"not of the form YYYYMMDDTHHMMSSZ: {text!r}")
    return datetime.fromisoformat(text)  # ten times as fast as strptime, for streams of links


@lru_cache(maxsize=256)  # streams of links have few dates
def iso(moment: datetime) -> str:
    """`2026-11-24T13:05:00Z`: whole seconds, UTC."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def parse_moment(text: str, *, now: datetime, to_local: ToLocal) -> datetime:
    """A time as people type it: ISO 8601 with an offset, local without, or `HH:MM`, its next occurrence.

    Fractions of a second are cut off. Raises ValueError where it is none of these.
    """
    clock = _CLOCK.fullmatch(text)
    moment = (
        _next_occurrence(int(clock[1]), int(clock[2]), now=now, to_local=to_local)
        if clock
        else datetime.fromisoformat(text)
    )
    aware = moment if moment.tzinfo else to_local(moment)
    return aware.astimezone(UTC).replace(microsecond=0)


def _next_occurrence(hour: int, minute: int, *, now: datetime, to_local: ToLocal) -> datetime:
    today = to_local(now).replace(tzinfo=None, hour=hour, minute=minute, second=0, microsecond=0)
    return today if to_local(today) > now else today + timedelta(days=1)

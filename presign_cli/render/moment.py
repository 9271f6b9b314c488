"""Times in words: the reader's own zone, UTC, and how long from now."""

from datetime import datetime

from presign_cli.core.duration import in_words
from presign_cli.core.timestamps import ToLocal


def moment_text(moment: datetime, *, now: datetime, to_local: ToLocal) -> str:
    """`Tue 24 Nov 2026, 14:05:00 CET (13:05:00 UTC), in 4 min`."""
    local = to_local(moment)
    utc = moment.strftime("%H:%M:%S" if local.date() == moment.date() else "%a %d %b, %H:%M:%S")
    zone = local.tzname() or "local time"
    shown = local.strftime("%a %d %b %Y, %H:%M:%S")
    both = f"{shown} UTC" if zone == "UTC" else f"{shown} {zone} ({utc} UTC)"
    return f"{both}, {distance(moment, now=now)}"


def distance(moment: datetime, *, now: datetime) -> str:
    """`in 4 min`, or `5 h ago`."""
    seconds = int((moment - now).total_seconds())
    return f"in {in_words(seconds)}" if seconds >= 0 else f"{in_words(-seconds)} ago"

"""What a dialect's links are made of: its parameters as they are spelled, those it cannot do without."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from presign_cli.core.timestamps import parse_amz_date

_INTEGER = re.compile(r"[+-]?\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The parameters of one dialect.

    `names` are spelled as servers want them; `required` are those whose lack makes a link useless;
    `secret` those that let anybody who reads them use the link. `is_signature` tells a text that can be a
    signature; `signature_form` says it in words.
    """

    names: tuple[str, ...]
    required: tuple[str, ...]
    secret: tuple[str, ...]
    signature: str
    is_signature: Callable[[str], bool]
    signature_form: str


def integer(text: str | None) -> int | None:
    """A decimal number of at most twelve digits, or None."""
    return int(text) if text is not None and _INTEGER.fullmatch(text) else None


def amz_moment(text: str | None) -> datetime | None:
    """The time that `20130524T000000Z` names, or None where it is another form or no date."""
    try:
        return parse_amz_date(text or "")
    except ValueError:
        return None


def later(moment: datetime | None, seconds: int | None) -> datetime | None:
    """A time so many seconds on, or None where either is unknown or the calendar ends before."""
    if moment is None or seconds is None:
        return None
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return None

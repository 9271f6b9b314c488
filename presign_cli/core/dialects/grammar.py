"""What a dialect's links are made of: its parameters as they are spelled, those it cannot do without."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from presign_cli.core.address import Address, Parameters
from presign_cli.core.presigned import Presigned
from presign_cli.core.timestamps import parse_amz_date

HEX_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
BASE64_SHA1 = re.compile(r"[A-Za-z0-9+/]{27}=", re.ASCII)

_INTEGER = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_WRAPPED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The parameters of one dialect.

    `names` are spelled as servers want them; `required` are those whose lack makes a link useless;
    `secret` those that let anybody who reads them use the link. `signature_form` says in words what
    `signature_pattern` matches. `start`, `life`, `end` name the parameters of the window, where there are.
    """

    names: tuple[str, ...]
    required: tuple[str, ...]
    secret: tuple[str, ...]
    signature: str
    signature_pattern: re.Pattern[str]
    signature_form: str
    start: str | None = None
    life: str | None = None
    end: str | None = None
    any_case: bool = False
    signs_every_parameter: bool = False
    lowered: dict[str, str] = field(init=False, repr=False)
    spelled: frozenset[str] = field(init=False, repr=False)
    needed: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """`lowered` finds a name as it is spelled by its lower case; `spelled` are the names themselves.

        `needed` is `required` in lower case.
        """
        object.__setattr__(self, "lowered", {name.lower(): name for name in self.names})
        object.__setattr__(self, "spelled", frozenset(self.names))
        object.__setattr__(self, "needed", frozenset(name.lower() for name in self.required))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A decoded link with what it was decoded from, for those who judge it.

    `grammar` is None where no dialect was recognised, `address` where the text has no URL.
    """

    presigned: Presigned
    parameters: Parameters
    grammar: Grammar | None
    address: Address | None


def integer(text: str | None) -> int | None:
    """A decimal number of at most twelve digits, or None."""
    return int(text) if text is not None and _INTEGER.fullmatch(text) else None


@lru_cache(maxsize=256)  # streams of links have few dates
def amz_moment(text: str | None) -> datetime | None:
    """The time that `20130524T000000Z` names, or None where it is another form or no date."""
    try:
        return parse_amz_date(text or "")
    except ValueError:
        return None


def epoch_moment(text: str | None) -> datetime | None:
    """The time of so many seconds since 1970, or None where that is no number or outside the calendar."""
    seconds = integer(text)
    return later(datetime.fromtimestamp(0, UTC), seconds)


def iso_moment(text: str | None) -> datetime | None:
    """An ISO 8601 time, UTC where it names no zone; or None."""
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def later(moment: datetime | None, seconds: int | None) -> datetime | None:
    """A time so many seconds on, or None where either is unknown or the calendar ends before."""
    if moment is None or seconds is None:
        return None
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return None


def json_of_base64(text: str) -> object:
    """The JSON value behind base64 (padded or not, wrapped or not), or None where it is none."""
    import json

    packed = _WRAPPED.sub("", text)
    try:
        return json.loads(a2b_base64(packed.rstrip("=") + "=" * (-len(packed.rstrip("=")) % 4)))
    except (ValueError, Base64Error, RecursionError):
        return None


@lru_cache(maxsize=256)
def names_of(text: str | None) -> tuple[str, ...]:
    """`host;range` as names in lower case."""
    return tuple(name.lower() for name in (text or "").split(";") if name)

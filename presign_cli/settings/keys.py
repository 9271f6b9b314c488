"""Every setting: its name, its default, and how its value is read from TOML and from a variable.

A reader takes a value as TOML types it, or a variable's text, and raises ValueError saying what it should be.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from presign_cli.core.duration import DEFAULT_TTL, MAX_TTL, MIN_TTL, parse_duration
from presign_cli.core.endpoint_url import parse_endpoint_url
from presign_cli.core.location import is_bucket_name
from presign_cli.errors import UsageError

Addressing = Literal["auto", "virtual", "path"]
OUTPUTS = ("table", "link", "json", "csv", "markdown", "html", "curl", "message", "eml", "qr")

_ON = ("1", "true", "yes", "on")
_OFF = ("0", "false", "no", "off")


class Key(NamedTuple):
    """One setting; `read` gives its value or raises ValueError with what was expected."""

    read: Callable[[object], Any]
    default: Any = None
    choices: tuple[str, ...] = ()

    def nearest(self, value: object) -> str | None:
        """Of a few choices, the one that was probably meant."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(str(value).lower(), self.choices, n=1)), None)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text")
    return value


def _bucket(value: object) -> str:
    name = _text(value)
    if not name.startswith("arn:") and not is_bucket_name(name):
        raise ValueError("a bucket's name or an access point's ARN")
    return name


def _url(value: object) -> str:
    try:
        return parse_endpoint_url(_text(value))
    except UsageError:
        raise ValueError("a URL such as https://s3.example.com") from None


def _duration(value: object) -> int:
    expected = "a time from 1 second to 7 days, such as 300 or `1h30m`"
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(expected)
    try:
        seconds = value if isinstance(value, int) else parse_duration(value)
    except ValueError:
        raise ValueError(expected) from None
    if not MIN_TTL <= seconds <= MAX_TTL:
        raise ValueError(expected)
    return seconds


def _switch(value: object) -> bool:
    word = value.lower() if isinstance(value, str) else None
    if not isinstance(value, bool) and word not in (*_ON, *_OFF):
        raise ValueError("true or false")
    return value if isinstance(value, bool) else word in _ON


def _one_of(choices: tuple[str, ...], default: str | None = None) -> Key:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return str(value)

    return Key(read, default, choices)


KEYS: Mapping[str, Key] = {
    "bucket": Key(_bucket),
    "ttl": Key(_duration, DEFAULT_TTL),
    "max_ttl": Key(_duration, MAX_TTL),
    "profile": Key(_text),
    "region": Key(_text),
    "output": _one_of(OUTPUTS),
    "endpoint_url": Key(_url),
    "public_url": Key(_url),
    "addressing": _one_of(get_args(Addressing), "auto"),
    "detect": Key(_switch, True),
    "download": Key(_switch, False),
    "history": Key(_switch, False),
}
PROFILE_KEYS = tuple(name for name in KEYS if name != "profile")
"""What a `[profiles.NAME]` table may hold: all but the profile itself."""

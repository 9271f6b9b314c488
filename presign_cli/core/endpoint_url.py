"""The URL of a custom endpoint, as flags, settings, profiles and functions give it."""

import re
from typing import TYPE_CHECKING

from presign_cli.core.harmless import harmless
from presign_cli.errors import UsageError

if TYPE_CHECKING:
    from presign_cli.core.address import Address

_USER = re.compile(r"(?<=//).*@", re.DOTALL)


def parse_endpoint_url(text: str) -> str:
    """The same URL, where it is one of a server: scheme, host, port and path only. Raises UsageError."""
    parse_endpoint(text)
    return text


def parse_endpoint(text: str) -> "Address":
    """The parts of such a URL. Raises UsageError."""
    from presign_cli.core.address import read_address  # most commands have no endpoint of their own

    address = read_address(text)
    good = address and address.host and address.port != -1 and address.user is None
    if not address or not good or any(mark in text for mark in "?# ") or not text.isprintable():
        raise UsageError(
            f"`{harmless(without_user(text))}` is no URL of an endpoint",
            hint="--endpoint-url https://minio.example:9000",
        )
    return address


def without_user(text: str) -> str:
    """The same text, fit to be shown: a URL's user and password are masked."""
    return _USER.sub("***@", text)

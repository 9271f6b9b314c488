"""The TARGET of a command that is not `get`, with hints that name the command."""

from collections.abc import Callable
from typing import TypeVar

from presign_cli.errors import UsageError

Found = TypeVar("Found")


def parsed_for(command: str, parse: Callable[[], Found]) -> Found:
    """What `parse` gives; the command that its hint proposes is this one."""
    try:
        return parse()
    except UsageError as error:
        raise type(error)(
            error.text, hint=error.hint.replace("presign get ", f"presign {command} ")
        ) from error

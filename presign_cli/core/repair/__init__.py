"""Undoes what mail clients, chats and people do to a link: one named rule each, until nothing changes.

Never touches a signature, nor a link that is whole; a key that really holds `%2520`, `&amp;` or `=3D` stays.
"""

from dataclasses import dataclass, field

from presign_cli.core.repair.whole import is_whole

__all__ = ["Repaired", "is_whole", "repair"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A link, and the names of what was undone to get it, in order and each once.

    `url` is the text as it was where there is nothing to repair, signed link or not.
    """

    url: str = field(repr=False)
    repairs: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    """The link in a text, as it was signed. Time is linear in the text's length."""
    if is_whole(text):
        return Repaired(text)
    # The rules' patterns take some milliseconds to compile, and most links are whole.
    from presign_cli.core.repair.rules import mended

    return Repaired(*mended(text))

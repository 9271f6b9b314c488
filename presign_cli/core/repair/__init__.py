"""Undoes what mail clients, chats and people do to a link: one named rule each, until nothing changes.

Never touches a signature, nor a link that is whole; a key that really holds `%2520`, `&amp;` or `=3D` stays.
"""

from dataclasses import dataclass, field

from presign_cli.core.repair.whole import is_whole

__all__ = ["Repaired", "is_whole", "repair"]

# Far more layers than any mail went through, and a bound on what a hostile text costs.
_MOST_ROUNDS = 16


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
    from presign_cli.core.repair.rules import one_step  # a whole link needs none of them

    text = text.strip()
    names: dict[str, None] = {}
    for _ in range(0 if _is_form(text) else _MOST_ROUNDS):
        before = text
        text, applied = one_step(text)
        names.update(dict.fromkeys(applied))
        if text == before:
            break
    return Repaired(text, tuple(names))


def _is_form(text: str) -> bool:
    """Whether a text is an upload form, of which the address is the smaller part."""
    head = text[:65_536].lower()
    return '"policy"' in head if head.startswith("{") else "<form" in head

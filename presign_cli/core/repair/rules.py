"""The table of rules that mend a link, and the loop that applies them until nothing changes."""

from collections.abc import Callable

from presign_cli.core.repair import escapes, redirectors
from presign_cli.core.repair.lines import line_wrapped
from presign_cli.core.repair.surroundings import surroundings
from presign_cli.core.repair.whole import is_whole

# From the outside in: what encodes a whole mail, then what wraps a link, then what escapes it.
_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("quoted-printable", escapes.quoted_printable),
    ("invisible-characters", escapes.invisible_characters),
    ("shell-escaped", escapes.shell_escaped),
    ("json-escaped", escapes.json_escaped),
    ("line-wrapped", line_wrapped),
    ("html-escaped", escapes.html_escaped),
    ("safelinks", redirectors.safelinks),
    ("urldefense", redirectors.urldefense),
    ("google-redirect", redirectors.google_redirect),
    ("double-encoded", escapes.double_encoded),
)
# Far more layers than any mail went through, and a bound on what a hostile text costs.
_MOST_ROUNDS = 16


def mended(text: str) -> tuple[str, tuple[str, ...]]:
    """The link in a text, and the names of what was undone, in order and each once."""
    text = text.strip()
    names: dict[str, None] = {}
    for _ in range(0 if _is_form(text) else _MOST_ROUNDS):
        before = text
        text, applied = _one_step(text)
        names.update(dict.fromkeys(applied))
        if text == before:
            break
    return text, tuple(names)


def _one_step(text: str) -> tuple[str, tuple[str, ...]]:
    """The text after the first rule that changes it, and what that rule undid; no names at the end."""
    if is_whole(text):
        return text, ()
    link, around = surroundings(text)
    if is_whole(link):
        return link, around
    for name, rule in _RULES:
        changed = rule(text)
        if changed != text:
            return changed.strip(), (name,)
    return link, around


def _is_form(text: str) -> bool:
    """Whether a text is an upload form, of which the address is the smaller part."""
    head = text[:65_536].lower()
    return '"policy"' in head if head.startswith("{") else "<form" in head

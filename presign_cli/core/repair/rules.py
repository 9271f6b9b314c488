"""The rules of repair in their order, and the one step that applies the first that changes something."""

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


def one_step(text: str) -> tuple[str, tuple[str, ...]]:
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

"""An upload form as people pass it on: JSON, a Python dictionary, HTML, or its policy alone; taken apart.

Reads text only: what the fields mean is for `dialects.aws_post`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from presign_cli.core.address import Parameters, parameters

_POLICY = re.compile(r"eyA?[A-Za-z0-9+/=_\-\s]{20,}", re.ASCII)
_HTML = re.compile(r"<\s*(?:!doctype|html|form|body|input)", re.IGNORECASE)
_LONGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form is sent, None where that is unknown, and its fields in their order."""

    action: str | None
    fields: Parameters = field(repr=False)
    policy_alone: bool = False


def read_form(text: str) -> Form | None:
    """The form in a text of at most 256 KiB, or None where it holds none. Never raises."""
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return None
    if stripped.startswith("{"):
        return _of_mapping(_json(stripped) or _python(stripped))
    if _HTML.match(stripped):
        return _of_html(stripped)
    if _POLICY.fullmatch(stripped):
        return Form(None, parameters([("policy", stripped)]), policy_alone=True)
    return None


def _json(text: str) -> object:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _python(text: str) -> object:
    """What `print(client.generate_presigned_post(…))` shows: single quotes, which are no JSON."""
    if "'" not in text or "fields" not in text:
        return None
    from ast import literal_eval

    try:
        return literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _of_mapping(value: object) -> Form | None:
    if not isinstance(value, dict):
        return None
    fields, action = value.get("fields"), value.get("url")
    if not isinstance(fields, dict):
        return None
    return Form(action if isinstance(action, str) else None, parameters(_texts(fields.items())))


def _texts(items: Iterable[tuple[object, object]]) -> Iterable[tuple[str, str]]:
    for name, value in items:
        if isinstance(name, str) and isinstance(value, str | int | float):
            yield name, str(value)


def _of_html(text: str) -> Form | None:
    from html.parser import HTMLParser

    action: list[str | None] = []
    pairs: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found = dict(attrs)
            if tag == "form":
                action.append(found.get("action"))
            elif tag == "input" and (name := found.get("name")) and found.get("type") != "file":
                pairs.append((name, found.get("value") or ""))

    try:
        Reader().feed(text)
    except (ValueError, AssertionError):  # what html.parser raises for broken declarations
        return None
    return Form(action[0] if action else None, parameters(pairs)) if action or pairs else None

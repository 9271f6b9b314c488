"""Read what a server says in an error's body: XML, JSON, HTML or junk become plain fields, never more.

No XML parser is fed: an error's fields are leaves of text, which one linear pass finds. So no DOCTYPE is
read, no entity but XML's own five is expanded, and nothing is nested, fetched or remembered.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["xml", "json", "html", "text", "empty"]

LIMIT = 64 * 1024
"""Bytes: what stands behind them is not looked at."""

_LEAF = re.compile(r"<([A-Za-z][\w.\-]*)>([^<]*)</\1\s*>", re.ASCII)
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));", re.ASCII | re.IGNORECASE)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.ASCII | re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """An error's fields by name as the server wrote them: not yet harmless to show.

    `fields` holds each name once, the first time it stands there. For HTML it is `Title`; for JSON, Google's
    and others' `code` and `message` come as `Code` and `Message`. `repr` shows the kind alone: S3 repeats a
    link's token in what it says.
    """

    kind: Kind
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)

    def get(self, name: str) -> str:
        """A field's text, or nothing."""
        return self.fields.get(name, "")


def read_error_body(body: bytes) -> ErrorBody:
    """What a body holds, whatever it is."""
    text = body[:LIMIT].decode("utf-8-sig", "replace").strip()
    if not text:
        return ErrorBody("empty")
    if text.startswith("{"):
        return _json(text)
    if _HTML.match(text):
        found = _TITLE.search(text)
        return ErrorBody("html", {"Title": _unescape(found[1]).strip()} if found else {})
    start = text.find("<Error>")
    if start >= 0 and "<!DOCTYPE" not in text[:start].upper():
        return ErrorBody("xml", _leaves(text[start:]))
    return ErrorBody("xml" if text.startswith("<") else "text")


def _leaves(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in _LEAF.findall(text):
        fields.setdefault(name, _unescape(value).strip())
    return fields


def _unescape(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    if reference[3]:
        return _NAMED[reference[3].lower()]
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"


def _json(text: str) -> ErrorBody:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ErrorBody("text")
    error = found.get("error", found)
    if isinstance(error, str):
        return ErrorBody("json", {"Message": error})
    pairs = error.items() if isinstance(error, dict) else ()
    fields = {str(name).title(): str(value) for name, value in pairs if isinstance(value, (str, int))}
    return ErrorBody("json", fields)

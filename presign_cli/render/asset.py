"""The files beside the renderers, and how values are put into them."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).with_name("assets")


def asset(name: str) -> str:
    """The text of a file in `assets`."""
    return (_FOLDER / name).read_text("utf-8")


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with every `{{name}}` replaced once: what a value holds is never taken for a name."""
    pieces = template.split("{{")
    return pieces[0] + "".join(_filled_piece(piece, values) for piece in pieces[1:])


def hash_source(text: str) -> str:
    """How a page's policy allows one script or style: https://www.w3.org/TR/CSP3/#grammardef-hash-source"""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _filled_piece(piece: str, values: Mapping[str, str]) -> str:
    name, _, rest = piece.partition("}}")
    return values[name] + rest

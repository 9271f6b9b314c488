"""Finds the links in a text: where each begins and ends, judged by what a whole link looks like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from presign_cli.core.repair.parameters import looks_signed
from presign_cli.core.repair.whole import ends_firmly, is_whole

_DELIMITERS = '\\s<>"`|“”„‟«»‹›‘’‚‛'
_CANDIDATE = re.compile(rf"https?://[^{_DELIMITERS}?]*(?:\?[!#-;=?-_a-{{}}~]*)?", re.IGNORECASE)
_CLOSERS = {
    "'": "'",
    "(": ")",
    "[": "]",
    "{": "}",
    "*": "*",
    "_": "_",
    "~": "~",
    "（": "）",
    "「": "」",
    "『": "』",
}
_PUNCTUATION = ".,;:!?'*)]}…。，、；：！？）」』】》>"
# A list's comma, a pair of quotes: between two links, and in no link's query.
_NEXT_LINK = re.compile(r"[,;'()\[\]{}]{1,4}(?=https?://)", re.IGNORECASE)
_NEXT_CELL = re.compile(r"[,;]")
_NEXT_LINE = re.compile(r"[ \t]*\r?\n[>\s|]*(?:&|[\w.%-]{1,60}=|[0-9a-f]{16,}[ \t]*(?:\r|\n|\Z))", re.ASCII)
_FEW = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text[start:end]` may be a link; `whole` says that it surely is one, all of it."""

    start: int
    end: int
    whole: bool


def best_candidate(text: str) -> Candidate | None:
    """The first whole link of a text, else the first that has the trace of a signature, else the first."""
    first = signed = None
    for candidate in islice(candidates(text), _FEW):
        if candidate.whole:
            return candidate
        first = first or candidate
        if not signed and looks_signed(text[candidate.start : candidate.end]):
            signed = candidate
    return signed or first


def candidates(text: str) -> Iterator[Candidate]:
    """Every link-like part, in order, none inside another."""
    start = 0
    while found := _CANDIDATE.search(text, start):
        near = _first_link(found[0])
        link, whole = _trimmed(near, opener=text[max(found.start() - 1, 0) : found.start()])
        end = found.start() + len(link)
        continued = whole and not ends_firmly(link) and _NEXT_LINE.match(text, end)
        yield Candidate(found.start(), end, whole=whole and not continued)
        start = found.start() + len(near)


def _first_link(text: str) -> str:
    """The first of several links that stand in one word."""
    text = text.partition("](")[0]
    following = _NEXT_LINK.search(text, max(text.find("?"), 0)) if "?" in text else None
    return text[: following.start()] if following else text


def _trimmed(link: str, *, opener: str) -> tuple[str, bool]:
    """A link without what follows it, and whether it is whole."""
    closed = _closed(link, opener)
    if is_whole(closed):
        return _without_stops(closed) if closed == link else closed, True
    shorter = link
    for _ in range(16):
        if is_whole(shorter):
            return shorter, True
        if not shorter or shorter[-1] not in _PUNCTUATION:
            break
        shorter = shorter[:-1]
    before_comma = _before_next_cell(closed)
    return (before_comma, True) if before_comma else (_sensibly_trimmed(closed), False)


def _before_next_cell(link: str) -> str | None:
    """A whole link that ends at the comma of a table in CSV; no signature has a comma or a semicolon."""
    cells = islice(_NEXT_CELL.finditer(link, max(link.find("?"), 0)), 16)
    ends = (link[: cell.start()] for cell in cells)
    return next((end for end in ends if ends_firmly(end) and is_whole(end)), None)


def _closed(link: str, opener: str) -> str:
    """Up to the sign that closes what was opened before the link; a closer in the path is the key's own."""
    closer = _CLOSERS.get(opener)
    end = link.find(closer, max(link.find("?"), 0)) if closer else -1
    return link if end < 0 else link[:end]


def _without_stops(link: str) -> str:
    """A sentence's end behind a last parameter that could hold one is the sentence's."""
    stripped = link.rstrip(".,;:!?")
    return stripped if is_whole(stripped) else link


def _sensibly_trimmed(link: str) -> str:
    """Without a sentence's end and brackets that the link did not open, as GitHub finds links in prose."""
    opened = {closer: link.count(opener) - link.count(closer) for opener, closer in ("()", "[]", "{}")}
    end = len(link)
    while end and link[end - 1] in _PUNCTUATION and opened.get(link[end - 1], -1) < 0:
        end -= 1
        if link[end] in opened:
            opened[link[end]] += 1
    return link[:end]

"""Takes a link out of what stands around it: markup, brackets, quotes, punctuation, a sentence, a mail.

The layers come off from the inside; each has a name, and what is left over is surrounding text.
"""

import re
from collections.abc import Callable

from presign_cli.core.repair.candidates import best_candidate
from presign_cli.core.repair.escapes import without_invisibles
from presign_cli.core.repair.parameters import looks_signed

Sides = tuple[str, str]
"""What stands before and behind the link."""

_NEAR = 2048
_ANCHOR = re.compile(r"<[a-z][^<>]*\s(?:href|src|action|data-[a-z-]{1,30})\s*=\s*[\"']?\s*$", re.IGNORECASE)
_ANCHOR_END = re.compile(r"\s*[\"']?[^<>]*>(?:[^<]{0,8192}</a\s*>)?", re.IGNORECASE)
_SLACK_END = re.compile(r"\|[^<>]{0,4096}>")
_MARKDOWN_START = re.compile(r"!?\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?\]\(\s*<?$")
_MARKDOWN_END = re.compile(r">?(?:\s+[\"'(][^\"'()]{0,1024}[\"')])?\s*\)")
_MARKDOWN_TARGET = re.compile(r"\]\(\S{0,8192}\)")
_BRACKETS = {
    "<": ">",
    "(": ")",
    "[": "]",
    "{": "}",
    "（": "）",
    "「": "」",
    "『": "』",
    "【": "】",
    "《": "》",
}
_SMART = dict(
    zip("“‘„‚«»‹›‟‛”’", ("”", "’", "“”", "‘’", "»", "«", "›", "‹", "”", "’", "”", "’"), strict=True)
)
_BLANK = " \t\r\n\xa0>|"  # the marks of a quoted mail are no text
_PUNCTUATION = frozenset(".,;:!?*'\")]}>…。，、；：！？")


def surroundings(text: str) -> tuple[str, tuple[str, ...]]:
    """The link in a text, and the names of what was around it; the text itself where it has no link."""
    found = best_candidate(text)
    if not found or (found.start, found.end) == (0, len(text)):
        return text, ()
    link, sides = text[found.start : found.end], (text[: found.start], text[found.end :])
    if not found.whole and _must_stay(link, sides):
        return text, ()
    return link, _names(sides)


def _must_stay(link: str, sides: Sides) -> bool:
    """An unsigned link that stands alone may end in any sign; and a raw space may cut a signed one in two."""
    before, after = sides
    if before or looks_signed(link):
        return False
    return _PUNCTUATION.issuperset(after) or (looks_signed(after) and "://" not in after)


def _names(sides: Sides) -> tuple[str, ...]:
    names: list[str] = []
    seen = (without_invisibles(sides[0]), without_invisibles(sides[1]))
    if seen != sides:
        names.append("invisible-characters")
        sides = seen
    for _ in range(8):
        for name, layer in _LAYERS:
            outer = layer(sides)
            if outer is not None:
                names.append(name)
                sides = outer
                break
        else:
            break
    before, after = sides[0].strip(_BLANK), sides[1].strip(_BLANK)
    if before or not _PUNCTUATION.issuperset(after):
        names.append("surrounding-text")
    elif after:
        names.append("trailing-punctuation")
    return tuple(names)


def _html_anchor(sides: Sides) -> Sides | None:
    start = _ANCHOR.search(sides[0], max(len(sides[0]) - _NEAR, sides[0].rfind("<"), 0))
    end = _ANCHOR_END.match(sides[1])
    return (sides[0][: start.start()], sides[1][end.end() :]) if start and end else None


def _slack(sides: Sides) -> Sides | None:
    end = _SLACK_END.match(sides[1])
    return (sides[0][:-1], sides[1][end.end() :]) if end and sides[0].endswith("<") else None


def _markdown(sides: Sides) -> Sides | None:
    start = _MARKDOWN_START.search(sides[0], max(len(sides[0]) - _NEAR, 0)) if "](" in sides[0][-4:] else None
    end = _MARKDOWN_END.match(sides[1])
    return (sides[0][: start.start()], sides[1][end.end() :]) if start and end else None


def _markdown_text(sides: Sides) -> Sides | None:
    """`[URL](URL)`: the link stands in both places, and the first of them is at hand."""
    end = _MARKDOWN_TARGET.match(sides[1]) if sides[0].endswith("[") else None
    return (sides[0][:-1], sides[1][end.end() :]) if end else None


def _emphasis(sides: Sides) -> Sides | None:
    mark = sides[0][-1:]
    return (sides[0][:-1], sides[1][1:]) if mark and mark in "*_~" and sides[1].startswith(mark) else None


def _brackets(sides: Sides) -> Sides | None:
    return _enclosed(sides, _BRACKETS)


def _smart_quotes(sides: Sides) -> Sides | None:
    """A pair, or the half of one that typing a quote into a word processor leaves."""
    before, after = sides
    if not before.strip() and after[:1] in _SMART:
        return before, after[1:]
    return _enclosed(sides, _SMART)


def _quotes(sides: Sides) -> Sides | None:
    return _enclosed(sides, {'"': '"', "'": "'", "`": "`"})


def _enclosed(sides: Sides, pairs: dict[str, str]) -> Sides | None:
    """Without one pair, or without an opener that nothing closes."""
    before, after = sides[0].rstrip(), sides[1].lstrip()
    closers = pairs.get(before[-1:], "")
    if closers and after[:1] and after[0] in closers:
        return before[:-1], after[1:]
    if closers and not after:
        return before[:-1], after
    return None


_LAYERS: tuple[tuple[str, Callable[[Sides], Sides | None]], ...] = (
    ("html-anchor", _html_anchor),
    ("slack", _slack),
    ("markdown", _markdown),
    ("markdown", _markdown_text),
    ("markdown", _emphasis),
    ("quoted", _quotes),
    ("smart-quotes", _smart_quotes),
    ("wrapped-in-brackets", _brackets),
)

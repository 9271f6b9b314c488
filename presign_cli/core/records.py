"""Cuts a stream of text into records, one a link or form, in constant memory.

A record begins at a line with `http`, `{` or `<form` and ends when its link is complete, at an empty line, or
after 64 KiB. So a list of links, JSON Lines, a chat and a whole mail are read alike. Prose that mentions an
unsigned address is no record; such an address alone on its line is one.
"""

import re
from collections.abc import Iterable, Iterator

from presign_cli.core.repair import is_whole
from presign_cli.core.repair.candidates import best_candidate, candidates
from presign_cli.core.repair.escapes import without_invisibles
from presign_cli.core.repair.lines import is_ended, joined
from presign_cli.core.repair.parameters import looks_signed
from presign_cli.core.repair.whole import ends_firmly

LONGEST = 65_536
"""Characters of a record, at most: what is longer is given as it is up to there."""

_LINK = re.compile(r"h[\W_]{0,2}t[\W_]{0,2}t[\W_]{0,2}p", re.IGNORECASE | re.ASCII)
_NEW_LINK = re.compile(r"[>\s|]*[<(\[\"'“*-]{0,3}\s?https?://", re.IGNORECASE)
_CONTINUED = re.compile(r"[>\s|]*(?:&|[\w.%-]{1,60}=)", re.ASCII)
_ALONE = re.compile(r"[>\s|<(\[\"'“`]*https?://[^\s]+\s*", re.IGNORECASE)
_FORM_START = re.compile(r"<form\b", re.IGNORECASE)
_FORM_END = re.compile(r"</form\s*>", re.IGNORECASE)
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNFINISHED = ("=", "__", "&", "?", "%", "\\")
# A wrapped line may end in the midst of the name that tells a signature.
_NAME_LENGTH = 40
_END_OF_V4 = "&X-Amz-Signature="
# A signature's name, then its value, is on few lines; more tries would cost a hostile text's square.
_MOST_TRIES = 16


class RecordReader:
    """Takes a stream by the chunk, gives the records that are complete: `feed` all, then `close` once."""

    __slots__ = ("_carried", "_depth", "_kind", "_lines", "_signed", "_size", "_tail", "_tries")

    def __init__(self) -> None:
        self._carried = self._kind = self._tail = ""
        self._lines: list[str] = []
        self._size = self._depth = self._tries = 0
        self._signed = False

    def feed(self, chunk: str) -> Iterator[str]:
        """Every record that ends in this chunk; a link alone on its line ends with that line."""
        *lines, self._carried = (self._carried + chunk).split("\n")
        for line in lines:
            if line[:4] == "http" and line[-81:-64] == _END_OF_V4 and not self._lines:
                yield line
            else:
                yield from self._line(line)
        while len(self._carried) > LONGEST:
            yield from self._overlong()

    def close(self) -> Iterator[str]:
        """The rest: a last line without an end, a record that nothing ended."""
        if self._carried:
            yield from self._line(self._carried)
        self._carried = ""
        yield from self._flush()

    def _overlong(self) -> Iterator[str]:
        """The first part of a line that has no end, cut before a link where there is one to cut before."""
        cut = self._carried.rfind("http", LONGEST // 2, LONGEST)
        cut = LONGEST if cut < 0 else cut
        head, self._carried = self._carried[:cut], self._carried[cut:]
        yield from self._line(head)
        yield from self._flush()

    def _line(self, line: str) -> Iterator[str]:
        if self._kind == "json":
            yield from self._json_line(line)
        elif self._kind == "form":
            yield from self._form_line(line)
        elif self._kind == "link":
            yield from self._next_link_line(line)
        else:
            yield from self._first_line(line)

    def _first_line(self, line: str) -> Iterator[str]:
        if line.lstrip()[:1] == "{":
            self._kind = "json"
            yield from self._json_line(line)
        elif "<" in line and _FORM_START.search(line):
            self._kind = "form"
            yield from self._form_line(line)
        else:
            yield from self._link_line(line)

    def _link_line(self, line: str) -> Iterator[str]:
        """A line that may begin links: all but the last of several end where the next one begins."""
        *full, last = _in_line(line)
        for part in full:
            yield from _worth(part)
        if not _LINK.search(last):
            return
        if _is_complete_line(last):
            yield last.rstrip("\r")
        else:
            self._kind = "link"
            self._append(last)

    def _next_link_line(self, line: str) -> Iterator[str]:
        if not line.strip(" \t\r>|"):
            yield from self._flush()
        elif self._ends_before(line):
            yield from self._flush()
            yield from self._first_line(line)
        else:
            self._append(line)
            yield from self._try_to_end()

    def _ends_before(self, line: str) -> bool:
        """Whether a line belongs to what comes next: another link, or none when this one is complete."""
        if _NEW_LINK.match(line) or line.lstrip()[:1] == "{":
            return not self._lines[-1].endswith(_UNFINISHED)
        alone = len(self._lines) == 1 and _has_whole_link(self._lines[0])
        return alone and not _CONTINUED.match(line)

    def _try_to_end(self) -> Iterator[str]:
        if self._size > LONGEST:
            yield from self._flush()
        elif self._tries < _MOST_TRIES and self._signed:
            self._tries += 1
            if _is_complete("\n".join(self._lines)):
                yield from self._flush()

    def _json_line(self, line: str) -> Iterator[str]:
        bare = _JSON_STRING.sub("", line)
        self._depth += bare.count("{") - bare.count("}")
        self._append(line)
        if self._depth <= 0 or not line.strip() or self._size > LONGEST:
            yield from self._flush()

    def _form_line(self, line: str) -> Iterator[str]:
        self._append(line)
        if _FORM_END.search(line) or not line.strip() or self._size > LONGEST:
            yield from self._flush()

    def _append(self, line: str) -> None:
        self._lines.append(line.rstrip("\r"))
        self._size += len(line) + 1
        if self._kind != "link":
            return
        near = self._tail + line.lstrip("> \t|")
        self._signed = self._signed or _seems_signed(near)
        self._tail = near.rstrip("= \t\r")[-_NAME_LENGTH:]

    def _flush(self) -> Iterator[str]:
        kind, signed, text = self._kind, self._signed, "\n".join(self._lines)
        self._reset()
        if kind == "form" or (kind == "json" and '"policy"' in text.lower()):
            yield text[:LONGEST]
        elif kind == "json":
            yield from _links_in_json(text[:LONGEST])
        elif signed or _ALONE.fullmatch(text):
            yield text[:LONGEST]

    def _reset(self) -> None:
        self._lines = []
        self._kind = self._tail = ""
        self._signed = False
        self._size = self._depth = self._tries = 0


def records(chunks: Iterable[str]) -> Iterator[str]:
    """Every record of a stream given in chunks of any size; see `RecordReader` to flush by the block."""
    reader = RecordReader()
    for chunk in chunks:
        yield from reader.feed(chunk)
    yield from reader.close()


def _in_line(line: str) -> list[str]:
    """The links of one line, each with what stands around it; one that is there twice counts once."""
    if line.count("http") < 2 or is_whole(line):
        return [line]
    parts: list[str] = []
    start, ended, before = 0, 0, ""
    for found in candidates(line):
        link = line[found.start : found.end]
        if before and link != before and _seems_signed(link):
            cut = line.rfind(" ", ended, found.start) + 1 or ended
            parts.append(line[start:cut])
            start = cut
        if _seems_signed(link):
            ended, before = found.end, link
    return [*parts, line[start:]]


def _is_complete_line(line: str) -> bool:
    line = line.rstrip("\r")
    if is_whole(line):
        return ends_firmly(line) or "SignedHeaders=" in line[line.rfind("&") :]
    found = best_candidate(line) if _seems_signed(line) else None
    if not found:
        return False
    link = line[found.start : found.end]
    return is_ended(link) and (ends_firmly(link) or bool(line[found.end :].strip()))


def _has_whole_link(text: str) -> bool:
    found = best_candidate(text) if _seems_signed(text) else None
    return bool(found and found.whole)


def _is_complete(text: str) -> bool:
    """Whether a record of several lines has its link to the end."""
    start = _LINK.search(text)
    if not start:
        return False
    link, _ = joined(text, text.find("http", start.start()) if "http" in text else start.start())
    return is_ended(link) and ends_firmly(link)


def _seems_signed(text: str) -> bool:
    """As `looks_signed`, also where invisible characters stand in the midst of a name."""
    return looks_signed(text if text.isascii() else without_invisibles(text))


def _worth(text: str) -> Iterator[str]:
    """A record, unless it is prose that mentions an address which nobody signed."""
    if _seems_signed(text) or _ALONE.fullmatch(text):
        yield text


def _links_in_json(text: str) -> Iterator[str]:
    """The JSON itself where it has one link; else each of its strings that is one."""
    links = len(_JSON_LINK.findall(text))
    if links == 1 or (not links and _seems_signed(text)):
        yield text
    elif links:
        yield from (found for found in _JSON_STRING.findall(text) if _JSON_LINK.match(found))


_JSON_LINK = re.compile(r'"https?:[\\/]{2,4}', re.IGNORECASE)

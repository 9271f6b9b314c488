"""Joins a link that a mail client wrapped: hard line breaks, with `>` marks, bars and indents before them."""

import re
from itertools import islice

from presign_cli.core.repair.candidates import best_candidate
from presign_cli.core.repair.parameters import looks_signed
from presign_cli.core.repair.whole import ends_firmly, is_whole

_ANY_CASE = re.IGNORECASE | re.ASCII
_START = re.compile(r"https?(?:://|%(?:25)*3A(?:%(?:25)*2F|/)|:\\/\\/|(?:&#58;|&#x3a;))", _ANY_CASE)
_BREAK = re.compile(r"[ \t\xa0]*\\?(?:\r\n|\n|\r|\x0b|\x0c|\x85|\u2028|\u2029)[ \t\xa0>|]*")
_TOKEN = re.compile(r"[^\s\"<>`“”«»|]+")
_REST_OF_LINE = re.compile(r"[\"'<>)\]},.;:!?”’»|*]*[ \t\xa0]*(?=[\r\n\x0b\x0c\x85\u2028\u2029]|$)")
_OTHER_LINK = re.compile(r"(?:[<(\[\"'“]{0,2}https?:)//", _ANY_CASE)
_CONTINUED = re.compile(r"&|[\w.%;-]{1,60}=", _ANY_CASE)
# Signatures of RSA are long: one of HMAC's length may be the beginning of one.
_MORE_DIGITS = re.compile(r"[0-9a-f]{16,}\W{0,8}", _ANY_CASE)
_LINK_LIKE = re.compile(r"[%=&/_+~-]|\d|^.{16}", re.ASCII)
_ENDED = re.compile(
    r"(?:x-(?:2d)?(?:amz|goog)-(?:2d)?signature)(?:=|=3d|-3d|%(?:25)*3d|&#61;|\\u003d)"
    r"(?:[0-9a-f]{512}|[0-9a-f]{256}|[0-9a-f]{64})[^\w&]{0,8}\Z",
    _ANY_CASE,
)
_UNFINISHED = ("=", "__", "&", "?", "%", "-3A", "%2F", "(")
_TAIL = 1400
_MOST_LINES = 1000
_LONGEST_WHOLE = 10_240  # a key of 1,024 bytes, a session token, overrides: all escaped
_STARTS = 50


def line_wrapped(text: str) -> str:
    """The first wrapped link of a text joined; whatever stands around it stays."""
    if not _START.search(text) or not _BREAK.search(text):
        return text
    best = best_candidate(text)
    if best and best.whole:
        return text
    end = 0
    for start in islice(_START.finditer(text), _STARTS):
        if start.start() < end:
            continue
        link, end = joined(text, start.start())
        if link != text[start.start() : end] and looks_signed(link):
            return text[: start.start()] + link + text[end:]
    return text


def joined(text: str, start: int) -> tuple[str, int]:
    """The link that begins at `start`, its lines joined, and where in the text it ends."""
    found = _TOKEN.match(text, start)
    if not found:
        return "", start + 1
    link, end = found[0], found.end()
    for _ in range(_MOST_LINES):
        gap = _BREAK.match(text, end)
        token = _TOKEN.match(text, gap.end()) if gap else None
        if not token or not _continues(link, token[0], alone=bool(_REST_OF_LINE.match(text, token.end()))):
            break
        link, end = link + token[0], token.end()
    return link, end


def _continues(link: str, token: str, *, alone: bool) -> bool:
    """Whether a line's first word is the next part of a link that is known up to here."""
    if _OTHER_LINK.match(token):
        return link.endswith(_UNFINISHED)
    if is_ended(link):
        if token.startswith("&") or (alone and _MORE_DIGITS.fullmatch(token)):
            return True
        return not ends_firmly(_plain(link)) and bool(_CONTINUED.match(token))
    return bool(alone and _LINK_LIKE.search(token)) or is_ended(link + token)


def is_ended(link: str) -> bool:
    """Whether a link, mangled or not, has all that it needs: it is whole, or ends in a whole signature."""
    if len(link) < _LONGEST_WHOLE and is_whole(_plain(link)):
        return True
    return bool(_ENDED.search(link[-_TAIL:])) and "signedheaders" in link.lower()


def _plain(link: str) -> str:
    """A link as it would be without the commonest mangling, to judge its end by."""
    return link.replace("&amp;", "&").replace("&#38;", "&").rstrip(".,;:!?)'*]}")

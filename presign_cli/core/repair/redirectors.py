"""Takes a link out of the redirectors that mail filters and search engines wrap it in. Nothing is fetched."""

import re

from presign_cli.core.repair.whole import is_whole

_ANY_CASE = re.IGNORECASE | re.ASCII
_REST = r"[^\s\"'<>]*"

# https://learn.microsoft.com/defender-office-365/safe-links-about; Teams has a page of its own for them
_SAFELINKS = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.){0,4}(?:safelinks\.protection\.[a-z0-9.]{2,40}/"
    r"|teams\.cdn\.office\.net/[a-z0-9/-]{1,80}/atp-safelinks\.html)"
    rf"[^\s\"'<>?]{{0,80}}\?(?:[a-z]{{1,16}}=[^\s&\"'<>]{{0,4000}}&(?:amp;)?)*?url=(?P<url>https?%3A[^\s&\"'<>]*)"
    rf"(?:&{_REST})?",
    _ANY_CASE,
)


def safelinks(text: str) -> str:
    """Outlook's: the link is percent-encoded in `url`."""
    return _SAFELINKS.sub(lambda found: _decoded(found["url"]), text) if "afelinks" in text else text


_DEFENSE_HOST = r"https?://urldefense(?:\.proofpoint)?\.(?:com|us)"
_DEFENSE_V1 = re.compile(rf"{_DEFENSE_HOST}/v1/url\?u=(?P<url>[^\s&\"'<>]*){_REST}", _ANY_CASE)
_DEFENSE_V2 = re.compile(rf"{_DEFENSE_HOST}/v2/url\?u=(?P<url>[^\s&\"'<>]*){_REST}", _ANY_CASE)
_DEFENSE_V3 = re.compile(rf"{_DEFENSE_HOST}/v3/__(?=https?:)(?P<all>[^\s\"<>]*)", _ANY_CASE)
_V3_SIGNS = re.compile(r"__;(?P<replaced>[A-Za-z0-9_-]*=*)!")
_V3_TOKEN = re.compile(r"\*(?:\*(.))?", re.DOTALL)
_V3_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def urldefense(text: str) -> str:
    """Proofpoint's. Its own decoder: https://help.proofpoint.com (URL Decoder API, `decode.py`)."""
    if "urldefense" not in text.lower():
        return text
    outer = _DEFENSE_V3.sub(_defense_v3, text)
    if outer != text:
        return outer
    text = _DEFENSE_V2.sub(lambda found: _decoded(found["url"].translate(_V2_SIGNS)), text)
    return _DEFENSE_V1.sub(lambda found: _decoded(found["url"]), text)


_V2_SIGNS = str.maketrans("-_", "%/")


def _defense_v3(found: re.Match[str]) -> str:
    """v3 writes `*` for a sign, `**A` for a run of two, `**B` of three…, and the signs apart, in base64."""
    end = _V3_SIGNS.search(found["all"])
    replaced = _signs(end["replaced"]) if end else None
    if end is None or replaced is None:
        return found[0]
    url = found["all"][: end.start()]
    if "://" not in url[:8]:  # a hop that collapsed `//`
        url = url.replace(":/", "://", 1)
    plain = _filled(url, replaced)
    if plain is None or is_whole(plain) or "%" not in url:
        return plain or found[0]
    return _filled(_decoded(url), replaced) or plain


def _signs(text: str) -> str | None:
    from base64 import urlsafe_b64decode

    bare = text.rstrip("=")
    try:
        return urlsafe_b64decode(bare + "=" * (-len(bare) % 4)).decode("utf-8")
    except ValueError:
        return None


def _filled(url: str, signs: str) -> str | None:
    """`url` with its tokens replaced, or None where there are fewer signs than tokens ask for."""
    parts: list[str] = []
    used = end = 0
    for token in _V3_TOKEN.finditer(url):
        length = _V3_RUNS.find(token[1]) + 2 if token[1] else 1
        if used + length > len(signs) or (token[1] and token[1] not in _V3_RUNS):
            return None
        parts += (url[end : token.start()], signs[used : used + length])
        used, end = used + length, token.end()
    return "".join((*parts, url[end:]))


_GOOGLE = re.compile(
    r"https?://(?:www\.)?google\.[a-z.]{2,10}/url\?(?:[a-z]{1,10}=[^\s&\"'<>]{0,200}&(?:amp;)?)*?(?:q|url)="
    r"(?P<url>https?(?:%3A|:)[^\s\"'<>]*)",
    _ANY_CASE,
)
_GOOGLE_OWN = re.compile(
    r"&(?:amp;)?(?:sa|source|ust|usg|sntz|opi|ved|cd|cad|rct|esrc|uact|psig)=", _ANY_CASE
)


def google_redirect(text: str) -> str:
    """`google.com/url?q=…&sa=D&usg=…`, as Gmail, Docs and the search page write it."""
    return _GOOGLE.sub(_google_target, text) if "oogle." in text else text


def _google_target(found: re.Match[str]) -> str:
    value = _GOOGLE_OWN.split(found["url"], maxsplit=1)[0]
    if value[:8].lower().startswith(("http://", "https:/")):
        return value
    return _decoded(value.partition("&")[0])


def _decoded(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text)

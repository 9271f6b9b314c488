"""Undoes what programs escape: quoted-printable, JSON, shells, HTML, a second percent-encoding, invisibles.

Each rule takes a text and gives the text without one layer of one kind of escape, or the text unchanged where
it does not see that kind at a link's own parameters. A key may hold anything that looks like an escape: only
what stands at the link's scheme or at the names that signing wrote is evidence.
"""

import re

from presign_cli.core.repair.parameters import NAME, SIGNED_NAME, looks_signed

_ANY_CASE = re.IGNORECASE | re.ASCII

# RFC 2045, section 6.7: `=` is written `=3D`, and a `=` at the end of a line joins it with the next
_QUOTED_PRINTABLE = re.compile(rf"[?&;]{NAME}=(3D)?", _ANY_CASE)
_ENCODED_SCHEME = re.compile(r"https?%(?:25){0,9}3A", _ANY_CASE)
_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n(?:[ \t]*>[> \t]*)?")
_QUOTED_BYTES = re.compile(r"(?:=[0-9A-F]{2})+", _ANY_CASE)


def quoted_printable(text: str) -> str:
    if "=" not in text:
        return text
    joined = _SOFT_BREAK.sub("", text)
    if _escapes_every_equals_sign(joined):
        return _QUOTED_BYTES.sub(_unquoted_bytes, joined)
    return joined if any(map(_breaks_encoded_link, text.split("\n"))) else text


def _escapes_every_equals_sign(text: str) -> bool:
    """Whether each parameter has `=3D`: one alone may be a signature that begins with `3d`."""
    escaped = [found[1] is not None for found in _QUOTED_PRINTABLE.finditer(text)]
    return bool(escaped) and all(escaped)


def _breaks_encoded_link(line: str) -> bool:
    """Whether a soft break cuts a link of which not even the `=` is left as it was."""
    line = line.removesuffix("\r")
    scheme = _ENCODED_SCHEME.search(line) if line.endswith("=") else None
    return scheme is not None and not any(sign == "=" or sign.isspace() for sign in line[scheme.end() : -1])


def _unquoted_bytes(run: re.Match[str]) -> str:
    return bytes.fromhex(run[0].replace("=", "")).decode("utf-8", "replace")


# Bytes and terminals: colours and hyperlinks (ECMA-48 CSI, OSC), C0 and C1 controls but for white space.
# Text: soft hyphen, zero widths, directions, joiners, tags, the byte order mark. Joiners between two signs
# that are not ASCII may belong to a key (a family emoji) that somebody left unescaped.
_TERMINAL = re.compile(r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\]8;[^\x07\x1b]{0,4096}(?:\x07|\x1b\\)")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d\ufe00-\ufe0f]|[\u200c\u200d\ufe00-\ufe0f](?=[\x00-\x7f]|$)"
)
_SCHEME = re.compile(r"h\W{0,4}t\W{0,4}t\W{0,4}p", _ANY_CASE)


def invisible_characters(text: str) -> str:
    if not _SCHEME.search(text):
        return text
    return without_invisibles(text)


def without_invisibles(text: str) -> str:
    """The text as a person sees it."""
    return _INVISIBLE.sub("", _TERMINAL.sub("", text) if "\x1b" in text else text)


_JSON = re.compile(
    rf"https?:\\{{1,16}}/\\{{0,16}}/|\\(?:u0026|x26|u003f|x3f){NAME}(?:=|\\{{1,16}}u003d|\\{{1,16}}x3d)"
    rf"|{SIGNED_NAME}\\{{1,16}}(?:u003d|x3d)",
    _ANY_CASE,
)
_JSON_ESCAPE = re.compile(r'(?:\\u[0-9a-fA-F]{4})+|\\x[0-9a-fA-F]{2}|\\["\\/bfnrt]')
_JSON_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def json_escaped(text: str) -> str:
    """RFC 8259, section 7, and the `\\x26` of JavaScript and Python."""
    return _JSON_ESCAPE.sub(_json_unescaped, text) if "\\" in text and _JSON.search(text) else text


def _json_unescaped(escape: re.Match[str]) -> str:
    if escape[0].startswith("\\u"):
        units = bytes.fromhex(escape[0].replace("\\u", ""))
        return units.decode("utf-16-be", "surrogatepass")
    if escape[0].startswith("\\x"):
        return chr(int(f"0{escape[0][1:]}", 0))
    return _JSON_LETTERS.get(escape[0][1], escape[0][1])


_SHELL = re.compile(rf"[\\^`][?&]{NAME}[\\^`]?=|[?&]{SIGNED_NAME}[\\^`]=", _ANY_CASE)
_SHELL_ESCAPES = {
    "\\": re.compile(r"\\(?:\r?\n[ \t]*|([^A-Za-z0-9\s]))"),
    "^": re.compile(r"\^(?:\r?\n[ \t]*|(.))"),
    "`": re.compile(r"`(?:\r?\n[ \t]*|([^A-Za-z0-9\s]))"),
}
_SPLICED_QUOTE = re.compile(r"(?<=[\w)])'(?:\\'|\"'\")'(?=[\w(.])")


def shell_escaped(text: str) -> str:
    r"""A backslash (POSIX), caret (cmd.exe) or backtick (PowerShell) before `&`, and `'\''` inside quotes."""
    found = _SHELL.search(text)
    if found:
        escape = next(sign for sign in found[0] if sign in _SHELL_ESCAPES)
        return _SHELL_ESCAPES[escape].sub(lambda match: match[1] or "", text)
    return _SPLICED_QUOTE.sub("'", text) if "'http" in text else text


_AMPERSAND = r"&(?:amp|#0{0,6}38|#x0{0,6}26);"
_ENTITY = r"&(?:[a-z]{2,8}|#\d{2,7}|#x[0-9a-f]{2,6});"
_HTML = re.compile(
    rf"{_AMPERSAND}(?:amp;|#0{{0,6}}38;|#x0{{0,6}}26;)*{NAME}(?:=|{_ENTITY})"
    rf"|{SIGNED_NAME}&(?:equals|#0{{0,6}}61|#x0{{0,6}}3d);"
    r"|https?(?::|&(?:colon|#58|#x3a);)(?:/|&(?:sol|#47|#x2f);)(?<!/)"
    rf"|&(?:quot|lt|apos|#0?34|#0?39|#x22|#x27|#0?60|#x3c);https?:"
    rf"|(?:amp;|[?&]){SIGNED_NAME}=[^\s&<>\"]{{0,4000}}&(?:quot|gt|lt|apos|nbsp|#\d{{2,5}}|#x[0-9a-f]{{2,4}});"
    rf"(?![a-z0-9-]{{1,40}}=)",
    _ANY_CASE,
)
_HTML_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


def html_escaped(text: str) -> str:
    """Entities that end in `;` only: without it `&region=` would be a registered sign."""
    if ";" not in text or not _HTML.search(text):
        return text
    from html import unescape

    return _HTML_ENTITY.sub(lambda entity: unescape(entity[0]), text)


_ENCODED_LINK = re.compile(
    r"https?%(?:25){0,40}3A(?://|%(?:25){0,40}2F%(?:25){0,40}2F)[^\s&\"'<>]*", re.IGNORECASE | re.ASCII
)
_ENCODED_DELIMITER = re.compile(rf"(?:[?&]|%(?:25)*(?:3F|26)){SIGNED_NAME}%(?:25)*3D", _ANY_CASE)
_ENCODED_VALUE = re.compile(
    r"[?&](?:x-(?:amz|goog)-(?:credential|signedheaders|security-token|signature)|signature|sig|googleaccessid)"
    r"=[^&\s]{0,4000}?%25[0-9A-F]{2}",
    _ANY_CASE,
)
_SECOND_LAYER = re.compile(r"%25[0-9A-F]{2}", _ANY_CASE)
# A single escape of what can stand in no URL unescaped: white space, controls, `"%<>?#/[]\^`{|}`.
_FIRST_LAYER = re.compile(
    r"%(?:[01][0-9A-F]|2[0235F]|3[CEF]|5[BCDE]|60|7[BCDF])(?<!%25)|%25(?![0-9A-F]{2})", _ANY_CASE
)


def double_encoded(text: str) -> str:
    """The whole URL percent-encoded once more, as `encodeURIComponent` or `encodeURI` do it.

    What signing wrote has one layer; a second one there is everywhere, so one layer is taken off the whole.
    """
    if "%" not in text:
        return text
    if any(looks_signed(link[0]) for link in _ENCODED_LINK.finditer(text)):
        return _ENCODED_LINK.sub(lambda link: _decoded(link[0]), text)
    if text[:4].lower() != "http" or any(character.isspace() for character in text):
        return text
    return _without_a_layer(text)


def _without_a_layer(url: str) -> str:
    address, mark, query = url.partition("?")
    if _ENCODED_DELIMITER.search(url):
        if not mark:
            return _decoded(url)
        return f"{_path_without_a_layer(address)}?{_decoded(query)}"
    if not _ENCODED_VALUE.search(url):
        return url
    return f"{_path_without_a_layer(address)}?{query.replace('%25', '%')}"


def _path_without_a_layer(address: str) -> str:
    """The path decoded once, if it was encoded once more as the query was: then no escape in it is single."""
    doubled = _SECOND_LAYER.search(address) and not _FIRST_LAYER.search(address)
    return _decoded(address) if doubled else address


def _decoded(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text)

"""What mail clients, chats, filters and people do to links: each written from its own public format.

None of it shares a line with what undoes it.
"""

import base64
import html
import json
import quopri
import random
import shlex
import string
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import fill
from urllib.parse import quote, quote_plus, urlencode

Mangler = Callable[[str], str]


def soft_wrapped(link: str) -> str:
    """RFC 2045: 76 columns, soft line breaks."""
    return quopri.encodestring(link.encode()).decode("ascii")


def mail(link: str) -> str:
    """A whole mail, as Python's own library sends it: headers, plain text and HTML, quoted-printable."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = "Your file", "a@example.com", "b@example.com"
    message.set_content(f"Hello,\n\nhere is your file: {link}\n\nBest = ever,\nA.\n", cte="quoted-printable")
    body = f'<html xmlns="http://www.w3.org/1999/xhtml"><p><a href="{html.escape(link)}">file</a></p></html>'
    message.add_alternative(body, subtype="html", cte="quoted-printable")
    return message.as_bytes().decode("ascii")


def html_mail(link: str) -> str:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Your file"
    body = (
        f'<p>Hello,<br>\n<a class="button" href="{html.escape(link)}" target=_blank>your file</a> &lt;3</p>'
    )
    message.set_content(body, subtype="html", cte="quoted-printable")
    return message.as_bytes().decode("ascii")


def columns(width: int, prefix: str = "", end: str = "\n") -> Mangler:
    def wrapped(link: str) -> str:
        return end.join(prefix + link[at : at + width] for at in range(0, len(link), width))

    return wrapped


def reply(link: str) -> str:
    return f"On Monday, A. wrote:\n{columns(72, '> > ')(link)}\n> > Greetings from here\n>\nThank you all"


def flowed(link: str) -> str:
    """As a terminal or `format=flowed` gives it: trailing spaces, then an indent."""
    return " \r\n    ".join(link[at : at + 66] for at in range(0, len(link), 66))


def safelinks(link: str) -> str:
    query = urlencode(
        {
            "url": link,
            "data": "05|02|bob@example.com|7f|84df9e7f|0|0|638|Unknown",
            "sdata": "T4B+fS/=",
            "reserved": "0",
        },
        quote_via=quote,
        safe="",
    )
    return f"https://eur03.safelinks.protection.outlook.com/?{query}"


def urldefense_v2(link: str) -> str:
    encoded = quote(link, safe=":/?=&_-").replace("-", "-2D").replace("_", "-5F")
    for sign in ":?=&":
        encoded = encoded.replace(sign, f"-{ord(sign):02X}")
    encoded = encoded.replace("%", "-").replace("/", "_")
    return f"https://urldefense.proofpoint.com/v2/url?u={encoded}&d=DwMFaQ&c=euGZstcaTDllvimEN8b7jXrwqOf&s=x-y_z&e="


RUNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
KEPT = frozenset(string.ascii_letters + string.digits + ":/?=&._-~")


def urldefense_v3(link: str) -> str:
    """One sign outside of the kept ones is `*`, a run of two `**A`, of three `**B`…"""
    out, taken, at = "", "", 0
    while at < len(link):
        end = at
        while end < len(link) and link[end] not in KEPT and end - at < len(RUNS) + 1:
            end += 1
        taken += link[at:end]
        out += {0: link[at], 1: "*"}.get(end - at) or f"**{RUNS[end - at - 2]}"
        at = max(end, at + 1)
    signs = base64.urlsafe_b64encode(taken.encode()).decode().rstrip("=")
    return f"https://urldefense.com/v3/__{out}__;{signs}!!ABCdef-123!xyz_Q$"


def google(link: str) -> str:
    return (
        f"https://www.google.com/url?q={quote_plus(link)}&sa=D&source=docs&ust=1764000000000000&usg=AOvVaw0"
    )


def google_search(link: str) -> str:
    return f"https://www.google.de/url?sa=t&rct=j&esrc=s&url={quote(link, safe='')}&usg=AOvVaw0&opi=8997"


def numeric_entities(link: str) -> str:
    return "".join(f"&#{ord(sign)};" if sign in "&=:/?%" else sign for sign in link)


def hex_entities(link: str) -> str:
    return "".join(f"&#x{ord(sign):X};" if sign in "&=\"'" else sign for sign in link)


def json_ascii(link: str) -> str:
    """As PHP and Go write it: `\\/`, and `\\u0026` for `&`."""
    escaped = json.dumps(link).replace("/", "\\/").replace("&", "\\u0026")
    return '{"id": 7, "url": ' + escaped + "}"


def backslashes(link: str) -> str:
    return "".join(f"\\{sign}" if sign in "?&=()'!;*$[]~#" else sign for sign in link)


def invisible(link: str) -> str:
    signs = "\u200b\u2060\ufeff\u00ad\u200e\u202c"
    dice = random.Random(link)
    cuts = sorted(dice.sample(range(1, len(link)), 6))
    parts = [link[start:end] for start, end in zip([0, *cuts], [*cuts, len(link)], strict=True)]
    return "\ufeff" + "".join(part + sign for part, sign in zip(parts, (*signs, ""), strict=True))


KINDS: dict[str, tuple[tuple[str, Mangler], ...]] = {
    "html-escaped": (
        ("escaped", html.escape),
        ("escaped twice", lambda link: html.escape(html.escape(link))),
        ("numeric entities", numeric_entities),
        ("hexadecimal entities", hex_entities),
    ),
    "quoted-printable": (
        ("soft line breaks", soft_wrapped),
        ("a whole mail", mail),
        ("an HTML mail", html_mail),
    ),
    "line-wrapped": (
        ("72 columns", columns(72)),
        ("76 columns, CRLF", columns(76, end="\r\n")),
        ("quoted", columns(70, "> ")),
        ("quoted twice", columns(70, ">> ")),
        ("indented", columns(60, "    ")),
        ("trailing spaces", flowed),
        ("in a reply", reply),
        ("998 columns", columns(998)),
    ),
    "wrapped-in-brackets": (
        ("<>", lambda link: f"<{link}>"),
        ("()", lambda link: f"({link})"),
        ("[]", lambda link: f"[{link}]"),
        ("{}", lambda link: f"{{{link}}}"),
    ),
    "quoted": (
        ('""', lambda link: f'"{link}"'),
        ("''", lambda link: f"'{link}'"),
        ("``", lambda link: f"`{link}`"),
    ),
    "smart-quotes": (
        ("English", lambda link: f"“{link}”"),
        ("German", lambda link: f"„{link}“"),
        ("French", lambda link: f"«{link}»"),
        ("single", lambda link: f"‘{link}’"),
    ),
    "markdown": (
        ("a link", lambda link: f"[the file]({link})"),
        ("with a title", lambda link: f'[the file](<{link}> "title")'),
        ("bold", lambda link: f"**{link}**"),
    ),
    "html-anchor": (
        ("an anchor", lambda link: f'<a href="{html.escape(link)}">download</a>'),
        ("raw, single quotes", lambda link: f"<A target=x HREF='{html.escape(link)}'><b>x</b></A>"),
        (
            "in a page",
            lambda link: f'<html><body>\n<p>Hi, <a href="{html.escape(link)}">here</a>.</p></body></html>',
        ),
    ),
    "slack": (
        ("named", lambda link: f"<{html.escape(link, quote=False)}|report.pdf>"),
        ("in a message", lambda link: f"look: <{html.escape(link, quote=False)}|report.pdf> :tada:"),
    ),
    "trailing-punctuation": tuple(
        (sign, lambda link, sign=sign: link + sign) for sign in (".", ",", ";", "!", "?", "…")
    ),
    "invisible-characters": (
        ("zero widths", invisible),
        ("a byte order mark", lambda link: f"\ufeff{link}"),
        ("colours", lambda link: f"\x1b[4;34m{link}\x1b[0m"),
    ),
    "json-escaped": (
        ("PHP", json_ascii),
        ("Go", lambda link: json.dumps(link).replace("&", "\\u0026")),
        ("twice", lambda link: json.dumps(json_ascii(link))),
    ),
    "shell-escaped": (
        ("backslashes", backslashes),
        ("cmd.exe", lambda link: "".join(f"^{sign}" if sign in "&%" else sign for sign in link)),
        ("a curl command", lambda link: f"curl -fLO {backslashes(link)} && echo done"),
    ),
    "double-encoded": (
        ("encodeURIComponent", lambda link: quote(link, safe="!'()*~")),
        ("encodeURI", lambda link: quote(link, safe=";/?:@&=+$,#!'()*~")),
        ("quote", lambda link: quote(link)),
        ("three layers", lambda link: quote(quote(link, safe=""), safe="")),
    ),
    "safelinks": (
        ("Safe Links", safelinks),
        ("escaped", lambda link: html.escape(safelinks(link))),
        ("wrapped", lambda link: columns(76)(safelinks(link))),
        ("twice", lambda link: safelinks(safelinks(link))),
    ),
    "urldefense": (
        ("v2", urldefense_v2),
        ("v3", urldefense_v3),
        ("v3 in Safe Links", lambda link: safelinks(urldefense_v3(link))),
        ("v3, quoted-printable", lambda link: soft_wrapped(f"<{urldefense_v3(link)}>")),
    ),
    "google-redirect": (
        ("Docs", google),
        ("search", google_search),
        ("escaped", lambda link: html.escape(google(link))),
    ),
    "surrounding-text": (
        ("a sentence", lambda link: f"Please fetch {link} until noon."),
        ("its end", lambda link: f"Your file is at {link}. Thanks!"),
        ("among others", lambda link: f"See https://example.com/faq (or http://x.example) and {link}\nBye"),
        ("a paragraph", lambda link: fill("Lorem ipsum dolor sit amet " * 9, 60) + f"\n\n{link}\n\nBye,\nA."),
        ("a shell command", lambda link: f"wget -O out {shlex.quote(link)}"),
    ),
}

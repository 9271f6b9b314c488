"""An upload page's HTML: one file that can be mailed, with all in it and nothing fetched from elsewhere.

Its Content-Security-Policy lets its own script and style run, by their hashes, and its own bucket be reached.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

from presign_cli.core.harmless import harmless
from presign_cli.core.life import Life
from presign_cli.core.link import Link
from presign_cli.core.timestamps import iso
from presign_cli.render.asset import asset, filled, hash_source
from presign_cli.render.fields import accept

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<rect width="24" height="24" rx="6" fill="#1b5fd6"/>'
    '<path d="M12 15V6m0 0L8 10m4-4 4 4M6 16v2h12v-2" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)
_NEEDS_SCRIPTS = "<noscript><p>This page uploads by JavaScript, which is switched off here.</p></noscript>"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPage:
    """What differs from one kind of upload to the next. `job` is what the script works by."""

    link: Link
    url: str = field(repr=False)
    job: Mapping[str, Any] = field(repr=False)
    content_type: str | None
    size: str
    saved_as: str
    name: str | None
    form_attributes: str = ""
    fields: str = field(default="", repr=False)
    without_scripts: str = _NEEDS_SCRIPTS
    redirect: str | None = None


def upload_html(page: UploadPage) -> str:
    """The page, whole."""
    style, script = asset("page.css") + asset("upload.css"), asset("upload.js")
    life = page.link.life
    until = life.usable_until or life.expires_at
    defaults = {"size": None, "min": None, "max": None, "type": None, "typePrefix": None, "redirect": None}
    heading = f"Upload “{harmless(page.name)}”" if page.name else "Upload your files"
    return filled(
        asset("upload.html"),
        {
            "policy": escape(_policy(page, style=style, script=script)),
            "title": escape(heading),
            "icon": f"data:image/svg+xml,{quote(_ICON)}",
            "style": style,
            "script": script,
            "heading": escape(heading),
            "lead": "You were given this page to hand in a file."
            if page.name
            else "You were given this page to hand in files, one at a time.",
            "size": escape(page.size),
            "type": escape(_kind(page.content_type)),
            "saved_as": escape(harmless(page.saved_as)),
            "own_name": "" if page.name else " and the file’s own name",
            "until": iso(until),
            "until_words": _utc(until),
            "uncertain": _uncertain(life),
            "form_attributes": page.form_attributes,
            "fields": page.fields,
            "accept": accept(page.content_type),
            "without_scripts": page.without_scripts,
            "host": escape(page.link.presigned.host or ""),
            "job": _json_in_html({**defaults, **page.job, "from": iso(life.signed_at), "until": iso(until)}),
        },
    )


def _policy(page: UploadPage, *, style: str, script: str) -> str:
    """https://www.w3.org/TR/CSP3/; a form's redirect is held against form-action as well."""
    targets = dict.fromkeys(_origin(url) for url in (page.url, page.redirect) if url)
    rules = {
        "default-src": "'none'",
        "style-src": hash_source(style),
        "script-src": hash_source(script),
        "img-src": "data:",
        "connect-src": _origin(page.url),
        "form-action": " ".join(targets) if page.form_attributes else "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _json_in_html(value: object) -> str:
    """JSON in which nothing can end the element that holds it."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _kind(content_type: str | None) -> str:
    """`images (image/*)`."""
    words = {"image/*": "images", "video/*": "videos", "audio/*": "sound", "text/*": "text"}
    if content_type is None or content_type == "*/*":
        return "any"
    return f"{words[content_type]} ({content_type})" if content_type in words else harmless(content_type)


def _utc(moment: datetime) -> str:
    return f"{moment.strftime('%A, %d %B %Y, %H:%M')} UTC"


def _uncertain(life: Life) -> str:
    return "" if life.usable_until else ", or sooner"

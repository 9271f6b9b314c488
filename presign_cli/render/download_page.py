"""A web page of download links that needs nothing but itself: sizes, countdowns, a QR code each.

Nothing in it is loaded from anywhere, and its policy lets no script run but its own.
"""

from collections.abc import Sequence
from html import escape

from presign_cli.core.download_name import download_name
from presign_cli.core.harmless import harmless
from presign_cli.core.link import Link
from presign_cli.core.size import size_in_words
from presign_cli.core.timestamps import ToLocal, iso
from presign_cli.errors import UsageError
from presign_cli.render.asset import asset, filled, hash_source
from presign_cli.render.message import meant_for_you_alone, signed_by, until_in_words
from presign_cli.render.qr_image import svg


def download_page(links: Sequence[Link], *, to_local: ToLocal) -> str:
    """The page's HTML; a reader's browser shows times in its own zone, without scripts in ours."""
    style, script = asset("page.css") + asset("download.css"), asset("download.js")
    title = "A file to download" if len(links) == 1 else f"{len(links)} files to download"
    return filled(
        asset("download.html"),
        {
            "title": escape(title),
            "style": style,
            "style_hash": hash_source(style),
            "script": script,
            "script_hash": hash_source(script),
            "files": "".join(_file(link, to_local=to_local) for link in links),
            "personal": escape(meant_for_you_alone(links)),
            "signing": escape(signed_by(links)).replace("\n", "<br>"),
        },
    )


def _file(link: Link, *, to_local: ToLocal) -> str:
    life = link.life
    until = life.usable_until or life.expires_at
    return filled(
        asset("download_file.html"),
        {
            "until": iso(until),
            "until_words": escape(until_in_words(until, to_local=to_local)),
            "caution": "" if life.usable_until else " at the latest, perhaps not so long",
            "name": escape(_name(link)),
            "about": escape(_about(link)),
            "url": escape(link.presigned.url),
            "qr": _qr(link.presigned.url),
        },
    )


def _about(link: Link) -> str:
    kind = link.check.content_type if link.check else None
    known = [size_in_words(link.size) if link.size is not None else None, harmless(kind) if kind else None]
    return ", ".join(part for part in known if part)


def _qr(url: str) -> str:
    """Nothing where a QR code cannot hold the link."""
    try:
        return f"<details><summary>QR code for a phone</summary>{svg(url)}</details>"
    except UsageError:
        return ""


def _name(link: Link) -> str:
    return harmless(download_name(link.presigned))

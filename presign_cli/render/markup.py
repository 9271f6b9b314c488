"""Links to paste into Markdown and HTML: the file's name as text, nothing in it interpreted."""

import re
from html import escape

from presign_cli.core.download_name import download_name
from presign_cli.core.harmless import harmless
from presign_cli.core.link import Link

# What CommonMark, GitHub's tables, strikethrough and formulas, or an autolink could read in a link's text
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&|~$]")


def markdown_link(link: Link, *, listed: bool = False) -> str:
    """`[name](url)`, an item where it is one of many; a signed URL is percent-encoded and cannot end it."""
    name = harmless(download_name(link.presigned)).strip()
    text = _MARKDOWN.sub(r"\\\g<0>", name)
    return f"{'- ' if listed else ''}[{text}]({link.presigned.url})\n"


def html_link(link: Link) -> str:
    """`<a href="url">name</a>`."""
    name = harmless(download_name(link.presigned))
    return f'<a href="{escape(link.presigned.url)}">{escape(name)}</a>\n'

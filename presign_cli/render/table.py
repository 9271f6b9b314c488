"""Links for a person's eyes: what, who, until when, what is owed; then the link on a line of its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from presign_cli.core.harmless import harmless
from presign_cli.core.link import Link
from presign_cli.core.timestamps import ToLocal
from presign_cli.render.check import check_text
from presign_cli.render.console import Console
from presign_cli.render.moment import moment_text
from presign_cli.render.rich_text import rich_text

Row = tuple[str, str]


def link_tables(
    links: Iterable[Link], *, console: Console, now: datetime, to_local: ToLocal
) -> Iterator[str]:
    """A table and the bare link for each, with an empty line between two."""
    for number, link in enumerate(links):
        rows = link_rows(link, now=now, to_local=to_local)
        yield ("\n" if number else "") + rows_text(rows, console) + "\n" + bare_link(link, console)


def bare_link(link: Link, console: Console) -> str:
    """The link alone on one logical line, which no terminal's copy can break; clickable where it can be."""
    url = link.presigned.url
    return f"\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\\n" if console.hyperlinks else f"{url}\n"


def link_rows(link: Link, *, now: datetime, to_local: ToLocal) -> list[Row]:
    """Label and text of every line above the link."""
    presigned, life = link.presigned, link.life
    rows = [("object", f"s3://{presigned.bucket}/{presigned.key}")]
    if presigned.version_id:
        rows.append(("version", presigned.version_id))
    rows.append(("for", f"{presigned.method}, region {presigned.region}"))
    rows.append(("signed by", _signer(link)))
    if life.signed_at > now:
        rows.append(("works from", moment_text(life.signed_at, now=now, to_local=to_local)))
    rows.append(("works until", _until(link, now=now, to_local=to_local)))
    rows += [
        ("must send", f"{name}: {'(secret)' if value is None else value}")
        for name, value in link.required_headers.items()
    ]
    if link.check:
        hint = f" ({link.check.hint})" if link.check.hint else ""
        rows.append(("checked", f"{check_text(link.check)}{hint}"))
    return rows


def _signer(link: Link) -> str:
    profile = f"profile {link.profile}" if link.profile else "keys of the environment"
    account = f", account {link.presigned.account_id}" if link.presigned.account_id else ""
    return f"{link.presigned.access_key_id} ({profile}{account})"


def _until(link: Link, *, now: datetime, to_local: ToLocal) -> str:
    life = link.life
    if life.usable_until is None:
        at_best = moment_text(life.expires_at, now=now, to_local=to_local)
        return f"unknown: the credentials do not tell their end; at best {at_best}"
    text = moment_text(life.usable_until, now=now, to_local=to_local)
    return f"{text} (with its credentials)" if life.limited_by == "credentials" else text


def rows_text(rows: Iterable[Row], console: Console) -> str:
    """Two columns by rich, wrapped to the width; what comes from outside is text and never markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in rows:
        table.add_row(Text(label, style="dim"), Text(harmless(text)))
    return rich_text(table, console)

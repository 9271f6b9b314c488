"""What was signed here, for a person's eyes: a line a link, the latest last."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from presign_cli.core.harmless import harmless
from presign_cli.render.console import Console
from presign_cli.render.moment import distance
from presign_cli.render.rich_text import rich_text


class Row(NamedTuple):
    """One link: when and by whom it was signed, its end, the method, the object."""

    signed_at: datetime
    until: datetime
    method: str
    address: str
    signer: str


def history_table(rows: Sequence[Row], *, console: Console, now: datetime) -> str:
    """Columns by rich; dead links dim; nothing where there is no row."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return ""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("signed", "works until", "for", "object", "by"):
        table.add_column(name, overflow="fold", no_wrap=name == "for")
    for row in rows:
        cells = (
            distance(row.signed_at, now=now) if row.signed_at != now else "now",
            distance(row.until, now=now),
            row.method,
            harmless(row.address),
            harmless(row.signer),
        )
        table.add_row(*map(Text, cells), style="" if row.until > now else "dim")
    return rich_text(table, console)

"""What rich draws, as text of our own to print: the one place that knows rich's console."""

from io import StringIO
from typing import TYPE_CHECKING

from presign_cli.render.console import Console

if TYPE_CHECKING:
    from rich.console import RenderableType


def rich_text(drawing: "RenderableType", console: Console) -> str:
    """Lines as wide as the console, without space at their ends; coloured where it can be."""
    from rich.console import Console as RichConsole

    out = StringIO()
    RichConsole(
        file=out,
        width=console.columns,
        force_terminal=console.color,
        color_system="standard" if console.color else None,
        no_color=not console.color,
        legacy_windows=False,
        highlight=False,
    ).print(drawing)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())

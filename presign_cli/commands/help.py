"""How `--help` looks: usage, what it does, numbered examples, options in few named groups, the rest.

Plain text without rich: it reads the same in a terminal, a pipe and the README.
"""

from typing import Any

from typer.core import TyperCommand

from presign_cli.commands.options import PANELS

_ARGUMENTS = "Arguments"
_OTHER = "Other"


class Command(TyperCommand):
    """A Typer command whose help keeps the docstring's lines and groups options by their panel."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self.format_usage(ctx, formatter)
        formatter.write(
            "\n" + "".join(f"  {line}".rstrip() + "\n" for line in (self.help or "").splitlines())
        )
        for panel, records in self._records(ctx).items():
            with formatter.section(panel):
                formatter.write_dl(records, col_max=28)
        if self.epilog:
            formatter.write(f"\n{self.epilog}")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """A required argument stands as it is called, not in Typer's braces."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def _records(self, ctx: Any) -> dict[str, list[tuple[str, str]]]:
        grouped: dict[str, list[tuple[str, str]]] = {panel: [] for panel in (_ARGUMENTS, *PANELS, _OTHER)}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record:
                is_argument = param.param_type_name == "argument"
                panel = _ARGUMENTS if is_argument else getattr(param, "rich_help_panel", None) or _OTHER
                grouped[panel].append(record)
        return {panel: records for panel, records in grouped.items() if records}

"""`presign config`: where the settings file is, what every setting is, and why."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.output import choose_format
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.core.duration import format_duration
from presign_cli.core.harmless import harmless
from presign_cli.errors import ExitCode
from presign_cli.settings import Settings, load_settings
from presign_cli.settings.keys import KEYS

FORMATS = ("table", "json", "csv")
Output = Annotated[str | None, opt.output_option(FORMATS)]
SCHEMA = "presign.config/1"
_DURATIONS = ("ttl", "max_ttl")

Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        "-p",
        metavar="NAME",
        rich_help_panel=opt.WHO,
        help="show what holds for this AWS profile",
    ),
]


def config(
    ctx: typer.Context,
    profile: Profile = None,
    output: Output = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """The settings file's path, every setting, its value, and where the value came from.

    1. What holds, and why:
         presign config
    2. For an AWS profile with a table of its own in the file:
         presign config --profile support
    3. For a script:
         presign config -o json

    The file is TOML, for example:
         bucket = "corp-private-manuals-vault"
         ttl = "5m"

         [profiles.prod]
         max_ttl = "1h"
    """
    runtime = runtime_of(ctx)
    settings = load_settings(environ=runtime.environ, flags={"profile": profile})
    form = choose_format(output, setting=settings.output, known=FORMATS, default="table")
    for text in _rendered(settings, form=form, runtime=runtime):
        runtime.stdout.write(text)
    return ExitCode.OK


def _rendered(settings: Settings, *, form: str, runtime: Runtime) -> Iterable[str]:
    if form == "json":
        import json

        exists = settings.path.is_file()
        content = {"schema": SCHEMA, "path": str(settings.path), "exists": exists}
        whole = {**content, "settings": list(_records(settings))}
        return (
            json.dumps(whole, ensure_ascii=False, indent=2 if runtime.console.is_terminal else None),
            "\n",
        )
    if form == "csv":
        from presign_cli.render.csv import csv_rows

        return csv_rows(_records(settings))
    from presign_cli.render.table import rows_text

    return (_file_line(settings), rows_text(_rows(settings), runtime.console))


def _records(settings: Settings) -> Iterator[dict[str, object]]:
    """`value` as JSON has it, times in seconds; `where` is a flag, a variable, or a table and line."""
    for name in KEYS:
        source = settings.sources[name]
        value = getattr(settings, name)
        yield {"name": name, "value": value, "source": source.kind, "where": source.where or None}


def _rows(settings: Settings) -> Iterator[tuple[str, str]]:
    for name in KEYS:
        yield name, f"{_shown(settings, name):<14} {_why(settings, name)}"


def _file_line(settings: Settings) -> str:
    """The path on one line, however long, so that it can be copied."""
    missing = "" if settings.path.is_file() else " (there is none)"
    return f"file          {harmless(str(settings.path))}{missing}\n"


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "true" if value else "false"
    return format_duration(value) if name in _DURATIONS else str(value)


def _why(settings: Settings, name: str) -> str:
    source = settings.sources[name]
    return f"{source.kind}: {source.where}" if source.where else str(source.kind)

"""`presign history`: what was signed here, by whom, until when."""

from collections.abc import Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.output import choose_format
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.commands.talk import Talk
from presign_cli.errors import ExitCode, UsageError
from presign_cli.history import Entry, entry_object, history_path, read
from presign_cli.settings import load_settings

FORMATS = ("table", "json", "csv")
Output = Annotated[str | None, opt.output_option(FORMATS)]

Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="GLOB",
        rich_help_panel=opt.LINK,
        help="only these keys: 'manuals/*', 's3://BUCKET/*'",
    ),
]
Live = Annotated[
    bool, typer.Option("--live", rich_help_panel=opt.LIFE, help="only those that may still work")
]


def history(
    ctx: typer.Context,
    key: Key = None,
    live: Live = False,
    profile: opt.Profile = None,
    output: Output = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """What was signed here: never a link, a signature or a token.

    1. Which links to a leaked file still work, and by which key to end them?
         presign history --live --key 'customers/acme/*'
    2. All of one profile, for a spreadsheet:
         presign history --profile support -o csv > signed.csv
    3. Keep a history from now on, in the settings file (presign config tells where):
         history = true
    """
    runtime = runtime_of(ctx)
    talk = Talk(runtime.stderr, quiet=quiet, debug=debug)
    settings = load_settings(environ=runtime.environ, flags={})
    form = choose_format(output, setting=None, known=FORMATS, default="table")

    entries = _entries(runtime, talk, kept=settings.history)
    chosen = [entry for entry in entries if _fits(entry, key=key, profile=profile)]
    if live:
        chosen = [entry for entry in chosen if datetime.fromisoformat(entry.until) > runtime.now()]
    runtime.stdout.write(_rendered(chosen, form=form, runtime=runtime))
    return ExitCode.OK


def _entries(runtime: Runtime, talk: Talk, *, kept: bool) -> list[Entry]:
    path = history_path(runtime.environ)
    try:
        entries, bad = read(path)
    except OSError as error:
        raise UsageError(
            f"cannot read the history `{path}`: {(error.strerror or str(error)).lower()}",
            hint=f"ls -l {path}",
        ) from error
    if bad:
        lines = "1 line" if bad == 1 else f"{bad} lines"
        talk.caution(
            f"left out {lines} of `{path}` that no link was signed for",
            hint=f"grep -v presign.history {path}",
        )
    if not kept:
        talk.note("no history is kept: set `history = true` in the settings file, or PRESIGN_HISTORY=1")
    return entries


def _fits(entry: Entry, *, key: str | None, profile: str | None) -> bool:
    address = f"s3://{entry.bucket}/{entry.key}"
    name = address if key and key.startswith("s3://") else entry.key or ""
    return (key is None or fnmatchcase(name, key)) and (profile is None or entry.profile == profile)


def _rendered(entries: Iterable[Entry], *, form: str, runtime: Runtime) -> str:
    if form == "json":
        import json

        return "".join(f"{json.dumps(entry_object(entry))}\n" for entry in entries)
    if form == "csv":
        from presign_cli.render.csv import csv_rows

        return "".join(csv_rows(map(entry_object, entries)))
    from presign_cli.render.history_table import Row, history_table

    rows = [
        Row(
            datetime.fromisoformat(entry.signed_at),
            datetime.fromisoformat(entry.until),
            entry.method or "",
            f"s3://{entry.bucket}/{entry.key}",
            " ".join(filter(None, (entry.profile, entry.access_key_id))),
        )
        for entry in entries
    ]
    return history_table(rows, console=runtime.console, now=runtime.now())

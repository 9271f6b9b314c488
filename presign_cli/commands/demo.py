"""`presign demo`: a real S3 server on this machine, and the whole story of a link on it."""

from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.demo_scene import Scene, server_environ
from presign_cli.commands.demo_story import tell
from presign_cli.commands.output import choose_format
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.core.story import Step
from presign_cli.errors import ExitCode, RefusedError
from presign_cli.local.gateway import Server, gateway
from presign_cli.local.pdf import keyboard_manual
from presign_cli.local.signals import signals_raised
from presign_cli.local.vault import BUCKET, KEY, fill_vault

FORMATS = ("table", "json", "csv")
Output = Annotated[str | None, opt.output_option(FORMATS)]
# Left over from another login, they would be sent along with the demo's keys, or go before them.
_IN_THE_WAY = ("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")

Serve = Annotated[
    bool,
    typer.Option(
        "--serve",
        rich_help_panel=opt.OUTPUT,
        help="no story: keep the server, with the manual in it, until Ctrl-C (exit 0)",
    ),
]


def demo(
    ctx: typer.Context,
    serve: Serve = False,
    output: Output = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """A real S3 server on this machine, and the whole story of a link on it.

    1. Sign, download, tamper, expire; exit 0 only if all of it held:
         presign demo
    2. A server to play with, until Ctrl-C:
         presign demo --serve
    3. The steps for a program, or for a spreadsheet (csv):
         presign demo -o json

    It needs no account and no network, and leaves nothing behind: the server listens on 127.0.0.1, its keys
    and its files live as long as the command. Settings and profiles have no say in it. It comes with
    pip install 'presign-cli[demo]'.
    """
    runtime = runtime_of(ctx)
    form = choose_format(output, setting=None, known=FORMATS, default="table")
    with signals_raised():
        if serve:
            return _serve(form, runtime=runtime, quiet=quiet)
        with gateway() as server:
            steps = _tell(Scene(server, runtime=runtime), form, runtime=runtime)
    return _end(steps, form, runtime=runtime)


def _tell(scene: Scene, form: str, *, runtime: Runtime) -> list[Step]:
    """The story; as a table each step is shown when it is done, for one of them takes its time."""
    if form != "table":
        return list(tell(scene, begin=lambda name: None))
    from presign_cli.render.story import opening_text, pending_text, step_text

    steps = []
    _write(runtime, opening_text())
    for step in tell(scene, begin=lambda name: _write(runtime, pending_text(name, runtime.console))):
        _write(runtime, step_text(step, runtime.console))
        steps.append(step)
    return steps


def _end(steps: list[Step], form: str, *, runtime: Runtime) -> int:
    from presign_cli.render.story import closing_text, step_object, story_object

    if form == "table":
        _write(runtime, closing_text(steps))
    elif form == "json":
        _write_json(runtime, story_object(steps))
    else:
        _write_csv(runtime, [step_object(step) for step in steps])
    failed = ", ".join(step.name for step in steps if not step.ok)
    if failed:
        raise RefusedError(f"not every step held: {failed}", hint="pip install -U 'presign-cli[demo]'")
    return ExitCode.OK


def _serve(form: str, *, runtime: Runtime, quiet: bool) -> int:
    """Ctrl-C and SIGTERM are how a server is meant to end: exit 0."""
    from presign_cli.render.serving import SERVED, SERVING, server_object, shell_lines

    talk = "" if quiet or form != "table" else SERVING
    try:
        with gateway() as server:
            fill_vault(server, keyboard_manual(), now=runtime.now())
            environ = _exports(server)
            runtime.stderr.write(talk)
            runtime.stderr.flush()
            if form == "table":
                unset = tuple(name for name in _IN_THE_WAY if runtime.environ.get(name))
                _write(runtime, shell_lines(environ, unset=unset, key=KEY))
            elif form == "json":
                _write_json(runtime, server_object(environ, key=KEY))
            else:
                _write_csv(runtime, [server_object(environ, key=KEY)])
            server.wait()
    except (KeyboardInterrupt, SystemExit):
        runtime.stderr.write(SERVED if talk else "")
    return ExitCode.OK


def _exports(server: Server) -> dict[str, str]:
    return {**server_environ(server), "PRESIGN_BUCKET": BUCKET}


def _write_json(runtime: Runtime, value: dict[str, object]) -> None:
    import json

    _write(runtime, json.dumps(value, indent=2 if runtime.console.is_terminal else None) + "\n")


def _write_csv(runtime: Runtime, records: list[dict[str, object]]) -> None:
    from presign_cli.render.csv import csv_rows

    _write(runtime, "".join(csv_rows(records)))


def _write(runtime: Runtime, text: str) -> None:
    runtime.stdout.write(text)
    runtime.stdout.flush()

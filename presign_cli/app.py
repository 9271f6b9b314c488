"""Wiring: the commands by name, built only when called, and the one place where errors are shown."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from presign_cli import __version__
from presign_cli.commands.help import Command
from presign_cli.commands.runtime import Runtime
from presign_cli.completion import QUESTION
from presign_cli.errors import ExitCode, PresignError, UsageError
from presign_cli.render.error import error_json, error_text

# name: (module, one line of help); the module's function is called like the command
COMMANDS = {
    "get": ("presign_cli.commands.get", "sign download links"),
    "put": ("presign_cli.commands.put", "sign an upload link"),
    "post-form": ("presign_cli.commands.post_form", "sign a browser's upload form"),
    "inspect": ("presign_cli.commands.inspect", "decode, explain, repair and verify links"),
    "config": ("presign_cli.commands.config", "every setting, its value, and where it came from"),
    "demo": ("presign_cli.commands.demo", "a real S3 server on this machine, and the whole story on it"),
    "history": ("presign_cli.commands.history", "what was signed here, until when"),
}
_OVERVIEW = """\
Sign, explain, repair and verify Amazon S3 pre-signed URLs.

  1. A link that lives for five minutes     presign get s3://BUCKET/KEY --ttl 5m
  2. "My link does not work"                presign inspect "https://…"
  3. The whole story on a server of its own presign demo
"""
_CLOSED_PIPE = 141  # what a shell reports of a program that SIGPIPE ended
_JSON_WANTED = re.compile(r"--output=json|-[a-zA-Z]*ojson")
_OUTPUT_OPTION = re.compile(r"--output|-[a-zA-Z]*o")


def run(arguments: Sequence[str], *, runtime: Runtime | None = None) -> int:
    """Runs one command and gives its exit code; errors end as lines on stderr, never as a traceback."""
    runtime = runtime or Runtime()
    _settle_streams(runtime)
    if QUESTION in runtime.environ:
        return _complete(arguments, runtime)
    try:
        group = command_group()
        result = group.main(list(arguments), prog_name="presign", standalone_mode=False, obj=runtime)
        runtime.stdout.flush()
    except BrokenPipeError:
        return _end_quietly()
    except SystemExit as end:
        if end.code != 1:  # what Typer makes of a closed pipe
            raise
        return _end_quietly()
    except KeyboardInterrupt:
        result = ExitCode.INTERRUPTED
    except Exception as error:  # the boundary: whatever it is, a person reads two lines
        return _report(_as_ours(error, arguments), arguments, runtime)
    if result == ExitCode.INTERRUPTED:
        return _report(_InterruptedError("interrupted", hint="start it again"), arguments, runtime)
    return int(result or ExitCode.OK)


def _complete(arguments: Sequence[str], runtime: Runtime) -> int:
    """A shell asks what fits at its cursor."""
    from presign_cli.completion.answer import answer

    runtime.stdout.write(answer(command_group(), arguments, environ=runtime.environ, now=runtime.now()))
    runtime.stdout.flush()
    return ExitCode.OK


class _InterruptedError(PresignError):
    exit_code = ExitCode.INTERRUPTED


class _Commands(TyperGroup):
    """Builds a command when it is called, so that `get` never imports what `inspect` needs."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def summaries(self) -> list[tuple[str, str]]:
        """Each command's name and its line of help."""
        return [(name, summary) for name, (_, summary) in COMMANDS.items()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=Command, epilog=getattr(module, "EPILOG", None))(
            getattr(module, cmd_name.replace("-", "_"))
        )
        return get_command(single)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self.format_usage(ctx, formatter)
        formatter.write(f"\n{_OVERVIEW}")
        with formatter.section("Commands"):
            formatter.write_dl(self.summaries())
        with formatter.section("Options"):
            formatter.write_dl(
                [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
            )


def command_group() -> Any:
    """All commands, each built when it is asked for."""
    group = typer.Typer(cls=_Commands, add_completion=False, rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_without_command)
    return get_command(group)


def _without_command(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> int:
    if version:
        ctx.obj.stdout.write(f"presign {__version__}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        ctx.obj.stdout.write(f"{ctx.get_help()}\n")
    return ExitCode.OK


def _settle_streams(runtime: Runtime) -> None:
    """What a stream's encoding cannot say is escaped, never a crash; a line ends in LF everywhere."""
    for stream in (runtime.stdout, runtime.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", newline="\n")


def _end_quietly() -> int:
    """A reader that has seen enough is no error."""
    _let_go(sys.stdout)
    return _CLOSED_PIPE


def _let_go(stream: TextIO) -> None:
    """What is still to be written goes nowhere: Python's own flush at exit must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _as_ours(error: Exception, arguments: Sequence[str]) -> PresignError:
    if isinstance(error, PresignError):
        return error
    if isinstance(error, TyperException):
        return _usage_error(error, arguments)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return PresignError("the result cannot be written: no space left", hint="make room, and run it again")
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_globals.get('__name__')}, line {trace.tb_lineno}" if trace else ""
    ours = PresignError(
        f"unexpected {type(error).__name__}{place}: this is a bug",
        hint="run it again with --debug, and report what it prints",
    )
    ours.__cause__ = error
    return ours


def _usage_error(error: TyperException, arguments: Sequence[str]) -> UsageError:
    """Typer's own words for a wrong command line, without their capital letter and full stop."""
    text = error.format_message().strip().rstrip(".")
    context = getattr(error, "ctx", None)
    called = next((f"presign {name}" for name in arguments if name in COMMANDS), "presign")
    path = context.command_path if context else called
    near = getattr(error, "possibilities", None)
    hint = f"{path} {min(near)}" if near else f"{path} --help"
    message = f"{error.message.rstrip('.')}" if near else text
    return UsageError(message[:1].lower() + message[1:], hint=hint)


def _report(error: PresignError, arguments: Sequence[str], runtime: Runtime) -> int:
    told = ""
    if "--debug" in arguments:
        told = _traceback(error.__cause__ or error)
    as_json = _wants_json(arguments)
    if as_json or error.exit_code != ExitCode.INTERRUPTED:
        told += error_json(error) if as_json else error_text(error)
    try:
        runtime.stderr.write(told)
        runtime.stderr.flush()
    except OSError:  # nobody can read it, and the exit code tells the kind
        _let_go(runtime.stderr)
    return int(error.exit_code)


def _traceback(error: BaseException) -> str:
    """Without secrets, and steering no terminal: botocore's messages hold what processes and files say."""
    import traceback

    from presign_cli.aws.masking import masked
    from presign_cli.core.harmless import harmless

    lines = masked("".join(traceback.format_exception(error))).splitlines()
    return "".join(f"{harmless(line)}\n" for line in lines)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Whether `-o json` stands anywhere: an error before the options are parsed is JSON too."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(
        _JSON_WANTED.fullmatch(option) or (_OUTPUT_OPTION.fullmatch(option) and value == "json")
        for option, value in pairs
    )

"""A shell's question, answered: which words fit at the cursor, from the commands as Typer knows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from presign_cli.completion import QUESTION
from presign_cli.completion.candidate import FILES, NOTHING, Candidate, Candidates, beginning_with
from presign_cli.completion.values import FORMATS, profiles, regions
from presign_cli.completion.words import replacement, split_line

_SCRIPTS = {"bash": "bash.sh", "zsh": "zsh.zsh", "fish": "fish.fish", "powershell": "powershell.ps1"}


def answer(group: Any, arguments: Sequence[str], *, environ: Mapping[str, str], now: datetime) -> str:
    """What is written for the shell: the script, or a directive and a candidate a line.

    `group` is the click group of all commands; `arguments` are the words, the last one behind a `=`, or for
    bash the line up to the cursor.
    """
    verb, _, shell = environ[QUESTION].partition("_")
    if shell not in _SCRIPTS:
        return ""
    if verb == "source":
        return script(shell)
    if shell == "bash":
        line = split_line(arguments[0] if arguments else "")
        found = candidates(group, line.words[1:], line.current, environ=environ, now=now)
        breaks = environ.get("COMP_WORDBREAKS", ":=@")
        values = [replacement(one.value, line, breaks=breaks) for one in found.found]
    else:
        *words, current = arguments or ("=",)
        found = candidates(group, words, current.removeprefix("="), environ=environ, now=now)
        values = [f"{one.value}\t{one.about}" if one.about else one.value for one in found.found]
    return "".join(f"{line}\n" for line in (found.directive, *values))


def script(shell: str) -> str:
    """The completion script of `bash`, `zsh`, `fish` or `powershell`."""
    return (Path(__file__).parent / "scripts" / _SCRIPTS[shell]).read_text("utf-8")


def candidates(
    group: Any, words: Sequence[str], current: str, *, environ: Mapping[str, str], now: datetime
) -> Candidates:
    """What fits at the cursor, behind these words."""
    names = [word for word in words if not word.startswith("-")]
    if not names:
        return _commands(group, current)
    command = group.get_command(None, names[0])
    if not command:
        return NOTHING
    behind = list(words[words.index(names[0]) + 1 :])
    known = _options(command)
    option, equals, value = current.partition("=")
    if equals and option in known:
        return _prefixed(f"{option}=", _values(names[0], known[option], value, environ=environ))
    last = known.get(behind[-1]) if behind and "--" not in behind else None
    if last is not None and not last.is_flag:
        return _values(names[0], last, current, environ=environ)
    if current.startswith("-") and "--" not in behind:
        return _option_names(known, current)
    return _targets(command, behind, current, environ=environ, now=now)


def _commands(group: Any, current: str) -> Candidates:
    options = [Candidate("--version", "print the version"), Candidate("--help", "show help")]
    commands = [Candidate(name, about) for name, about in group.summaries()]
    return beginning_with(current, options if current.startswith("-") else commands)


def _options(command: Any) -> dict[str, Any]:
    """Every spelling of every option that the help shows, `--help` among them."""
    return {
        name: param
        for param in command.get_params(_context(command))
        if param.param_type_name == "option" and not param.hidden
        for name in (*param.opts, *param.secondary_opts)
    }


def _context(command: Any) -> Any:
    return command.context_class(command, info_name=command.name)


def _option_names(known: Mapping[str, Any], current: str) -> Candidates:
    long = [Candidate(name, param.help or "") for name, param in known.items() if name.startswith("--")]
    return beginning_with(current, long)


def _values(command: str, option: Any, current: str, *, environ: Mapping[str, str]) -> Candidates:
    """By what the option is called, else by what its help says that it takes."""
    metavar = option.metavar or ""
    match max(option.opts, key=len):
        case "--output":
            return beginning_with(current, [Candidate(name) for name in FORMATS.get(command, ())])
        case "--profile":
            return beginning_with(current, profiles(environ))
        case "--region":
            return beginning_with(current, regions())
    choices = getattr(option.type, "choices", ())
    if choices:
        return beginning_with(current, [Candidate(str(choice)) for choice in choices])
    return FILES if metavar in ("FILE", "PATH") else NOTHING


def _prefixed(prefix: str, found: Candidates) -> Candidates:
    return Candidates(tuple(Candidate(prefix + one.value, one.about) for one in found.found), found.directive)


def _targets(
    command: Any, behind: Sequence[str], current: str, *, environ: Mapping[str, str], now: datetime
) -> Candidates:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    if not any((param.metavar or "").startswith("TARGET") for param in arguments):
        return NOTHING
    if not current.startswith("s3://"):
        unfinished = Candidates((Candidate("s3://", "BUCKET/KEY"),), "nospace")
        return unfinished if current and "s3://".startswith(current) else NOTHING
    from presign_cli.completion.objects import Asker, objects

    said = dict(pairwise(behind))
    said |= {name: value for name, equals, value in (word.partition("=") for word in behind) if equals}
    asker = Asker(
        environ=environ,
        now=now,
        profile=said.get("--profile") or said.get("-p") or environ.get("PRESIGN_PROFILE"),
        region=said.get("--region") or said.get("-r") or environ.get("PRESIGN_REGION"),
        endpoint_url=said.get("--endpoint-url") or environ.get("PRESIGN_ENDPOINT_URL"),
    )
    return objects(current, asker)

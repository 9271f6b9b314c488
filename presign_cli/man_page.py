"""`python -m presign_cli.man_page FILE`: the manual page, from the commands as Typer knows them.

https://man7.org/linux/man-pages/man7/groff_man.7.html
"""

import sys
from pathlib import Path
from typing import Any

from presign_cli import __version__
from presign_cli.app import COMMANDS, command_group
from presign_cli.commands.options import PANELS
from presign_cli.errors import EXIT_MEANINGS

_HEAD = f"""\
.\\" Generated: `make docs`.
.TH PRESIGN 1 "" "presign {__version__}" "User Commands"
.nh
.SH NAME
presign \\- sign, explain, repair and verify Amazon S3 pre\\-signed URLs
.SH SYNOPSIS
.B presign
.I COMMAND
.RI [ OPTION \\&...]
.RI [ ARGUMENT \\&...]
.SH DESCRIPTION
The result is on stdout, and nothing else; notes, warnings and errors are on stderr.
A pre\\-signed URL lets whoever has it do one thing with one object, until it expires.
"""
_TAIL = """\
.SH ENVIRONMENT
AWS's own variables (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_CA_BUNDLE\\&...) mean what they mean
to the AWS CLI. PRESIGN_BUCKET, PRESIGN_TTL, PRESIGN_PROFILE and so on are the settings of the same names;
PRESIGN_CONFIG names another settings file. NO_COLOR, FORCE_COLOR, COLUMNS and LINES are obeyed.
.SH SEE ALSO
.BR aws (1),
.BR curl (1),
https://docs.aws.amazon.com/AmazonS3/latest/userguide/\\:using\\-presigned\\-url.html
"""


def man_page() -> str:
    """presign(1) as troff."""
    group = command_group()
    commands = "".join(_command(name, group.get_command(None, name)) for name in COMMANDS)
    exits = "".join(f".TP\n.B {int(code)}\n{_escaped(text)}\n" for code, text in EXIT_MEANINGS.items())
    return f"{_HEAD}.SH COMMANDS\n{commands}.SH EXIT STATUS\n{exits}{_TAIL}"


def _command(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    text = ".PP\n".join(map(_paragraph, (command.help or "").split("\n\n")))
    rest = _titled(command.epilog) if command.epilog else ""
    options = "".join(_option(param, context) for param in _in_order(command.get_params(context)))
    return f".SS presign {_escaped(name)} {_escaped(usage)}\n{text}{options}{rest}"


def _paragraph(text: str) -> str:
    """Prose is wrapped at the reader's width; what holds commands, and so is indented, stays as it is."""
    lines = "".join(f"{_escaped(line)}\n" for line in text.splitlines())
    return f".nf\n{lines}.fi\n" if "\n  " in text else lines


def _titled(text: str) -> str:
    """A title, and below it prose, which the help has indented."""
    title, *prose = text.splitlines()
    return f".TP\n.B {_escaped(title)}\n" + "".join(f"{_escaped(line.strip())}\n" for line in prose)


def _in_order(params: list[Any]) -> list[Any]:
    """As the help groups them: by panel, what most people need first."""
    order = {panel: number for number, panel in enumerate(PANELS)}
    return sorted(params, key=lambda param: order.get(str(getattr(param, "rich_help_panel", "")), len(order)))


def _option(param: Any, context: Any) -> str:
    record = param.get_help_record(context)
    if record is None or param.param_type_name == "argument":
        return ""
    names, text = record
    return f".TP\n.B {_escaped(names)}\n{_escaped(text)}\n"


def _escaped(text: str) -> str:
    """A line of text that troff takes as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(man_page(), encoding="utf-8", newline="\n")

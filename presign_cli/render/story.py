"""The demo's story: a line a step with a check mark, or the same as objects for JSON and CSV."""

from collections.abc import Sequence
from typing import Any

from presign_cli.core.harmless import harmless
from presign_cli.core.story import Step
from presign_cli.render.console import Console
from presign_cli.render.wrap import wrap

_GREEN, _RED, _DIM = "32", "31", "2"
_NAME_WIDTH = 11
_WIDEST = 100


def opening_text() -> str:
    """What a newcomer reads first."""
    return "A real S3 server, on this machine alone, for as long as this story takes:\n\n"


def pending_text(name: str, console: Console) -> str:
    """A step that is under way; `step_text` overwrites it. Nothing where the cursor cannot go back."""
    return f"{_start('·' if console.unicode else '..', name)}..." if _can_overwrite(console) else ""


def step_text(step: Step, console: Console) -> str:
    """`  ✓ name  text`, wrapped under itself, then what S3 said, in quotes."""
    marks = ("✓", "✗") if console.unicode else ("ok", "NO")
    mark, color = (marks[0], _GREEN) if step.ok else (marks[1], _RED)
    start = _start(mark, step.name)
    lines = _wrapped(step.text, console, len(start))
    more = [step.detail or "", f'"{step.said}"' if step.said else ""]
    lines += [_colored(line, _DIM, console) for text in more for line in _wrapped(text, console, len(start))]
    shown = f"\n{' ' * len(start)}".join(lines)
    erase = "\r\x1b[K" if _can_overwrite(console) else ""
    return f"{erase}{start.replace(mark, _colored(mark, color, console), 1)}{shown}\n"


def closing_text(steps: Sequence[Step]) -> str:
    """How it ended, and where to go from there."""
    if not all(step.ok for step in steps):
        return "\nNot all of it held. The server is gone again, and its files with it.\n"
    return (
        "\nAll of it held. The server is gone again, and its files with it.\n\n"
        "  on a server to play with   presign demo --serve\n"
        "  on a bucket of your own    presign get s3://BUCKET/KEY --ttl 5m\n"
    )


def story_object(steps: Sequence[Step]) -> dict[str, Any]:
    """The object `presign.demo/1`."""
    return {
        "schema": "presign.demo/1",
        "ok": all(step.ok for step in steps),
        "steps": [step_object(step) for step in steps],
    }


def step_object(step: Step) -> dict[str, Any]:
    """One of `steps`."""
    return {
        "name": step.name,
        "ok": step.ok,
        "text": step.text,
        "status": step.status,
        "code": step.code,
        "said": step.said,
    }


def _start(mark: str, name: str) -> str:
    return f"  {mark} {name:<{_NAME_WIDTH}} "


def _wrapped(text: str, console: Console, indent: int) -> list[str]:
    room = min(console.columns, _WIDEST) - indent
    return wrap(harmless(text), columns=room).split("\n") if text else []


def _can_overwrite(console: Console) -> bool:
    return console.is_terminal and console.color


def _colored(text: str, color: str, console: Console) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if console.color else text

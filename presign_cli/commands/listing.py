"""`--recursive`: a prefix as a run of targets, a page of the listing each, with a progress bar meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.signing import Signer
from presign_cli.commands.talk import Talk
from presign_cli.core.runs import Run, runs_of
from presign_cli.core.target import Target


def list_runs(
    target: Target, *, signer: Signer, most: int | None, runtime: Runtime, talk: Talk
) -> Iterator[Run]:
    """The objects below a target's key, which is the prefix, taken literally as S3 does.

    Nothing found is a note. Raises what resolving and listing give rise to.
    """
    from presign_cli.aws.listing import list_keys

    prefix, found = target.key, 0
    located = signer.locate(target)
    pages = list_keys(
        signer.account,
        target.bucket,
        prefix,
        region=located.location.region,
        credentials=signer.credentials(),
        most=most,
    )
    with _progress(runtime) as advance:
        for keys in pages:
            _tell_beside(prefix, keys, talk)
            yield from runs_of(target, keys)
            found += len(keys)
            advance(len(keys))
    if not found:
        talk.note(f"no object in s3://{target.bucket} begins with `{prefix}`")


def _tell_beside(prefix: str, keys: list[str], talk: Talk) -> None:
    """A prefix is no folder: where it matches more than one would think, that is told once."""
    if not prefix or prefix.endswith("/"):
        return
    beside = next((key for key in keys if key != prefix and not key.startswith(f"{prefix}/")), None)
    if beside:
        talk.note_once(
            "beside", f"the prefix `{prefix}` also matches `{beside}`: `{prefix}/` is the folder alone"
        )


@contextmanager
def _progress(runtime: Runtime) -> Iterator[Any]:
    """Count and rate on stderr, where somebody sits there and the links go elsewhere."""
    if not runtime.error_console.is_terminal or runtime.console.is_terminal:
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("signed {task.completed:,.0f} links, {task.fields[rate]:,.0f} a second"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=runtime.stderr), transient=True) as progress:
        task = progress.add_task("signing", total=None, rate=0)

        def advance(count: int) -> None:
            progress.advance(task, count)
            progress.update(task, rate=progress.tasks[0].speed or 0)

        yield advance

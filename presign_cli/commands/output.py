"""Which format a result is printed in, and the one place that writes it to stdout."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from presign_cli.commands.runtime import Runtime
from presign_cli.core.link import Batch
from presign_cli.errors import UsageError

LINK_FORMATS = ("table", "link", "json")


def choose_format(asked: str | None, *, setting: str | None, known: Sequence[str], default: str) -> str:
    """The format asked for by flag, else by the settings where this command knows it, else the default."""
    if asked is None:
        return setting if setting is not None and setting in known else default
    if asked not in known:
        near = get_close_matches(asked, known, n=1)
        raise UsageError(
            f"unknown output format `{asked}`; known are {', '.join(known)}", hint=f"-o {(near or known)[0]}"
        )
    return asked


def write_batches(batches: Iterable[Batch], *, form: str, many: bool, runtime: Runtime) -> None:
    """Prints links in one of LINK_FORMATS, each batch as soon as it is there."""
    for text in _rendered(batches, form=form, many=many, runtime=runtime):
        runtime.stdout.write(text)
        runtime.stdout.flush()


def _rendered(batches: Iterable[Batch], *, form: str, many: bool, runtime: Runtime) -> Iterator[str]:
    if form == "link":
        from presign_cli.render.link import link_lines

        return link_lines(batches)
    if form == "json":
        from presign_cli.render.json import json_lines

        return json_lines(batches, indent=runtime.console.is_terminal and not many)
    from presign_cli.render.table import link_tables

    links = (link for batch in batches for link in batch.links())
    return link_tables(links, console=runtime.console, now=runtime.now(), to_local=runtime.to_local)

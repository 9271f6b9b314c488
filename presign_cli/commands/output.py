"""Which format a result is printed in, and the one place that writes it to stdout."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.errors import PresignError, UsageError
from presign_cli.render.console import Console

if TYPE_CHECKING:
    from presign_cli.core.link import Batch, Link
    from presign_cli.render.curl import Sources

LINK_FORMATS = ("table", "link", "json", "csv", "markdown", "html", "curl", "message", "eml", "qr")
PASTED_FORMATS = ("markdown", "html", "message")
"""Those that `--copy` copies as they are printed; of all others it copies the links."""


def choose_format(asked: str | None, *, setting: str | None, known: Sequence[str], default: str) -> str:
    """The format asked for by flag, else by the settings where this command knows it, else the default."""
    if asked is None:
        return setting if setting is not None and setting in known else default
    if asked not in known:
        from difflib import get_close_matches

        near = get_close_matches(asked, known, n=1)
        raise UsageError(
            f"unknown output format `{asked}`; known are {', '.join(known)}", hint=f"-o {(near or known)[0]}"
        )
    return asked


def write_batches(
    batches: "Iterable[Batch]",
    *,
    form: str,
    many: bool,
    runtime: Runtime,
    talk: Talk,
    sources: "Sources | None" = None,
) -> None:
    """Prints links in one of LINK_FORMATS, each batch as soon as it is there; a message when all are."""
    for text in rendered(batches, form=form, many=many, runtime=runtime, talk=talk, sources=sources):
        runtime.stdout.write(text)
        runtime.stdout.flush()


def rendered(
    batches: "Iterable[Batch]",
    *,
    form: str,
    many: bool,
    runtime: Runtime,
    talk: Talk,
    sources: "Sources | None" = None,
) -> Iterator[str]:
    """Links in one of LINK_FORMATS, in pieces to be printed as they come."""
    links = (link for batch in batches for link in batch.links())
    match form:
        case "link":
            from presign_cli.render.link import link_lines

            return link_lines(batches)
        case "json":
            from presign_cli.render.json import json_lines

            return json_lines(batches, indent=runtime.console.is_terminal and not many)
        case "csv":
            from presign_cli.render.csv import csv_lines

            return csv_lines(batches)
        case "markdown":
            from presign_cli.render.markup import markdown_link

            return (markdown_link(link, listed=many) for link in links)
        case "html":
            from presign_cli.render.markup import html_link

            return map(html_link, links)
        case "curl":
            from presign_cli.render.curl import curl_commands

            return curl_commands(links, sources=sources)
        case "message" | "eml":
            return _message(links, form=form, runtime=runtime)
        case "qr":
            return _qr_codes(links, runtime=runtime, talk=talk)
    from presign_cli.render.table import link_tables

    return link_tables(links, console=runtime.console, now=runtime.now(), to_local=runtime.to_local)


def qr_code(link: "Link", console: Console, *, runtime: Runtime, talk: Talk) -> str:
    """The link's QR code, or nothing where it does not fit, and that is told."""
    from presign_cli.render.qr import Canvas, draw

    canvas = Canvas(
        columns=console.columns if console.is_terminal or runtime.environ.get("COLUMNS") else None,
        lines=console.lines if console.is_terminal or runtime.environ.get("LINES") else None,
        utf8=console.unicode,
        colour=console.color,
    )
    try:
        return draw(link.presigned.url, canvas=canvas)
    except UsageError as error:
        talk.caution(error.text, hint=error.hint)
        return ""


def _message(links: "Iterable[Link]", *, form: str, runtime: Runtime) -> Iterator[str]:
    from presign_cli.render.message import mail_draft, message

    write = mail_draft if form == "eml" else message
    given: list[Link] = []
    failure: PresignError | None = None
    try:
        given.extend(links)
    except PresignError as error:  # bad lines among good ones
        failure = error
    if given:
        yield write(given, now=runtime.now(), to_local=runtime.to_local)
    if failure:
        raise failure


def _qr_codes(links: "Iterable[Link]", *, runtime: Runtime, talk: Talk) -> Iterator[str]:
    """The code alone; the link where it does not fit."""
    for link in links:
        yield qr_code(link, runtime.console, runtime=runtime, talk=talk) or f"{link.presigned.url}\n"

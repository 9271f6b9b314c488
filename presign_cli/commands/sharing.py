"""What is done with signed links beside printing them: clipboard, QR code, files, a download page.

Each may fail without harm: the links are printed all the same, and a warning says what did not work.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from presign_cli.commands.output import PASTED_FORMATS, qr_code, rendered
from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.link import Batch, Link
from presign_cli.errors import PresignError, UsageError


class Sharing(NamedTuple):
    """The flags, as they were given."""

    copy: bool = False
    qr: bool = False
    qr_file: Path | None = None
    page: Path | None = None


def check_sharing(sharing: Sharing, *, form: str, many: bool) -> None:
    """Raises UsageError for what is for one link, where there may be several, and for a bad file name."""
    if many and (sharing.qr_file or form == "qr"):
        what = "--qr-file" if sharing.qr_file else "-o qr"
        raise UsageError(f"{what} is for one target", hint="--qr draws one code for each")
    if sharing.qr_file:
        from presign_cli.render.qr_image import check_suffix

        check_suffix(sharing.qr_file)


def check_no_qr(sharing: Sharing, *, what: str) -> None:
    """Raises UsageError where a QR code is wanted of what is more than one link."""
    if sharing.qr or sharing.qr_file:
        raise UsageError(f"{what} is no single link that a QR code could hold", hint="--page upload.html")


def shared(
    batches: Iterable[Batch], sharing: Sharing, *, form: str, runtime: Runtime, talk: Talk
) -> Iterator[Batch]:
    """The same links; each is drawn once its reader is done with it, all are copied and kept at the end."""
    keeps = sharing.copy or sharing.qr_file or sharing.page
    given: list[Batch] = []
    try:
        for batch in batches:
            yield batch
            if sharing.qr:
                for link in batch.links():
                    runtime.stderr.write(qr_code(link, runtime.error_console, runtime=runtime, talk=talk))
            if keeps:
                given.append(batch)
    except PresignError:  # a bad line among good ones
        _finish(given, sharing, form=form, runtime=runtime, talk=talk)
        raise
    _finish(given, sharing, form=form, runtime=runtime, talk=talk)


def copy_text(text: str, *, runtime: Runtime, talk: Talk) -> None:
    """Puts a text into the clipboard, and tells into which, or that there is none."""
    from presign_cli.clipboard.copy import copy

    match copy(text.removesuffix("\n"), environ=runtime.environ, screen=_screen(runtime)):
        case "clipboard":
            talk.note("copied to the clipboard")
        case "terminal":
            talk.note("sent to the terminal, for its clipboard")
        case "nowhere":
            talk.caution(
                "no clipboard can be reached: not copied",
                hint="install xclip or wl-clipboard; over SSH use a terminal that takes OSC 52",
            )


def _finish(batches: list[Batch], sharing: Sharing, *, form: str, runtime: Runtime, talk: Talk) -> None:
    if not batches:
        return
    if sharing.copy:
        _copy(batches, form=form, runtime=runtime, talk=talk)
    if sharing.page:
        _write_page([link for batch in batches for link in batch.links()], sharing.page, runtime=runtime)
        talk.note(f"wrote {sharing.page}; whoever has it can download")
    if sharing.qr_file:
        _write_qr(batches[0].model, sharing.qr_file, talk=talk)


def _copy(batches: list[Batch], *, form: str, runtime: Runtime, talk: Talk) -> None:
    form = form if form in PASTED_FORMATS else "link"
    many = sum(len(batch.urls) for batch in batches) > 1
    copy_text(
        "".join(rendered(batches, form=form, many=many, runtime=runtime, talk=talk)),
        runtime=runtime,
        talk=talk,
    )


def _screen(runtime: Runtime) -> TextIO | None:
    """A stream that ends at the terminal where somebody sits."""
    if runtime.error_console.is_terminal:
        return runtime.stderr
    return runtime.stdout if runtime.console.is_terminal else None


def _write_page(links: list[Link], path: Path, *, runtime: Runtime) -> None:
    from presign_cli.render.download_page import download_page
    from presign_cli.render.files import write_private

    write_private(path, download_page(links, to_local=runtime.to_local).encode())


def _write_qr(link: Link, path: Path, *, talk: Talk) -> None:
    from presign_cli.render.files import write_private
    from presign_cli.render.qr_image import image

    try:
        content = image(link.presigned.url, path=path)
    except UsageError as error:
        talk.caution(error.text, hint=error.hint)
    else:
        write_private(path, content)

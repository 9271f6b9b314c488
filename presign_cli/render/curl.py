"""Links and forms as a curl command that works when it is pasted into a POSIX shell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from presign_cli.core.link import Link
from presign_cli.core.upload_form import UploadForm
from presign_cli.render.shell import quoted

PLACEHOLDER = "FILE"
"""Stands for the file to upload where nobody has named one."""

_MAX_NAME_BYTES = 255  # of every usual file system
_LENGTH = "content-length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Paths that a command is to read: the file that it uploads, and the SSE-C key that no output shows."""

    file: str | None = None
    sse_c_file: str | None = None


def curl_commands(links: Iterable[Link], *, sources: Sources | None = None) -> Iterator[str]:
    """A command and a newline for each link."""
    for link in links:
        yield f"{curl_command(link, sources or Sources())}\n"


def curl_command(link: Link, sources: Sources) -> str:
    """Downloads into, or uploads from, one file."""
    key = link.presigned.key or ""
    body = (
        _upload(link, sources.file)
        if link.presigned.method == "PUT"
        else ["-o", quoted(f"./{_local_name(key)}")]
    )
    as_is = ["--path-as-is"] if {".", ".."}.intersection(key.split("/")) else []
    owed = [
        word
        for name, value in link.required_headers.items()
        if name.lower() != _LENGTH  # curl tells the file's own; a wrong one is S3's to refuse
        for word in ("-H", header(name, value, sse_c_file=sources.sse_c_file))
    ]
    return " ".join(["curl", "-f", "-L", *as_is, *body, *owed, quoted(link.presigned.url)])


def form_command(form: UploadForm) -> str:
    """Uploads FILE by a form, its fields in order and the file last; ends with a newline.

    `--form-string`, because `--form` would take `@`, `<` and `;type=` in a field for orders to itself.
    https://curl.se/docs/manpage.html#--form-string
    """
    # the answer to a form with a redirect leads to the page that thanks: not for curl to fetch
    follow = [] if form.wish.redirect else ["-L"]
    head = " ".join(["curl", "-f", *follow, quoted(form.url)])
    fields = [f"--form-string {quoted(f'{n}={v}')}" for n, v in filled_fields(form).items()]
    return " \\\n  ".join([head, *fields, f"--form file=@{PLACEHOLDER}"]) + "\n"


def filled_fields(form: UploadForm) -> dict[str, str]:
    """The fields, with `image/TYPE` where the uploader is to name the type."""
    prefix = form.wish.type_prefix
    return {
        name: f"{prefix or 'application/'}TYPE" if name == "Content-Type" and prefix is not None else value
        for name, value in form.fields.items()
    }


def header(name: str, value: str | None, *, sse_c_file: str | None = None) -> str:
    """The argument of `-H`; None is the customer's key, which the shell reads from its file.

    An empty header is written `NAME;`: https://curl.se/docs/manpage.html#-H
    """
    if value is None:
        return f"{quoted(f'{name}: ')}{read_customer_key(sse_c_file)}"
    return quoted(f"{name}: {value}" if value else f"{name};")


def read_customer_key(sse_c_file: str | None) -> str:
    """What the shell puts in the place of the SSE-C key: the base64 of its file."""
    return f"\"$(base64 <{quoted(_argument(sse_c_file or 'KEYFILE'))} | tr -d '\\n')\""


def upload_argument(file: str | None) -> str:
    """The file to upload as one word, or the placeholder."""
    return PLACEHOLDER if file is None else quoted(_argument(file))


def _upload(link: Link, file: str | None) -> list[str]:
    if (link.presigned.key or "").endswith("/"):
        # -T would add the file's name to a path that ends with `/`; --data-binary, a type nobody signed
        untyped = [] if "content-type" in link.required_headers else ["-H", "Content-Type:"]
        return ["-X", "PUT", *untyped, "--data-binary", _at(file)]
    globbed = file is not None and any(c in file for c in "[]{}")
    return [*(["--globoff"] if globbed else []), "-T", upload_argument(file)]


def _at(file: str | None) -> str:
    return f"@{PLACEHOLDER}" if file is None else quoted(f"@{_argument(file)}")


def _argument(path: str) -> str:
    """A path that no program takes for an option or for its standard input."""
    return f"./{path}" if path.startswith("-") or path in (".", "") else path


def _local_name(key: str) -> str:
    """The key's last part as a file's name: what no terminal should see becomes `_`."""
    name = "".join(c if c.isprintable() or c == "\u3000" else "_" for c in key.rpartition("/")[2])
    name = name.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
    return "download" if name in ("", ".", "..") else name

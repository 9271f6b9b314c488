"""A form's fields as hidden HTML inputs, in their order."""

import re
from html import escape

from presign_cli.core.upload_form import UploadForm
from presign_cli.errors import UsageError

# line ends; NUL and C1, whose character references mean something else
_LOST = re.compile(r"[\r\n\0\x80-\x9f]")


def hidden_fields(form: UploadForm) -> str:
    """An input a line, without the type that the uploader fills in.

    Raises UsageError for what HTML cannot carry. Browsers send every line end in a field as CR LF:
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    """
    if any(_LOST.search(value) for value in form.fields.values()):
        raise UsageError("no browser sends the control characters in the key as they are", hint="-o curl")
    skipped = "Content-Type" if form.wish.type_prefix is not None else None
    return "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{_attribute(value)}">'
        for name, value in form.fields.items()
        if name != skipped
    )


def type_field(form: UploadForm) -> str:
    """Where the uploader says the file's type, for a form that takes several; else nothing."""
    prefix = form.wish.type_prefix
    if prefix is None:
        return ""
    return (
        f'<p><label>Type of the file <input name="Content-Type" value="{escape(prefix)}" '
        f'placeholder="{escape(prefix)}…" required></label></p>'
    )


def accept(content_type: str | None) -> str:
    """The attribute that has the browser's file dialog show files of this type first."""
    kind = (content_type or "").partition(";")[0].strip()
    return f' accept="{escape(kind)}"' if kind and kind not in ("*/*", "application/octet-stream") else ""


def _attribute(value: str) -> str:
    """Escaped, and what would act on a terminal as a character reference."""
    return "".join(c if c.isprintable() else f"&#{ord(c)};" for c in escape(value))

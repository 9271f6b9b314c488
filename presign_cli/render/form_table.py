"""Upload forms for a person's eyes: what may be uploaded, by whom signed, until when, and every field."""

from datetime import datetime

from presign_cli.core.size import MAX_OBJECT_OF_ONE_REQUEST, size_in_words
from presign_cli.core.timestamps import ToLocal
from presign_cli.core.upload_form import FILENAME, FormWish, UploadForm
from presign_cli.render.console import Console
from presign_cli.render.table import bare_link, link_rows, rows_text


def form_table(form: UploadForm, *, console: Console, now: datetime, to_local: ToLocal) -> str:
    """Two tables, and the address that the form is sent to on a line of its own."""
    rows = link_rows(form.link, now=now, to_local=to_local)
    if form.wish.is_prefix:
        rows[0] = ("objects", f"{rows[0][1]}{FILENAME}")
    rows += [("size", size_range(form.wish)), ("type", form.wish.upload.content_type or "any")]
    fields = [(name, value or "(the uploader's)") for name, value in form.fields.items()]
    fields.append(("file", "(the file, last of all)"))
    return "\n".join((rows_text(rows, console), rows_text(fields, console), bare_link(form.link, console)))


def size_range(wish: FormWish) -> str:
    """`1 byte to 50 MB`."""
    low = size_in_words(wish.min_size or 0)
    high = MAX_OBJECT_OF_ONE_REQUEST if wish.max_size is None else wish.max_size
    return f"{low} to {size_in_words(high)}"

"""An upload form as a bare HTML form, to be put into a page."""

from html import escape

from presign_cli.core.upload_form import UploadForm
from presign_cli.render.fields import accept, hidden_fields, type_field


def form_html(form: UploadForm) -> str:
    """A form that works without scripts, with a label for the file and the file last of all fields."""
    file = f'<input type="file" name="file" required{accept(form.wish.upload.content_type)}>'
    lines = [
        f'<form action="{escape(form.url)}" method="post" enctype="multipart/form-data">',
        hidden_fields(form),
        type_field(form),
        f"<p><label>File to upload {file}</label></p>",
        '<p><button type="submit">Upload</button></p>',
        "</form>",
    ]
    return "".join(f"{line}\n" for line in lines if line)

"""The three kinds of upload pages: of one link, of a form, of an upload in parts."""

from html import escape

from presign_cli.core.link import Link
from presign_cli.core.multipart import MultipartUpload
from presign_cli.core.policy import LengthRange
from presign_cli.core.size import MAX_OBJECT_OF_ONE_REQUEST, size_in_words
from presign_cli.core.upload_form import UploadForm
from presign_cli.render.fields import hidden_fields, type_field
from presign_cli.render.upload_html import UploadPage, upload_html


def put_page(link: Link) -> str:
    """The page of a link that uploads one file. The link owes no secret header."""
    headers = {name: value for name, value in link.required_headers.items() if value is not None}
    length = headers.pop("content-length", None)
    size = None if length is None else int(length)
    return upload_html(
        UploadPage(
            link=link,
            url=link.presigned.url,
            job={
                "kind": "put",
                "url": link.presigned.url,
                "headers": headers,
                "size": size,
                "max": MAX_OBJECT_OF_ONE_REQUEST,
                "type": headers.get("content-type"),
            },
            content_type=headers.get("content-type"),
            size=_exactly(size) if size is not None else f"up to {size_in_words(MAX_OBJECT_OF_ONE_REQUEST)}",
            saved_as=link.presigned.key or "",
            name=_last_part(link.presigned.key),
        )
    )


def multipart_page(upload: MultipartUpload) -> str:
    """The page of an upload in parts: in slices, with retries, and resumed after an interruption."""
    plan = upload.plan
    return upload_html(
        UploadPage(
            link=upload.link,
            url=upload.complete_url,
            job={
                "kind": "multipart",
                "size": plan.size,
                "uploadId": upload.upload_id,
                "parts": [
                    {"number": p.number, "offset": p.offset, "size": p.size, "url": p.url}
                    for p in upload.parts
                ],
                "partHeaders": dict(upload.part_headers),
                "completeUrl": upload.complete_url,
                "completeHeaders": dict(upload.complete_headers),
            },
            content_type=None,
            size=_exactly(plan.size),
            saved_as=upload.link.presigned.key or "",
            name=_last_part(upload.link.presigned.key),
        )
    )


def form_page(form: UploadForm) -> str:
    """The page of a form, which works without scripts, too."""
    wish = form.wish
    sizes = next((one for one in form.conditions if isinstance(one, LengthRange)), None)
    maximum = sizes.maximum if sizes else MAX_OBJECT_OF_ONE_REQUEST
    minimum = sizes.minimum if sizes else 0
    low = f"{size_in_words(minimum)} to " if minimum else "up to "
    return upload_html(
        UploadPage(
            link=form.link,
            url=form.url,
            job={
                "kind": "form",
                "url": form.url,
                "fields": list(form.fields.items()),
                "max": maximum,
                "min": minimum,
                "type": wish.upload.content_type if wish.type_prefix is None else None,
                "typePrefix": wish.type_prefix,
                "redirect": wish.redirect,
                "again": wish.is_prefix,
            },
            content_type=wish.upload.content_type,
            size=f"{low}{size_in_words(maximum)}",
            saved_as=wish.key,
            name=None if wish.is_prefix else _last_part(wish.key),
            form_attributes=f'action="{escape(form.url)}" method="post" enctype="multipart/form-data"',
            fields=hidden_fields(form),
            without_scripts=f"<noscript>{type_field(form)}</noscript>"
            if wish.type_prefix is not None
            else "",
            redirect=wish.redirect,
        )
    )


def _exactly(size: int) -> str:
    words = size_in_words(size)
    return f"exactly {words}" if words.endswith(("bytes", "byte")) else f"exactly {words} ({size:,} bytes)"


def _last_part(key: str | None) -> str:
    return (key or "").rstrip("/").rpartition("/")[2] or "a file"

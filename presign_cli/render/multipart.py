"""Uploads in parts as JSON, as bare links, and for a person's eyes."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from presign_cli.core.multipart import MultipartUpload
from presign_cli.core.size import size_in_words
from presign_cli.core.timestamps import ToLocal
from presign_cli.render.console import Console
from presign_cli.render.json import link_object
from presign_cli.render.table import Row, link_rows, rows_text

_UNFINISHED = (
    "complete or abort it before the links expire: what an unfinished upload has stored costs money until "
    "somebody aborts it (a lifecycle rule of the bucket can)"
)


def multipart_json(upload: MultipartUpload, *, indent: bool = False) -> str:
    """One object, a line, or indented for a person who looks at it."""
    return json.dumps(multipart_object(upload), indent=2 if indent else None) + "\n"


def multipart_object(upload: MultipartUpload) -> dict[str, Any]:
    """The object `presign.link/1` without a `url` of its own, and with those of the parts.

    Each part's link is signed for exactly its `size`, which every HTTP client tells as Content-Length.
    """
    return {
        **link_object(upload.link),
        "method": "PUT",
        "url": None,
        "required_headers": dict(upload.part_headers),
        "upload_id": upload.upload_id,
        "part_size": upload.plan.part_size,
        "parts": [
            {"number": p.number, "offset": p.offset, "size": p.size, "url": p.url} for p in upload.parts
        ],
        "part_headers": dict(upload.part_headers),
        "complete_url": upload.complete_url,
        "complete_headers": dict(upload.complete_headers),
        "abort_url": upload.abort_url,
    }


def multipart_links(upload: MultipartUpload) -> Iterator[str]:
    """The parts in order, then the completion, a line each."""
    for part in upload.parts:
        yield f"{part.url}\n"
    yield f"{upload.complete_url}\n"


def multipart_table(
    upload: MultipartUpload, *, console: Console, now: datetime, to_local: ToLocal
) -> Iterator[str]:
    """What it is, then every link on a line of its own under its name."""
    yield rows_text(_rows(upload, now=now, to_local=to_local), console)
    for part in upload.parts:
        yield f"\nPUT part {part.number}, {part.size} bytes from {part.offset}\n{part.url}\n"
    yield f"\nPOST to complete it, with the parts' ETags\n{upload.complete_url}\n"
    yield f"\nDELETE to abort it\n{upload.abort_url}\n"


def _rows(upload: MultipartUpload, *, now: datetime, to_local: ToLocal) -> list[Row]:
    plan = upload.plan
    count = f"{plan.count} parts of {size_in_words(plan.part_size)}"
    common = link_rows(upload.link, now=now, to_local=to_local)
    return [
        *(row for row in common if row[0] not in ("for", "must send")),
        ("size", f"{size_in_words(plan.size)} ({plan.size} bytes), {count}"),
        ("upload id", upload.upload_id),
        *_owed("with each part", upload.part_headers),
        *_owed("at the end", upload.complete_headers),
        ("mind", _UNFINISHED),
    ]


def _owed(when: str, headers: Mapping[str, str | None]) -> list[Row]:
    return [(when, f"{name}: {'(secret)' if value is None else value}") for name, value in headers.items()]

"""An upload in parts as a POSIX shell script around curl: uploads, completes, and aborts where it fails."""

from collections.abc import Mapping

from presign_cli.core.harmless import harmless
from presign_cli.core.multipart import MultipartUpload
from presign_cli.core.size import size_in_words
from presign_cli.core.timestamps import iso
from presign_cli.render.asset import asset, filled
from presign_cli.render.curl import Sources, header, read_customer_key, upload_argument
from presign_cli.render.shell import quoted

_SECRET = "$customer_key"


def upload_script(upload: MultipartUpload, sources: Sources) -> str:
    """The script, in a subshell: pasted into a terminal it does not end that shell when it fails."""
    presigned, plan, life = upload.link.presigned, upload.plan, upload.link.life
    place = harmless(f"s3://{presigned.bucket}/{presigned.key}")
    until = iso(life.usable_until or life.expires_at)
    parts = "\n".join(f"part {p.number} {p.offset} {p.size} {quoted(p.url)}" for p in upload.parts)
    secret = None in upload.part_headers.values()
    return filled(
        asset("multipart.sh"),
        {
            "about": f"Uploads a file of {size_in_words(plan.size)} in parts to {place}, until {until}.",
            "file": upload_argument(sources.file),
            "size": str(plan.size),
            "count": str(plan.count),
            "complete_url": quoted(upload.complete_url),
            "abort_url": quoted(upload.abort_url),
            "secret": f"customer_key={read_customer_key(sources.sse_c_file)}\n" if secret else "",
            "part_headers": _headers(upload.part_headers),
            "complete_headers": _headers(upload.complete_headers),
            "parts": parts,
            "done": quoted(f"uploaded: {place}"),
        },
    )


def _headers(headers: Mapping[str, str | None]) -> str:
    words = (
        f'-H "{name}: {_SECRET}"' if value is None else f"-H {header(name, value)}"
        for name, value in headers.items()
    )
    return "".join(f" {word}" for word in words)

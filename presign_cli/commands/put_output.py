"""A signed upload given out: the page, the link or the parts, in the format that was asked for."""

from collections.abc import Iterable

from presign_cli.commands.output import write_batches
from presign_cli.commands.runtime import Runtime
from presign_cli.commands.sharing import Sharing, copy_text, shared
from presign_cli.commands.talk import Talk
from presign_cli.commands.upload_page import write_page
from presign_cli.core.link import Batch
from presign_cli.core.multipart import MultipartUpload
from presign_cli.render.curl import Sources


def give_link(
    batch: Batch, sources: Sources, *, form: str, sharing: Sharing, runtime: Runtime, talk: Talk
) -> None:
    """Prints and shares one upload link, and writes its page."""
    link = batch.model
    if not {"content-length", "content-type", "x-amz-checksum-sha256"}.intersection(link.required_headers):
        talk.note(
            "this link takes a file of any size and type; --size, --content-type and --for-file say which"
        )
    if sharing.page is not None:
        from presign_cli.render.upload_page import put_page

        bucket = link.presigned.bucket or ""
        write_page(sharing.page, put_page(link), bucket=bucket, methods=["PUT"], talk=talk)
    batches = shared([batch], sharing._replace(page=None), form=form, runtime=runtime, talk=talk)
    write_batches(batches, form=form, many=False, runtime=runtime, talk=talk, sources=sources)


def give_parts(
    parts: MultipartUpload, sources: Sources, *, form: str, sharing: Sharing, runtime: Runtime, talk: Talk
) -> None:
    """Prints the links of an upload in parts, and writes its page."""
    presigned = parts.link.presigned
    talk.note(
        f"S3 has begun upload {parts.upload_id}: what it stores costs money until it is completed or aborted"
    )
    if sharing.page is not None:
        from presign_cli.render.upload_page import multipart_page

        write_page(
            sharing.page,
            multipart_page(parts),
            bucket=presigned.bucket or "",
            methods=["PUT", "POST"],
            talk=talk,
        )
    text = "".join(_rendered(parts, sources, form=form, runtime=runtime))
    runtime.stdout.write(text)
    runtime.stdout.flush()
    if sharing.copy:
        copy_text(text, runtime=runtime, talk=talk)


def _rendered(parts: MultipartUpload, sources: Sources, *, form: str, runtime: Runtime) -> Iterable[str]:
    if form == "curl":
        from presign_cli.render.upload_script import upload_script

        return [upload_script(parts, sources)]
    from presign_cli.render.multipart import multipart_json, multipart_links, multipart_table

    if form == "link":
        return multipart_links(parts)
    if form == "json":
        return [multipart_json(parts, indent=runtime.console.is_terminal)]
    return multipart_table(parts, console=runtime.console, now=runtime.now(), to_local=runtime.to_local)

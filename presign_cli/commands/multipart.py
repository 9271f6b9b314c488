"""An upload in parts from its beginning at S3 to its links; whatever fails on the way, none is left open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from presign_cli.commands.signing import Request, Signer
from presign_cli.core.encryption import shown
from presign_cli.core.link import Batch, Link
from presign_cli.core.multipart import MultipartUpload, Part, PartPlan
from presign_cli.core.target import Target
from presign_cli.core.upload import Upload
from presign_cli.core.window import Window


@contextmanager
def begun(signer: Signer, target: Target, upload: Upload, plan: PartPlan) -> Iterator[MultipartUpload]:
    """The signed upload; where the block fails, be it by Ctrl-C or a closed pipe, it is aborted.

    All that can be refused without S3 is refused before it is asked. Raises RefusedError.
    """
    from presign_cli.aws.multipart import MultipartCalls

    window = signer.window()
    complete = _completion(upload, "")
    draft = signer.draft(target, [target.key], complete, window=window).model
    located = signer.locate(target)
    calls = MultipartCalls(
        signer.account,
        bucket=target.bucket,
        key=target.key,
        region=located.location.region,
        credentials=signer.prepare(located, window, complete).credentials,
    )
    upload_id = calls.begin(upload)
    try:
        signed = _signed(signer, target, upload, plan, draft=draft, upload_id=upload_id, window=window)
        _remember(signer, signed)
        yield signed
    except BaseException:
        calls.abort(upload_id)
        raise


def _completion(upload: Upload, upload_id: str) -> Request:
    headers = {"if-none-match": "*"} if upload.no_overwrite else {}
    return Request(method="POST", query=(("uploadId", upload_id),), headers=headers)


def _signed(
    signer: Signer,
    target: Target,
    upload: Upload,
    plan: PartPlan,
    *,
    draft: Link,
    upload_id: str,
    window: Window,
) -> MultipartUpload:
    located = signer.locate(target)

    def url(request: Request) -> str:
        return signer.prepare(located, window, request).urls([target.key], query=request.query)[0]

    complete = _completion(upload, upload_id)
    complete_url = url(complete)
    secret = upload.customer_key.headers() if upload.customer_key else {}
    parts = tuple(
        Part(number, offset, size, url(_part(number, size, upload_id, secret)))
        for number, offset, size in plan.ranges()
    )
    return MultipartUpload(
        link=replace(
            draft, presigned=replace(draft.presigned, url=complete_url), required_headers=shown(secret)
        ),
        upload_id=upload_id,
        plan=plan,
        parts=parts,
        part_headers=shown(secret),
        complete_url=complete_url,
        complete_headers=complete.headers,
        abort_url=url(Request(method="DELETE", query=(("uploadId", upload_id),))),
    )


def _remember(signer: Signer, signed: MultipartUpload) -> None:
    """One entry, of the PUT that all its links are together."""
    link = signed.link
    link = replace(link, presigned=replace(link.presigned, method="PUT"))
    signer.remembered(Batch(link, [link.presigned.key or ""], [link.presigned.url]))


def _part(number: int, size: int, upload_id: str, secret: dict[str, str]) -> Request:
    """A part of exactly this size: nobody can store more than was promised to be taken."""
    headers = {"content-length": str(size), **secret}
    return Request(
        method="PUT", query=(("partNumber", str(number)), ("uploadId", upload_id)), headers=headers
    )

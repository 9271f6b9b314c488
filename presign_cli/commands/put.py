"""`presign put`: sign an upload link."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands import upload_options as up
from presign_cli.commands.local_file import LocalFile, describe, read_customer_key
from presign_cli.commands.multipart import begun
from presign_cli.commands.output import LINK_FORMATS, choose_format, write_batches
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.commands.sharing import Sharing, check_no_qr, check_sharing, copy_text, shared
from presign_cli.commands.signing import Request, Signer, SigningOptions, open_signer, settings_of
from presign_cli.commands.talk import Talk
from presign_cli.commands.upload_page import write_page
from presign_cli.core.multipart import MultipartUpload, plan_parts
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.size import MAX_OBJECT_OF_ONE_REQUEST, parse_size, size_in_words
from presign_cli.core.target import Target
from presign_cli.core.upload import Upload, check_content_type, owed_headers, parse_sha256
from presign_cli.errors import ExitCode, UsageError
from presign_cli.render.curl import Sources

_MULTIPART_FORMATS = ("table", "link", "json", "curl")

ContentType = Annotated[
    str | None,
    typer.Option(
        "--content-type", metavar="TYPE", rich_help_panel=opt.LINK, help="only as this Content-Type"
    ),
]
Size = Annotated[
    str | None,
    typer.Option(
        "--size", metavar="SIZE", rich_help_panel=opt.LINK, help="only exactly that large: 300, 50MB, 5GiB"
    ),
]
ForFile = Annotated[
    Path | None,
    typer.Option(
        "--for-file",
        metavar="PATH",
        rich_help_panel=opt.LINK,
        help="only this file: its exact length, guessed type and SHA-256",
    ),
]
ChecksumSha256 = Annotated[
    str | None,
    typer.Option(
        "--checksum-sha256",
        metavar="SHA256",
        rich_help_panel=opt.LINK,
        help="only content with this SHA-256, in base64, or hex as sha256sum prints it",
    ),
]
NoOverwrite = Annotated[
    bool,
    typer.Option("--no-overwrite", rich_help_panel=opt.LINK, help="only while no object has the key yet"),
]
Multipart = Annotated[
    bool,
    typer.Option(
        "--multipart", rich_help_panel=opt.LINK, help="begin an upload in parts, for files up to 48.8 TiB"
    ),
]
PartSize = Annotated[
    str | None,
    typer.Option(
        "--part-size", metavar="SIZE", rich_help_panel=opt.RARE, help="of a multipart upload's parts"
    ),
]


def put(
    ctx: typer.Context,
    target: opt.Target,
    content_type: ContentType = None,
    size: Size = None,
    for_file: ForFile = None,
    checksum_sha256: ChecksumSha256 = None,
    no_overwrite: NoOverwrite = False,
    metadata: up.Metadata = None,
    tag: up.Tag = None,
    multipart: Multipart = False,
    part_size: PartSize = None,
    storage_class: up.StorageClass = None,
    acl: up.Acl = None,
    sse: up.Sse = None,
    kms_key_id: up.KmsKeyId = None,
    sse_c_key: opt.SseCKey = None,
    ttl: opt.Ttl = None,
    expires_in: opt.ExpiresIn = None,
    until: opt.Until = None,
    not_before: opt.NotBefore = None,
    strict: opt.Strict = False,
    profile: opt.Profile = None,
    bucket: opt.Bucket = None,
    region: opt.Region = None,
    endpoint_url: opt.EndpointUrl = None,
    public_url: opt.PublicUrl = None,
    addressing: opt.Addressing = None,
    accelerate: opt.Accelerate = False,
    dualstack: opt.Dualstack = False,
    fips: opt.Fips = False,
    ca_bundle: opt.CaBundle = None,
    no_detect: opt.NoDetect = False,
    output: opt.Output = None,
    copy: opt.Copy = False,
    qr: opt.Qr = False,
    qr_file: opt.QrFile = None,
    page: up.Page = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """Sign an upload link.

    1. A link to upload one PDF within the hour:
         presign put s3://BUCKET/in/report.pdf --content-type application/pdf
    2. For this file and no other, as a command to paste:
         presign put s3://BUCKET/in/report.pdf --for-file report.pdf -o curl
    3. Never over what is there:
         presign put s3://BUCKET/in/report.pdf --no-overwrite
    4. A page to mail to a customer:
         presign put s3://BUCKET/in/report.pdf --size 12MB --page upload.html
    5. A large file, by a script that uploads it in parts:
         presign put s3://BUCKET/disk.img --multipart --size 20GiB -o curl > upload.sh

    Whoever uploads must send the headers that are told (-o table, -o json, -o curl), exactly as they are.
    """
    runtime = runtime_of(ctx)
    talk = Talk(runtime.stderr, quiet=quiet, debug=debug)
    options = SigningOptions(
        ttl=opt.one_of("--ttl", ttl, "--expires-in", expires_in),
        until=until,
        not_before=not_before,
        strict=strict,
        profile=profile,
        bucket=bucket,
        region=region,
        endpoint_url=endpoint_url,
        public_url=public_url,
        addressing=addressing,
        accelerate=accelerate,
        dualstack=dualstack,
        fips=fips,
        ca_bundle=ca_bundle,
        no_detect=no_detect,
    )
    _check_contradictions(
        multipart=multipart,
        part_size=part_size,
        checksum=checksum_sha256,
        sse=sse,
        sse_c_key=sse_c_key,
        page=page,
    )
    asked = _with_content(
        up.read_upload(
            metadata=metadata, tags=tag, storage_class=storage_class, acl=acl, sse=sse, kms_key_id=kms_key_id
        ),
        content_type=content_type,
        size=size,
        checksum_sha256=checksum_sha256,
        no_overwrite=no_overwrite,
        file=None if for_file is None else describe(for_file),
        multipart=multipart,
    )
    upload = replace(asked, customer_key=None if sse_c_key is None else read_customer_key(sse_c_key))
    sources = Sources(
        file=None if for_file is None else str(for_file),
        sse_c_file=None if sse_c_key is None else str(sse_c_key),
    )
    sharing = Sharing(copy=copy, qr=qr, qr_file=qr_file, page=page)

    settings = settings_of(options, runtime=runtime)
    form = choose_format(
        output,
        setting=settings.output,
        known=_MULTIPART_FORMATS if multipart else LINK_FORMATS,
        default="table" if runtime.console.is_terminal else "json" if multipart else "link",
    )
    check_sharing(sharing, form=form, many=False)
    if multipart:
        check_no_qr(sharing, what="an upload in parts")
    signer = open_signer(options, settings, runtime=runtime, talk=talk)
    wanted = parse_renewable(target, signer.surroundings(method="PUT"))
    if multipart:
        plan = plan_parts(
            upload.size or 0,
            part_size=None if part_size is None else parse_size(part_size, option="--part-size"),
        )
        with begun(signer, wanted, upload, plan) as parts:
            _give_parts(parts, sources, form=form, sharing=sharing, runtime=runtime, talk=talk)
    else:
        _give_link(signer, wanted, upload, sources, form=form, sharing=sharing, runtime=runtime, talk=talk)
    return ExitCode.OK


def _with_content(
    upload: Upload,
    *,
    content_type: str | None,
    size: str | None,
    checksum_sha256: str | None,
    no_overwrite: bool,
    file: LocalFile | None,
    multipart: bool,
) -> Upload:
    """The upload with what is asked of its content, by flags or by a file. Raises UsageError."""
    length = None if size is None else parse_size(size, option="--size")
    checksum = None if checksum_sha256 is None else parse_sha256(checksum_sha256)
    kind = None if content_type is None else check_content_type(content_type)
    if file is not None:
        _check_agreement("--size", length, file.size)
        _check_agreement("--checksum-sha256", checksum, file.checksum_sha256)
        length, kind = file.size, kind or file.content_type
        checksum = None if multipart else file.checksum_sha256  # S3 has none over a whole upload in parts
    if multipart and length is None:
        raise UsageError(
            "--multipart needs the file's size", hint="--multipart --size 20GiB, or --for-file PATH"
        )
    if not multipart and length is not None and length > MAX_OBJECT_OF_ONE_REQUEST:
        raise UsageError(
            f"{size_in_words(length)} are over the {size_in_words(MAX_OBJECT_OF_ONE_REQUEST)} of one PUT",
            hint=f"presign put --multipart --size {length}",
        )
    return replace(
        upload, content_type=kind, size=length, checksum_sha256=checksum, no_overwrite=no_overwrite
    )


def _check_agreement(option: str, said: object, found: object) -> None:
    if said is not None and said != found:
        raise UsageError(
            f"{option} `{said}` is not that of --for-file, `{found}`", hint=f"leave out {option}"
        )


def _check_contradictions(
    *,
    multipart: bool,
    part_size: str | None,
    checksum: str | None,
    sse: str | None,
    sse_c_key: Path | None,
    page: Path | None,
) -> None:
    if part_size is not None and not multipart:
        raise UsageError(
            "--part-size is for an upload in parts", hint="--multipart --size SIZE --part-size SIZE"
        )
    if checksum is not None and multipart:
        raise UsageError(
            "S3 checks no SHA-256 of a whole upload in parts", hint="leave out --checksum-sha256"
        )
    if sse is not None and sse_c_key is not None:
        raise UsageError("--sse and --sse-c-key both say who encrypts", hint="leave one of them out")
    if page is not None and sse_c_key is not None:
        raise UsageError(
            "a page cannot upload with an SSE-C key without holding it", hint="-o curl, without --page"
        )


def _give_link(
    signer: Signer,
    target: Target,
    upload: Upload,
    sources: Sources,
    *,
    form: str,
    sharing: Sharing,
    runtime: Runtime,
    talk: Talk,
) -> None:
    batch = signer.batch(target, [target.key], Request(method="PUT", headers=owed_headers(upload)))
    if upload.size is None and upload.content_type is None:
        talk.note(
            "this link takes a file of any size and type; --size, --content-type and --for-file say which"
        )
    if sharing.page is not None:
        from presign_cli.render.page import put_page

        write_page(sharing.page, put_page(batch.model), bucket=target.bucket, methods=["PUT"], talk=talk)
    batches = shared([batch], replace(sharing, page=None), form=form, runtime=runtime, talk=talk)
    write_batches(batches, form=form, many=False, runtime=runtime, talk=talk, sources=sources)


def _give_parts(
    parts: MultipartUpload, sources: Sources, *, form: str, sharing: Sharing, runtime: Runtime, talk: Talk
) -> None:
    presigned = parts.link.presigned
    talk.note(
        f"S3 has begun upload {parts.upload_id}: what it stores costs money until it is completed or aborted"
    )
    if sharing.page is not None:
        from presign_cli.render.page import multipart_page

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

"""`presign put`: sign an upload link."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands import upload_options as up
from presign_cli.commands.local_file import describe, read_customer_key
from presign_cli.commands.multipart import begun
from presign_cli.commands.output import LINK_FORMATS, choose_format
from presign_cli.commands.put_output import give_link, give_parts
from presign_cli.commands.runtime import runtime_of
from presign_cli.commands.sharing import Sharing, check_no_qr, check_sharing
from presign_cli.commands.signing import Request, open_signer
from presign_cli.commands.signing_options import SigningOptions, settings_of
from presign_cli.commands.talk import Talk
from presign_cli.commands.upload_target import parsed_for
from presign_cli.core.multipart import plan_parts
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.size import parse_size
from presign_cli.core.upload import owed_headers
from presign_cli.core.upload_content import with_content
from presign_cli.errors import ExitCode, UsageError
from presign_cli.render.curl import Sources

_MULTIPART_FORMATS = ("table", "link", "json", "curl")

Output = Annotated[str | None, opt.output_option(LINK_FORMATS)]

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
    output: Output = None,
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
         presign put s3://BUCKET/in/report.pdf --content-type application/pdf --page upload.html
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
    asked = with_content(
        up.read_upload(
            metadata=metadata, tags=tag, storage_class=storage_class, acl=acl, sse=sse, kms_key_id=kms_key_id
        ),
        content_type=content_type,
        size=size,
        checksum_sha256=checksum_sha256,
        no_overwrite=no_overwrite,
        file=None if for_file is None else describe(for_file, with_checksum=not multipart),
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
    around = signer.surroundings(method="PUT")
    wanted = parsed_for("put", lambda: parse_renewable(target, around))
    if multipart:
        plan = plan_parts(
            upload.size or 0,
            part_size=None if part_size is None else parse_size(part_size, option="--part-size"),
        )
        with begun(signer, wanted, upload, plan) as parts:
            give_parts(parts, sources, form=form, sharing=sharing, runtime=runtime, talk=talk)
    else:
        request = Request(method="PUT", headers=owed_headers(upload))
        batch = signer.batch(wanted, [wanted.key], request)
        give_link(batch, sources, form=form, sharing=sharing, runtime=runtime, talk=talk)
    return ExitCode.OK


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

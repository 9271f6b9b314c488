"""`presign post-form`: sign a browser's upload form."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands import upload_options as up
from presign_cli.commands.output import choose_format
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.commands.sharing import Sharing, check_no_qr, copy_text
from presign_cli.commands.signing import Signer, open_signer
from presign_cli.commands.signing_options import SigningOptions, settings_of
from presign_cli.commands.talk import Talk
from presign_cli.commands.upload_page import write_page
from presign_cli.commands.upload_target import parsed_for
from presign_cli.core.cautions import life_warnings
from presign_cli.core.life import usable_life
from presign_cli.core.link import Batch
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.sigv4 import ALGORITHM
from presign_cli.core.size import parse_size
from presign_cli.core.target import Target, short
from presign_cli.core.upload_form import FormWish, UploadForm, read_form_key, sign_form
from presign_cli.errors import ExitCode, UsageError

_FORMATS = ("table", "json", "html", "curl")
Output = Annotated[str | None, opt.output_option(_FORMATS)]

Prefix = Annotated[
    bool,
    typer.Option(
        "--prefix", rich_help_panel=opt.LINK, help="TARGET is a prefix; the uploader's file name is appended"
    ),
]
MinSize = Annotated[
    str | None,
    typer.Option("--min-size", metavar="SIZE", rich_help_panel=opt.LINK, help="at least that large: 1, 5kB"),
]
MaxSize = Annotated[
    str | None,
    typer.Option(
        "--max-size", metavar="SIZE", rich_help_panel=opt.LINK, help="at most that large: 50MB, 5GiB"
    ),
]
ContentType = Annotated[
    str | None,
    typer.Option(
        "--content-type",
        metavar="TYPE",
        rich_help_panel=opt.LINK,
        help="only this type, or image/* for a kind",
    ),
]
Redirect = Annotated[
    str | None,
    typer.Option("--redirect", metavar="URL", rich_help_panel=opt.RARE, help="where browsers go afterwards"),
]
Status = Annotated[
    int | None,
    typer.Option(
        "--status", metavar="200|201|204", rich_help_panel=opt.RARE, help="what S3 answers afterwards"
    ),
]


def post_form(
    ctx: typer.Context,
    target: opt.Target,
    prefix: Prefix = False,
    min_size: MinSize = None,
    max_size: MaxSize = None,
    content_type: ContentType = None,
    metadata: up.Metadata = None,
    tag: up.Tag = None,
    redirect: Redirect = None,
    status: Status = None,
    storage_class: up.StorageClass = None,
    acl: up.Acl = None,
    sse: up.Sse = None,
    kms_key_id: up.KmsKeyId = None,
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
    """Sign a browser's upload form.

    1. A page to mail to a customer, for pictures under one prefix:
         presign post-form --prefix s3://BUCKET/returns/48213/ --content-type 'image/*' \\
           --max-size 50MB --page upload.html
    2. The fields, for a web site's own form:
         presign post-form s3://BUCKET/in/report.pdf --content-type application/pdf --max-size 50MB -o json
    3. As a command to paste:
         presign post-form s3://BUCKET/in/report.pdf --max-size 50MB -o curl

    The form allows what it says and nothing else: S3 refuses any other key, size, type or field.
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
    upload = up.read_upload(
        metadata=metadata, tags=tag, storage_class=storage_class, acl=acl, sse=sse, kms_key_id=kms_key_id
    )
    check_no_qr(Sharing(qr=qr, qr_file=qr_file), what="a form")
    settings = settings_of(options, runtime=runtime)
    form = choose_format(
        output,
        setting=settings.output,
        known=_FORMATS,
        default="table" if runtime.console.is_terminal else "json",
    )
    signer = open_signer(options, settings, runtime=runtime, talk=talk)
    around = signer.surroundings(method="POST", empty_key_allowed=prefix)
    wanted = parsed_for("post-form", lambda: parse_renewable(target, around))
    if wanted.renews:
        raise UsageError(
            f"`{short(target)}` is a signed link, of which no form can be made",
            hint="presign post-form s3://BUCKET/KEY",
        )
    key, is_prefix = read_form_key(wanted.key, prefix=prefix)
    wish = FormWish(
        key=key,
        is_prefix=is_prefix,
        upload=replace(upload, content_type=content_type),
        min_size=None if min_size is None else parse_size(min_size, option="--min-size"),
        max_size=None if max_size is None else parse_size(max_size, option="--max-size"),
        redirect=redirect,
        status=status,
    )
    signed = sign_wish(signer, wanted, wish, now=runtime.now())
    text = _rendered(signed, form=form, runtime=runtime)
    if page is not None:
        _write_page(signed, page, bucket=wanted.bucket, talk=talk)
    runtime.stdout.write(text)
    runtime.stdout.flush()
    if copy:
        copy_text(text, runtime=runtime, talk=talk)
    return ExitCode.OK


def sign_wish(signer: Signer, target: Target, wish: FormWish, *, now: datetime) -> UploadForm:
    """The signed form of one object or prefix, told about on stderr.

    Raises what the wish, the credentials, the region and `--strict` give rise to.
    """
    window = signer.window()
    located = signer.locate(target)
    if located.location.algorithm != ALGORITHM or located.location.service != "s3":
        raise UsageError(
            f"S3 takes no forms at `{target.bucket}`", hint=f"presign put s3://{target.bucket}/KEY"
        )
    credentials = signer.account.credentials(until=window.expires_at)
    life = usable_life(credentials, signed_at=window.signed_at, ttl_seconds=window.ttl_seconds)
    signed = sign_form(
        wish,
        location=located.location,
        credentials=credentials,
        life=life,
        profile=signer.account.profile,
        warnings=(*located.warnings, *life_warnings(life, now=now)),
    )
    link = signer.told(signed.link)
    signer.remembered(Batch(link, [wish.key], [signed.url]))
    return signed


def _rendered(form_: UploadForm, *, form: str, runtime: Runtime) -> str:
    if form == "html":
        from presign_cli.render.form_html import form_html

        return form_html(form_)
    if form == "curl":
        from presign_cli.render.curl import form_command

        return form_command(form_)
    if form == "json":
        from presign_cli.render.form_json import form_json

        return form_json(form_, indent=runtime.console.is_terminal)
    from presign_cli.render.form_table import form_table

    return form_table(form_, console=runtime.console, now=runtime.now(), to_local=runtime.to_local)


def _write_page(form: UploadForm, path: Path, *, bucket: str, talk: Talk) -> None:
    from presign_cli.render.upload_page import form_page

    write_page(path, form_page(form), bucket=bucket, methods=["POST"], talk=talk)

"""`presign get`: sign download links."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.output import LINK_FORMATS, choose_format, write_batches
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.commands.sharing import Sharing, check_sharing, shared
from presign_cli.commands.signing import Request, Signer, SigningOptions, open_signer, settings_of
from presign_cli.commands.talk import Talk
from presign_cli.commands.targets import STANDARD_INPUT, Expand, TargetReader
from presign_cli.core.link import Batch
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.response_overrides import OverrideWish, checked_wish, overrides_for, parse_overrides
from presign_cli.core.runs import Run
from presign_cli.core.target import Target
from presign_cli.errors import ExitCode, UsageError
from presign_cli.settings import Settings

if TYPE_CHECKING:
    from presign_cli.commands.check import LinkChecker
    from presign_cli.core.encryption import CustomerKey
    from presign_cli.render.curl import Sources

Download = Annotated[
    bool,
    typer.Option("--download", rich_help_panel=opt.LINK, help="browsers save it, under the key's last part"),
]
Filename = Annotated[
    str | None,
    typer.Option("--filename", metavar="NAME", rich_help_panel=opt.LINK, help="browsers save it under NAME"),
]
Inline = Annotated[
    bool, typer.Option("--inline", rich_help_panel=opt.LINK, help="browsers show it rather than save it")
]
VersionId = Annotated[
    str | None,
    typer.Option("--version-id", metavar="ID", rich_help_panel=opt.LINK, help="that version of the object"),
]
ContentType = Annotated[
    str | None,
    typer.Option(
        "--content-type", metavar="TYPE", rich_help_panel=opt.LINK, help="answer with this Content-Type"
    ),
]
CacheControl = Annotated[
    str | None,
    typer.Option(
        "--cache-control", metavar="VALUE", rich_help_panel=opt.RARE, help="answer with this Cache-Control"
    ),
]
Response = Annotated[
    list[str] | None,
    typer.Option(
        "--response",
        metavar="NAME=VALUE",
        rich_help_panel=opt.RARE,
        help="answer with this header: cache-control, content-disposition, content-encoding, "
        "content-language, content-type, expires",
    ),
]
CheckNow = Annotated[
    bool,
    typer.Option(
        "--check", rich_help_panel=opt.LINK, help="ask for its first byte: does it work? (exit 7 if not)"
    ),
]
RequestPayer = Annotated[
    bool, typer.Option("--request-payer", rich_help_panel=opt.RARE, help="the signer pays for the download")
]

FromFile = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="FILE", rich_help_panel=opt.WHERE, help="read targets from FILE, one a line"
    ),
]
Recursive = Annotated[
    bool,
    typer.Option(
        "--recursive", rich_help_panel=opt.WHERE, help="sign every object whose key begins with TARGET's"
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--max", metavar="N", min=1, rich_help_panel=opt.RARE, help="stop --recursive after N links"
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--page", metavar="FILE", rich_help_panel=opt.OUTPUT, help="write a web page with the links to FILE"
    ),
]


def get(
    ctx: typer.Context,
    targets: opt.Targets = None,
    download: Download = False,
    filename: Filename = None,
    inline: Inline = False,
    content_type: ContentType = None,
    version_id: VersionId = None,
    cache_control: CacheControl = None,
    response: Response = None,
    request_payer: RequestPayer = False,
    sse_c_key: opt.SseCKey = None,
    from_file: FromFile = None,
    recursive: Recursive = False,
    most: Most = None,
    check: CheckNow = False,
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
    page: Page = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """Sign download links.

    1. A link that lives for five minutes:
         presign get s3://BUCKET/manuals/kbd-v2.pdf --ttl 5m
    2. Saved by browsers under a name of its own:
         presign get s3://BUCKET/3f9c.bin --filename "Manual 2.pdf"
    3. Download it at once:
         presign get manuals/kbd-v2.pdf | xargs curl -fsS -o kbd-v2.pdf
    4. Renew a link that has expired:
         presign get "https://BUCKET.s3.eu-west-1.amazonaws.com/…"
    5. Many, one key a line:
         presign get - --bucket BUCKET < keys.txt > links.txt

    Where no --region says it, S3 is asked once for the bucket's region, without credentials; the answer is
    kept for 7 days (--no-detect asks nobody).
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
    wish = OverrideWish(
        download=download,
        inline=inline,
        filename=filename,
        content_type=content_type,
        cache_control=cache_control,
        others=parse_overrides(response or ()),
    )
    arguments = targets or []
    many = len(arguments) > 1 or STANDARD_INPUT in arguments or recursive or from_file is not None
    if many and (filename is not None or version_id is not None):
        raise UsageError("--filename and --version-id are for one target", hint="--download names each")
    _check_recursive(recursive, most=most, streams=STANDARD_INPUT in arguments or from_file is not None)

    settings = settings_of(options, runtime=runtime)
    wish = checked_wish(wish, download_by_default=settings.download)
    form = choose_format(
        output,
        setting=settings.output,
        known=LINK_FORMATS,
        default="table" if runtime.console.is_terminal else "link",
    )
    sharing = Sharing(copy=copy, qr=qr, qr_file=qr_file, page=page)
    check_sharing(sharing, form=form, many=many)
    customer_key = None if sse_c_key is None else _customer_key(sse_c_key, page=page)
    signer = open_signer(options, settings, runtime=runtime, talk=talk)
    reader = TargetReader(
        arguments,
        around=signer.surroundings(empty_key_allowed=recursive),
        parse=parse_renewable,
        runtime=runtime,
        talk=talk,
        file=from_file,
        expand=_expander(signer, most=most, runtime=runtime, talk=talk) if recursive else None,
    )
    checker = _checker(signer, settings, form=form, runtime=runtime, talk=talk) if check else None

    def sign(run: Run) -> Iterator[Batch]:
        for target, keys in _alike(run, one_by_one=check or wish.depends_on_key):
            request = _request(target, wish, version_id=version_id, request_payer=request_payer)
            request = replace(request, headers=customer_key.headers() if customer_key else {})
            batch = signer.batch(target, keys, request)
            yield checker.checked(batch, headers=request.headers) if checker else batch

    batches = shared(reader.sign(sign), sharing, form=form, runtime=runtime, talk=talk)
    sources = None if sse_c_key is None else _sources(sse_c_key)
    write_batches(batches, form=form, many=many, runtime=runtime, talk=talk, sources=sources)
    if checker:
        checker.raise_refusals()
    return ExitCode.OK


def _check_recursive(recursive: bool, *, most: int | None, streams: bool) -> None:
    if most is not None and not recursive:
        raise UsageError(
            "--max is for --recursive", hint="presign get --recursive s3://BUCKET/PREFIX/ --max 10"
        )
    if recursive and streams:
        raise UsageError(
            "--recursive takes its prefix from the command line, not from a stream",
            hint="presign get --recursive s3://BUCKET/PREFIX/",
        )


def _expander(signer: Signer, *, most: int | None, runtime: Runtime, talk: Talk) -> Expand:
    from presign_cli.commands.listing import list_runs

    return lambda target: list_runs(target, signer=signer, most=most, runtime=runtime, talk=talk)


def _checker(signer: Signer, settings: Settings, *, form: str, runtime: Runtime, talk: Talk) -> "LinkChecker":
    from presign_cli.commands.check import FORMATS_WITH_CHECK, LinkChecker

    return LinkChecker(
        account=signer.account,
        runtime=runtime,
        talk=talk,
        public_url=settings.public_url,
        tell=form not in FORMATS_WITH_CHECK,
    )


def _customer_key(path: Path, *, page: Path | None) -> "CustomerKey":
    from presign_cli.commands.local_file import read_customer_key

    if page is not None:
        raise UsageError("a page cannot send an SSE-C key without holding it", hint="-o curl, without --page")
    return read_customer_key(path)


def _sources(sse_c_key: Path) -> "Sources":
    from presign_cli.render.curl import Sources

    return Sources(sse_c_file=str(sse_c_key))


def _alike(run: Run, *, one_by_one: bool) -> Iterator[tuple[Target, list[str]]]:
    """The run whole, or key by key where links differ in more than that: an own file name, an own check."""
    if len(run.keys) == 1 or not one_by_one:
        yield run.target, run.keys
        return
    for key in run.keys:
        yield run.target._replace(key=key), [key]


def _request(target: Target, wish: OverrideWish, *, version_id: str | None, request_payer: bool) -> Request:
    """The operation's own query, in botocore's order."""
    query = list(overrides_for(target.key, wish, kept=target.response_overrides).items())
    version = version_id or target.version_id
    if version:
        query.append(("versionId", version))
    if request_payer:
        query.append(("x-amz-request-payer", "requester"))
    return Request(query=tuple(query))

"""`presign get`: sign download links."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from presign_cli.commands import download_options as down
from presign_cli.commands import options as opt
from presign_cli.commands.downloading import DownloadWish, sign_downloads
from presign_cli.commands.output import LINK_FORMATS, choose_format, write_batches
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.commands.sharing import Sharing, check_sharing, shared
from presign_cli.commands.signing import Signer, open_signer
from presign_cli.commands.signing_options import SigningOptions, settings_of
from presign_cli.commands.talk import Talk
from presign_cli.commands.targets import STANDARD_INPUT, Expand, TargetReader
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.response_overrides import OverrideWish, checked_wish, parse_overrides
from presign_cli.errors import ExitCode, UsageError
from presign_cli.settings import Settings

if TYPE_CHECKING:
    from presign_cli.commands.check import LinkChecker
    from presign_cli.core.encryption import CustomerKey
    from presign_cli.render.curl import Sources

EPILOG = """\
The bucket's region:
  What --region says is final. Otherwise AWS_REGION, AWS_DEFAULT_REGION or the
  profile says where to ask, and S3 is asked for the bucket's own region: one
  HEAD of the bucket in that partition, without credentials, by the usual proxy
  and CA settings. Where it is another, the link is signed for that, and a note
  says so; a bucket that does not exist (404) and a clock that is more than
  5 minutes off are warned of. The answer is kept for 7 days, a failure to reach
  S3 for 10 minutes. Nobody is asked about a bucket of a custom endpoint (its
  region is us-east-1 where none is set), with --no-detect, PRESIGN_DETECT=0 or
  `detect = false` in the settings file.
"""


def get(
    ctx: typer.Context,
    targets: opt.Targets = None,
    download: down.Download = False,
    filename: down.Filename = None,
    inline: down.Inline = False,
    content_type: down.ContentType = None,
    version_id: down.VersionId = None,
    cache_control: down.CacheControl = None,
    response: down.Response = None,
    request_payer: down.RequestPayer = False,
    sse_c_key: opt.SseCKey = None,
    from_file: down.FromFile = None,
    recursive: down.Recursive = False,
    most: down.Most = None,
    check: down.CheckNow = False,
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
    output: down.Output = None,
    copy: opt.Copy = False,
    qr: opt.Qr = False,
    qr_file: opt.QrFile = None,
    page: down.Page = None,
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
    streams = STANDARD_INPUT in arguments or from_file is not None
    many = len(arguments) > 1 or streams or recursive
    if version_id == "":
        raise UsageError("--version-id is empty", hint="leave it out for the newest version")
    if many and (filename is not None or version_id is not None):
        raise UsageError("--filename and --version-id are for one target", hint="--download names each")
    _check_recursive(recursive, most=most, streams=streams)

    settings = settings_of(options, runtime=runtime)
    download_wish = DownloadWish(
        overrides=checked_wish(wish, download_by_default=settings.download),
        version_id=version_id,
        request_payer=request_payer,
        customer_key=None if sse_c_key is None else _customer_key(sse_c_key, page=page),
    )
    form = choose_format(
        output,
        setting=settings.output,
        known=LINK_FORMATS,
        default="table" if runtime.console.is_terminal else "link",
    )
    sharing = Sharing(copy=copy, qr=qr, qr_file=qr_file, page=page)
    check_sharing(sharing, form=form, many=many)
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
    signed = reader.sign(lambda run: sign_downloads(run, download_wish, signer=signer, checker=checker))
    batches = shared(signed, sharing, form=form, runtime=runtime, talk=talk)
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

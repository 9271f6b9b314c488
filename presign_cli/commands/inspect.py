"""`presign inspect`: decode, explain, repair and verify links that already exist."""

from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.inspecting import Wish, inspect_all
from presign_cli.commands.links_in import read_texts
from presign_cli.commands.output import choose_format
from presign_cli.commands.runtime import Runtime, runtime_of
from presign_cli.core.duration import parse_ttl
from presign_cli.errors import UsageError

FORMATS = ("table", "link", "json", "csv")
Output = Annotated[str | None, opt.output_option(FORMATS)]
METHODS = ("GET", "PUT", "HEAD", "DELETE", "POST")

Urls = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="URL...",
        help="links in quotes, or what a mail made of them; a form's JSON or HTML; - for standard input",
    ),
]
Paste = Annotated[
    bool, typer.Option("--paste", rich_help_panel=opt.LINK, help="take the link from the clipboard")
]
Verify = Annotated[
    bool,
    typer.Option(
        "--verify",
        rich_help_panel=opt.LINK,
        help="recompute the signature with the keys of your profiles and environment; asks nobody",
    ),
]
Check = Annotated[
    bool,
    typer.Option(
        "--check", rich_help_panel=opt.LINK, help="ask the server: one GET of the first byte, nothing else"
    ),
]
Method = Annotated[
    str | None,
    typer.Option(
        "--method",
        metavar="METHOD",
        rich_help_panel=opt.LINK,
        help="what the link is said to be for: GET, PUT, HEAD, DELETE or POST",
    ),
]
MinLeft = Annotated[
    int | None,
    typer.Option(
        "--min-left",
        parser=parse_ttl,
        metavar="TTL",
        rich_help_panel=opt.LIFE,
        help="exit 5 where less than this is left: 1h, 30m",
    ),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        "-p",
        metavar="NAME",
        rich_help_panel=opt.WHO,
        help="verify with this profile's keys alone",
    ),
]
ShowSecrets = Annotated[
    bool,
    typer.Option(
        "--show-secrets",
        rich_help_panel=opt.OUTPUT,
        help="print signature and token, too: whoever sees them can use the link",
    ),
]


def inspect(
    ctx: typer.Context,
    urls: Urls = None,
    paste: Paste = False,
    verify: Verify = False,
    check: Check = False,
    method: Method = None,
    min_left: MinLeft = None,
    profile: Profile = None,
    output: Output = None,
    show_secrets: ShowSecrets = False,
    ca_bundle: opt.CaBundle = None,
    quiet: opt.Quiet = False,
    debug: opt.Debug = False,
) -> int:
    """Say what a signed link is, whether it works, and what is wrong with it. Offline, unless --check.

    1. "My link does not work":
         presign inspect "https://BUCKET.s3.eu-west-1.amazonaws.com/KEY?X-Amz-Algorithm=…"
    2. From the clipboard, however the mail mangled it; print the link as it was signed:
         presign inspect --paste -o link
    3. Did we sign it, and was it altered since?
         presign inspect --verify "https://…"
    4. What does S3 say to it?
         presign inspect --check "https://…"
    5. A whole mail, or a million links; which of them have less than a day to live?
         presign inspect - --min-left 1d -o json < mail.eml

    Exit code 0: alive; 5: expired, not yet valid, or less than --min-left; 6: unsigned, malformed or altered;
    7: refused by the server. The highest of several links.
    """
    runtime = runtime_of(ctx)
    wish = Wish(
        verify=verify,
        check=check,
        method=_method(method),
        min_left=min_left,
        profile=profile,
        ca_bundle=str(ca_bundle) if ca_bundle else None,
        show_secrets=show_secrets,
        form=_format(output, runtime),
    )
    return inspect_all(read_texts(urls or [], paste=paste, runtime=runtime), wish, runtime=runtime)


def _method(asked: str | None) -> str | None:
    if asked is None or asked.upper() in METHODS:
        return asked.upper() if asked else None
    raise UsageError(f"unknown method `{asked}`; known are {', '.join(METHODS)}", hint="--method GET")


def _format(asked: str | None, runtime: Runtime) -> str:
    """The format; the settings file is read only where no flag says it."""
    setting = None
    if asked is None:
        from presign_cli.settings import load_settings

        setting = load_settings(environ=runtime.environ).output
    return choose_format(asked, setting=setting, known=FORMATS, default="table")

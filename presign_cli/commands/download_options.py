"""The options that `get` alone has: what S3 is to answer with, and where many targets come from."""

from pathlib import Path
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.commands.output import LINK_FORMATS

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
Output = Annotated[str | None, opt.output_option(LINK_FORMATS)]

"""Every option that more than one command has, declared once as an `Annotated` alias.

The panels give the order of the help: what most people need first, what is rarely used last.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer

from presign_cli.core.duration import parse_ttl
from presign_cli.core.endpoint_url import parse_endpoint_url
from presign_cli.errors import UsageError

Value = TypeVar("Value")

LINK = "The link"
LIFE = "Its life"
WHO = "Who signs"
WHERE = "Where"
OUTPUT = "Output"
RARE = "Rarely used"
PANELS = (LINK, LIFE, WHO, WHERE, OUTPUT, RARE)

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TARGET...",
        help="s3://BUCKET/KEY, an ARN, an object's URL, an old link to renew, a KEY in the default bucket, "
        "or - for standard input",
    ),
]
Target = Annotated[
    str,
    typer.Argument(
        metavar="TARGET", help="s3://BUCKET/KEY, an ARN, an object's URL, or a KEY in the default bucket"
    ),
]

# The life of a link
Ttl = Annotated[
    int | None,
    typer.Option(
        "--ttl",
        "-t",
        parser=parse_ttl,
        metavar="TTL",
        rich_help_panel=LIFE,
        help="how long it lives: 300, 90s, 5m, 1h30m, 2d, PT15M; 1 s to 7 days; 1h where nothing is said",
    ),
]
ExpiresIn = Annotated[int | None, typer.Option("--expires-in", parser=parse_ttl, metavar="TTL", hidden=True)]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        rich_help_panel=LIFE,
        help="live until then: 2026-12-24T18:00 (local time), 2026-12-24T18:00+01:00, or 18:00, the next one",
    ),
]
NotBefore = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", rich_help_panel=LIFE, help="date the signature then; the TTL counts from there"
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        rich_help_panel=LIFE,
        help="print no link that would die before its time (exit 5) or renews a stranger's (exit 6)",
    ),
]

# Who signs
Profile = Annotated[
    str | None,
    typer.Option("--profile", "-p", metavar="NAME", rich_help_panel=WHO, help="the AWS profile"),
]

# Where the object is
Bucket = Annotated[
    str | None,
    typer.Option("--bucket", "-b", metavar="NAME", rich_help_panel=WHERE, help="the bucket of a bare KEY"),
]
Region = Annotated[
    str | None,
    typer.Option(
        "--region", "-r", metavar="NAME", rich_help_panel=WHERE, help="the bucket's region; asks nobody"
    ),
]
EndpointUrl = Annotated[
    str | None,
    typer.Option(
        "--endpoint-url",
        parser=parse_endpoint_url,
        metavar="URL",
        rich_help_panel=WHERE,
        help="another S3 server: MinIO, R2, Ceph; for link and calls",
    ),
]
PublicUrl = Annotated[
    str | None,
    typer.Option(
        "--public-url",
        parser=parse_endpoint_url,
        metavar="URL",
        rich_help_panel=RARE,
        help="sign for this host, as users reach it; calls go to the endpoint",
    ),
]
Addressing = Annotated[
    Literal["auto", "virtual", "path"] | None,
    typer.Option(
        rich_help_panel=RARE,
        help="where the bucket's name stands: in the host or in the path",
    ),
]
Accelerate = Annotated[
    bool, typer.Option("--accelerate", rich_help_panel=RARE, help="by S3 Transfer Acceleration")
]
Dualstack = Annotated[bool, typer.Option("--dualstack", rich_help_panel=RARE, help="by the IPv6 endpoint")]
Fips = Annotated[bool, typer.Option("--fips", rich_help_panel=RARE, help="by the FIPS endpoint")]
CaBundle = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        rich_help_panel=RARE,
        help="certificates to trust, in PEM",
    ),
]
NoDetect = Annotated[
    bool,
    typer.Option(
        "--no-detect", rich_help_panel=RARE, help="do not ask S3 for the bucket's region; PRESIGN_DETECT=0"
    ),
]

# Output
Copy = Annotated[
    bool,
    typer.Option("--copy", "-c", rich_help_panel=OUTPUT, help="put it into the clipboard, over SSH too"),
]
Qr = Annotated[
    bool, typer.Option("--qr", rich_help_panel=OUTPUT, help="draw a QR code too, to be scanned by a phone")
]
QrFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", rich_help_panel=OUTPUT, help="write the QR code to a .png or .svg file"),
]
SseCKey = Annotated[
    Path | None,
    typer.Option(
        "--sse-c-key",
        metavar="FILE",
        rich_help_panel=RARE,
        help="encrypted with a key of your own (SSE-C): 32 raw bytes; they stand in no output",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", rich_help_panel=OUTPUT, help="no notes and warnings on stderr")
]
Debug = Annotated[
    bool, typer.Option("--debug", rich_help_panel=RARE, help="tell how it was done, and show a traceback")
]


def output_option(formats: Sequence[str]) -> Any:
    """`-o` of a command that knows these formats; its help names them."""
    return typer.Option(
        "--output",
        "-o",
        metavar="FORMAT",
        rich_help_panel=OUTPUT,
        help=f"what to print: {', '.join(formats)}",
    )


def one_of(name: str, value: Value | None, alias: str, other: Value | None) -> Value | None:
    """The value of an option or of its alias. Raises UsageError where both were given."""
    if value is not None and other is not None:
        raise UsageError(f"{name} and {alias} say the same twice", hint=f"leave out {alias}")
    return value if value is not None else other

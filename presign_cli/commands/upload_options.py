"""The options of everything that lets somebody upload, and what they make of the object."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from presign_cli.commands import options as opt
from presign_cli.core.encryption import METHODS, parse_encryption
from presign_cli.core.metadata import parse_metadata
from presign_cli.core.tags import parse_tags
from presign_cli.core.upload import Upload, check_acl, check_storage_class

Metadata = Annotated[
    list[str] | None,
    typer.Option("--metadata", metavar="NAME=VALUE", rich_help_panel=opt.LINK, help="metadata of the object"),
]
Tag = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="KEY=VALUE", rich_help_panel=opt.LINK, help="a tag of the object"),
]
StorageClass = Annotated[
    str | None,
    typer.Option(
        "--storage-class", metavar="CLASS", rich_help_panel=opt.RARE, help="STANDARD_IA, GLACIER_IR…"
    ),
]
Acl = Annotated[
    str | None,
    typer.Option("--acl", metavar="ACL", rich_help_panel=opt.RARE, help="a canned ACL, such as private"),
]
Sse = Annotated[
    str | None,
    typer.Option(
        "--sse", metavar="|".join(METHODS), rich_help_panel=opt.RARE, help="how S3 is to encrypt it"
    ),
]
KmsKeyId = Annotated[
    str | None,
    typer.Option("--kms-key-id", metavar="KEY", rich_help_panel=opt.RARE, help="with this key of KMS"),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--page",
        metavar="FILE",
        rich_help_panel=opt.OUTPUT,
        help="write an upload page, to be mailed to somebody",
    ),
]


def read_upload(
    *,
    metadata: Sequence[str] | None,
    tags: Sequence[str] | None,
    storage_class: str | None,
    acl: str | None,
    sse: str | None,
    kms_key_id: str | None,
) -> Upload:
    """What these options say of the object. Raises UsageError."""
    return Upload(
        metadata=parse_metadata(metadata or ()),
        tags=parse_tags(tags or ()),
        storage_class=None if storage_class is None else check_storage_class(storage_class),
        acl=None if acl is None else check_acl(acl),
        encryption=parse_encryption(sse, kms_key_id=kms_key_id),
    )

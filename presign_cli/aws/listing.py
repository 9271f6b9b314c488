"""The keys below a prefix, page by page as S3 gives them."""

from collections.abc import Iterator
from itertools import islice

from presign_cli.aws.account import Account
from presign_cli.aws.client import s3_client
from presign_cli.aws.refusals import told_as_refusal
from presign_cli.core.credentials import Credentials

_PAGE = 1_000  # S3 gives no more at once


def list_keys(
    account: Account,
    bucket: str,
    prefix: str,
    *,
    region: str,
    credentials: Credentials,
    most: int | None = None,
) -> Iterator[list[str]]:
    """Keys in S3's order, at most `most` in all; folder markers (empty, ending in `/`) are left out.

    `bucket` is a name or an access point's ARN. Raises RefusedError.
    """
    client = s3_client(account, region=region, credentials=credentials)
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": min(most or _PAGE, _PAGE)}
    )
    left = most
    iterator = iter(pages)
    while left is None or left > 0:
        with told_as_refusal(f"list s3://{bucket}/{prefix}", right="s3:ListBucket on the bucket"):
            page = next(iterator, None)
        if page is None:
            return
        objects = (each["Key"] for each in page.get("Contents", ()) if not _is_folder_marker(each))
        keys = list(islice(objects, left))
        if keys:
            yield keys
        left = None if left is None else left - len(keys)


def _is_folder_marker(found: dict[str, object]) -> bool:
    """The S3 console makes an empty object `folder/` for a folder that somebody creates."""
    return str(found["Key"]).endswith("/") and found.get("Size") == 0

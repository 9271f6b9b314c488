"""The object that a command is about, and what every TARGET must be, however it was written."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from presign_cli.core.harmless import harmless
from presign_cli.core.location import is_bucket_name
from presign_cli.core.presigned import Presigned
from presign_cli.errors import UsageError

MAX_KEY_BYTES = 1_024

# An access point, Object Lambda access point or one on Outposts; what follows it is the key.
_ACCESS_POINT_ARN = (
    r"arn:aws[a-z\-]*:(?:"
    r"s3:[a-z0-9\-]*:\d{12}:accesspoint[/:][a-zA-Z0-9.\-]+"
    r"|s3-object-lambda:[a-z0-9\-]+:\d{12}:accesspoint[/:][a-zA-Z0-9\-]+"
    r"|s3-outposts:[a-z0-9\-]+:\d{12}:outpost[/:][a-zA-Z0-9\-]+[/:]accesspoint[/:][a-zA-Z0-9\-]+"
    r")"
)


class Target(NamedTuple):
    """One object that a link is wanted for.

    `bucket` is a name or an access point's ARN. `region` is the one that the target itself tells.
    `renews` is the old link where there was one; `repairs` are what was undone to read it.
    """

    bucket: str
    key: str
    version_id: str | None = None
    region: str | None = None
    response_overrides: Mapping[str, str] = {}
    renews: Presigned | None = None
    repairs: tuple[str, ...] = ()


class Surroundings(NamedTuple):
    """What a TARGET is read against.

    `bucket` was demanded for this command, and must not be contradicted; `default_bucket` only fills in.
    `endpoints` are the custom endpoint's URLs, as it is reached and as the public knows it.
    """

    bucket: str | None = None
    default_bucket: str | None = None
    endpoints: Sequence[str] = ()
    method: str = "GET"
    empty_key_allowed: bool = False


def read_access_point(text: str) -> tuple[str, str] | None:
    """The ARN of an access point that a text begins with, and what follows it; None for any other text."""
    if not text.startswith("arn:"):
        return None
    found = re.match(_ACCESS_POINT_ARN, text, re.ASCII)
    return (found[0], text[found.end() :]) if found else None


def checked(target: Target, around: Surroundings) -> Target:
    """The same target, where S3 could have such an object and nothing contradicts it. Raises UsageError."""
    if not is_bucket_name(target.bucket) and read_access_point(target.bucket) != (target.bucket, ""):
        raise UsageError(
            f"`{short(target.bucket)}` is no bucket name" if target.bucket else "the target names no bucket",
            hint="presign get s3://BUCKET/KEY",
        )
    if around.bucket and around.bucket != target.bucket:
        raise UsageError(
            f"--bucket `{around.bucket}` contradicts the target's bucket `{target.bucket}`",
            hint=f"leave out --bucket {around.bucket}, or give a bare KEY",
        )
    if not target.key and not around.empty_key_allowed:
        raise UsageError(
            f"the target names the bucket `{target.bucket}`, but no key",
            hint=f"presign get s3://{target.bucket}/KEY",
        )
    _check_key(target.key)
    return target


def _check_key(key: str) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"""
    try:
        size = len(key.encode())
    except UnicodeEncodeError:
        raise UsageError(
            f"the key `{short(key)}` is not UTF-8, as every S3 key is",
            hint="check the terminal's encoding: locale charmap",
        ) from None
    if size > MAX_KEY_BYTES:
        raise UsageError(
            f"the key `{short(key)}` is {size} bytes long; S3 allows {MAX_KEY_BYTES}",
            hint="presign get s3://BUCKET/KEY",
        )


def short(text: str) -> str:
    """Enough of a text to recognise it by, on one line; of a URL never its query or user: they are secret."""
    if "://" in text:
        text = re.sub(r"//[^/]*@", "//…@", text.partition("?")[0])
    shown = harmless(text)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"

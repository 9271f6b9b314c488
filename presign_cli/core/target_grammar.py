"""The TARGET grammar: `s3://`, ARN, URL or key, to the object that is meant. Nothing is fetched.

Links that are signed already are `renewal`'s.
"""

import re

from presign_cli.core.harmless import harmless
from presign_cli.core.target import Surroundings, Target, checked, read_access_point, short
from presign_cli.errors import UsageError

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*)://|(s3|https?):/?", re.ASCII | re.IGNORECASE)
_BUCKET_ARN = r"arn:aws[a-z\-]*:s3:::([^/]*)(?:/(.*))?"


def parse_target(text: str, around: Surroundings) -> Target:
    """The object that a TARGET names. Raises UsageError."""
    if not text:
        raise UsageError("the target is empty", hint="presign get s3://BUCKET/KEY")
    scheme = _SCHEME.match(text)
    if text.startswith("arn:"):
        target = _from_arn(text)
    elif not scheme:
        target = Target(bucket=_default_bucket(text, around), key=text)
    elif scheme[0].lower() == "s3://":
        target = _from_s3_url(text[len("s3://") :])
    elif scheme[0].lower() in ("http://", "https://"):
        from presign_cli.core.object_url import parse_object_url  # most targets are none

        target = parse_object_url(text, around)
    else:
        raise UsageError(
            f"unknown scheme `{harmless(scheme[0])}` in target `{short(text)}`",
            hint="presign get s3://BUCKET/KEY",
        )
    return checked(target, around)


def _from_s3_url(rest: str) -> Target:
    access_point = read_access_point(rest)
    if access_point:
        arn, path = access_point
        if path and path[0] != "/":
            raise _no_arn(rest)
        return Target(bucket=arn, key=path[1:])
    bucket, _, key = rest.partition("/")
    return Target(bucket=bucket, key=key)


def _from_arn(text: str) -> Target:
    access_point = read_access_point(text)
    if access_point:
        arn, path = access_point
        if path in ("", "/", "/object"):
            return Target(bucket=arn, key="")
        if not path.startswith("/object/"):
            raise _no_arn(text, hint=f"presign get {arn}/object/KEY")
        return Target(bucket=arn, key=path.removeprefix("/object/"))
    bucket = re.fullmatch(_BUCKET_ARN, text, re.ASCII | re.DOTALL)
    if not bucket:
        raise _no_arn(text)
    return Target(bucket=bucket[1], key=bucket[2] or "")


def _no_arn(text: str, *, hint: str = "presign get arn:aws:s3:::BUCKET/KEY") -> UsageError:
    return UsageError(f"`{short(text)}` is no ARN of an S3 object", hint=hint)


def _default_bucket(key: str, around: Surroundings) -> str:
    bucket = around.bucket or around.default_bucket
    if not bucket:
        raise UsageError(
            f"no bucket for the key `{short(key)}`",
            hint="presign get s3://BUCKET/KEY, or name a default by --bucket, PRESIGN_BUCKET or "
            "`bucket` in the settings file (presign config)",
        )
    return bucket

"""The TARGET grammar: `s3://`, ARN, URL or key, to the object that is meant. Nothing is fetched.

Links that are signed already are `renewal`'s.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from presign_cli.core.address import Address, parameters_of_query, read_address
from presign_cli.core.encoding import decode
from presign_cli.core.harmless import harmless
from presign_cli.core.location import is_bucket_name, is_region, read_host
from presign_cli.core.place import read_place
from presign_cli.core.presigned import Presigned
from presign_cli.errors import UsageError

MAX_KEY_BYTES = 1_024

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*)://|(s3|https?):/?", re.ASCII | re.IGNORECASE)
# An access point, Object Lambda access point or one on Outposts; what follows it is the key.
_ACCESS_POINT = re.compile(
    r"arn:aws[a-z\-]*:(?:"
    r"s3:[a-z0-9\-]*:\d{12}:accesspoint[/:][a-zA-Z0-9.\-]+"
    r"|s3-object-lambda:[a-z0-9\-]+:\d{12}:accesspoint[/:][a-zA-Z0-9\-]+"
    r"|s3-outposts:[a-z0-9\-]+:\d{12}:outpost[/:][a-zA-Z0-9\-]+[/:]accesspoint[/:][a-zA-Z0-9\-]+"
    r")",
    re.ASCII,
)
_BUCKET_ARN = re.compile(r"arn:aws[a-z\-]*:s3:::([^/]*)(?:/(.*))?", re.ASCII | re.DOTALL)
_CONSOLE_HOST = re.compile(
    r"(?:[a-z0-9\-]+\.)*console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)", re.ASCII
)
_CONSOLE_OBJECT = re.compile(r"/s3/(?:object|buckets)/([^/]+)(?:/(.+))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One object that a link is wanted for.

    `bucket` is a name or an access point's ARN. `region` is the one that the target itself tells.
    `renews` is the old link where there was one; `repairs` are what was undone to read it.
    """

    bucket: str
    key: str
    version_id: str | None = None
    region: str | None = None
    response_overrides: Mapping[str, str] = field(default_factory=dict)
    renews: Presigned | None = None
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a TARGET is read against.

    `bucket` was demanded for this command, and must not be contradicted; `default_bucket` only fills in.
    `endpoints` are the custom endpoint's URLs, as it is reached and as the public knows it.
    """

    bucket: str | None = None
    default_bucket: str | None = None
    endpoints: Sequence[str] = ()
    method: str = "GET"
    empty_key_allowed: bool = False


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
        target = _from_url(text, around)
    else:
        raise UsageError(
            f"unknown scheme `{harmless(scheme[0])}` in target `{short(text)}`",
            hint="presign get s3://BUCKET/KEY",
        )
    return checked(target, around)


def checked(target: Target, around: Surroundings) -> Target:
    """The same target, where S3 could have such an object and nothing contradicts it. Raises UsageError."""
    if not _ACCESS_POINT.fullmatch(target.bucket) and not is_bucket_name(target.bucket):
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


def _from_s3_url(rest: str) -> Target:
    access_point = _ACCESS_POINT.match(rest)
    if access_point:
        return Target(bucket=access_point[0], key=rest[access_point.end() :].removeprefix("/"))
    bucket, _, key = rest.partition("/")
    return Target(bucket=bucket, key=key)


def _from_arn(text: str) -> Target:
    access_point = _ACCESS_POINT.match(text)
    if access_point:
        rest = text[access_point.end() :]
        return Target(bucket=access_point[0], key=rest.removeprefix("/object/") if rest != "/object" else "")
    bucket = _BUCKET_ARN.fullmatch(text)
    if not bucket:
        raise UsageError(
            f"`{short(text)}` is no ARN of an S3 object", hint="presign get arn:aws:s3:::BUCKET/KEY"
        )
    return Target(bucket=bucket[1], key=bucket[2] or "")


def _default_bucket(key: str, around: Surroundings) -> str:
    bucket = around.bucket or around.default_bucket
    if not bucket:
        raise UsageError(
            f"no bucket for the key `{short(key)}`",
            hint="presign get s3://BUCKET/KEY, or name a default by --bucket, PRESIGN_BUCKET or "
            "`bucket` in the settings file (presign config)",
        )
    return bucket


def _from_url(text: str, around: Surroundings) -> Target:
    address = _address(text)
    if _CONSOLE_HOST.fullmatch(address.host):
        return _from_console(address)
    bucket, key, region = place(address, around)
    parameters = address.parameters
    return Target(
        bucket=bucket,
        key=key,
        region=region,
        version_id=parameters.get("versionId") or None,
        response_overrides={n: v for n, v in parameters.pairs if n.startswith("response-")},
    )


def _address(text: str) -> Address:
    address = read_address(text)
    if not address or not address.host or address.port == -1 or address.user is not None:
        raise UsageError(f"`{short(text)}` is no URL of an S3 object", hint="presign get s3://BUCKET/KEY")
    if "#" in text:
        raise UsageError(
            f"the URL `{short(text)}` has a fragment; a `#` of a key stands as %23 in a URL",
            hint="presign get s3://BUCKET/KEY, with the key as it is",
        )
    return address


def _from_console(address: Address) -> Target:
    """An object's page: the key is the parameter `prefix`, or the rest of an older page's path."""
    page = _CONSOLE_OBJECT.fullmatch(address.path)
    parameters = parameters_of_query(address.query.replace("+", "%20"))
    key = parameters.get("prefix") or (_decoded(page[2], address) if page and page[2] else "")
    if not page or not key:
        raise UsageError(
            f"the console page `{short(address.text)}` shows no object", hint="presign get s3://BUCKET/KEY"
        )
    return Target(
        bucket=_decoded(page[1], address),
        key=key,
        region=parameters.get("region") or None,
        version_id=parameters.get("versionId") or None,
    )


def place(address: Address, around: Surroundings) -> tuple[str, str, str | None]:
    """Bucket, key and region of an object's URL on AWS or on the configured endpoint. Raises UsageError."""
    _decoded(address.path, address)
    if read_host(address.host):
        found = read_place(address)
        region = found.region if found.region and is_region(found.region) else None
        return found.bucket or "", found.key or "", region
    for endpoint in around.endpoints:
        custom = _place_at(read_address(endpoint), address)
        if custom:
            return *custom, None
    raise UsageError(
        f"the host `{harmless(address.host)}` is neither AWS's nor the configured endpoint",
        hint=f"if it is yours: presign get --endpoint-url {address.scheme}://{harmless(address.host)} …",
    )


def _place_at(endpoint: Address | None, address: Address) -> tuple[str, str] | None:
    """Bucket and key below a custom endpoint: in its path, or with the bucket before its host."""
    base = f"{endpoint.path.rstrip('/')}/" if endpoint else ""
    if not endpoint or not address.path.startswith(base):
        return None
    path = address.path[len(base) :]
    if address.host == endpoint.host:
        bucket, _, path = path.partition("/")
        return _decoded(bucket, address), _decoded(path, address)
    bucket = address.host.removesuffix(f".{endpoint.host}")
    return (bucket, _decoded(path, address)) if bucket != address.host else None


def _decoded(path: str, address: Address) -> str:
    try:
        return decode(path)
    except ValueError:
        raise UsageError(
            f"the URL `{short(address.text)}` holds bytes that are not UTF-8",
            hint="presign get s3://BUCKET/KEY",
        ) from None


def short(text: str) -> str:
    """Enough of a text to recognise it by, on one line; never a query, which may hold a signature."""
    shown = harmless(text.partition("?")[0] if "://" in text else text)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"

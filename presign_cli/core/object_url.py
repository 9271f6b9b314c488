"""An object's URL as a TARGET: on AWS, on the configured endpoint, or its page in the AWS console."""

import re

from presign_cli.core.address import Address, parameters_of_query, read_address
from presign_cli.core.encoding import decode
from presign_cli.core.harmless import harmless
from presign_cli.core.location import is_region, read_host
from presign_cli.core.place import read_place
from presign_cli.core.target import Surroundings, Target, short
from presign_cli.errors import UsageError

_CONSOLE_HOST = re.compile(
    r"(?:[a-z0-9\-]+\.)*console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)", re.ASCII
)
_FOLDER_PAGES = "/s3/buckets/"  # with a prefix that ends in `/`; older ones showed objects there, too
_CONSOLE_OBJECT = re.compile(r"/s3/(?:object|buckets)/([^/]+)(?:/(.+))?", re.ASCII)


def parse_object_url(text: str, around: Surroundings) -> Target:
    """The object behind an `http` or `https` URL, percent-decoded once. Raises UsageError."""
    address = _address(text)
    if _CONSOLE_HOST.fullmatch(address.host):
        return _from_console(address, around)
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


def _from_console(address: Address, around: Surroundings) -> Target:
    """An object's page: the key is the parameter `prefix`, or the rest of an older page's path."""
    page = _CONSOLE_OBJECT.fullmatch(address.path)
    parameters = parameters_of_query(address.query.replace("+", "%20"))
    key = parameters.get("prefix") or (_decoded(page[2], address) if page and page[2] else "")
    is_folder = address.path.startswith(_FOLDER_PAGES) and key.endswith("/")
    if not page or not key or (is_folder and not around.empty_key_allowed):
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

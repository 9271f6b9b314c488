"""Which bucket and key a URL names: AWS's hosts, those of well-known S3-compatible stores, and any other.

Reads names only. The other way, from a bucket to its host, is `location`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from presign_cli.core.address import Address
from presign_cli.core.encoding import decode_leniently
from presign_cli.core.location import HostFacts, partition, read_host
from presign_cli.core.presigned import Addressing

_LONGEST_HOST = 300  # 255 by RFC 1035, and a port
_ACCESS_POINT = re.compile(r"(?P<name>[a-z0-9-]+)-(?P<account>\d{12})", re.ASCII)
_PLAIN_DOMAIN = re.compile(r"(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)

# Host names of stores that speak S3's protocol. `bucket` before the endpoint is virtual-hosted style.
_STORES = (
    # https://developers.cloudflare.com/r2/api/s3/api/ : the account, and a jurisdiction behind it
    (".r2.cloudflarestorage.com", r"(?:(?P<bucket>.+?)\.)?[0-9a-f]{32}(?:\.(?:eu|fedramp))?"),
    # https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/
    (".digitaloceanspaces.com", r"(?:(?P<bucket>.+?)\.)?(?P<region>[a-z]{3}\d)(?:\.cdn)?"),
    # https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
    (".backblazeb2.com", r"(?:(?P<bucket>.+?)\.)?s3\.(?P<region>[a-z0-9-]+)"),
    # https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions
    (".wasabisys.com", r"(?:(?P<bucket>.+?)\.)?s3(?:\.(?P<region>[a-z]{2}-[a-z]+-\d(?:-\d)?))?"),
    # https://cloud.google.com/storage/docs/request-endpoints
    (".googleapis.com", r"(?:(?P<bucket>.+?)\.)?storage(?:\.mtls)?"),
    (".google.com", r"storage\.cloud"),
    # https://www.scaleway.com/en/docs/object-storage/concepts/#endpoint
    (".scw.cloud", r"(?:(?P<bucket>.+?)\.)?s3\.(?P<region>[a-z]{2}-[a-z]{3})"),
    # https://www.alibabacloud.com/help/en/oss/user-guide/regions-and-endpoints
    (".aliyuncs.com", r"(?:(?P<bucket>.+?)\.)?(?:s3\.)?oss-(?P<region>[a-z0-9-]+?)(?:-internal)?"),
    # https://techdocs.akamai.com/cloud-computing/docs/object-storage
    (".linodeobjects.com", r"(?:(?P<bucket>.+?)\.)?(?P<region>[a-z]{2}-[a-z]+-\d)"),
    # https://docs.hetzner.com/storage/object-storage/overview
    (".your-objectstorage.com", r"(?:(?P<bucket>.+?)\.)?(?P<region>[a-z]{3}\d)"),
)


class Place(NamedTuple):
    """The object that a URL names, as far as one can tell.

    `bucket` and `key` are decoded, and None where the URL has none. `region` is what the host says.
    `service` is the one whose scope must sign for an AWS host; None for every other host.
    """

    bucket: str | None
    key: str | None
    region: str | None
    service: str | None
    addressing: Addressing | None


def read_place(address: Address) -> Place:
    """The object behind a URL; a host that nobody knows is read as path style, as most servers are."""
    facts = _facts(address.host)
    if facts:
        place = _split(address, facts.bucket, facts.region, facts.service, facts.addressing)
        return _as_access_point(place) if place.addressing == "access-point" else place
    store = _read_store(address.host)
    if store:
        bucket, region = store
        return _split(address, bucket, region, None, "virtual" if bucket else "path")
    return _read_unknown(address)


@lru_cache(maxsize=256)  # streams of links have few hosts
def _facts(host: str) -> HostFacts | None:
    return read_host(host) if len(host) <= _LONGEST_HOST else None


def _split(
    address: Address, bucket: str | None, region: str | None, service: str | None, addressing: Addressing
) -> Place:
    path = address.path.removeprefix("/")
    if bucket is None:
        raw_bucket, _, path = path.partition("/")
        bucket = _decoded(raw_bucket)
    return Place(bucket, _decoded(path), region, service, addressing)


def _decoded(text: str) -> str | None:
    return (decode_leniently(text) if "%" in text else text) or None


def _as_access_point(place: Place) -> Place:
    """With the ARN for a bucket: the one name under which S3's API knows an access point.

    A multi-region access point's host has no account, so its alias stays.
    """
    found = _ACCESS_POINT.fullmatch(place.bucket or "")
    if not found or not place.region or place.region == "*":
        return place
    aws = partition(place.region) or "aws"
    service = place.service or "s3"
    arn = f"arn:{aws}:{service}:{place.region}:{found['account']}:accesspoint/{found['name']}"
    return Place(arn, place.key, place.region, service, "access-point")


def _read_store(host: str) -> tuple[str | None, str | None] | None:
    name = host[:_LONGEST_HOST].partition(":")[0]
    for suffix, pattern in _STORES:
        if name.endswith(suffix):
            found = re.fullmatch(pattern, name.removesuffix(suffix), re.ASCII)
            if found:
                facts = found.groupdict()
                return facts.get("bucket"), facts.get("region")
    return None


def _read_unknown(address: Address) -> Place:
    """Path style; but a lone segment on a plain domain is a key, and the domain its bucket."""
    lone = address.path.count("/") == 1 and len(address.path) > 1
    if lone and _PLAIN_DOMAIN.fullmatch(address.host):
        return _split(address, address.host, None, None, "custom")
    return _split(address, None, None, None, "path")

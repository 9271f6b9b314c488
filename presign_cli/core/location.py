"""Where an object is served: bucket, region and style to host and path, and back again.

The forms of AWS's hosts: https://docs.aws.amazon.com/general/latest/gr/s3.html
and https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from presign_cli.core.encoding import encode_path
from presign_cli.core.presigned import Addressing

if TYPE_CHECKING:
    from presign_cli.core.address import Address

Algorithm = Literal["AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"]

BUCKET_NAME = re.compile(r"[a-zA-Z0-9.\-_]{1,255}", re.ASCII)
_IP_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}", re.ASCII)
_DNS_LABEL = re.compile(r"[a-z0-9][a-z0-9\-]{1,61}[a-z0-9]", re.ASCII)
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d+", re.ASCII)

# What a region's name begins with, partition id, DNS suffix: those of botocore's partitions.json.
_AREAS = ("us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx")
_PARTITIONS = (
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("eusc-de-", "aws-eusc", "amazonaws.eu"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
    ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
    *((f"{area}-", "aws", "amazonaws.com") for area in _AREAS),
)
_AWS_SUFFIXES = tuple(dict.fromkeys(suffix for _, _, suffix in _PARTITIONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One bucket's place: enough to build every URL in it and the scope that signs it.

    `host` has its port where it is not the scheme's own: it is what is signed. `authority` is what the URL
    has in its place where an endpoint is spelt otherwise (`Minio.Example:443`). `base_path` is encoded,
    begins with `/` and does not end with one, or is empty. `region` is the one in the credential scope; for
    SigV4A the region set.
    """

    bucket: str
    region: str
    host: str
    scheme: str = "https"
    base_path: str = ""
    service: str = "s3"
    addressing: Addressing = "virtual"
    algorithm: Algorithm = "AWS4-HMAC-SHA256"
    authority: str = ""

    @property
    def origin(self) -> str:
        """Scheme and authority, as the URL begins."""
        return f"{self.scheme}://{self.authority or self.host}"

    def path(self, key: str) -> str:
        """The encoded path of a key's URL, exactly as it is signed."""
        return f"{self.base_path}/{encode_path(key)}"


class HostFacts(NamedTuple):
    """What an AWS host's name says; `bucket` is None where the path carries it."""

    bucket: str | None
    region: str | None
    service: str
    addressing: Addressing


def is_bucket_name(text: str) -> bool:
    """What can be a bucket for reading: legacy names too, IP addresses not."""
    return bool(BUCKET_NAME.fullmatch(text)) and not _IP_ADDRESS.fullmatch(text)


def is_virtual_hostable(bucket: str) -> bool:
    """Whether `BUCKET.s3.REGION.…` is a host name that S3's wildcard certificate covers."""
    return bool(_DNS_LABEL.fullmatch(bucket))


def is_region(text: str) -> bool:
    """Whether a text is shaped like a region's name, known or not."""
    return bool(_REGION.fullmatch(text))


def dns_suffix(region: str) -> str:
    """`amazonaws.com`, or that of the partition whose pattern the region's name has."""
    found = _partition(region)
    return found[1] if found else "amazonaws.com"


def partition(region: str) -> str | None:
    """`aws`, `aws-cn`, `aws-us-gov`…, or None where no known partition's pattern fits."""
    found = _partition(region)
    return found[0] if found else None


def _partition(region: str) -> tuple[str, str] | None:
    if not is_region(region):
        return None
    return next(((name, suffix) for start, name, suffix in _PARTITIONS if region.startswith(start)), None)


def regional_location(
    bucket: str, region: str, *, path_style: bool = False, dualstack: bool = False
) -> Location:
    """The common case: a bucket at its region's own endpoint, equal to botocore's rules for it."""
    endpoint = f"s3.dualstack.{region}" if dualstack else f"s3.{region}"
    host = f"{endpoint}.{dns_suffix(region)}"
    if path_style or not is_virtual_hostable(bucket):
        return Location(bucket=bucket, region=region, host=host, base_path=f"/{bucket}", addressing="path")
    return Location(bucket=bucket, region=region, host=f"{bucket}.{host}")


def endpoint_location(bucket: str, region: str, *, endpoint: "Address") -> Location:
    """A bucket in the path of a custom endpoint, equal to botocore's rules for it."""
    return Location(
        bucket=bucket,
        region=region,
        host=endpoint.host,
        scheme=endpoint.scheme,
        base_path=f"{endpoint.path.rstrip('/')}/{bucket}",
        addressing="path",
        authority=endpoint.text.partition("://")[2].partition("/")[0],
    )


def read_host(host: str) -> HostFacts | None:
    """What an AWS S3 host says (port ignored), or None for every other host."""
    name = host.lower().partition(":")[0].rstrip(".")
    suffix = next((s for s in sorted(_AWS_SUFFIXES, key=len, reverse=True) if name.endswith("." + s)), None)
    found = _s3_host().fullmatch(name.removesuffix(f".{suffix}")) if suffix else None
    if not found:
        return None
    bucket, kind = found["bucket"], found["kind"]
    if found["mrap"]:
        return HostFacts(bucket, "*", "s3", "access-point")
    if found["accelerate"]:
        return HostFacts(bucket, None, "s3", "accelerate")
    if kind:
        service = "s3" if kind == "s3-accesspoint" else kind
        return HostFacts(bucket, found["kind_region"], service, "access-point" if bucket else "path")
    region = found["region"] or found["zone_region"] or found["website"]
    if name.startswith("s3-external-1.") or ".s3-external-1." in name:
        region = "us-east-1"
    return HostFacts(bucket, region, "s3express" if found["zone"] else "s3", "virtual" if bucket else "path")


@cache
def _s3_host() -> "re.Pattern[str]":
    """Of an AWS host's name without its DNS suffix; compiled only for those who read a URL."""
    return re.compile(
        r"""
        (?:(?P<bucket>.+?)\.)??
        (?:
            s3-website[.-](?P<website>[a-z0-9-]+)
          | (?P<accelerate>s3-accelerate)(?:\.dualstack)?
          | s3-external-1
          | (?P<kind>s3-accesspoint|s3-object-lambda|s3-outposts)(?:-fips)?(?:\.dualstack)?
            \.(?P<kind_region>[a-z0-9-]+)
          | s3express-(?P<zone>[a-z0-9-]+?)(?:\.dualstack)?\.(?P<zone_region>[a-z0-9-]+)
          | accesspoint\.(?P<mrap>s3-global)
          | s3(?:-fips)?(?:\.dualstack)?[.-](?P<region>[a-z]{2,4}(?:-[a-z]+)+-\d+)
          | s3
        )
        """,
        re.ASCII | re.VERBOSE,
    )

"""The regions there are, and what a name that is none of them is: a new region, or a typing error."""

import re

from presign_cli.core.link import LinkWarning
from presign_cli.core.location import is_region, partition
from presign_cli.errors import UsageError

# Compared with botocore's partitions.json in the tests; kept here so that the common case reads no file.
KNOWN = frozenset(
    [
        "af-south-1",
        "ap-east-1",
        "ap-east-2",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-south-1",
        "ap-south-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-central-1",
        "ca-west-1",
        "eu-central-1",
        "eu-central-2",
        "eu-north-1",
        "eu-south-1",
        "eu-south-2",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "il-central-1",
        "me-central-1",
        "me-south-1",
        "me-west-1",
        "mx-central-1",
        "sa-east-1",
        "sa-west-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "cn-north-1",
        "cn-northwest-1",
        "us-gov-east-1",
        "us-gov-west-1",
        "eusc-de-east-1",
        "us-iso-east-1",
        "us-iso-west-1",
        "us-isob-east-1",
        "us-isob-west-1",
        "eu-isoe-west-1",
        "us-isof-east-1",
        "us-isof-south-1",
        "aws-global",
    ]
)
_COMPASS = re.compile(r".+-(central|(north|south)?(east|west)|north|south)-\d+", re.ASCII)

_ZONE = re.compile(r".+--(?P<zone>[a-z0-9]+)-az\d+--x-s3", re.ASCII)
_DIRECTIONS = {
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "central": "c",
}


def check_region(region: str) -> LinkWarning | None:
    """None for a region that is known, a warning for one that could be new.

    Raises UsageError, with the nearest name, for what is none: AWS names its regions after the compass.
    """
    if region in KNOWN:
        return None
    if is_region(region) and (partition(region) is None or _COMPASS.fullmatch(region)):
        return LinkWarning(
            "unknown-region", f"no region `{region}` is known; the link is signed for it", _hint(region)
        )
    raise UsageError(f"`{region}` is no AWS region", hint=_hint(region))


def _hint(region: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(region.lower(), sorted(KNOWN), n=1)
    return f"--region {near[0] if near else 'eu-west-1'}"


def zone_region(bucket: str) -> str | None:
    """The region of a directory bucket, whose name ends in its zone's id: `--use1-az4--x-s3`.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
    """
    found = _ZONE.fullmatch(bucket)
    return next((name for name in sorted(KNOWN) if found and _short(name) == found["zone"]), None)


def _short(region: str) -> str:
    area, *middle, number = region.split("-")
    return area + "".join(_DIRECTIONS.get(word, word[:1]) for word in middle) + number

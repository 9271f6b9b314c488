"""Which region a bucket is signed for: a flag's word, else the bucket's own, else the configured one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from presign_cli.aws.bucket_region import Finding, find_region
from presign_cli.aws.cache import Cache
from presign_cli.aws.configuration import Configuration
from presign_cli.aws.endpoint import EXPRESS_SUFFIX, OUTPOSTS_SUFFIX
from presign_cli.aws.regions import check_region, zone_region
from presign_cli.aws.wishes import Wishes
from presign_cli.core.link import LinkWarning
from presign_cli.errors import EndpointError

_SPECIAL = (EXPRESS_SUFFIX, OUTPOSTS_SUFFIX)  # not served by a region's own endpoint
ALLOWED_SKEW = timedelta(minutes=5)
_MAIN = "us-east-1"


class Where(NamedTuple):
    """A region, and what was learnt on the way to it."""

    region: str
    warnings: tuple[LinkWarning, ...] = ()
    notes: tuple[str, ...] = ()


def region_for(
    bucket: str,
    *,
    told: str | None,
    wishes: Wishes,
    configuration: Configuration,
    cache: Cache,
    now: datetime,
    environ: Mapping[str, str],
) -> Where:
    """`told` is what the target itself says of its region: an object's URL, an access point's ARN.

    Raises UsageError for a region that is none, EndpointError where there is none at all.
    """
    configured = wishes.region or told or _own_region(bucket) or configuration.region
    if configured == "aws-global":  # botocore's name for us-east-1
        configured = _MAIN
    if configuration.endpoint_url:
        return Where(region=configured or _MAIN)
    doubt = check_region(configured) if configured else None
    known = (doubt,) if doubt else ()
    if wishes.region or not _may_be_asked_for(bucket, wishes):
        if configured is None:
            raise _no_region(bucket)
        return Where(region=configured, warnings=known)
    finding = find_region(
        bucket,
        configured=configured,
        cache=cache,
        now=now,
        environ=environ,
        ca_bundle=configuration.ca_bundle,
        dualstack=configuration.dualstack,
    )
    where = _from_finding(bucket, finding, configured, known)
    return where if cache.trouble is None else _with_note(where, f"{cache.trouble}; it is left out")


def _own_region(bucket: str) -> str | None:
    """What the name itself tells: an ARN its region, a directory bucket its zone.

    A multi-region access point's ARN has none: it is in AWS's main partition, and signed for every region.
    """
    if not bucket.startswith("arn:"):
        return zone_region(bucket)
    parts = bucket.split(":")
    return (parts[3] or _MAIN) if len(parts) > 5 else None


def _may_be_asked_for(bucket: str, wishes: Wishes) -> bool:
    return wishes.detect and not bucket.startswith("arn:") and not bucket.endswith(_SPECIAL)


def _from_finding(
    bucket: str, finding: Finding, configured: str | None, known: tuple[LinkWarning, ...]
) -> Where:
    skew = _skew(finding)
    if finding.region is None and configured is None:
        raise _no_region(bucket, _reason(bucket, finding))
    if finding.is_missing:
        missing = LinkWarning(
            "no-such-bucket", f"there is no bucket `{bucket}`", "is the name right? aws s3 ls shows yours"
        )
        return Where(region=configured or finding.region or _MAIN, warnings=(*known, missing, *skew))
    if finding.region is None:
        note = f"the region of `{bucket}` could not be looked up ({finding.failure}); using {configured}"
        return Where(region=str(configured), warnings=(*known, *skew), notes=(note,))
    if configured is None:
        return Where(region=finding.region, warnings=skew, notes=(f"`{bucket}` is in {finding.region}",))
    if configured != finding.region:
        corrected = LinkWarning(
            "region-corrected",
            f"`{bucket}` is in {finding.region}, not in {configured}: the link is signed for that",
            f"--region {finding.region} saves the look-up",
        )
        return Where(region=finding.region, warnings=(corrected, *skew))
    return Where(region=finding.region, warnings=skew)


def _reason(bucket: str, finding: Finding) -> str:
    return f"there is no bucket `{bucket}`" if finding.is_missing else str(finding.failure)


def _skew(finding: Finding) -> tuple[LinkWarning, ...]:
    ahead = finding.ahead_seconds
    if ahead is None or abs(ahead) <= ALLOWED_SKEW.total_seconds():
        return ()
    side = "ahead of" if ahead > 0 else "behind"
    return (
        LinkWarning(
            "clock-skew",
            f"this clock is {abs(ahead) // 60} min {side} S3's, which refuses what is 15 min off",
            "set the clock: timedatectl set-ntp true",
        ),
    )


def _with_note(where: Where, note: str) -> Where:
    return Where(region=where.region, warnings=where.warnings, notes=(*where.notes, note))


def _no_region(bucket: str, why: str | None = None) -> EndpointError:
    reason = f", and it could not be looked up: {why}" if why else ""
    return EndpointError(f"no region is set for `{bucket}`{reason}", hint="--region REGION, or AWS_REGION")

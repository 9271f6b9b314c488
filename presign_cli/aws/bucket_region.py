"""The region that a bucket is in: S3 is asked once, without credentials, and the answer kept.

S3 tells it to anybody, in `x-amz-bucket-region`, whatever else it answers.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from presign_cli.aws.cache import Cache
from presign_cli.core.location import is_region, partition, regional_location
from presign_cli.errors import PresignError

KEPT = timedelta(days=7)
FAILURE_KEPT = timedelta(minutes=10)
PATIENCE_WITH_REGION, PATIENCE_WITHOUT = 2.0, 10.0
_FAILED = "failed"


class Finding(NamedTuple):
    """What was found out: `region` is None where nobody told, `failure` then says why.

    `ahead_seconds`: how far our clock is ahead of S3's; None where that was not learnt.
    """

    region: str | None = None
    is_missing: bool = False
    ahead_seconds: int | None = None
    failure: str | None = None


def find_region(
    bucket: str,
    *,
    configured: str | None,
    cache: Cache,
    now: datetime,
    environ: Mapping[str, str],
    ca_bundle: str | None = None,
    dualstack: bool = False,
) -> Finding:
    """Asks the configured region's partition, or AWS's main one. Raises nothing: a failure is a finding.

    An answer counts for 7 days. A failure counts for 10 minutes where a region is configured, which then
    serves; where none is, it is tried again each time.
    """
    start = configured or "us-east-1"
    name = f"{partition(start) or start}/{bucket}"
    kept = cache.read("region", name, now=now.timestamp())
    if kept and kept != _FAILED and is_region(kept):
        return Finding(region=kept)
    if kept == _FAILED and configured:
        return Finding(failure="it could not be asked minutes ago")
    patience = PATIENCE_WITH_REGION if configured else PATIENCE_WITHOUT
    finding = _ask(
        bucket, start, now=now, environ=environ, ca_bundle=ca_bundle, dualstack=dualstack, timeout=patience
    )
    if finding.region:
        cache.write("region", name, finding.region, until=(now + KEPT).timestamp())
    elif not finding.is_missing:
        cache.write("region", name, _FAILED, until=(now + FAILURE_KEPT).timestamp())
    return finding


def _ask(
    bucket: str,
    region: str,
    *,
    now: datetime,
    environ: Mapping[str, str],
    ca_bundle: str | None,
    dualstack: bool,
    timeout: float,
) -> Finding:
    from presign_cli.aws.http import request

    place = regional_location(bucket, region, dualstack=dualstack)
    url = f"{place.scheme}://{place.host}{place.base_path or '/'}"
    try:
        answer = request("HEAD", url, environ=environ, ca_bundle=ca_bundle, timeout=timeout)
    except PresignError as error:
        return Finding(failure=error.text)
    found = answer.headers.get("x-amz-bucket-region", "")
    told = found if is_region(found) else None
    return Finding(
        region=told,
        is_missing=answer.status == 404,
        ahead_seconds=_ahead(answer.headers.get("date"), now),
        failure=None if told or answer.status == 404 else f"S3 answered {answer.status} and told no region",
    )


def _ahead(date: str | None, now: datetime) -> int | None:
    from email.utils import parsedate_to_datetime

    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return int((now - theirs.astimezone(UTC)).total_seconds())

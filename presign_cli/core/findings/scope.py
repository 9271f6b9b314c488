"""Whether a signature's scope fits: its date, region and service, the version that signed."""

from collections.abc import Iterator

from presign_cli.core.dialects.aws_v4 import ECDSA, HMAC
from presign_cli.core.findings.finding import Case, Finding, new_link

# Older than 30 January 2014. Every later region knows SigV4 alone.
# https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
_SIGV2_REGIONS = (
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
    "us-gov-west-1",
)
# dialect: prefix of its parameters, end of its scope, its algorithms
_SCOPED = {
    "aws-sigv4": ("X-Amz-", "aws4_request", (HMAC,)),
    "aws-sigv4a": ("X-Amz-", "aws4_request", (ECDSA,)),
    "aws-post-policy": ("x-amz-", "aws4_request", (HMAC,)),
    "gcs-v4": ("X-Goog-", "goog4_request", ("GOOG4-RSA-SHA256", "GOOG4-HMAC-SHA256")),
}


def odd_credential(case: Case) -> Iterator[Finding]:
    """A credential that has not the parts of a scope, or another end."""
    presigned = case.reading.presigned
    if presigned.dialect not in _SCOPED:
        return
    prefix, end, _ = _SCOPED[presigned.dialect]
    text = case.reading.parameters.get(f"{prefix}Credential")
    if text is None:
        return
    parts = text.rsplit("/", 3 if presigned.dialect == "aws-sigv4a" else 4)
    whole = len(parts) == (4 if presigned.dialect == "aws-sigv4a" else 5) and all(parts)
    if not whole or parts[-1] != end:
        form = "KEY/DATE/SERVICE" if presigned.dialect == "aws-sigv4a" else "KEY/DATE/REGION/SERVICE"
        said = f"`{prefix}Credential` is not of the form {form}/{end}"
        yield Finding("error", "credential-malformed", said, new_link(case))


def unknown_algorithm(case: Case) -> Iterator[Finding]:
    """An algorithm that the dialect does not have."""
    scoped = _SCOPED.get(case.reading.presigned.dialect)
    algorithm = case.reading.parameters.get(f"{scoped[0]}Algorithm") if scoped else None
    if scoped and algorithm is not None and algorithm not in scoped[2]:
        text = f"`{scoped[0]}Algorithm` is `{algorithm[:60]}`; it should be {' or '.join(scoped[2])}"
        yield Finding("error", "algorithm-unknown", text, new_link(case))


def scope_date(case: Case) -> Iterator[Finding]:
    """The day in the scope and the signature's date are one."""
    presigned = case.reading.presigned
    scoped = _SCOPED.get(presigned.dialect)
    date = case.reading.parameters.get(f"{scoped[0]}Date") if scoped else None
    if not scoped or date is None:
        return
    if presigned.signed_at is None:
        text = f"`{scoped[0]}Date` is no date of the form 20260131T235959Z"
        yield Finding("error", "date-malformed", text, new_link(case))
        return
    credential = case.reading.parameters.get(f"{scoped[0]}Credential") or ""
    parts = credential.rsplit("/", 3 if presigned.dialect == "aws-sigv4a" else 4)
    if len(parts) > 3 and parts[1] != date[:8]:
        text = f"the scope is of {parts[1][:20]}, the signature's date is {date[:8]}: servers refuse that"
        yield Finding("error", "date-mismatch", text, new_link(case))


def scope_region(case: Case) -> Iterator[Finding]:
    """The region in the scope and the one in an AWS host are one."""
    presigned, place = case.reading.presigned, case.place
    if presigned.dialect not in ("aws-sigv4", "aws-post-policy") or not presigned.region or not place:
        return
    if not place.service or place.region in (None, "*"):
        return
    if place.region != presigned.region:
        text = f"signed for {presigned.region[:40]}, but the host is in {place.region}: S3 refuses that"
        hint = f"sign it anew: presign get {case.object_url} --region {place.region}"
        yield Finding("error", "region-mismatch", text, hint)


def scope_service(case: Case) -> Iterator[Finding]:
    """The service in the scope is the one behind the host."""
    presigned, place = case.reading.presigned, case.place
    if not presigned.service or not place:
        return
    expected = "storage" if presigned.dialect == "gcs-v4" else place.service
    if presigned.dialect in _SCOPED and expected and presigned.service != expected:
        text = f"signed for the service `{presigned.service[:40]}`, but the host wants `{expected}`"
        yield Finding("error", "service-mismatch", text, new_link(case))


def website_host(case: Case) -> Iterator[Finding]:
    """Website endpoints look at no signature.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
    """
    host = case.reading.presigned.host or ""
    if case.reading.grammar and case.place and case.place.service and "s3-website" in host:
        text = "this is a website endpoint, which takes no signed links: it serves public objects only"
        yield Finding("error", "website-endpoint", text, new_link(case))


def legacy_version(case: Case) -> Iterator[Finding]:
    """SigV2: refused by every region younger than 2014, and by many other servers."""
    presigned, place = case.reading.presigned, case.place
    if presigned.dialect == "gcs-v2":
        text = "signed by Google's old version 2"
        yield Finding("info", "legacy-signature", text, "sign new links by V4")
    if presigned.dialect != "aws-sigv2":
        return
    young = place and place.service and place.region and place.region not in _SIGV2_REGIONS
    text = (
        f"signed by SigV2, which {place.region} does not know"
        if young and place
        else "signed by SigV2, which is legacy and which many servers refuse"
    )
    hint = f"sign it anew by SigV4: presign get {case.object_url}"
    yield Finding("error" if young else "warning", "legacy-sigv2", text, hint)

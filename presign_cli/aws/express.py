"""Sessions for directory buckets (S3 Express One Zone): keys of five minutes that sign for one bucket.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
"""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from presign_cli.core.credentials import Credentials
from presign_cli.core.error_body import read_error_body
from presign_cli.core.harmless import harmless
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import (
    ALGORITHM,
    canonical_request,
    credential_scope,
    signature,
    signing_key,
    string_to_sign,
)
from presign_cli.core.timestamps import amz_date
from presign_cli.errors import RefusedError

_LEAF = re.compile(r"<(AccessKeyId|SecretAccessKey|SessionToken|Expiration)>\s*([^<&]+?)\s*</")
TOKEN_PARAMETER = "X-Amz-S3session-Token"


def create_session(
    location: Location,
    credentials: Credentials,
    *,
    now: datetime,
    environ: Mapping[str, str],
    ca_bundle: str | None = None,
) -> Credentials:
    """Keys for one bucket, with their end. Raises RefusedError where S3 says no or does not answer."""
    from presign_cli.aws.http import request

    url = f"{location.scheme}://{location.host}/?session="
    headers = _signed_headers(location, credentials, now=now)
    answer = request("GET", url, headers=headers, environ=environ, ca_bundle=ca_bundle)
    if answer.status != 200:
        body = read_error_body(answer.body)
        told = harmless(": ".join(filter(None, (body.get("Code"), body.get("Message"))))) or "no reason given"
        raise RefusedError(
            f"no session for the directory bucket `{location.bucket}`: {answer.status} {told}",
            hint="the signer needs the permission s3express:CreateSession",
        )
    return _session(dict(_LEAF.findall(answer.body.decode("utf-8", "replace"))), location.bucket)


def _signed_headers(location: Location, credentials: Credentials, *, now: datetime) -> dict[str, str]:
    payload = sha256(b"").hexdigest()
    headers = {"x-amz-content-sha256": payload, "x-amz-date": amz_date(now)}
    if credentials.session_token:
        headers["x-amz-security-token"] = credentials.session_token
    signed = {"host": location.host, **headers}
    canonical = canonical_request("GET", path="/", query="session=", headers=signed, payload_hash=payload)
    scope = credential_scope(now, region=location.region, service=location.service)
    key = signing_key(credentials.secret_access_key, scope=scope)
    proof = signature(key, string_to_sign(canonical, signed_at=now, scope=scope))
    authorization = (
        f"{ALGORITHM} Credential={credentials.access_key_id}/{scope}, "
        f"SignedHeaders={';'.join(sorted(signed))}, Signature={proof}"
    )
    return {**headers, "Authorization": authorization}


def _session(fields: Mapping[str, str], bucket: str) -> Credentials:
    try:
        return Credentials(
            fields["AccessKeyId"],
            fields["SecretAccessKey"],
            fields["SessionToken"],
            datetime.fromisoformat(fields["Expiration"]),
        )
    except (KeyError, ValueError):
        raise RefusedError(
            f"S3 gave no whole session for the directory bucket `{bucket}`", hint="try again"
        ) from None

"""botocore as the other party: what it signs for the same request at the same time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest import mock

import botocore.auth
import botocore.session
from botocore.config import Config

from presign_cli.core.credentials import Credentials

_PYTHON_SIGNERS = {
    "s3v4": botocore.auth.S3SigV4Auth,
    "s3v4-query": botocore.auth.S3SigV4QueryAuth,
    "s3v4-presign-post": botocore.auth.S3SigV4PostAuth,
}


@contextmanager
def botocore_clock(moment: datetime) -> Iterator[None]:
    """botocore dates what it signs with this time, by its own signers even where the CRT's are installed."""
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    clock = mock.patch.object(botocore.auth, "get_current_datetime", lambda remove_tzinfo=True: naive)
    with clock, mock.patch.dict(botocore.auth.AUTH_TYPE_MAPS, _PYTHON_SIGNERS):
        yield


@cache
def _session() -> botocore.session.Session:
    """One for all clients: it keeps the models that it has read."""
    return botocore.session.Session()


@cache
def client(credentials: Credentials, region: str, **options: Any) -> Any:
    """A SigV4 client with virtual addressing and regional endpoints, unless told otherwise."""
    s3 = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
    extra = dict(options)
    for name in ("addressing_style", "use_accelerate_endpoint"):
        if name in extra:
            s3[name] = extra.pop(name)
    endpoint_url = extra.pop("endpoint_url", None)
    return _session().create_client(
        "s3",
        region_name=region,
        endpoint_url=endpoint_url,
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
        config=Config(signature_version="s3v4", s3=s3, **extra),
    )


def botocore_link(
    credentials: Credentials,
    region: str,
    operation: str,
    parameters: Mapping[str, Any],
    *,
    ttl_seconds: int,
    signed_at: datetime,
    **options: Any,
) -> str:
    """The presigned URL that botocore gives."""
    signer = client(credentials, region, **options)
    with botocore_clock(signed_at):
        return str(signer.generate_presigned_url(operation, dict(parameters), ExpiresIn=ttl_seconds))

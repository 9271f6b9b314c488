"""boto3's S3 client for the few calls that are made and not only signed."""

from typing import Any

from presign_cli.aws.account import Account
from presign_cli.aws.session import environment_of
from presign_cli.core.credentials import Credentials


def s3_client(account: Account, *, region: str, credentials: Credentials) -> Any:
    """A client for the account's endpoint, or AWS's in that region, that signs with these keys.

    Its checksums are off where S3 does not ask for them: an upload that is created with one wants it of
    every part, and links do not carry it.
    """
    import boto3
    from botocore.config import Config

    configuration = account.configuration
    if "*" in region:  # a multi-region access point's set: the client wants one
        region = configuration.region or "us-east-1"
    with environment_of(account.environ):
        return boto3.client(
            "s3",
            region_name=region,
            endpoint_url=configuration.endpoint_url,
            verify=configuration.ca_bundle,
            aws_access_key_id=credentials.access_key_id,
            aws_secret_access_key=credentials.secret_access_key,
            aws_session_token=credentials.session_token,
            config=Config(
                use_dualstack_endpoint=configuration.dualstack,
                use_fips_endpoint=configuration.fips,
                request_checksum_calculation="when_required",
                s3={"addressing_style": "path"} if configuration.endpoint_url else {},
                connect_timeout=10,
                read_timeout=30,
            ),
        )

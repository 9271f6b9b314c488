"""Uploads in parts, begun and aborted at S3."""

from typing import Any

from presign_cli.aws.account import Account
from presign_cli.aws.client import s3_client
from presign_cli.aws.masking import one_line
from presign_cli.core.credentials import Credentials
from presign_cli.core.harmless import harmless
from presign_cli.core.tags import tagging_header
from presign_cli.core.upload import Upload
from presign_cli.errors import RefusedError

_HINTS = {
    "AccessDenied": "the signer needs s3:PutObject on the key",
    "NoSuchBucket": "check the bucket's name and --region",
    "InvalidAccessKeyId": "aws sts get-caller-identity",
    "SignatureDoesNotMatch": "aws sts get-caller-identity",
    "ExpiredToken": "aws sso login, or fresh credentials",
}


class MultipartCalls:
    """The calls for one object. `bucket` is a name, or an access point's ARN."""

    def __init__(
        self, account: Account, *, bucket: str, key: str, region: str, credentials: Credentials
    ) -> None:
        self._client = s3_client(account, region=region, credentials=credentials)
        self._object = {"Bucket": bucket, "Key": key}

    def begin(self, upload: Upload) -> str:
        """The id of the upload that S3 has begun. Raises RefusedError."""
        try:
            return str(
                self._client.create_multipart_upload(**self._object, **_parameters(upload))["UploadId"]
            )
        except Exception as error:
            raise _translated(error, f"begin an upload to s3://{self._object['Bucket']}") from error

    def abort(self, upload_id: str) -> None:
        """Nothing of the upload stays. Raises RefusedError."""
        try:
            self._client.abort_multipart_upload(**self._object, UploadId=upload_id)
        except Exception as error:
            raise _translated(error, f"abort the upload {upload_id}") from error


def _parameters(upload: Upload) -> dict[str, Any]:
    """What goes with the creation: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html."""
    encryption, customer_key = upload.encryption, upload.customer_key
    asked = {
        "ContentType": upload.content_type,
        "Metadata": dict(upload.metadata) or None,
        "Tagging": tagging_header(upload.tags) or None,
        "StorageClass": upload.storage_class,
        "ACL": upload.acl,
        "ServerSideEncryption": encryption.method if encryption else None,
        "SSEKMSKeyId": encryption.kms_key_id if encryption else None,
        "SSECustomerAlgorithm": "AES256" if customer_key else None,
        "SSECustomerKey": customer_key.key if customer_key else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _translated(error: Exception, what: str) -> Exception:
    """S3's refusal or silence as ours; anything else is a bug and stays what it is."""
    from botocore.exceptions import BotoCoreError, ClientError

    if isinstance(error, ClientError):
        told = error.response.get("Error", {})
        code = str(told.get("Code", "unknown"))
        message = one_line(str(told.get("Message", "")))
        hint = _HINTS.get(code, "check the target, the region and the signer's rights")
        return RefusedError(f"S3 refused to {harmless(what)}: {harmless(code)}: {message}", hint=hint)
    if isinstance(error, BotoCoreError):
        return RefusedError(
            f"S3 could not be asked to {harmless(what)}: {one_line(str(error))}",
            hint="check the network, the proxy and --endpoint-url",
        )
    return error

"""Uploads in parts, begun and aborted at S3."""

from typing import Any

from presign_cli.aws.account import Account
from presign_cli.aws.client import s3_client
from presign_cli.aws.refusals import told_as_refusal
from presign_cli.core.credentials import Credentials
from presign_cli.core.tags import tagging_header
from presign_cli.core.upload import Upload


class MultipartCalls:
    """The calls for one object. `bucket` is a name, or an access point's ARN."""

    def __init__(
        self, account: Account, *, bucket: str, key: str, region: str, credentials: Credentials
    ) -> None:
        self._client = s3_client(account, region=region, credentials=credentials)
        self._object = {"Bucket": bucket, "Key": key}

    def begin(self, upload: Upload) -> str:
        """The id of the upload that S3 has begun. Raises RefusedError."""
        with told_as_refusal(
            f"begin an upload to s3://{self._object['Bucket']}", right="s3:PutObject on the key"
        ):
            begun = self._client.create_multipart_upload(**self._object, **_parameters(upload))
        return str(begun["UploadId"])

    def abort(self, upload_id: str) -> None:
        """Nothing of the upload stays. Raises RefusedError."""
        with told_as_refusal(f"abort the upload {upload_id}", right="s3:AbortMultipartUpload on the key"):
            self._client.abort_multipart_upload(**self._object, UploadId=upload_id)


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

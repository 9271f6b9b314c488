"""What S3 says to a call that we made, and not only signed, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from presign_cli.aws.masking import one_line
from presign_cli.core.harmless import harmless
from presign_cli.errors import RefusedError

_HINTS = {
    "NoSuchBucket": "check the bucket's name and --region",
    "InvalidAccessKeyId": "aws sts get-caller-identity",
    "SignatureDoesNotMatch": "aws sts get-caller-identity",
    "ExpiredToken": "aws sso login, or fresh credentials",
}


@contextmanager
def told_as_refusal(what: str, *, right: str) -> Iterator[None]:
    """Raises botocore's errors inside as RefusedError: S3 refused, or could not be asked, to do `what`.

    `right` is the permission that it needs. Anything else is a bug and stays what it is.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        told = error.response.get("Error", {})
        code, message = str(told.get("Code", "unknown")), one_line(str(told.get("Message", "")))
        fallback = "check the target, the region and the signer's rights"
        hint = f"the signer needs {right}" if code == "AccessDenied" else _HINTS.get(code, fallback)
        raise RefusedError(
            f"S3 refused to {harmless(what)}: {harmless(code)}: {message}", hint=hint
        ) from error
    except BotoCoreError as error:
        raise RefusedError(
            f"S3 could not be asked to {harmless(what)}: {one_line(str(error))}",
            hint="check the network, the proxy and --endpoint-url",
        ) from error

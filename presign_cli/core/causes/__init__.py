"""What servers answer to signed links, and what each answer means: a table of rules, first match wins.

Codes and their meaning are those of the servers' own documents:
S3     https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
       https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
GCS    https://cloud.google.com/storage/docs/xml-api/reference-status
Azure  https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
       https://learn.microsoft.com/rest/api/storageservices/sas-error-codes
Where a rule rests on a message, the place where that message was seen stands beside it.
"""

from collections.abc import Mapping

from presign_cli.core.causes.azure import AZURE
from presign_cli.core.causes.cause import Cause
from presign_cli.core.causes.denied import DENIED
from presign_cli.core.causes.expired import EXPIRED
from presign_cli.core.causes.placed import PLACES
from presign_cli.core.causes.signed import CREDENTIALS
from presign_cli.core.causes.trouble import TROUBLE

CAUSES: tuple[Cause, ...] = (*EXPIRED, *DENIED, *CREDENTIALS, *PLACES, *AZURE, *TROUBLE)

# what a bare status says where the body has no code
_BY_STATUS = {
    301: "MovedPermanently",
    302: "Redirect",
    307: "TemporaryRedirect",
    308: "MovedPermanently",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    407: "ProxyAuthenticationRequired",
    416: "InvalidRange",
    429: "TooManyRequests",
    500: "InternalError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}


def code_of_status(status: int) -> str | None:
    """The code under which the table explains a status that came without one."""
    return _BY_STATUS.get(status)


def find_cause(code: str, message: str, facts: Mapping[str, str]) -> Cause | None:
    """The first rule that fits, or None for a code that the table does not know."""
    return next((cause for cause in CAUSES if cause.matches(code, message, facts)), None)

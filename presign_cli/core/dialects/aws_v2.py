"""AWS Signature Version 2 in a query: what boto3 still signs by default, and s3cmd on demand.

https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth
"""

from presign_cli.core.address import Address, read_address
from presign_cli.core.credentials import credential_kind
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.aws_v4 import operation_method, response_overrides, signed_extras
from presign_cli.core.dialects.grammar import BASE64_SHA1, Grammar, epoch_moment
from presign_cli.core.place import read_place
from presign_cli.core.presigned import Presigned

GRAMMAR = Grammar(
    names=("AWSAccessKeyId", "Expires", "Signature", "x-amz-security-token"),
    required=("AWSAccessKeyId", "Expires", "Signature"),
    secret=("Signature", "x-amz-security-token"),
    signature="Signature",
    signature_pattern=BASE64_SHA1,
    signature_form="28 characters of base64, the last of them =",
    end="Expires",
)

# Headers whose values botocore repeats in the query; the server reads none but those of the request
_OWED = ("content-md5", "content-type")


def decode(text: str) -> Presigned | None:
    """What a SigV2 link says, or None where the text is none. Never raises."""
    address = read_address(text)
    return read(address) if address else None


def read(address: Address) -> Presigned | None:
    """As `decode`, of a URL that is taken apart already. SigV2 tells neither date nor region of signing."""
    first = address.parameters.first
    if recognise(first.keys()) != "aws_v2":
        return None
    place = read_place(address)
    key_id = first.get("awsaccesskeyid") or None
    token = first.get("x-amz-security-token")
    return Presigned(
        dialect="aws-sigv2",
        url=address.text,
        host=address.host or None,
        service="s3",
        addressing=place.addressing,
        method=operation_method(address.parameters),
        bucket=place.bucket,
        key=place.key,
        version_id=first.get("versionid"),
        region=place.region,
        access_key_id=key_id,
        credential_kind=credential_kind(key_id or "", has_token=token is not None),
        expires_at=epoch_moment(first.get("expires")),
        signed_headers=tuple(name for name in _OWED if name in first),
        response_overrides=response_overrides(address.parameters),
        limits=signed_extras(address.parameters),
        signature=first.get("signature"),
        session_token=token,
    )


def grammar_of(presigned: Presigned) -> Grammar:
    """What such a link is made of."""
    return GRAMMAR

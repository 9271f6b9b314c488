"""Answers of servers that do not accept the signature, its parameters or its keys."""

from presign_cli.core.causes.cause import AGAIN, WHO, Cause

CREDENTIALS = (
    Cause(
        "InvalidToken",
        "the session token in the link is damaged, or belongs to other keys or another partition",
        "copy the whole link again, or sign anew",
    ),
    Cause("TokenRefreshRequired", "the session token must be refreshed", "log in anew, then sign anew"),
    Cause(
        "InvalidAccessKeyId",
        "the server does not know the access key that signed the link: deleted, inactive, of another "
        "provider, or temporary without its token",
        WHO,
    ),
    Cause(
        "SignatureDoesNotMatch",
        "the link was altered, or made for another method",
        "presign inspect LINK --verify says which",
    ),
    # https://github.com/bigassforce/aws-sdk/issues/5
    Cause(
        "AuthorizationQueryParametersError AuthorizationHeaderMalformed",
        "the link is signed for another region: the bucket is in {region}",
        "presign get LINK --region {region}",
        "region .* is wrong",
    ),
    # https://github.com/bryanjos/aws_auth/issues/31
    Cause(
        "AuthorizationQueryParametersError",
        "the link's life is longer than S3's limit of 7 days",
        "presign get LINK --ttl 7d",
        "less than a week|604800",
    ),
    Cause(
        "AuthorizationQueryParametersError AuthorizationHeaderMalformed AuthorizationParametersError "
        "MalformedSecurityHeader InvalidQueryParameterValue",
        "the signature's parameters are damaged or incomplete",
        "presign inspect LINK names them",
    ),
    # https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html (V4-only regions),
    # https://github.com/aws/aws-cli/issues/1006 (KMS)
    Cause(
        "InvalidRequest InvalidArgument",
        "the link is signed with Signature Version 2, and the server wants Version 4",
        f"{AGAIN}, with Version 4",
        "AWS4-HMAC-SHA256|Signature Version 4",
    ),
    Cause(
        "InvalidRequest InvalidArgument",
        "the link was sent with an Authorization header beside it",
        "send it without one, and without cookies of a proxy",
        "only one auth mechanism",
    ),
    Cause(
        "InvalidRequest",
        "the object is encrypted with a customer's key (SSE-C), which the link's user must send",
        "presign get LINK --sse-c-key FILE says the headers",
        "server side encryption",
    ),
    # https://github.com/IQSS/dataverse/issues/4524
    Cause(
        "InvalidArgument",
        "a header that the link asks for holds characters outside ISO-8859-1",
        "presign get LINK --filename NAME writes them as RFC 8187 wants",
        "ISO-8859-1",
    ),
    Cause(
        "InvalidArgument",
        "the version id is not one that S3 gave",
        "aws s3api list-object-versions --bucket B --prefix KEY",
        "version id",
    ),
)

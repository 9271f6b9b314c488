"""SigV4 against AWS's documented example, all three checkpoints.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

from presign_cli.core.credentials import Credentials
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import (
    Presigner,
    canonical_request,
    credential_scope,
    signature,
    signing_key,
    string_to_sign,
)
from presign_cli.core.timestamps import parse_amz_date

SIGNED_AT = parse_amz_date("20130524T000000Z")
KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
SCOPE = "20130524/us-east-1/s3/aws4_request"
HOST = "examplebucket.s3.amazonaws.com"
QUERY = (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
)
CANONICAL_REQUEST = f"GET\n/test.txt\n{QUERY}\nhost:{HOST}\n\nhost\nUNSIGNED-PAYLOAD"
STRING_TO_SIGN = (
    f"AWS4-HMAC-SHA256\n20130524T000000Z\n{SCOPE}\n"
    "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04"
)
SIGNATURE = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


def test_canonical_request_is_aws_documented_one():
    assert (
        canonical_request("GET", path="/test.txt", query=QUERY, headers={"Host": HOST}) == CANONICAL_REQUEST
    )


def test_string_to_sign_is_aws_documented_one():
    scope = credential_scope(SIGNED_AT, region="us-east-1")
    assert scope == SCOPE
    assert string_to_sign(CANONICAL_REQUEST, signed_at=SIGNED_AT, scope=scope) == STRING_TO_SIGN


def test_signature_is_aws_documented_one():
    assert signature(signing_key(KEYS.secret_access_key, scope=SCOPE), STRING_TO_SIGN) == SIGNATURE


def test_presigner_gives_aws_documented_link():
    location = Location(bucket="examplebucket", region="us-east-1", host=HOST)
    link = Presigner(location, KEYS, signed_at=SIGNED_AT, ttl_seconds=86400).url("test.txt")
    assert link == f"https://{HOST}/test.txt?{QUERY}&X-Amz-Signature={SIGNATURE}"

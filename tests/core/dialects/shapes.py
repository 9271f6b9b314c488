"""Links as other tools write them: their hosts, parameters and order, with made-up keys and signatures."""

HEX = "5f0b0b1d1c0a3f6a1d6b5b7c5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f"
RSA_HEX = "8f" * 256
KEY = "AKIAIOSFODNN7EXAMPLE"
DATE = "20261124T120000Z"
SCOPE = "20261124%2Feu-west-1%2Fs3%2Faws4_request"


def v4(
    host="bucket.s3.eu-west-1.amazonaws.com", path="/k", *, key=KEY, scope=SCOPE, extra="", headers="host"
):
    """A link with botocore's parameters in botocore's order."""
    return (
        f"https://{host}{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={key}%2F{scope}"
        f"&X-Amz-Date={DATE}&X-Amz-Expires=3600&X-Amz-SignedHeaders={headers}{extra}&X-Amz-Signature={HEX}"
    )


# @aws-sdk/s3-request-presigner 3.x: sorted, with the payload's hash, a checksum mode and the operation
JAVASCRIPT_V3 = (
    "https://bucket.s3.eu-west-1.amazonaws.com/folder/a%20b.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    f"&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-Credential=ASIAY34FZKBOKMUTVV7A%2F{SCOPE}"
    f"&X-Amz-Date={DATE}&X-Amz-Expires=900&X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE%2F%2Fw%3D%3D"
    f"&X-Amz-Signature={HEX}&X-Amz-SignedHeaders=host&x-amz-checksum-mode=ENABLED&x-id=GetObject"
)
# aws-sdk-go-v2's PresignPutObject: headers are owed, `x-id` is in the middle
GO_V2_PUT = (
    f"https://bucket.s3.eu-west-1.amazonaws.com/up.bin?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={KEY}"
    f"%2F{SCOPE}&X-Amz-Date={DATE}&X-Amz-Expires=900&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost"
    f"&x-id=PutObject&X-Amz-Signature={HEX}"
)
# aws-sdk-java 2.x: the headers are joined by an escaped semicolon, the date comes before the credential
JAVA_V2 = (
    "https://bucket.s3.eu-west-1.amazonaws.com/k.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    f"&X-Amz-Date={DATE}&X-Amz-SignedHeaders=host&X-Amz-Credential={KEY}%2F{SCOPE}"
    f"&X-Amz-Expires=600&X-Amz-Signature={HEX}"
)
# s5cmd presign (aws-sdk-go v1)
S5CMD = (
    "https://bucket.s3.eu-west-1.amazonaws.com/dir/object.gz?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    f"&X-Amz-Credential={KEY}%2F{SCOPE}&X-Amz-Date={DATE}&X-Amz-Expires=10800"
    f"&X-Amz-SignedHeaders=host&X-Amz-Signature={HEX}"
)
# s3cmd signurl: SigV2, plain http, the signature escaped
S3CMD = (
    "http://bucket.s3.amazonaws.com/dir/file.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE"
    "&Expires=1795528800&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D"
)
MINIO = v4(
    "minio.example.com:9000",
    "/photos/2026/a.jpg",
    key="minioadmin",
    scope=SCOPE.replace("eu-west-1", "us-east-1"),
)
R2 = v4(
    "0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
    "/photos/a.jpg",
    scope=SCOPE.replace("eu-west-1", "auto"),
)

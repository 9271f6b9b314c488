"""Other signers' bare loops, to be run by an interpreter that has them: `peers.py boto3|libpresign COUNT`."""

import sys


def by_boto3(count: int) -> None:
    import boto3
    from botocore.config import Config

    client = boto3.client("s3", region_name="us-east-1", config=Config(signature_version="s3v4"))
    for number in range(count):
        client.generate_presigned_url(
            "get_object", {"Bucket": "bucket", "Key": f"manuals/{number % 977}/kbd-v{number}.pdf"}, 3600
        )


def by_libpresign(count: int) -> None:
    import os

    import libpresign

    key_id, secret = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    for number in range(count):
        libpresign.get(
            access_key_id=key_id,
            secret_access_key=secret,
            region="us-east-1",
            bucket="bucket",
            key=f"manuals/{number % 977}/kbd-v{number}.pdf",
            expires=3600,
        )


if __name__ == "__main__":
    {"boto3": by_boto3, "libpresign": by_libpresign}[sys.argv[1]](int(sys.argv[2]))

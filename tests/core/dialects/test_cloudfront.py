"""CloudFront links: AWS's documented examples, and botocore's own signer."""

from datetime import UTC, datetime

from botocore.signers import CloudFrontSigner

from presign_cli.core.dialects.cloudfront import decode

# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
CANNED = (
    "https://d111111abcdef8.cloudfront.net/image.jpg?color=red&size=medium&Expires=1767290400"
    "&Signature=nitfHRCrtziwO2HwPfWw~yYDhUF5EwRunQA-j19DzZrvDh6hQ73lDx~-ar3UocvvRQVw6EkC~GdpGQyyOSKQim"
    "-TxAnW7d8F5Kkai9HVx0FIu-5jcQb0UEmatEXAMPLE3ReXySpLSMj0yCd3ZAB4UcBCAqEijkytL6f3fVYNGQI6"
    "&Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256"
)
STARTS, ENDS = datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_aws_documented_canned_policy():
    link = decode(CANNED)
    assert (link.dialect, link.key, link.bucket) == ("cloudfront", "image.jpg", None)
    assert (link.access_key_id, link.service) == ("K2JCJMDEHXQW5F", "cloudfront")
    assert link.expires_at == datetime(2026, 1, 1, 18, tzinfo=UTC)
    assert [(limit.name, limit.value) for limit in link.limits] == [("hash-algorithm", "SHA256")]


def test_custom_policy_by_botocore():
    signer = CloudFrontSigner("K2JCJMDEHXQW5F", lambda message: b"\xfb" * 256)
    url = "https://d111111abcdef8.cloudfront.net/videos/a.mp4"
    policy = signer.build_policy(
        "https://*/videos/*", ENDS, date_greater_than=STARTS, ip_address="192.0.2.0/24"
    )
    link = decode(signer.generate_presigned_url(url, policy=policy))
    assert (link.valid_from, link.expires_at) == (STARTS, ENDS)
    assert [(limit.name, limit.value) for limit in link.limits] == [
        ("ip", "192.0.2.0/24"),
        ("resource", "https://*/videos/*"),
    ]


def test_policy_that_is_none_leaves_the_expiry_open():
    assert decode("https://d.cloudfront.net/a?Policy=bm9uZQ__&Signature=a&Key-Pair-Id=K").expires_at is None

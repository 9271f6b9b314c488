"""Google Cloud Storage links in the shapes of Google's documents."""

from datetime import UTC, datetime

from presign_cli.core.dialects.gcs import decode

# https://cloud.google.com/storage/docs/access-control/signing-urls-with-helpers
V4_RSA = (
    "https://storage.googleapis.com/example-bucket/cat.jpeg?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential="
    "example%40example-project.iam.gserviceaccount.com%2F20181026%2Fus-central1%2Fstorage%2Fgoog4_request"
    "&X-Goog-Date=20181026T181309Z&X-Goog-Expires=900&X-Goog-SignedHeaders=host&X-Goog-Signature="
    + "24"
    * 256
)
V4_HMAC = (
    "https://example-bucket.storage.googleapis.com/cat.jpeg?x-goog-signature="
    + "2f" * 32
    + "&x-goog-algorithm="
    "GOOG4-HMAC-SHA256&x-goog-credential=GOOGTS7C7FUP3AIRVJTE2BCD%2F20261124%2Fauto%2Fstorage%2Fgoog4_request"
    "&x-goog-date=20261124T120000Z&x-goog-expires=3600&x-goog-signedheaders=content-type%3Bhost&generation=1579287380533984"
)
# https://cloud.google.com/storage/docs/access-control/signed-urls-v2
V2 = (
    "https://storage.googleapis.com/example-bucket/cat.jpeg?GoogleAccessId=example@example-project.iam."
    "gserviceaccount.com&Expires=1458238630&Signature=" + "VVUgfqviDCov%2B" + "A" * 329 + "%3D%3D"
)


def test_v4_of_a_service_account():
    link = decode(V4_RSA)
    assert (link.dialect, link.bucket, link.key, link.addressing) == (
        "gcs-v4",
        "example-bucket",
        "cat.jpeg",
        "path",
    )
    assert link.access_key_id == "example@example-project.iam.gserviceaccount.com"
    assert (link.region, link.service, link.account_id) == ("us-central1", "storage", None)
    assert link.expires_at == datetime(2018, 10, 26, 18, 28, 9, tzinfo=UTC)


def test_v4_of_an_hmac_key_in_lower_case():
    link = decode(V4_HMAC)
    assert (link.bucket, link.key, link.addressing) == ("example-bucket", "cat.jpeg", "virtual")
    assert (link.access_key_id, link.credential_kind) == ("GOOGTS7C7FUP3AIRVJTE2BCD", "long-lived")
    assert (link.version_id, link.required_headers) == ("1579287380533984", ("content-type",))


def test_v2():
    link = decode(V2)
    assert (link.dialect, link.bucket, link.key) == ("gcs-v2", "example-bucket", "cat.jpeg")
    assert link.access_key_id == "example@example-project.iam.gserviceaccount.com"
    assert link.expires_at == datetime(2016, 3, 17, 18, 17, 10, tzinfo=UTC)
    assert len(link.signature) == 344

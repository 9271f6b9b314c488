"""Temporary credentials of a real STS, the gateway's own, sign a link that downloads."""

from datetime import UTC, datetime, timedelta

from botocore.credentials import Credentials

from tests.aws.home import Home
from tests.aws.minio_admin import make_user
from tests.gateway import Gateway, fetch

HOUR = 3600


def test_a_role_session_of_the_links_own_length_signs_a_link_that_downloads(home: Home, gateway: Gateway):
    root = Credentials(gateway.credentials.access_key_id, gateway.credentials.secret_access_key)
    user = Credentials("support-user", "support-secret")
    make_user(gateway.endpoint_url, root, user)
    bucket = gateway.bucket()
    gateway.put(bucket, "manuals/kbd v2.pdf", b"%PDF-1.7")
    home.shared_credentials(
        f"[base]\naws_access_key_id = {user.access_key}\naws_secret_access_key = {user.secret_key}\n"
    )
    home.config(
        "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/support\nsource_profile = base\n"
        f"region = us-east-1\nendpoint_url = {gateway.endpoint_url}\n"
    )
    account = home.account(profile="p")
    signed_at = datetime.now(UTC).replace(microsecond=0)
    signing = account.presigner(account.locate(bucket), signed_at=signed_at, ttl_seconds=4 * HOUR)
    assert signing.credentials.session_token is not None
    assert signing.credentials.expires_at is not None
    assert signing.credentials.expires_at >= signed_at + timedelta(hours=4)
    answer = fetch(signing.url("manuals/kbd v2.pdf"))
    assert (answer.status, answer.body) == (200, b"%PDF-1.7")

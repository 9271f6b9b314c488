"""What is in the local server when the demo begins: one private bucket, one manual."""

from datetime import datetime

from presign_cli.core.error_body import read_error_body
from presign_cli.core.harmless import harmless
from presign_cli.core.sigv4 import Presigner
from presign_cli.errors import RefusedError
from presign_cli.local.gateway import Server
from presign_cli.local.http import send
from presign_cli.local.pdf import CONTENT_TYPE

BUCKET = "corp-private-manuals-vault"
KEY = "manuals/kbd-v2.pdf"


def fill_vault(server: Server, manual: bytes, *, now: datetime) -> None:
    """Makes the bucket and puts the manual there. Raises RefusedError where the server does not let us."""
    signer = Presigner(
        server.location(BUCKET), server.credentials, signed_at=now, ttl_seconds=300, method="PUT"
    )
    _put(signer.url(""), b"", what=f"the bucket {BUCKET}")
    _put(signer.url(KEY), manual, what=KEY)


def _put(url: str, body: bytes, *, what: str) -> None:
    answer = send("PUT", url, body=body, headers={"Content-Type": CONTENT_TYPE} if body else {})
    if answer.status != 200:
        code = harmless(read_error_body(answer.body).get("Code"))
        raise RefusedError(
            f"the local S3 server did not take {what}: {answer.status} {code}".rstrip(), hint="presign demo"
        )

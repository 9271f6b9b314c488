"""MinIO's admin API, as much as makes a user: the gateway's STS gives sessions to users, not to root.

Bodies are encrypted with the caller's secret key: `salt | algorithm | nonce | ciphertext`, sealed in
fragments as https://github.com/secure-io/sio-go does, with the key by PBKDF2 (algorithm 2 of madmin-go).
"""

import json
import os
import time
from hashlib import pbkdf2_hmac
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_PBKDF2_AES_GCM = b"\x02"
_ITERATIONS = 8192


def make_user(endpoint_url: str, root: Credentials, user: Credentials, *, policy: str = "readwrite") -> None:
    """Makes a user who may do what the policy says.

    A server that has just started needs a moment until it knows its own policies.
    """
    account = json.dumps({"secretKey": user.secret_key, "status": "enabled"}).encode()
    _call(endpoint_url, root, "add-user", {"accessKey": user.access_key}, encrypted(account, root.secret_key))
    names = {"policyName": policy, "userOrGroup": user.access_key, "isGroup": "false"}
    _call(endpoint_url, root, "set-user-or-group-policy", names, b"")


def encrypted(body: bytes, password: str) -> bytes:
    """One sealed fragment: enough for less than 16 KiB."""
    salt, nonce = os.urandom(32), os.urandom(8)
    cipher = AESGCM(pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS, 32))
    tag = cipher.encrypt(nonce + (0).to_bytes(4, "little"), b"", b"")
    sealed = cipher.encrypt(nonce + (1).to_bytes(4, "little"), body, b"\x80" + tag)
    return salt + _PBKDF2_AES_GCM + nonce + sealed


def _call_once(endpoint_url: str, root: Credentials, action: str, query: dict[str, str], body: bytes) -> str:
    url = f"{endpoint_url}/minio/admin/v3/{action}?{urlencode(query)}"
    request = AWSRequest(method="PUT", url=url, data=body)
    S3SigV4Auth(root, "s3", "us-east-1").add_auth(request)
    parts = urlsplit(url)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("PUT", f"{parts.path}?{parts.query}", body, dict(request.headers.items()))
    response = connection.getresponse()
    told = response.read().decode()
    connection.close()
    return "" if response.status == 200 else f"{response.status} {told}"


def _call(endpoint_url: str, root: Credentials, action: str, query: dict[str, str], body: bytes) -> None:
    told = "never asked"
    deadline = time.monotonic() + 20
    while told and time.monotonic() < deadline:
        told = _call_once(endpoint_url, root, action, query, body)
        time.sleep(0.2 if told else 0)
    assert not told, told

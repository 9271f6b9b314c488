"""A POST policy: what a browser's upload may be, as conditions, as a document, and signed.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from presign_cli.core.credentials import Credentials
from presign_cli.core.sigv4 import ALGORITHM, credential_scope, signature, signing_key
from presign_cli.core.timestamps import amz_date, iso


@dataclass(frozen=True, slots=True)
class Exact:
    """A field whose value is this one."""

    name: str
    value: str

    def record(self) -> object:
        return {self.name: self.value}


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A field whose value begins with this prefix."""

    name: str
    prefix: str

    def record(self) -> object:
        return ["starts-with", f"${self.name}", self.prefix]


@dataclass(frozen=True, slots=True)
class LengthRange:
    """The file's size in bytes, both ends included."""

    minimum: int
    maximum: int

    def record(self) -> object:
        return ["content-length-range", self.minimum, self.maximum]


Condition = Exact | StartsWith | LengthRange


def document(conditions: Sequence[Condition], *, expires_at: datetime) -> str:
    """The JSON that is signed, byte for byte as botocore writes it."""
    return json.dumps({"expiration": iso(expires_at), "conditions": [one.record() for one in conditions]})


def signer_conditions(credentials: Credentials, *, region: str, signed_at: datetime) -> tuple[Exact, ...]:
    """Who signs, and when: fields of the form that S3 wants conditions for, too."""
    scope = credential_scope(signed_at, region=region)
    fields = [
        Exact("x-amz-algorithm", ALGORITHM),
        Exact("x-amz-credential", f"{credentials.access_key_id}/{scope}"),
        Exact("x-amz-date", amz_date(signed_at)),
    ]
    if credentials.session_token is not None:
        fields.append(Exact("x-amz-security-token", credentials.session_token))
    return tuple(fields)


def sign_document(text: str, credentials: Credentials, *, region: str, signed_at: datetime) -> dict[str, str]:
    """The fields `policy` and `x-amz-signature` of a document.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html
    """
    policy = b64encode(text.encode()).decode()
    key = signing_key(credentials.secret_access_key, scope=credential_scope(signed_at, region=region))
    return {"policy": policy, "x-amz-signature": signature(key, policy)}

"""Whole links of every dialect for tests: by botocore where it can sign, else of each document's own form."""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha512
from typing import Any
from urllib.parse import quote

KEYS = (
    "report.pdf",
    "dir/a b+c&d=e;f.pdf",
    "100% sure%20%2520.txt",
    "tricky &amp; &lt;x&gt; =3D =20.txt",
    'quote\'s "double" (1) [2] {3} <4>.txt',
    "ünïcødé/日本語 👩‍👩‍👧.txt",
    "https%3A%2F%2Fexample.com/http://x?y#z",
    "-_~.!*'/--/__/**A/__;JSUl!!x$",
    "a\\b\\u0026c`d^e|f",
    "trailing.",
)


@cache
def whole_links() -> tuple[str, ...]:
    return (*_by_botocore(), *_by_other_software())


def signed_by_botocore(key: str, version: str) -> str:
    """A link of a key, by SigV4 (`s3v4`) or SigV2 (`s3`)."""
    return str(_client(version, "virtual", None).generate_presigned_url("get_object", Params=_params(key)))


def _by_botocore() -> Iterator[str]:
    token = b64encode(sha512(b"token").digest() * 6).decode()
    disposition = "attachment; filename=\"100%.pdf\"; filename*=UTF-8''%C3%A4"
    for version in ("s3v4", "s3"):
        for style in ("virtual", "path"):
            for session_token in (None, token):
                client = _client(version, style, session_token)
                for key in KEYS:
                    yield client.generate_presigned_url("get_object", Params=_params(key))
                overrides = _params("k") | {"ResponseContentDisposition": disposition}
                yield client.generate_presigned_url("get_object", Params=overrides)


def _params(key: str) -> dict[str, str]:
    return {"Bucket": "bucket", "Key": key}


@cache
def _client(version: str, style: str, session_token: str | None) -> Any:
    import botocore.session
    from botocore.config import Config

    return botocore.session.Session().create_client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        aws_session_token=session_token,
        config=Config(signature_version=version, s3={"addressing_style": style}),
    )


def _by_other_software() -> Iterator[str]:
    digits = sha512(b"x").hexdigest()
    base64 = b64encode(sha512(b"y").digest() * 6).decode()
    for key in KEYS[:3]:
        path = quote(key, safe="/~")
        # the AWS SDK for JavaScript, version 3: sorted, `x-id` last
        yield (
            f"https://bucket.s3.eu-west-1.amazonaws.com/{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256="
            "UNSIGNED-PAYLOAD&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Feu-west-1%2Fs3%2Faws4_request"
            f"&X-Amz-Date=20261124T130000Z&X-Amz-Expires=900&X-Amz-Signature={digits[:64]}&X-Amz-SignedHeaders=host"
            "&x-amz-checksum-mode=ENABLED&x-id=GetObject"
        )
        yield (
            f"https://x.mrap.accesspoint.s3-global.amazonaws.com/{path}?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256"
            "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261124%2Fs3%2Faws4_request&X-Amz-Date=20261124T130000Z"
            "&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Region-Set=%2A"
            f"&X-Amz-Signature=3045022100{digits[:64]}0220{digits[64:]}"
        )
        google = (
            "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=a%40b.gserviceaccount.com%2F20261124%2Fauto"
        )
        yield (
            f"https://storage.googleapis.com/bucket/{path}?{google}%2Fstorage%2Fgoog4_request"
            "&X-Goog-Date=20261124T130000Z&X-Goog-Expires=900&X-Goog-SignedHeaders=host"
            f"&X-Goog-Signature={digits * 4}"
        )
        yield (
            f"https://storage.googleapis.com/bucket/{path}?GoogleAccessId=a%40b.iam.gserviceaccount.com"
            f"&Expires=1764000000&Signature={quote(base64[:342] + '==', safe='')}"
        )
        signature = base64[:342].replace("+", "-").replace("/", "~") + "__"
        yield f"https://d1.cloudfront.net/{path}?Expires=1764000000&Signature={signature}&Key-Pair-Id=K2JCJMDEHXQW5F"
        policy = b64encode(b'{"Statement":[{"Resource":"https://d1.cloudfront.net/*"}]}').decode()
        policy = policy.translate(str.maketrans("+=/", "-_~"))
        yield (
            f"https://d1.cloudfront.net/{path}?Policy={policy}&Signature={signature}"
            "&Key-Pair-Id=APKAIBF5HHJOTQEXAMPL"
        )
        yield (
            f"https://account.blob.core.windows.net/container/{path}?sp=r&st=2026-11-24T13:00:00Z"
            f"&se=2026-11-24T14:00:00Z&spr=https&sv=2024-11-04&sr=b&sig={quote(base64[:43] + '=', safe='')}"
        )

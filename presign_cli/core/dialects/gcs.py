"""Google Cloud Storage's signed URLs, V4 and V2, by a service account's RSA key or an HMAC key.

https://cloud.google.com/storage/docs/authentication/signatures (V4)
https://cloud.google.com/storage/docs/access-control/signed-urls-v2
"""

import re

from presign_cli.core.address import Address, read_address
from presign_cli.core.credentials import CredentialKind
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.aws_v4 import credential, response_overrides
from presign_cli.core.dialects.grammar import Grammar, amz_moment, epoch_moment, integer, later, names_of
from presign_cli.core.place import read_place
from presign_cli.core.presigned import Limit, Presigned

_V4 = (
    "X-Goog-Algorithm",
    "X-Goog-Credential",
    "X-Goog-Date",
    "X-Goog-Expires",
    "X-Goog-SignedHeaders",
    "X-Goog-Signature",
)
GRAMMAR_V4 = Grammar(
    names=_V4,
    required=_V4,
    secret=("X-Goog-Signature",),
    signature="X-Goog-Signature",
    signature_pattern=re.compile(r"(?:[0-9a-f]{64}|[0-9a-f]{256}|[0-9a-f]{512}|[0-9a-f]{1024})", re.ASCII),
    signature_form="64 (HMAC), 512 or 1,024 (RSA) hexadecimal digits in lower case",
    start="X-Goog-Date",
    life="X-Goog-Expires",
    signs_every_parameter=True,
)
GRAMMAR_V2 = Grammar(
    names=("GoogleAccessId", "Expires", "Signature"),
    required=("GoogleAccessId", "Expires", "Signature"),
    secret=("Signature",),
    signature="Signature",
    signature_pattern=re.compile(
        r"[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{171}=|[A-Za-z0-9+/]{342}==|[A-Za-z0-9+/]{683}=", re.ASCII
    ),
    signature_form="base64 of 28 (HMAC), 344 or 684 (RSA) characters",
    end="Expires",
)

_V4_NAMES = frozenset(name.lower() for name in _V4)


def decode(text: str) -> Presigned | None:
    """What a Google Cloud Storage link says, or None where the text is none. Never raises."""
    address = read_address(text)
    return read(address) if address else None


def read(address: Address) -> Presigned | None:
    """As `decode`, of a URL that is taken apart already.

    `access_key_id` is the service account's address or the HMAC key's id, `version_id` the generation.
    """
    first = address.parameters.first
    if recognise(first.keys()) != "gcs":
        return None
    return _read_v2(address) if "googleaccessid" in first else _read_v4(address)


def grammar_of(presigned: Presigned) -> Grammar:
    """What such a link is made of."""
    return GRAMMAR_V4 if presigned.dialect == "gcs-v4" else GRAMMAR_V2


def _read_v4(address: Address) -> Presigned:
    first = address.parameters.first
    signer, region, service = credential(first.get("x-goog-credential", ""))
    signed_at = amz_moment(first.get("x-goog-date"))
    ttl = integer(first.get("x-goog-expires"))
    place = read_place(address)
    return Presigned(
        dialect="gcs-v4",
        url=address.text,
        host=address.host or None,
        service=service,
        addressing=place.addressing,
        bucket=place.bucket,
        key=place.key,
        version_id=first.get("generation"),
        region=region,
        access_key_id=signer,
        credential_kind=_kind(signer),
        signed_at=signed_at,
        expires_at=later(signed_at, ttl),
        ttl_seconds=ttl,
        signed_headers=names_of(first.get("x-goog-signedheaders")),
        response_overrides=response_overrides(address.parameters),
        limits=_limits(address),
        signature=first.get("x-goog-signature"),
    )


def _read_v2(address: Address) -> Presigned:
    first = address.parameters.first
    place = read_place(address)
    return Presigned(
        dialect="gcs-v2",
        url=address.text,
        host=address.host or None,
        service="storage",
        addressing=place.addressing,
        bucket=place.bucket,
        key=place.key,
        version_id=first.get("generation"),
        access_key_id=first["googleaccessid"] or None,
        credential_kind=_kind(first["googleaccessid"]),
        expires_at=epoch_moment(first.get("expires")),
        response_overrides=response_overrides(address.parameters),
        limits=_limits(address),
        signature=first.get("signature"),
    )


def _kind(signer: str | None) -> CredentialKind:
    """A service account's RSA key may be kept by Google and turned; an HMAC key stays until deleted.

    https://cloud.google.com/storage/docs/authentication/hmackeys
    """
    return "long-lived" if signer and signer.startswith("GOOG") else "unknown"


def _limits(address: Address) -> tuple[Limit, ...]:
    """Headers signed in the query, and the project that pays."""
    return tuple(
        Limit(name, value)
        for name, value in address.parameters.first.items()
        if name == "userproject" or (name.startswith("x-goog-") and name not in _V4_NAMES)
    )

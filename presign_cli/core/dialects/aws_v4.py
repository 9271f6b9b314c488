"""AWS Signature Version 4 in a query, and 4A, its form for many regions.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (4A)
"""

import re
from dataclasses import replace
from functools import lru_cache

from presign_cli.core.address import Address, Parameters, read_address
from presign_cli.core.credentials import credential_kind
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.grammar import HEX_DIGEST, Grammar, amz_moment, integer, later, names_of
from presign_cli.core.place import read_place
from presign_cli.core.presigned import Limit, Presigned

HMAC = "AWS4-HMAC-SHA256"
ECDSA = "AWS4-ECDSA-P256-SHA256"

_REQUIRED = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
)
_TOKENS = ("X-Amz-Security-Token", "X-Amz-S3session-Token")

GRAMMAR = Grammar(
    names=(*_REQUIRED, *_TOKENS),
    required=_REQUIRED,
    secret=("X-Amz-Signature", *_TOKENS),
    signature="X-Amz-Signature",
    signature_pattern=HEX_DIGEST,
    signature_form="64 hexadecimal digits in lower case",
    start="X-Amz-Date",
    life="X-Amz-Expires",
    signs_every_parameter=True,
)
GRAMMAR_A = replace(
    GRAMMAR,
    names=(*GRAMMAR.names, "X-Amz-Region-Set"),
    required=(*GRAMMAR.required, "X-Amz-Region-Set"),
    # two numbers of at most 33 bytes in DER: 8 to 72 bytes, in practice 68 and more
    signature_pattern=re.compile(r"30(?:[0-9a-f]{2}){66,71}", re.ASCII),
    signature_form="an ECDSA signature of 136 to 144 hexadecimal digits in lower case",
)

_AUTH_NAMES = frozenset(name.lower() for name in GRAMMAR_A.names)
# The operation that an SDK names in `x-id`, and the method that it is made with.
_METHODS = {
    "getobject": "GET",
    "headobject": "HEAD",
    "putobject": "PUT",
    "deleteobject": "DELETE",
    "uploadpart": "PUT",
    "createmultipartupload": "POST",
    "completemultipartupload": "POST",
    "abortmultipartupload": "DELETE",
    "listparts": "GET",
    "listobjects": "GET",
    "listobjectsv2": "GET",
    "headbucket": "HEAD",
}


def decode(text: str) -> Presigned | None:
    """What a SigV4 or SigV4A link says, or None where the text is none. Never raises."""
    address = read_address(text)
    return read(address) if address else None


def read(address: Address) -> Presigned | None:
    """As `decode`, of a URL that is taken apart already. `service` and `region` are the scope's."""
    first = address.parameters.first
    if recognise(first.keys()) != "aws_v4":
        return None
    place = read_place(address)
    asymmetric = first.get("x-amz-algorithm", "").upper() == ECDSA or "x-amz-region-set" in first
    key_id, scope_region, service = credential(first.get("x-amz-credential", ""), asymmetric=asymmetric)
    token = first.get("x-amz-security-token") or first.get("x-amz-s3session-token")
    signed_at = amz_moment(first.get("x-amz-date"))
    ttl = integer(first.get("x-amz-expires"))
    bare = first.keys() <= _AUTH_NAMES
    return Presigned(
        dialect="aws-sigv4a" if asymmetric else "aws-sigv4",
        url=address.text,
        host=address.host or None,
        service=service,
        addressing=place.addressing,
        method=operation_method(address.parameters),
        bucket=place.bucket,
        key=place.key,
        version_id=first.get("versionid"),
        region=first.get("x-amz-region-set") if asymmetric else scope_region,
        access_key_id=key_id,
        credential_kind=credential_kind(key_id or "", has_token=token is not None),
        signed_at=signed_at,
        expires_at=later(signed_at, ttl),
        ttl_seconds=ttl,
        signed_headers=names_of(first.get("x-amz-signedheaders")),
        response_overrides={} if bare else response_overrides(address.parameters),
        limits=() if bare else signed_extras(address.parameters),
        signature=first.get("x-amz-signature"),
        session_token=token,
    )


def grammar_of(presigned: Presigned) -> Grammar:
    """What such a link is made of."""
    return GRAMMAR_A if presigned.dialect == "aws-sigv4a" else GRAMMAR


@lru_cache(maxsize=256)  # streams of links have few signers
def credential(text: str, *, asymmetric: bool = False) -> tuple[str | None, str | None, str | None]:
    """Key id, region and service of `KEY/DATE/REGION/SERVICE/aws4_request`; 4A has no region in it."""
    parts = text.rsplit("/", 3 if asymmetric else 4)
    if len(parts) < (4 if asymmetric else 5):
        return text.partition("/")[0] or None, None, None
    return parts[0] or None, None if asymmetric else parts[2] or None, parts[-2] or None


def operation_method(parameters: Parameters) -> str | None:
    """The HTTP method that a query alone gives away: by `x-id`, or as a step of a multipart upload."""
    first = parameters.first
    if "x-id" in first:
        return _METHODS.get(first["x-id"].lower())
    if "uploadid" in first and "partnumber" in first:
        return "PUT"
    return "POST" if "uploads" in first and "uploadid" not in first else None


def response_overrides(parameters: Parameters) -> dict[str, str]:
    """The `response-*` parameters: headers that S3 answers with instead of the object's own."""
    return {name: value for name, value in parameters.first.items() if name.startswith("response-")}


def signed_extras(parameters: Parameters) -> tuple[Limit, ...]:
    """Headers that were signed in the query (`x-amz-acl`, metadata…) and a multipart upload's part."""
    return tuple(
        Limit(name, value)
        for name, value in parameters.first.items()
        if name not in _AUTH_NAMES and (name.startswith("x-amz-") or name in ("partnumber", "uploadid"))
    )

"""S3's browser upload forms: a POST policy, signed by SigV4 or SigV2, and the fields around it.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html
https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from presign_cli.core.address import Address, read_address
from presign_cli.core.credentials import credential_kind
from presign_cli.core.dialects.aws_v4 import credential
from presign_cli.core.dialects.grammar import (
    BASE64_SHA1,
    HEX_DIGEST,
    Grammar,
    amz_moment,
    iso_moment,
    json_of_base64,
)
from presign_cli.core.form import Form, read_form
from presign_cli.core.place import Place, read_place
from presign_cli.core.presigned import Limit, Presigned

GRAMMAR_V4 = Grammar(
    names=(
        "key",
        "policy",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-signature",
    ),
    required=("key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"),
    secret=("x-amz-signature", "x-amz-security-token", "policy"),
    signature="x-amz-signature",
    signature_pattern=HEX_DIGEST,
    signature_form="64 hexadecimal digits in lower case",
    start="x-amz-date",
    any_case=True,
)
GRAMMAR_V2 = Grammar(
    names=("key", "policy", "AWSAccessKeyId", "signature", "x-amz-security-token"),
    required=("key", "policy", "AWSAccessKeyId", "signature"),
    secret=("signature", "x-amz-security-token", "policy"),
    signature="signature",
    signature_pattern=BASE64_SHA1,
    signature_form="28 characters of base64, the last of them =",
    any_case=True,
)
GRAMMAR_ALONE = Grammar(
    names=("policy",),
    required=(),
    secret=("policy",),
    signature="x-amz-signature",
    signature_pattern=re.compile(""),
    signature_form="",
    any_case=True,
)

_MARKS = {"policy", "x-amz-signature", "x-amz-credential", "awsaccesskeyid"}
_AUTH_FIELDS = frozenset(name.lower() for name in (*GRAMMAR_V4.names, *GRAMMAR_V2.names, "bucket"))


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a policy: `eq`, `starts-with` or `content-length-range` of a field."""

    operator: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy demands, and until when; empty where it cannot be read."""

    expires_at: datetime | None = None
    conditions: tuple[Condition, ...] = field(default=(), repr=False)

    def demanded(self, name: str) -> str | None:
        """The value that a field must have or begin with."""
        return next((c.value for c in self.conditions if c.name == name), None)


def decode(text: str) -> Presigned | None:
    """What a form or a bare policy says, or None where the text is none. Never raises."""
    form = read_form(text)
    return read(form, text=text) if form else None


def read(form: Form, *, text: str) -> Presigned | None:
    """As `decode`, of a form that is taken apart already. `url` is the whole text, a secret as any link."""
    first = form.fields.first
    policy = read_policy(first.get("policy", ""))
    if not _MARKS & first.keys() or (form.policy_alone and policy is None):
        return None
    policy = policy or Policy()
    address = read_address(form.action) if form.action else None
    key_id, region, service = _signer(first, policy)
    token = first.get("x-amz-security-token") or policy.demanded("x-amz-security-token")
    signed_at = amz_moment(first.get("x-amz-date") or policy.demanded("x-amz-date"))
    place = _place(address, policy, key=first.get("key"))
    return Presigned(
        dialect="aws-post-policy",
        url=text,
        host=address.host if address else None,
        service=service or "s3",
        addressing=place.addressing,
        method="POST",
        bucket=place.bucket,
        key=place.key,
        region=region or place.region,
        access_key_id=key_id,
        credential_kind=credential_kind(key_id or "", has_token=token is not None),
        signed_at=signed_at,
        expires_at=policy.expires_at,
        ttl_seconds=_seconds_between(signed_at, policy.expires_at),
        limits=tuple(_limits(policy)),
        signature=first.get("x-amz-signature") or first.get("signature"),
        session_token=token,
    )


def grammar_of(form: Form) -> Grammar:
    """Which fields a form must have: by the version that signs it."""
    if form.policy_alone:
        return GRAMMAR_ALONE
    return GRAMMAR_V2 if {"awsaccesskeyid", "signature"} & form.fields.first.keys() else GRAMMAR_V4


def read_policy(text: str) -> Policy | None:
    """The document behind a form's `policy` field, or None where that is no policy."""
    document = json_of_base64(text)
    if not isinstance(document, dict) or "conditions" not in document:
        return None
    conditions = document["conditions"]
    expiration = document.get("expiration")
    return Policy(
        iso_moment(expiration if isinstance(expiration, str) else None),
        tuple(_conditions(conditions)) if isinstance(conditions, list) else (),
    )


def _conditions(items: list[object]) -> Iterator[Condition]:
    """`{"field": "value"}`, `["eq", "$field", "value"]` and `["content-length-range", 1, 2]` alike."""
    for item in items:
        if isinstance(item, dict):
            yield from (Condition("eq", str(name).lower(), str(value)) for name, value in item.items())
        elif isinstance(item, list) and len(item) == 3:
            operator, name, value = (str(part) for part in item)
            if operator.lower() == "content-length-range":
                yield Condition("content-length-range", "content-length", f"{name}-{value}")
            else:
                yield Condition(operator.lower(), name.lower().removeprefix("$"), value)


def _signer(first: dict[str, str], policy: Policy) -> tuple[str | None, str | None, str | None]:
    if "awsaccesskeyid" in first:
        return first["awsaccesskeyid"] or None, None, None
    return credential(first.get("x-amz-credential") or policy.demanded("x-amz-credential") or "")


def _place(address: Address | None, policy: Policy, *, key: str | None) -> Place:
    """The bucket by the policy, which the signature covers; the URL only tells how it is addressed."""
    found = read_place(address) if address else Place(None, None, None, None, None)
    bucket = policy.demanded("bucket") or found.bucket
    return Place(bucket, key or policy.demanded("key"), found.region, found.service, found.addressing)


def _seconds_between(start: datetime | None, end: datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None


def _limits(policy: Policy) -> Iterator[Limit]:
    for condition in policy.conditions:
        if condition.operator == "content-length-range":
            yield Limit("size", condition.value)
        elif condition.operator == "starts-with":
            yield Limit(condition.name, f"starts with {condition.value}" if condition.value else "anything")
        elif condition.name not in _AUTH_FIELDS:
            yield Limit(condition.name, condition.value)

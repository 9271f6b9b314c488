"""CloudFront's signed URLs, with a canned policy (`Expires`) or a custom one (`Policy`).

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
"""

import re
from datetime import datetime

from presign_cli.core.address import Address, read_address
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.grammar import Grammar, epoch_moment, json_of_base64
from presign_cli.core.encoding import decode_leniently
from presign_cli.core.presigned import Limit, Presigned

GRAMMAR = Grammar(
    names=("Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"),
    required=("Signature", "Key-Pair-Id"),
    secret=("Signature",),
    signature="Signature",
    # RSA keys of 1024 and 2048 bits, or ECDSA P-256 in DER
    signature_pattern=re.compile(r"[A-Za-z0-9~_-]{88,344}", re.ASCII),
    signature_form="base64 with - _ ~ in place of + = /",
    end="Expires",
    signs_every_parameter=True,
)

_STANDARD_BASE64 = str.maketrans("-_~", "+=/")


def decode(text: str) -> Presigned | None:
    """What a CloudFront link says, or None where the text is none. Never raises."""
    address = read_address(text)
    return read(address) if address else None


def read(address: Address) -> Presigned | None:
    """As `decode`, of a URL that is taken apart already. `key` is the path: the bucket is not in the link."""
    first = address.parameters.first
    if recognise(first.keys()) != "cloudfront":
        return None
    statement = _statement(first["policy"]) if "policy" in first else {}
    starts, ends = (_date(statement, name) for name in ("DateGreaterThan", "DateLessThan"))
    return Presigned(
        dialect="cloudfront",
        url=address.text,
        host=address.host or None,
        service="cloudfront",
        method=None,
        key=decode_leniently(address.path.removeprefix("/")) or None,
        access_key_id=first.get("key-pair-id") or None,
        valid_from=starts,
        expires_at=ends if "policy" in first else epoch_moment(first.get("expires")),
        limits=_limits(statement, first.get("hash-algorithm")),
        signature=first.get("signature"),
    )


def grammar_of(presigned: Presigned) -> Grammar:
    """What such a link is made of."""
    return GRAMMAR


def _statement(policy: str) -> dict[str, object]:
    """The one statement of a custom policy; empty where it cannot be read."""
    document = json_of_base64(policy.translate(_STANDARD_BASE64))
    statements = document.get("Statement") if isinstance(document, dict) else None
    first = statements[0] if isinstance(statements, list) and statements else None
    return first if isinstance(first, dict) else {}


def _condition(statement: dict[str, object], name: str, operand: str) -> object:
    conditions = statement.get("Condition")
    condition = conditions.get(name) if isinstance(conditions, dict) else None
    return condition.get(operand) if isinstance(condition, dict) else None


def _date(statement: dict[str, object], name: str) -> datetime | None:
    return epoch_moment(str(_condition(statement, name, "AWS:EpochTime")))


def _limits(statement: dict[str, object], hash_algorithm: str | None) -> tuple[Limit, ...]:
    found = (
        ("ip", _condition(statement, "IpAddress", "AWS:SourceIp")),
        ("resource", statement.get("Resource")),
        ("hash-algorithm", hash_algorithm),
    )
    return tuple(Limit(name, value) for name, value in found if isinstance(value, str))

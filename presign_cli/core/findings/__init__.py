"""What a careful reader would say of a link: a table of rules, each a finding with a stable code.

Pure: the time is a parameter, and nobody is asked.
"""

from collections.abc import Iterator
from datetime import datetime

from presign_cli.core.dialects.grammar import Reading
from presign_cli.core.findings.finding import Case, Finding, Level, Rule
from presign_cli.core.findings.scope import (
    legacy_version,
    odd_credential,
    scope_date,
    scope_region,
    scope_service,
    unknown_algorithm,
    website_host,
)
from presign_cli.core.findings.shape import (
    disguised_host,
    miscased_parameters,
    missing_parameters,
    nothing_signed,
    odd_signature,
    repeated_parameters,
    unescaped_characters,
    unusable_host,
)
from presign_cli.core.findings.use import (
    added_parameters,
    bucket_alone,
    other_method,
    owed_headers,
    plain_http,
    rewritten_path,
    secret_in_link,
)
from presign_cli.core.findings.window import life, temporary_credentials, unreadable_end
from presign_cli.core.place import read_place

__all__ = ["MALFORMED", "Case", "Finding", "Level", "find"]


def own_rules(case: Case) -> Iterator[Finding]:
    """What only one dialect's links can have wrong with them."""
    dialect = case.reading.presigned.dialect
    if dialect == "aws-post-policy":
        from presign_cli.core.findings.forms import form_policy

        yield from form_policy(case)
    elif dialect == "cloudfront":
        from presign_cli.core.findings.elsewhere import cloudfront_policy

        yield from cloudfront_policy(case)
    elif dialect == "azure-sas":
        from presign_cli.core.findings.elsewhere import azure_key

        yield from azure_key(case)


# In the order in which a person should hear them, within a level
RULES: tuple[Rule, ...] = (
    nothing_signed,
    unusable_host,
    missing_parameters,
    odd_signature,
    repeated_parameters,
    odd_credential,
    unknown_algorithm,
    own_rules,
    life,
    unreadable_end,
    scope_date,
    scope_region,
    scope_service,
    website_host,
    other_method,
    temporary_credentials,
    legacy_version,
    owed_headers,
    rewritten_path,
    added_parameters,
    miscased_parameters,
    secret_in_link,
    disguised_host,
    plain_http,
    unescaped_characters,
    bucket_alone,
)
MALFORMED = frozenset(
    (
        "not-a-link",
        "host-malformed",
        "parameter-missing",
        "parameter-repeated",
        "signature-malformed",
        "credential-malformed",
        "algorithm-unknown",
        "policy-malformed",
        "date-malformed",
        "ttl-invalid",
    )
)
"""Codes of errors for which no server accepts a link, whatever the time."""

_RANKS = {"error": 0, "warning": 1, "info": 2}


def find(
    reading: Reading, *, now: datetime, method: str | None = None, min_left: int | None = None
) -> tuple[Finding, ...]:
    """All findings, errors first. `method` is what the link is to be used with, `min_left` in seconds."""
    place = read_place(reading.address) if reading.address else None
    case = Case(reading=reading, place=place, now=now, method=method, min_left=min_left)
    found = [finding for rule in RULES for finding in rule(case)]
    return tuple(sorted(found, key=lambda finding: _RANKS[finding.level]))

"""Who may have signed, and what a proof found: the values that go into and come out of verification."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from presign_cli.core.credentials import Credentials

Aspect = Literal["host", "path", "encoding", "plus-for-space", "parameter", "scope", "unknown"]
Source = Literal["profile", "environment"]
Result = Literal["match", "mismatch", "no-credentials"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have signed: keys, and where they were found; None is the environment's profile."""

    credentials: Credentials
    profile: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Difference:
    """What would have to be otherwise for the signature to match."""

    what: Aspect
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proven. `headers` are the values of owed headers that a matching signature proves."""

    result: Result
    profile: str | None = None
    source: Source | None = None
    method: str | None = None
    differs: Difference | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def verdict(
    candidate: Candidate,
    result: Result,
    *,
    method: str | None = None,
    differs: Difference | None = None,
    headers: Mapping[str, str] | None = None,
) -> Verification:
    """A verification in the name of the candidate whose key id the link has."""
    return Verification(result, candidate.profile, candidate.source, method, differs, headers or {})


def same(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))

"""Proves offline whose link it is: recomputes the signature from the link as received, method by method.

Where it does not fit, the usual suspects are tried, and the one that fits is told in words, never as a link.
"""

from collections.abc import Iterable, Mapping

from presign_cli.core.address import read_address
from presign_cli.core.verify.claim import METHODS, Claim, read_claim
from presign_cli.core.verify.verification import (
    Aspect,
    Candidate,
    Difference,
    Source,
    Verification,
    verdict,
)

__all__ = ["METHODS", "Aspect", "Candidate", "Difference", "Source", "Verification", "verify"]


def verify(
    url: str,
    candidates: Iterable[Candidate],
    *,
    headers: Mapping[str, str] | None = None,
    hosts: tuple[str, ...] = (),
) -> Verification:
    """Whether one of the candidates signed this link or form, for which method, or what differs.

    `url` is the link as received, or a form's text. `headers` are values of headers that the link owes;
    `hosts` more hosts that it may have been signed for (an endpoint, a public name). Never raises.
    """
    given = {name.lower(): value for name, value in (headers or {}).items()}
    address = read_address(url)
    if not address:
        return _verify_form_text(url, candidates)
    claim = read_claim(address, given)
    return _judged(claim, candidates, headers=given, hosts=hosts) if claim else Verification("no-credentials")


def _verify_form_text(text: str, candidates: Iterable[Candidate]) -> Verification:
    from presign_cli.core.form import read_form
    from presign_cli.core.verify.policy import verify_policy

    form = read_form(text)
    return verify_policy(form.fields.first, candidates) if form else Verification("no-credentials")


def _judged(
    claim: Claim, candidates: Iterable[Candidate], *, headers: Mapping[str, str], hosts: tuple[str, ...]
) -> Verification:
    ours = [each for each in candidates if each.credentials.access_key_id == claim.access_key_id]
    for candidate in ours:
        found = claim.match(claim.link, candidate.credentials)
        if found:
            return verdict(candidate, "match", method=found[0], headers=found[1])
    if not ours:
        return Verification("no-credentials")
    from presign_cli.core.verify.explanation import explain

    for candidate in ours:
        method, differs = explain(claim, candidate.credentials, headers=headers, hosts=hosts)
        if differs.what != "unknown" or candidate is ours[-1]:
            return verdict(candidate, "mismatch", method=method, differs=differs)
    return Verification("no-credentials")

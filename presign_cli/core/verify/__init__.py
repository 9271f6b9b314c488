"""Proves offline whose link it is: recomputes the signature from the link as received, method by method.

Where it does not fit, the usual suspects are tried, and the one that fits is told in words, never as a link.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from presign_cli.core.address import Address, read_address
from presign_cli.core.credentials import Credentials
from presign_cli.core.verify import v2, v4
from presign_cli.core.verify.owed_headers import guesses, unknowable
from presign_cli.core.verify.received import Received, received
from presign_cli.core.verify.verification import (
    Aspect,
    Candidate,
    Difference,
    Source,
    Verification,
    same,
    verdict,
)

__all__ = [
    "METHODS",
    "Aspect",
    "Candidate",
    "Difference",
    "EcdsaVerifier",
    "Source",
    "Verification",
    "verify",
]

EcdsaVerifier = Callable[[Credentials, str, str], bool]
"""Whether credentials made a SigV4A signature (hexadecimal DER): `(credentials, text, signature)`."""

# How many signatures are computed in search of an explanation: a fifth of a second.
_BUDGET = 25_000
METHODS = ("GET", "PUT", "HEAD", "DELETE", "POST")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A link, the signature that it carries, and how to recompute it."""

    link: Received
    signature: str = field(repr=False)
    access_key_id: str
    recompute: Callable[..., Iterator[str]]
    header_sets: Callable[[Received], Iterator[Mapping[str, str]]]
    methods: Sequence[str] = METHODS

    def match(self, link: Received, credentials: Credentials) -> tuple[str, Mapping[str, str]] | None:
        """The method and the headers' values under which a link has this signature."""
        for headers in self.header_sets(link):
            for method in self.methods:
                made = self.recompute(link, method, headers, credentials=credentials)
                if any(same(each, self.signature) for each in made):
                    return method, headers
        return None


def verify(
    url: str,
    candidates: Iterable[Candidate],
    *,
    headers: Mapping[str, str] | None = None,
    hosts: tuple[str, ...] = (),
    sigv4a: EcdsaVerifier | None = None,
) -> Verification:
    """Whether one of the candidates signed this link or form, for which method, or what differs.

    `url` is the link as received, or a form's text. `headers` are values of headers that the link owes;
    `hosts` more hosts that it may have been signed for (an endpoint, a public name). Never raises.
    """
    given = {name.lower(): value for name, value in (headers or {}).items()}
    address = read_address(url)
    parameters = address.parameters if address else None
    if not address or not parameters:
        return _verify_form_text(url, candidates)
    if parameters.get("X-Amz-Algorithm") == "AWS4-ECDSA-P256-SHA256":
        return _verify_v4a(address, candidates, headers=given, sigv4a=sigv4a)
    claim = _v4_claim(address, given) or _v2_claim(address, given)
    return _judged(claim, candidates, headers=given, hosts=hosts) if claim else Verification("no-credentials")


def _verify_form_text(text: str, candidates: Iterable[Candidate]) -> Verification:
    from presign_cli.core.form import read_form
    from presign_cli.core.verify.policy import verify_policy

    form = read_form(text)
    return verify_policy(form.fields.first, candidates) if form else Verification("no-credentials")


def _v4_claim(address: Address, given: Mapping[str, str]) -> _Claim | None:
    signature = address.parameters.get("X-Amz-Signature")
    if not signature:
        return None
    link = received(address, signature="X-Amz-Signature")

    def header_sets(link: Received) -> Iterator[Mapping[str, str]]:
        return guesses(link, v4.signed_header_names(link), given=given)

    key_id = v4.read_scope(link.value("X-Amz-Credential")).access_key_id
    return _Claim(link, signature, key_id, v4.signatures, header_sets)


def _v2_claim(address: Address, given: Mapping[str, str]) -> _Claim | None:
    signature, key_id = address.parameters.get("Signature"), address.parameters.get("AWSAccessKeyId")
    if not signature or not key_id:
        return None
    link = received(address, signature="Signature")
    return _Claim(link, signature, key_id, v2.signatures, lambda link: v2.header_guesses(link, given))


def _judged(
    claim: _Claim, candidates: Iterable[Candidate], *, headers: Mapping[str, str], hosts: tuple[str, ...]
) -> Verification:
    ours = [each for each in candidates if each.credentials.access_key_id == claim.access_key_id]
    for candidate in ours:
        found = claim.match(claim.link, candidate.credentials)
        if found:
            return verdict(candidate, "match", method=found[0], headers=found[1])
    for candidate in ours:
        method, differs = _difference(claim, candidate.credentials, headers=headers, hosts=hosts)
        if differs.what != "unknown" or candidate is ours[-1]:
            return verdict(candidate, "mismatch", method=method, differs=differs)
    return Verification("no-credentials")


def _difference(
    claim: _Claim, credentials: Credentials, *, headers: Mapping[str, str], hosts: tuple[str, ...]
) -> tuple[str | None, Difference]:
    """The method and the first suspect that fits, or the reason why none can."""
    from presign_cli.core.verify.suspects import suspects

    damaged = _damaged_signature(claim, credentials)
    if damaged:
        return damaged
    tried = {claim.link}
    cost = max(1, sum(1 for _ in claim.header_sets(claim.link)) * len(claim.methods))
    for suspect in islice(suspects(claim.link, hosts=hosts), _BUDGET // cost):
        if suspect.link in tried:
            continue
        tried.add(suspect.link)
        found = claim.match(suspect.link, credentials)
        if found:
            return found[0], Difference(suspect.what, suspect.text)
    return None, Difference("unknown", _unexplained(claim, headers))


def _damaged_signature(claim: _Claim, credentials: Credentials) -> tuple[str, Difference] | None:
    """A signature that was cut off, folded to another letter case, or whose `+` became a space."""
    for headers in claim.header_sets(claim.link):
        for method in claim.methods:
            for made in claim.recompute(claim.link, method, headers, credentials=credentials):
                differs = _signature_damage(made, claim.signature)
                if differs:
                    return method, differs
    return None


def _signature_damage(made: str, carried: str) -> Difference | None:
    if len(carried) >= 8 and len(carried) < len(made) and same(made[: len(carried)], carried):
        return Difference("parameter", f"the signature is cut off after {len(carried)} of {len(made)} signs")
    if len(carried) > len(made) and same(made, carried[: len(made)]):
        return Difference("parameter", f"{len(carried) - len(made)} signs were added to the signature")
    if same(made, carried.replace(" ", "+")):
        return Difference("plus-for-space", "the signature has spaces where `+` (`%2B`) was signed")
    if same(made.lower(), carried.lower()):
        return Difference("parameter", "the signature's letters are in another case")
    return None


def _unexplained(claim: _Claim, headers: Mapping[str, str]) -> str:
    names = v4.signed_header_names(claim.link)
    hidden = unknowable(claim.link, names, given=headers)
    if hidden:
        return (
            f"the link owes {_listed(hidden)}, whose values are not in the link: the signature cannot be "
            "recomputed without them"
        )
    guessed = [name for name in names if name != "host" and name not in headers]
    if guessed:
        return (
            f"the link owes {_listed(guessed)}, whose values are not in the link, and no common one fits: "
            "either it was signed for another value, or the link was altered"
        )
    return "no usual damage explains it: the secret key is another one, or the link was altered"


def _listed(names: Sequence[str]) -> str:
    return ("the header " if len(names) == 1 else "the headers ") + ", ".join(f"`{name}`" for name in names)


def _verify_v4a(
    address: Address,
    candidates: Iterable[Candidate],
    *,
    headers: Mapping[str, str],
    sigv4a: EcdsaVerifier | None,
) -> Verification:
    """SigV4A signs by a key pair that is derived from the secret key: whoever can derive it, passes it in."""
    link = received(address, signature="X-Amz-Signature")
    carried = address.parameters.get("X-Amz-Signature") or ""
    key_id = v4.read_scope(link.value("X-Amz-Credential")).access_key_id
    ours = [each for each in candidates if each.credentials.access_key_id == key_id]
    if not ours:
        return Verification("no-credentials")
    if sigv4a is None:
        text = "the signature is SigV4A's, which can be verified by public key only"
        return verdict(ours[0], "no-credentials", differs=Difference("unknown", text))
    for candidate in ours:
        for values in guesses(link, v4.signed_header_names(link), given=headers):
            for method in METHODS:
                texts = v4.strings_to_sign(link, method, values)
                if any(sigv4a(candidate.credentials, text, carried) for text in texts):
                    return verdict(candidate, "match", method=method, headers=values)
    return verdict(
        ours[0], "mismatch", differs=Difference("unknown", "the link was altered, or the key is another")
    )

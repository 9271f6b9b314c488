"""Why a signature does not match: the usual suspects tried one by one, and what to say when none fits."""

from collections.abc import Mapping, Sequence
from itertools import islice

from presign_cli.core.credentials import Credentials
from presign_cli.core.verify import v4
from presign_cli.core.verify.claim import Claim
from presign_cli.core.verify.owed_headers import unknowable
from presign_cli.core.verify.suspects import suspects
from presign_cli.core.verify.verification import Difference, same


def explain(
    claim: Claim, credentials: Credentials, *, headers: Mapping[str, str], hosts: tuple[str, ...]
) -> tuple[str | None, Difference]:
    """The method and the first suspect that fits, or the reason why none can."""
    damaged = _damaged_signature(claim, credentials)
    if damaged:
        return damaged
    tried = {claim.link}
    cost = max(1, sum(1 for _ in claim.header_sets(claim.link)) * len(claim.methods))
    for suspect in islice(suspects(claim.link, hosts=hosts), claim.budget // cost):
        if suspect.link in tried:
            continue
        tried.add(suspect.link)
        found = claim.match(suspect.link, credentials)
        if found:
            return found[0], Difference(suspect.what, suspect.text)
    return None, Difference("unknown", _unexplained(claim, headers))


def _damaged_signature(claim: Claim, credentials: Credentials) -> tuple[str, Difference] | None:
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


def _unexplained(claim: Claim, headers: Mapping[str, str]) -> str:
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

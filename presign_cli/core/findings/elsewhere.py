"""What only CloudFront's and Azure's links can have wrong with them."""

from collections.abc import Iterator

from presign_cli.core.address import Address
from presign_cli.core.dialects.cloudfront import GRAMMAR
from presign_cli.core.dialects.grammar import iso_moment
from presign_cli.core.findings.finding import Case, Finding, new_link
from presign_cli.core.timestamps import iso

_OWN = frozenset(name.lower() for name in GRAMMAR.names)
_LONGEST = 4096


def cloudfront_policy(case: Case) -> Iterator[Finding]:
    """A custom policy that cannot be read, or that is for another resource."""
    presigned, address = case.reading.presigned, case.reading.address
    if presigned.dialect != "cloudfront" or "policy" not in case.reading.parameters.first or not address:
        return
    if presigned.expires_at is None:
        text = "the policy cannot be read, or has no DateLessThan: the link is cut off or altered"
        yield Finding("error", "policy-malformed", text, new_link(case))
        return
    resource = next((limit.value for limit in presigned.limits if limit.name == "resource"), "*")
    urls = _resources(address)
    if max(map(len, (resource, *urls))) <= _LONGEST and not any(_matches(resource, url) for url in urls):
        text = f"the policy is for another resource: {resource[:200]}"
        yield Finding("error", "resource-mismatch", text, new_link(case))


def _resources(address: Address) -> tuple[str, str]:
    """The URL without CloudFront's own parameters, absolute and as a bare path (for streams)."""
    own = [part for part in address.query.split("&") if part.partition("=")[0].lower() not in _OWN]
    tail = address.path + ("?" + "&".join(own) if any(own) else "")
    return f"{address.scheme}://{address.host}{tail}", tail.removeprefix("/")


def _matches(pattern: str, text: str) -> bool:
    """`*` is any run of characters, `?` any one; in time that grows with the product of the lengths at most.

    A `?` that begins a query matches itself, as any character does.
    """
    p = t = 0
    star, retry = -1, 0
    while t < len(text):
        if p < len(pattern) and pattern[p] == "*":
            star, retry, p = p, t, p + 1
        elif p < len(pattern) and pattern[p] in ("?", text[t]):
            p, t = p + 1, t + 1
        elif star >= 0:
            retry += 1
            p, t = star + 1, retry
        else:
            return False
    return pattern[p:].strip("*") == ""


def azure_key(case: Case) -> Iterator[Finding]:
    """A user delegation SAS dies with the key that signed it; a stored policy may hold the expiry."""
    presigned = case.reading.presigned
    if presigned.dialect != "azure-sas":
        return
    ends = iso_moment(case.reading.parameters.get("ske"))
    if ends and ends <= case.now and (presigned.expires_at is None or presigned.expires_at > case.now):
        text = f"the user delegation key that signed it ended at {iso(ends)}: the link is dead"
        yield Finding("error", "temporary-credentials", text, new_link(case))
    elif ends and presigned.expires_at and ends < presigned.expires_at:
        text = f"the user delegation key that signed it ends at {iso(ends)}, before the link does"
        yield Finding("warning", "temporary-credentials", text, "count on the earlier time")
    if presigned.expires_at is None and (policy := case.reading.parameters.get("si")):
        text = f"its expiry stands in the stored access policy `{policy[:64]}`, not in it"
        yield Finding(
            "info",
            "stored-policy",
            text,
            "ask the storage account's owner, or: presign inspect --check URL",
        )

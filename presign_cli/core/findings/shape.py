"""Whether a link is whole: its host, its parameters, its signature's form."""

import re
from collections import Counter
from collections.abc import Iterator

from presign_cli.core.address import Address
from presign_cli.core.dialects.grammar import Grammar
from presign_cli.core.findings.finding import Case, Finding, new_link

_HOST = r"(?:\[[0-9a-f:.]{2,45}(?:%25[\w.-]+)?\]|[^\s%/?#\\<>\[\]\"'`{}|^@:\x00-\x20\x7f]{1,253})(?::\d+)?"
_WHOLE_AGAIN = "ask for it again, in a plain text file or a code block, where nothing cuts or rewrites it"
_HIDDEN = r"(?i)redacted|\*{3,}|x{8,}|<.*>|…|\.{3}"


def nothing_signed(case: Case) -> Iterator[Finding]:
    """A plain URL, or no link at all."""
    reading = case.reading
    if reading.presigned.dialect != "none":
        return
    if reading.address is None:
        hint = "give a link that begins with https://, a form's JSON or HTML, or a base64 policy"
        yield Finding("error", "not-a-link", "this is neither a link nor an upload form", hint)
        return
    text = "nothing in this URL is a signature: it opens only what is public"
    sign = f"sign one: presign get {case.object_url}" if reading.presigned.bucket else "ask for a signed link"
    yield Finding("error", "unsigned", text, sign)


def unusable_host(case: Case) -> Iterator[Finding]:
    """A host or a port that no client can reach."""
    address = case.reading.address
    if address and not is_reachable(address):
        text = "the host is missing" if not address.host else f"`{address.host[:100]}` is no host name"
        if address.port == -1:
            text = f"`{address.host[:100]}` has a port that is none: ports are 1 to 65535"
        yield Finding("error", "host-malformed", text, _WHOLE_AGAIN)


def is_reachable(address: Address) -> bool:
    plain = address.host.isascii() and address.host.replace("-", "").replace(".", "").isalnum()
    return address.port != -1 and (plain or bool(re.fullmatch(_HOST, address.host)))


def disguised_host(case: Case) -> Iterator[Finding]:
    """Parts of a URL that make one host look like another."""
    address = case.reading.address
    if not address:
        return
    if address.user is not None:
        text = f"there is a user name before the host: the link leads to `{address.host[:100]}`"
        yield Finding("warning", "user-in-url", text, "do not open it unless you know that host")
    if not address.host.isascii() or "xn--" in address.host:
        text = f"the host `{address.host[:100]}` has letters that can look like others"
        yield Finding("warning", "lookalike-host", text, "compare it with the host that you expect")


def missing_parameters(case: Case) -> Iterator[Finding]:
    """Without these no server accepts the link."""
    grammar = case.reading.grammar
    if not grammar:
        return
    first = case.reading.parameters.first
    absent = grammar.needed - first.keys()
    missing = [name for name in grammar.required if name.lower() in absent] if absent else []
    missing += _also_missing(case)
    if not missing:
        return
    one = len(missing) == 1
    what = "a field" if case.reading.presigned.dialect == "aws-post-policy" else "a parameter"
    subject = f"{what} of the signature is" if one else f"{what[2:]}s of the signature are"
    text = f"{subject} missing: {', '.join(missing)}"
    if grammar.signature in missing:
        text += "; the link seems to be cut off"
    alone = len(case.reading.parameters.pairs) == 1 and case.reading.address is not None
    hint = "put the link in quotes: a shell cuts it at the first `&`" if alone else _WHOLE_AGAIN
    yield Finding("error", "parameter-missing", text, hint)


def _also_missing(case: Case) -> Iterator[str]:
    """What is owed only beside something else."""
    presigned, first = case.reading.presigned, case.reading.parameters.first
    if (presigned.access_key_id or "").startswith("ASIA") and not presigned.session_token:
        yield "x-amz-security-token" if presigned.dialect == "aws-post-policy" else "X-Amz-Security-Token"
    if presigned.dialect == "cloudfront" and not {"expires", "policy"} & first.keys():
        yield "Expires or Policy"
    if presigned.dialect == "azure-sas" and "si" not in first:
        yield from (name for name in ("se", "sp") if name not in first)


def repeated_parameters(case: Case) -> Iterator[Finding]:
    """Servers refuse a doubled parameter, or take the one that was not signed."""
    parameters, grammar = case.reading.parameters, case.reading.grammar
    if not grammar or len(parameters.first) == len(parameters.pairs):
        return
    counts = Counter(name.lower() for name, _ in parameters.pairs)
    doubled = [name for name in _known(grammar) if counts[name.lower()] > 1]
    if doubled:
        text = f"given more than once: {', '.join(doubled)}"
        yield Finding("error", "parameter-repeated", text, _WHOLE_AGAIN)


def _known(grammar: Grammar) -> tuple[str, ...]:
    return (*grammar.names, "versionId", "response-content-disposition", "response-content-type")


def miscased_parameters(case: Case) -> Iterator[Finding]:
    """Some servers take `x-amz-date` for `X-Amz-Date`, some do not."""
    grammar = case.reading.grammar
    if not grammar or grammar.any_case:
        return
    if grammar.spelled.issuperset([name for name, _ in case.reading.parameters.pairs]):
        return
    lowered = grammar.lowered
    given = {name: lowered.get(name.lower()) for name, _ in case.reading.parameters.pairs}
    wrong = [right for name, right in given.items() if right and right not in given]
    if wrong:
        text = f"not spelled as servers want them: {', '.join(wrong)}; some refuse that"
        yield Finding("warning", "parameter-miscased", text, _WHOLE_AGAIN)


def odd_signature(case: Case) -> Iterator[Finding]:
    """A signature that cannot be one: cut off, hidden, or changed on the way."""
    grammar, signature = case.reading.grammar, case.reading.presigned.signature
    if not grammar or signature is None or grammar.signature_pattern.fullmatch(signature):
        return
    length = len(signature)
    if re.search(_HIDDEN, signature):
        text = "the signature was taken out of the link, or hidden, before it was passed on"
    elif grammar.signature_pattern.fullmatch(signature.lower()):
        text = "the signature is in capital letters: something changed the case of the link"
    elif grammar.signature_pattern.fullmatch(signature.replace(" ", "+")):
        text = "the signature has spaces for plus signs: something decoded the link"
    elif " " in signature.strip() or "%" in signature:
        text = f"the signature has characters that it cannot have; it should be {grammar.signature_form}"
    else:
        text = f"the signature is cut off or altered: {length} characters, not {grammar.signature_form}"
    yield Finding("error", "signature-malformed", text, f"{_WHOLE_AGAIN}; or {new_link(case)}")


def unescaped_characters(case: Case) -> Iterator[Finding]:
    """Characters that a URL cannot have; every client escapes them in its own way, or stops there."""
    address = case.reading.address
    if address and case.reading.grammar and not _is_escaped(address):
        text = "there are spaces, control or non-ASCII characters in the link that should be escaped"
        yield Finding("warning", "characters-unescaped", text, _WHOLE_AGAIN)


def _is_escaped(address: Address) -> bool:
    whole = address.path + address.query
    return whole.isascii() and whole.isprintable() and " " not in whole

"""What whoever uses a link must know: method, headers, path, transport, what was added to it."""

import re
from collections.abc import Iterator

from presign_cli.core.dialects.grammar import Grammar
from presign_cli.core.encoding import decode_leniently
from presign_cli.core.findings.finding import Case, Finding, new_link

# Patterns as text: `re` compiles them when a link needs them, which few do.
# Added by mail campaigns, social networks and analytics:
_TRACKERS = (
    r"(?i)"
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|mc_[ce]id|_hs\w+|mkt_tok|oly_\w+|"
    r"vero_id|trk\w*|_ga|_gl|s_cid|spm|si_id|ttclid|li_fat_id"
)
_S3_PARAMETERS = (
    r"(?i)"
    r"(x-amz|x-goog|response)-.*|x-id|versionid|partnumber|uploadid|uploads|acl|tagging|torrent|attributes|"
    r"list-type|prefix|delimiter|marker|max-keys|start-after|continuation-token|encoding-type|fetch-owner|"
    r"restore|select|select-type|legal-hold|retention|location|policy|cors|website|lifecycle|versioning|"
    r"logging|notification|requestpayment|replication|generation|userproject|delete|versions|key-marker"
)
_AZURE_PARAMETERS = r"(?i)s[a-z]{1,6}|rsc[cdelt]|versionid|snapshot|comp|restype|timeout"
_DOTS = r"(?:^|/)\.{1,2}(?:/|$)"
_LOCAL = r"(localhost|127\.[\d.]+|\[::1\]|10\.[\d.]+|192\.168\.[\d.]+|.*\.(local|localhost|test))(:\d+)?"
_AZURE_LETTERS = {"GET": "r", "HEAD": "r", "PUT": "wca", "DELETE": "d"}


def other_method(case: Case) -> Iterator[Finding]:
    """A link serves the method that it was signed for, and no other: not even HEAD for GET."""
    asked, made_for = case.method, case.reading.presigned.method
    if asked and made_for and asked != made_for:
        text = f"made for {made_for}, not for {asked}: servers answer SignatureDoesNotMatch"
        yield Finding("error", "method-mismatch", text, f"use it with {made_for}: {_example(made_for)}")
    letters = case.reading.parameters.get("sp")
    if case.reading.presigned.dialect == "azure-sas" and asked and letters is not None:
        wanted = _AZURE_LETTERS.get(asked)
        if wanted and not set(wanted) & set(letters):
            text = f"its permissions (`{letters[:32]}`) do not allow {asked}"
            yield Finding("error", "method-mismatch", text, new_link(case))


def _example(method: str) -> str:
    options = {"GET": "curl -fLO URL", "PUT": "curl -fT FILE URL", "HEAD": "curl -fI URL"}
    return options.get(method, f"curl -f -X {method} URL")


def owed_headers(case: Case) -> Iterator[Finding]:
    """Headers that were signed must be sent, each with the value that it had."""
    owed = case.reading.presigned.required_headers
    if not owed:
        return
    shown = ", ".join(owed)[:300]
    text = f"whoever uses it must send the headers that were signed: {shown}; a browser alone cannot"
    values = [case.reading.parameters.get(name) for name in owed[:4]]
    told = all(value is not None for value in values)
    flags = " ".join(map(_header_flag, owed, values))
    hint = "send them" if told else "ask its sender for their values"
    yield Finding("warning", "headers-owed", text, f"{hint}: curl {flags[:300]} URL")


def _header_flag(name: str, value: str | None) -> str:
    from shlex import quote

    return f"-H {quote(f'{name}: …' if value is None else f'{name}: {value}')}"


def rewritten_path(case: Case) -> Iterator[Finding]:
    """Browsers, curl and most libraries turn `/a/../b` into `/b`, escaped or not, and break the signature."""
    address = case.reading.address
    if not address or not case.reading.grammar:
        return
    path = address.path
    if "/." not in path and "\\" not in path and "%2e" not in path.lower():
        return
    if re.search(_DOTS, decode_leniently(path).lower()) or "\\" in path:
        text = "the key has `.` or `..` between slashes, which most clients take away"
        yield Finding("warning", "path-rewritten", text, "curl can keep it: curl --path-as-is -fLO URL")


def plain_http(case: Case) -> Iterator[Finding]:
    """Whoever sees the traffic can use the link too."""
    address, presigned = case.reading.address, case.reading.presigned
    if not address or address.scheme != "http" or not case.reading.grammar:
        return
    if presigned.dialect == "azure-sas" and case.reading.parameters.get("spr") == "https":
        text = "the link demands https, and this is http: Azure refuses it"
        yield Finding("error", "plain-http", text, "write https:// for http:// at its beginning")
    elif not re.fullmatch(_LOCAL, address.host):
        text = "plain http: whoever sees the traffic can use the link too"
        yield Finding("warning", "plain-http", text, "try https://: the signature does not cover it")


def added_parameters(case: Case) -> Iterator[Finding]:
    """What was put behind a signature was not signed; by V4 that breaks the link."""
    grammar = case.reading.grammar
    if not grammar or not case.reading.address or case.reading.presigned.dialect == "aws-post-policy":
        return
    if case.reading.parameters.first.keys() <= grammar.lowered.keys():
        return
    added = list(_added(case, grammar))
    if not added:
        return
    shown = ", ".join(f"`{name[:40]}`" for name in dict.fromkeys(added[:8]))
    if grammar.signs_every_parameter:
        text = f"seemingly added after signing: {shown}; if so, the signature no longer fits"
        yield Finding(
            "warning", "unsigned-parameters", text, "take them out, or: presign inspect --verify URL"
        )
    else:
        text = f"not covered by the signature: {shown}"
        yield Finding("info", "unsigned-parameters", text, "servers may ignore them; anybody can change them")


def _added(case: Case, grammar: Grammar) -> Iterator[str]:
    behind = False
    owed = case.reading.presigned.required_headers
    own = _AZURE_PARAMETERS if case.reading.presigned.dialect == "azure-sas" else _S3_PARAMETERS
    for name, _ in case.reading.parameters.pairs:
        if name.lower() in grammar.lowered:
            behind = behind or name.lower() == grammar.signature.lower()
        elif name.lower() in owed:
            continue  # SigV2 repeats their values in the query
        elif (behind and not re.fullmatch(own, name)) or re.fullmatch(_TRACKERS, name):
            yield name


def secret_in_link(case: Case) -> Iterator[Finding]:
    """SigV2 signers put an SSE-C key into the URL for everybody to read."""
    if any(limit.name.endswith("encryption-customer-key") for limit in case.reading.presigned.limits):
        text = "the link holds an encryption key (SSE-C): whoever has seen the link has it"
        yield Finding(
            "warning", "secret-in-link", text, "sign without it: presign get TARGET --sse-c-key FILE"
        )


def bucket_alone(case: Case) -> Iterator[Finding]:
    """No key: the link is about the bucket itself."""
    presigned = case.reading.presigned
    if case.is_aws_query and presigned.bucket and not presigned.key:
        text = f"names the bucket {presigned.bucket[:70]} and no object in it"
        yield Finding("info", "no-key", text, "a GET of it lists the bucket; ask for a link to the object")

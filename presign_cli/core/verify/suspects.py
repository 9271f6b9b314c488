"""What commonly happens to a link between signer and reader: each suspect is the link as it may have been.

The first whose signature fits tells what differs, in words and never as a link.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from unicodedata import normalize

from presign_cli.core.location import read_host
from presign_cli.core.verify.received import Received, decoded, encoded
from presign_cli.core.verify.verification import Aspect


@dataclass(frozen=True, slots=True)
class Suspect:
    """The link as it may have been signed, and how that differs from the one at hand."""

    what: Aspect
    text: str
    link: Received


_Suspects = Iterator[Suspect]
_PORTS = (80, 443, 8080, 8443, 8000, 8888, 9000, 9001, 9020, 4566, 4572, 7480, 3900, 8333, 5000, 3000, 10443)
_REGIONS = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-east-1",
    "ap-east-2",
    "sa-east-1",
    "ca-central-1",
    "ca-west-1",
    "me-south-1",
    "me-central-1",
    "af-south-1",
    "il-central-1",
    "mx-central-1",
    "us-gov-west-1",
    "us-gov-east-1",
    "cn-north-1",
    "cn-northwest-1",
    "auto",
]
_OPERATIONS = ("GetObject", "PutObject", "HeadObject", "DeleteObject", "UploadPart")
_SIGNING = ("x-amz-", "awsaccesskeyid", "expires", "signature")


def suspects(link: Received, *, hosts: tuple[str, ...] = ()) -> _Suspects:
    """Every suspect, the commonest first. `hosts` are more hosts that the link may have been signed for."""
    for family in _FAMILIES:
        yield from family(link)
    for host in hosts:
        yield _on_host(link, host)


def _spaces(link: Received) -> _Suspects:
    text = "the link has `+` where `%20` (a space) was signed"
    both = replace(link, path=link.path.replace("+", "%20"))
    in_query = link.with_pairs(lambda name, value: (name, value.replace("+", "%20")))
    for path in _replaced(link.path, "+", "%20"):
        yield Suspect("plus-for-space", f"{text}, in its path", replace(link, path=path))
    yield Suspect("plus-for-space", f"{text}, in its query", in_query)
    yield Suspect("plus-for-space", text, replace(in_query, path=both.path))
    text = "the link has `%20` (a space) where a `+` was signed"
    for path in (*_replaced(link.path, "%20", "%2B"), link.path.replace("%20", "+")):
        yield Suspect("plus-for-space", f"{text}, in its path", replace(link, path=path))
    in_query = link.with_pairs(lambda name, value: (name, value.replace("%20", "%2B")))
    yield Suspect("plus-for-space", f"{text}, in its query", in_query)
    plain = replace(link, path=link.path.replace("%2B", "+").replace("%2b", "+"))
    yield Suspect("encoding", "the path has `%2B` where `+` was signed", plain)
    yield Suspect(
        "encoding",
        "the path has `+` where `%2B` was signed",
        replace(link, path=link.path.replace("+", "%2B")),
    )


def _escapes(link: Received) -> _Suspects:
    def of_path(text: str, path: str) -> Suspect:
        return Suspect("encoding", text, replace(link, path=path))

    plain = decoded(link.path)
    canonical = encoded(plain, safe="/")
    yield of_path(
        "the path's escapes are in lower case (`%2f`), and were signed in upper case", _upper(link.path)
    )
    yield of_path(
        "the path's escapes are in upper case (`%2F`), and were signed in lower case", _lower(link.path)
    )
    yield of_path(
        "the path has `%2F` where `/` was signed", re.sub("%2f", "/", link.path, flags=re.IGNORECASE)
    )
    yield of_path("the path is percent-encoded once more than what was signed", plain)
    yield of_path("the path is percent-encoded once less than what was signed", link.path.replace("%", "%25"))
    yield of_path("the path has signs unescaped that were signed escaped, or the other way round", canonical)
    yield of_path("the path has escapes of signs that were signed as they are", _javascript(plain))
    slash = encoded(plain.lstrip("/"))
    yield of_path("the path has `/` where `%2F` was signed", f"/{slash}")
    text = "the key was signed in Unicode's {} form"
    yield of_path(text.format("composed"), encoded(normalize("NFC", plain), safe="/"))
    yield of_path(text.format("decomposed"), encoded(normalize("NFD", plain), safe="/"))


def _query_escapes(link: Received) -> _Suspects:
    for name in dict.fromkeys(name for name, _ in link.pairs):
        value = link.value(name)
        less = link.with_value(name, decoded(value))
        more = link.with_value(name, encoded(value))
        yield Suspect(
            "encoding", f"`{decoded(name)}` is percent-encoded once more than what was signed", less
        )
        yield Suspect(
            "encoding", f"`{decoded(name)}` is percent-encoded once less than what was signed", more
        )
    less = link.with_pairs(lambda name, value: (name, decoded(value)))
    yield Suspect("encoding", "the query is percent-encoded once more than what was signed", less)


def _extra_parameters(link: Received) -> _Suspects:
    own = tuple(pair for pair in link.pairs if pair[0].lower().startswith(_SIGNING))
    foreign = [pair for pair in link.pairs if not pair[0].lower().startswith(_SIGNING)]
    for pair in dict.fromkeys(foreign):
        left = tuple(each for each in link.pairs if each != pair)
        yield Suspect("parameter", f"`{decoded(pair[0])}` was added after signing", replace(link, pairs=left))
    unknown = {
        name for name, _ in foreign if not re.fullmatch("response-.*|versionId|partNumber|uploadId", name)
    }
    kept = tuple(pair for pair in link.pairs if pair[0] not in unknown)
    yield Suspect("parameter", f"{_quoted(unknown)} were added after signing", replace(link, pairs=kept))
    yield Suspect("parameter", "its parameters were added after signing", replace(link, pairs=own))
    once = tuple({name.lower(): (name, value) for name, value in reversed(link.pairs)}.values())
    yield Suspect("parameter", "a parameter stands in the link twice", replace(link, pairs=once))


def _changed_parameters(link: Received) -> _Suspects:
    yield Suspect(
        "parameter",
        "the names of parameters are in another letter case than what was signed",
        link.with_pairs(lambda name, value: (_NAMES.get(name.lower(), name), value)),
    )
    for operation in _OPERATIONS:
        text = f"`x-id={operation}` was signed, and is not in the link"
        other = tuple(pair for pair in link.pairs if pair[0] != "x-id")
        yield Suspect("parameter", text, replace(link, pairs=(*other, ("x-id", operation))))
    if link.value("X-Amz-SignedHeaders") not in ("", "host"):
        text = "`X-Amz-SignedHeaders` was changed: only `host` was signed"
        yield Suspect("parameter", text, link.with_value("X-Amz-SignedHeaders", "host"))


def _lifetimes(link: Received) -> _Suspects:
    """Lifetimes that people ask for: whole minutes up to a day, whole hours up to a week, some seconds."""
    if not link.value("X-Amz-Expires"):
        return
    likely = (*range(60, 86_401, 60), *range(90_000, 604_801, 3_600), *range(1, 60))
    for seconds in likely:
        text = f"`X-Amz-Expires` was changed: {seconds} was signed"
        yield Suspect("parameter", text, link.with_value("X-Amz-Expires", str(seconds)))


def _scopes(link: Received) -> _Suspects:
    parts = link.value("X-Amz-Credential").split("/")
    if len(parts) < 5:
        return
    day, region = link.value("X-Amz-Date")[:8], read_host(link.host)
    tries = [(-4, day, "day")] + [(-2, name, "service") for name in ("s3", "s3express", "s3-object-lambda")]
    tries += [
        (-3, name, "region") for name in ((region.region if region else None) or "us-east-1", *_REGIONS)
    ]
    for index, value, name in tries:
        scope = [*parts]
        scope[index] = value
        text = f"the scope's {name} was signed as `{value}`, and is `{parts[index]}` in the link"
        yield Suspect("scope", text, link.with_value("X-Amz-Credential", "/".join(scope)))


def _paths(link: Received) -> _Suspects:
    def suspect(text: str, path: str) -> Suspect:
        return Suspect("path", text, replace(link, path=path))

    yield suspect("a slash was added at the path's start", link.path.replace("//", "/", 1))
    yield suspect("a slash is missing at the path's start", f"/{link.path}")
    yield suspect("a slash was added at the path's end", link.path.removesuffix("/"))
    yield suspect("a slash is missing at the path's end", f"{link.path}/")
    for stop in ".,;:!?)'\"":
        yield suspect("the path has lost a sign at its end", link.path + stop)
    shorter = link.path
    for _ in range(3):
        shorter = f"/{shorter[1:].partition('/')[2]}"
        yield suspect("the path has a part before it that was not signed, such as a proxy's prefix", shorter)
    yield suspect("the path's letters were signed in lower case", link.path.lower())


def _styles(link: Received) -> _Suspects:
    """Path style against virtual-hosted style, which changes host and path together."""
    text = "signed in {} style, for the host `{}`"
    bucket, _, endpoint = link.host.partition(".")
    facts = read_host(link.host)
    if facts and facts.bucket:
        bucket, endpoint = facts.bucket, link.host[len(facts.bucket) + 1 :]
    if endpoint and (not facts or facts.bucket):
        path_style = replace(link, host=endpoint, path=f"/{bucket}{link.path}")
        yield Suspect("host", text.format("path", endpoint), path_style)
    first, _, rest = link.path[1:].partition("/")
    if first and not (facts and facts.bucket):
        host = f"{first}.{link.host}"
        yield Suspect("host", text.format("virtual-hosted", host), replace(link, host=host, path=f"/{rest}"))


def _hosts(link: Received) -> _Suspects:
    name, colon, port = link.host.rpartition(":")
    if colon:
        yield Suspect("host", f"signed without the port {port}", replace(link, host=name))
    else:
        for number in _PORTS:
            yield _on_host(link, f"{link.host}:{number}", f"the port {number} was dropped from the host")
    for host in _aws_hosts(link):
        yield _on_host(link, host)
    for prefix in ("www.", "cdn.", "s3."):
        yield _on_host(link, link.host.removeprefix(prefix))
        yield _on_host(link, prefix + link.host)


def _aws_hosts(link: Received) -> Iterator[str]:
    """The names that S3 gives one bucket; for another domain, those of a bucket of that name."""
    facts = read_host(link.host)
    region = (link.value("X-Amz-Credential").split("/")[-3:-2] or ["us-east-1"])[0]
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    endpoints = (
        f"s3.{region}",
        "s3",
        f"s3-{region}",
        f"s3.dualstack.{region}",
        "s3-accelerate",
        "s3-accelerate.dualstack",
        f"s3-fips.{region}",
        f"s3-fips.dualstack.{region}",
        "s3-external-1",
        f"s3.{facts.region}" if facts and facts.region else "s3.us-east-1",
    )
    buckets = (facts.bucket,) if facts else (link.host, link.host.partition(".")[0], None)
    for bucket in buckets:
        for endpoint in endpoints:
            yield f"{bucket}.{endpoint}.{suffix}" if bucket else f"{endpoint}.{suffix}"


def _on_host(link: Received, host: str, text: str | None = None) -> Suspect:
    told = text or f"signed for the host `{host}`, not for `{link.host}`"
    return Suspect("host", told, replace(link, host=host))


def _replaced(text: str, old: str, new: str) -> Iterator[str]:
    """With all of `old` replaced, and with every choice among the first few: a key may hold both."""
    yield text.replace(old, new)
    parts = text.split(old)
    few = min(len(parts) - 1, 6)
    for choice in product((old, new), repeat=few):
        glue = (*choice, *[old] * (len(parts) - 1 - few), "")
        yield "".join(part + sign for part, sign in zip(parts, glue, strict=True))


def _upper(text: str) -> str:
    return re.sub("%[0-9a-fA-F]{2}", lambda escape: escape[0].upper(), text)


def _lower(text: str) -> str:
    return re.sub("%[0-9a-fA-F]{2}", lambda escape: escape[0].lower(), text)


def _javascript(text: str) -> str:
    """As `encodeURIComponent` leaves it, part by part."""
    return encoded(text, safe="/!'()*")


def _quoted(names: set[str]) -> str:
    return ", ".join(f"`{decoded(name)}`" for name in sorted(names)) or "parameters"


_NAMES = {
    name.lower(): name
    for name in [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Security-Token",
        "X-Amz-Content-Sha256",
        "AWSAccessKeyId",
        "Expires",
        "versionId",
        "partNumber",
        "uploadId",
        "response-content-type",
        "response-content-disposition",
        "response-cache-control",
        "response-content-encoding",
        "response-content-language",
        "response-expires",
    ]
}
_FAMILIES: tuple[Callable[[Received], _Suspects], ...] = (
    _spaces,
    _escapes,
    _extra_parameters,
    _hosts,
    _styles,
    _scopes,
    _paths,
    _query_escapes,
    _changed_parameters,
    _lifetimes,
)

"""Recomputes SigV2's signature of a link as received.

https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator, Mapping

from presign_cli.core.credentials import Credentials
from presign_cli.core.location import read_host
from presign_cli.core.verify.owed_headers import CONTENT_TYPES
from presign_cli.core.verify.received import Received, decoded

_SUB_RESOURCES = frozenset(
    [
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "defaultObjectAcl",
        "delete",
        "encryption",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "partNumber",
        "policy",
        "publicAccessBlock",
        "replication",
        "requestPayment",
        "restore",
        "select",
        "select-type",
        "storageClass",
        "tagging",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "website",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
    ]
)


def signatures(
    link: Received, method: str, headers: Mapping[str, str], *, credentials: Credentials
) -> Iterator[str]:
    """What these credentials would have signed: 28 characters of base64 for each reading of the link."""
    key = credentials.secret_access_key.encode()
    for text in strings_to_sign(link, method, headers):
        yield b64encode(hmac.digest(key, text.encode("utf-8", "surrogateescape"), "sha1")).decode()


def header_guesses(link: Received, given: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """SigV2 links do not say whether they owe a Content-Type: none first, then the common ones."""
    told = given.get("content-type") or link.value("content-type")
    for content_type in (told,) if told else ("", *(each for each in CONTENT_TYPES if each)):
        yield {**given, "content-type": content_type} if content_type else given


def strings_to_sign(link: Received, method: str, headers: Mapping[str, str]) -> Iterator[str]:
    """The text that was signed, for each bucket that the host may stand for."""
    md5 = headers.get("content-md5") or link.value("content-md5")
    content_type = headers.get("content-type") or link.value("content-type")
    head = f"{method}\n{md5}\n{content_type}\n{link.value('Expires')}\n{_amz_headers(link, headers)}"
    return (head + resource + _sub_resources(link) for resource in _resources(link))


def _amz_headers(link: Received, headers: Mapping[str, str]) -> str:
    """Those of the request, and those that the signer moved into the query."""
    values = {name.lower(): decoded(value) for name, value in link.pairs} | dict(headers)
    names = sorted(name for name in values if name.startswith("x-amz-"))
    return "".join(f"{name}:{values[name]}\n" for name in names)


def _resources(link: Received) -> tuple[str, ...]:
    """`/BUCKET/KEY`. A host that is not AWS's may be path style, virtual-hosted, or a bucket's own name."""
    facts = read_host(link.host)
    if facts:
        return (f"/{facts.bucket}{link.path}" if facts.bucket else link.path,)
    name = link.host.partition(":")[0]
    return (link.path, f"/{name.partition('.')[0]}{link.path}", f"/{name}{link.path}")


def _sub_resources(link: Received) -> str:
    """Sorted, values decoded."""
    pairs = sorted((decoded(name), decoded(value)) for name, value in link.pairs)
    parts = (f"{name}={value}" if value else name for name, value in pairs if name in _SUB_RESOURCES)
    joined = "&".join(parts)
    return f"?{joined}" if joined else ""

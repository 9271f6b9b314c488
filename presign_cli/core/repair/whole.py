"""Tells a whole link from a mangled one: all of a dialect's parameters are there and have the right form.

A whole link is never touched, whatever its key holds; so this judges nothing but what signing wrote.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import starmap

_Patterns = Mapping[str, str]
_Forms = Mapping[str, re.Pattern[str]]

_SLASH = r"(?:%2[Ff]|/)"
_SEMICOLON = r"(?:%3[Bb]|;)"
_BASE64 = r"(?:[A-Za-z0-9+/]|%2[BbFf])"
_EQUALS = r"(?:=|%3[Dd])"


def _forms(**patterns: str) -> _Patterns:
    return {name.replace("_", "-"): text for name, text in patterns.items()}


_SIGNED_HEADERS = rf"[A-Za-z0-9_-]+(?:{_SEMICOLON}[A-Za-z0-9_-]+)*"
_TIME = r"\d{8}T\d{6}Z"
_SECONDS = r"-?\d+(?:\.\d+)?"
_EPOCH = r"\d{10}"  # fewer digits are a cut-off end, for the years 2001 to 2286 have ten

# https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
_AWS_V4 = _forms(
    x_amz_signature=r"[0-9A-Fa-f]{64}",
    x_amz_algorithm=r"AWS4-HMAC-SHA256",
    x_amz_credential=rf".+?{_SLASH}\d{{8}}(?:{_SLASH}[\w.-]+){{2}}{_SLASH}aws4_request",
    x_amz_date=_TIME,
    x_amz_expires=_SECONDS,
    x_amz_signedheaders=_SIGNED_HEADERS,
)
# An ECDSA signature is a DER sequence of two numbers of up to 33 bytes; its second byte tells its length.
_AWS_V4A = {
    **_AWS_V4,
    **_forms(
        x_amz_signature="|".join(rf"30{size:02x}[0-9A-Fa-f]{{{2 * size}}}" for size in range(0x3E, 0x49)),
        x_amz_algorithm=r"AWS4-ECDSA-P256-SHA256",
        x_amz_credential=rf".+?{_SLASH}\d{{8}}{_SLASH}[\w.-]+{_SLASH}aws4_request",
        x_amz_region_set=r"[^%]+(?:%2[CcAa][^%]*)*|%2[Aa]",
    ),
}
# https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html: 20 bytes in base64
_AWS_V2 = _forms(signature=rf"{_BASE64}{{27}}{_EQUALS}", awsaccesskeyid=r"[^%]+", expires=_EPOCH)
# https://cloud.google.com/storage/docs/authentication/signatures: HMAC, or RSA of 1,024 to 4,096 bits
_GCS_V4 = _forms(
    x_goog_signature=r"(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{256}|[0-9A-Fa-f]{512}|[0-9A-Fa-f]{768}|[0-9A-Fa-f]{1024})",
    x_goog_algorithm=r"GOOG4-[A-Z0-9-]+",
    x_goog_credential=rf".+?{_SLASH}\d{{8}}(?:{_SLASH}[\w.-]+){{2}}{_SLASH}goog4_request",
    x_goog_date=_TIME,
    x_goog_expires=_SECONDS,
    x_goog_signedheaders=_SIGNED_HEADERS,
)
# in base64: HMAC of 20 bytes, or RSA of 1,024, 2,048, 3,072 and 4,096 bits
_GCS_V2 = _forms(
    signature=(
        rf"(?:{_BASE64}{{27}}{_EQUALS}|{_BASE64}{{171}}{_EQUALS}|{_BASE64}{{342}}{_EQUALS}{{2}}|{_BASE64}{{512}}"
        rf"|{_BASE64}{{683}}{_EQUALS})"
    ),
    googleaccessid=r"(?:[^%]|%40)+",
    expires=_EPOCH,
)
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
_CLOUDFRONT = _forms(
    signature=r"(?:[A-Za-z0-9~-]{4}){20,}(?:[A-Za-z0-9~_-]{4})",
    key_pair_id=r"K[A-Z0-9]{12,14}|APK[A-Z0-9]{17}",
)
_CLOUDFRONT_CANNED = {**_CLOUDFRONT, **_forms(expires=_EPOCH)}
_CLOUDFRONT_CUSTOM = {**_CLOUDFRONT, **_forms(policy=r"(?:[A-Za-z0-9~-]{4})+(?:[A-Za-z0-9~_-]{4})")}
# https://learn.microsoft.com/rest/api/storageservices/delegate-access-with-shared-access-signature
_AZURE = _forms(sig=rf"{_BASE64}{{43}}{_EQUALS}", sv=r"\d{4}-\d{2}-\d{2}")
_AZURE_WINDOW = r"\d{4}-\d{2}-\d{2}(?:T\d{2}(?::|%3[Aa])\d{2}(?:(?::|%3[Aa])\d{2}(?:\.\d{1,7})?)?Z)?"
_AZURE_AD_HOC = {**_AZURE, **_forms(se=_AZURE_WINDOW)}
_AZURE_STORED = {**_AZURE, **_forms(si=r"(?:[^%]|%2[0DdEe])+")}

# by the parameter that carries the signature, in lower case
_DIALECTS: dict[str, tuple[_Patterns, ...]] = {
    "x-amz-signature": (_AWS_V4, _AWS_V4A),
    "x-goog-signature": (_GCS_V4,),
    "signature": (_AWS_V2, _GCS_V2, _CLOUDFRONT_CANNED, _CLOUDFRONT_CUSTOM),
    "sig": (_AZURE_AD_HOC, _AZURE_STORED),
}
# What no signer leaves unescaped in a query.
_NEVER_RAW = re.compile(r"[<>\"`\\|]")
_ENTITIES = ("&amp", "&quot", "&gt", "&lt", "&apos", "&nbsp", "&#")
_ENTITY = re.compile(r"&(?:amp|quot|gt|lt|apos|nbsp|#\w{1,8})(?:;|&|$)")
# What the AWS SDK for JavaScript signs links for, in the words of `x-id`.
_OPERATION = re.compile(
    r"(?:Get|Put|Head|Delete)Object(?:Acl|Tagging|Attributes|Retention|LegalHold|Torrent)?|DeleteObjects|CopyObject"
    r"|UploadPart(?:Copy)?|(?:Create|Complete|Abort)MultipartUpload|List(?:ObjectsV2|Objects|ObjectVersions|Parts"
    r"|MultipartUploads|Buckets)|HeadBucket|SelectObjectContent|RestoreObject|WriteGetObjectResponse"
)
# Parameters whose end shows itself: behind one of them nothing can be missing.
_FIRM_ENDS = frozenset({"x-amz-signature", "x-goog-signature", "signature", "sig", "key-pair-id", "x-id"})
# What nearly all links of a stream are: SigV4 in botocore's order, told by one match instead of a dozen.
_PLAIN_V4 = (
    rf"https?://[!->@-~]+\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=[\w.%+-]+?{_SLASH}\d{{8}}"
    rf"(?:{_SLASH}[\w.-]+){{2}}{_SLASH}aws4_request&X-Amz-Date={_TIME}&X-Amz-Expires=\d+"
    rf"&X-Amz-SignedHeaders={_SIGNED_HEADERS}(?:&X-Amz-Security-Token=[\w%~.-]+)?"
    r"&X-Amz-Signature=[0-9a-f]{64}"
)


def is_whole(text: str) -> bool:
    """Whether a text is exactly one signed link that shows no trace of mangling."""
    if re.fullmatch(_PLAIN_V4, text, re.ASCII):
        return True
    if text[:8].lower() not in ("https://", "http://") and text[:7].lower() != "http://":
        return False
    if not text.isprintable() or " " in text:
        return False
    address, _, query = text.partition("?")
    if len(address) < 9 or query[-1:] == "&" or _NEVER_RAW.search(query) or _has_entity(query):
        return False
    values = _values(query)
    return _ends_like_javascript(values) and any(
        name in values and any(_fits(values, forms) for forms in _compiled(name)) for name in _DIALECTS
    )


def ends_firmly(link: str) -> bool:
    """Whether a whole link's last parameter shows its own end, so that no next line can belong to it."""
    last = link[link.rfind("&") + 1 :]
    return last.partition("=")[0].lower() in _FIRM_ENDS


@cache
def _compiled(signature: str) -> tuple[_Forms, ...]:
    """Of one dialect, when a link needs it: start-up is measured."""
    return tuple(
        {name: re.compile(text, re.ASCII) for name, text in patterns.items()}
        for patterns in _DIALECTS[signature]
    )


def _has_entity(query: str) -> bool:
    return any(entity in query for entity in _ENTITIES) and bool(_ENTITY.search(query))


def _values(query: str) -> dict[str, str]:
    """The raw value of every name, in lower case: a mis-cased link is not a mangled one."""
    pairs = (part.partition("=") for part in query.split("&"))
    return dict(starmap(_named, pairs))


def _named(name: str, _: str, value: str) -> tuple[str, str]:
    return name.lower(), value


def _ends_like_javascript(values: Mapping[str, str]) -> bool:
    """The AWS SDK for JavaScript ends its links with `x-amz-checksum-mode=ENABLED&x-id=GetObject`."""
    operation, mode = values.get("x-id"), values.get("x-amz-checksum-mode", "ENABLED")
    return mode == "ENABLED" and (operation is None or bool(_OPERATION.fullmatch(operation)))


def _fits(values: Mapping[str, str], forms: _Forms) -> bool:
    return all(name in values and form.fullmatch(values[name]) for name, form in forms.items())

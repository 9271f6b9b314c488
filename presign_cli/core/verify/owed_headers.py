"""Values of the headers that a link owes: told by the caller, by the link's query, or one of a few.

The values of signed headers are not in a link. Some headers have so few that all can be tried, and the one
whose signature fits is thereby proven.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from presign_cli.core.verify.received import Received

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
CONTENT_TYPES = (
    "application/octet-stream",
    "binary/octet-stream",
    "application/pdf",
    "application/json",
    "application/zip",
    "application/gzip",
    "application/xml",
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/plain; charset=utf-8",
    "text/csv",
    "text/html",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/svg+xml",
    "audio/mpeg",
    "video/mp4",
    "multipart/form-data",
    "",
)
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_RequestSyntax
_FEW: Mapping[str, Sequence[str]] = {
    "content-type": CONTENT_TYPES,
    "if-none-match": ("*",),
    "x-amz-acl": (
        "private",
        "public-read",
        "bucket-owner-full-control",
        "bucket-owner-read",
        "authenticated-read",
        "public-read-write",
        "aws-exec-read",
    ),
    "x-amz-content-sha256": ("UNSIGNED-PAYLOAD", EMPTY_SHA256),
    "x-amz-request-payer": ("requester",),
    "x-amz-sdk-checksum-algorithm": ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"),
    "x-amz-checksum-mode": ("ENABLED",),
    "x-amz-server-side-encryption": ("AES256", "aws:kms", "aws:kms:dsse"),
    "x-amz-server-side-encryption-bucket-key-enabled": ("true", "false"),
    "x-amz-server-side-encryption-customer-algorithm": ("AES256",),
    "x-amz-storage-class": (
        "STANDARD",
        "STANDARD_IA",
        "INTELLIGENT_TIERING",
        "GLACIER_IR",
        "GLACIER",
        "DEEP_ARCHIVE",
        "ONEZONE_IA",
        "REDUCED_REDUNDANCY",
        "EXPRESS_ONEZONE",
    ),
}
_MOST = 500


def unknowable(link: Received, names: Sequence[str], *, given: Mapping[str, str]) -> tuple[str, ...]:
    """The signed headers that nobody can guess."""
    return tuple(name for name in names if name != "host" and not _choices(link, name, given))


def guesses(link: Received, names: Sequence[str], *, given: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Every set of values worth a try, the likeliest first, 500 at most; one set where nothing is owed."""
    owed = [name for name in names if name != "host"]
    for values in islice(product(*(_choices(link, name, given) for name in owed)), _MOST):
        yield dict(zip(owed, values, strict=True))


def _choices(link: Received, name: str, given: Mapping[str, str]) -> Sequence[str]:
    if name in given:
        return (given[name],)
    in_query = link.value(name)
    return (in_query, *_FEW.get(name, ())) if in_query else _FEW.get(name, ())

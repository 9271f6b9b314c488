"""A browser's upload form: what is asked of it, and the fields that S3 wants, each with its condition.

https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from presign_cli.core.credentials import Credentials
from presign_cli.core.harmless import harmless
from presign_cli.core.life import Life
from presign_cli.core.link import Link, LinkWarning
from presign_cli.core.location import Location
from presign_cli.core.metadata import PREFIX
from presign_cli.core.policy import (
    Condition,
    Exact,
    LengthRange,
    StartsWith,
    document,
    sign_document,
    signer_conditions,
)
from presign_cli.core.presigned import Presigned
from presign_cli.core.size import MAX_OBJECT_OF_ONE_REQUEST, size_in_words
from presign_cli.core.tags import tagging_xml
from presign_cli.core.upload import Upload, check_content_type
from presign_cli.errors import UsageError

FILENAME = "${filename}"
"""S3 puts the uploaded file's own name here."""

MAX_FIELDS_BYTES = 20 * 1024
STATUSES = (200, 201, 204)

_FIELD_OVERHEAD = 120  # a boundary, a Content-Disposition and four line ends, of any browser
_TYPE_PREFIX = re.compile(r"(?P<prefix>[A-Za-z0-9!#$&^_.+-]+/)\*|\*/\*", re.ASCII)
# a `;` would end a page's form-action, and begin a rule of its own
_HOST = re.compile(r"[A-Za-z0-9._:-]+", re.ASCII)
_URL_CHARACTERS = re.compile(r"[\x21-\x7e]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWish:
    """What a form is to allow. `key` is the key, or with `is_prefix` what every key begins with.

    Sizes in bytes. `upload.content_type` is exact, `image/*` for all images, or `*/*`.
    """

    key: str
    is_prefix: bool = False
    upload: Upload = field(default_factory=Upload)
    min_size: int | None = None
    max_size: int | None = None
    redirect: str | None = None
    status: int | None = None

    @property
    def type_prefix(self) -> str | None:
        """`image/` where the type is `image/*`, empty for `*/*`, None where it is exact or not asked."""
        found = _TYPE_PREFIX.fullmatch(self.upload.content_type or "")
        return (found["prefix"] or "") if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadForm:
    """A signed form. `fields` in the order to send them; the file, in a field named `file`, comes last.

    `link` says what a form has in common with a link: who signed, where, until when, and its warnings.
    Whoever has the fields can upload: they are a secret while they live, and not in the `repr`.
    """

    url: str
    fields: Mapping[str, str] = field(repr=False)
    conditions: tuple[Condition, ...] = field(repr=False)
    wish: FormWish
    link: Link


def read_form_key(key: str, *, prefix: bool) -> tuple[str, bool]:
    """The key, or the prefix, and whether it is one: `${filename}` at the end says so, too.

    Raises UsageError where `${filename}` stands elsewhere: S3 would replace it, and refuse what comes out.
    """
    bare = key.removesuffix(FILENAME)
    if FILENAME in bare:
        raise UsageError(
            f"{FILENAME} can stand at the end of a key only",
            hint="presign post-form --prefix s3://BUCKET/PREFIX",
        )
    return bare, prefix or bare != key


def sign_form(
    wish: FormWish,
    *,
    location: Location,
    credentials: Credentials,
    life: Life,
    profile: str | None = None,
    warnings: tuple[LinkWarning, ...] = (),
) -> UploadForm:
    """The form, signed. Raises UsageError for what S3 would refuse whatever is uploaded."""
    _check(wish)
    key = StartsWith("key", wish.key) if wish.is_prefix else Exact("key", wish.key)
    own = tuple(_own_conditions(wish))
    signer = signer_conditions(credentials, region=location.region, signed_at=life.signed_at)
    conditions = (*own, Exact("bucket", location.bucket), key, *signer)
    text = document(conditions, expires_at=life.expires_at)
    fields = {"key": wish.key + FILENAME if wish.is_prefix else wish.key}
    fields |= _values(own) | _values(signer)
    fields |= sign_document(text, credentials, region=location.region, signed_at=life.signed_at)
    _check_weight(fields)
    url = f"{location.origin}{location.path('')}"
    link = Link(
        presigned=_presigned(wish, url, location=location, credentials=credentials, life=life),
        life=life,
        profile=profile,
        warnings=(*warnings, *_size_warnings(wish)),
    )
    return UploadForm(url=url, fields=fields, conditions=conditions, wish=wish, link=link)


def _check(wish: FormWish) -> None:
    low, high = wish.min_size, wish.max_size
    limit = MAX_OBJECT_OF_ONE_REQUEST
    over = max(low or 0, high or 0)
    if over > limit:
        raise UsageError(
            f"{size_in_words(over)} are over the {size_in_words(limit)} that one form can upload",
            hint="presign put --multipart --size SIZE takes larger files",
        )
    if low is not None and high is not None and low > high:
        raise UsageError(
            f"--min-size {low} is over --max-size {high}", hint=f"--min-size {high} --max-size {low}"
        )
    if wish.status is not None and wish.status not in STATUSES:
        raise UsageError(f"--status {wish.status} is none of S3's for forms", hint="--status 200|201|204")
    if wish.redirect is not None:
        _check_redirect(wish.redirect)
    if wish.upload.content_type is not None and wish.type_prefix is None:
        check_content_type(wish.upload.content_type)
    name = next((n for n, value in wish.upload.metadata.items() if FILENAME in value), None)
    if name is not None:
        raise UsageError(
            f"metadata `{name}` holds {FILENAME}, which S3 would replace", hint="give it another value"
        )


def _check_redirect(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
        good = good and parts.port != 0  # raises for what is no port
    except ValueError:
        good = False
    if not good or not _URL_CHARACTERS.fullmatch(url) or FILENAME in url:
        raise UsageError(
            f"--redirect `{harmless(url)}` is no http or https URL",
            hint="--redirect https://example.com/thanks",
        )


def _own_conditions(wish: FormWish) -> Iterator[Condition]:
    upload = wish.upload
    if wish.type_prefix is not None:
        yield StartsWith("Content-Type", wish.type_prefix)
    named = {
        "Content-Type": upload.content_type if wish.type_prefix is None else None,
        "acl": upload.acl,
        "success_action_redirect": wish.redirect,
        "success_action_status": None if wish.status is None else str(wish.status),
        # a field `x-amz-tagging` would be ignored without a word
        "tagging": tagging_xml(upload.tags) if upload.tags else None,
        "x-amz-storage-class": upload.storage_class,
    }
    yield from (Exact(name, value) for name, value in named.items() if value is not None)
    yield from (Exact(PREFIX + name, value) for name, value in upload.metadata.items())
    encryption = upload.encryption.headers() if upload.encryption else {}
    yield from (Exact(name, value) for name, value in encryption.items())
    if wish.min_size is not None or wish.max_size is not None:
        maximum = MAX_OBJECT_OF_ONE_REQUEST if wish.max_size is None else wish.max_size
        yield LengthRange(wish.min_size or 0, maximum)


def _presigned(
    wish: FormWish, url: str, *, location: Location, credentials: Credentials, life: Life
) -> Presigned:
    return Presigned(
        dialect="aws-post-policy",
        url=url,
        host=location.host,
        service=location.service,
        addressing=location.addressing,
        method="POST",
        bucket=location.bucket,
        key=wish.key,
        region=location.region,
        access_key_id=credentials.access_key_id,
        credential_kind=credentials.kind,
        signed_at=life.signed_at,
        expires_at=life.expires_at,
        ttl_seconds=life.ttl_seconds,
    )


def _values(conditions: tuple[Condition, ...]) -> dict[str, str]:
    """The fields that conditions stand for; one that is to begin with something is for the user to fill."""
    return {
        one.name: one.value if isinstance(one, Exact) else ""
        for one in conditions
        if not isinstance(one, LengthRange)
    }


def _check_weight(fields: Mapping[str, str]) -> None:
    weight = sum(len(name) + len(value.encode()) + _FIELD_OVERHEAD for name, value in fields.items())
    if weight > MAX_FIELDS_BYTES:
        raise UsageError(
            f"the form's fields take {weight} bytes, over S3's limit of {MAX_FIELDS_BYTES}",
            hint="shorten metadata, tags or the redirect",
        )


def _size_warnings(wish: FormWish) -> tuple[LinkWarning, ...]:
    if wish.max_size is not None:
        return ()
    limit = size_in_words(MAX_OBJECT_OF_ONE_REQUEST)
    return (
        LinkWarning(
            "any-size", f"anyone with this form may store {limit} a time until it expires", "--max-size 50MB"
        ),
    )

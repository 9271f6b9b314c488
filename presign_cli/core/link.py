"""A link that we signed: what it says, how long it really lives, what its user owes, and what we warn of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from presign_cli.core.life import Life
from presign_cli.core.presigned import Presigned

WarningCode = Literal[
    "credentials-expire-first",
    "expiry-unknown",
    "already-expired",
    "not-ours",
    "region-corrected",
    "no-such-bucket",
    "clock-skew",
    "path-rewritten",
    "short-life",
    "any-size",
    "unknown-region",
]


class LinkWarning(NamedTuple):
    """Something about a signed link that its maker should know: a stable code, words, a remedy."""

    code: WarningCode
    text: str
    hint: str


class Check(NamedTuple):
    """What S3 said to one ranged GET of a link.

    `ok` is None where the link was not exercised. `code` is S3's error code, or `not-exercised`,
    `unreachable`, `timeout`. `size` is the object's, in bytes.
    """

    ok: bool | None
    text: str
    status: int | None = None
    size: int | None = None
    content_type: str | None = None
    code: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A signed download or upload link.

    `required_headers` holds every header its user must send; None stands for a secret value (SSE-C).
    `profile` is None for keys of the environment.
    """

    presigned: Presigned
    life: Life
    required_headers: Mapping[str, str | None] = field(default_factory=dict)
    profile: str | None = None
    check: Check | None = None
    warnings: tuple[LinkWarning, ...] = ()

    @property
    def size(self) -> int | None:
        """The object's bytes: those S3 told, or those that an upload must have."""
        if self.check and self.check.size is not None:
            return self.check.size
        length = self.required_headers.get("content-length")
        return int(length) if length else None


class Batch(NamedTuple):
    """Links that differ in nothing but key and URL, in their order; `model` is the first of them.

    One link is a batch of one. What is written by the million is written from the model and these two lists.
    """

    model: Link
    keys: Sequence[str]
    urls: Sequence[str]

    def links(self) -> Iterator[Link]:
        """Each as a value of its own."""
        yield self.model
        for key, url in zip(self.keys[1:], self.urls[1:], strict=True):
            yield replace(self.model, presigned=replace(self.model.presigned, key=key, url=url))

"""An upload in parts: how a size is cut within S3's limits, and the links that carry it out.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from presign_cli.core.link import Link
from presign_cli.core.size import GIB, MIB, size_in_words
from presign_cli.errors import UsageError

MAX_PARTS = 10_000
MIN_PART_SIZE = 5 * MIB
MAX_PART_SIZE = 5 * GIB
MAX_OBJECT_SIZE = MAX_PARTS * MAX_PART_SIZE
"""AWS's "48.8 TiB"."""

_USUAL_PART_SIZE = 8 * MIB  # the AWS CLI's


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A size cut into parts of `part_size` bytes, of which the last may be smaller."""

    size: int
    part_size: int

    @property
    def count(self) -> int:
        return -(-self.size // self.part_size)

    def ranges(self) -> Iterator[tuple[int, int, int]]:
        """Number (from 1), offset and size of every part."""
        for index in range(self.count):
            offset = index * self.part_size
            yield index + 1, offset, min(self.part_size, self.size - offset)


@dataclass(frozen=True, slots=True)
class Part:
    """One part and the link that uploads it, which is signed for exactly `size` bytes."""

    number: int
    offset: int
    size: int
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartUpload:
    """An upload that S3 has begun: a link for every part, for the completion and for the abort.

    `link` says what all of them have in common; its URL is the completion's. A header whose value is None
    is a secret of the uploader's (SSE-C).
    """

    link: Link
    upload_id: str
    plan: PartPlan
    parts: tuple[Part, ...] = field(repr=False)
    part_headers: Mapping[str, str | None]
    complete_url: str = field(repr=False)
    complete_headers: Mapping[str, str]
    abort_url: str = field(repr=False)


def plan_parts(size: int, *, part_size: int | None = None) -> PartPlan:
    """The plan for a file of `size` bytes. Raises UsageError where S3's limits do not allow one."""
    if not 1 <= size <= MAX_OBJECT_SIZE:
        raise UsageError(
            f"--size {size} cannot be uploaded in parts: S3 takes 1 byte to {MAX_OBJECT_SIZE} (48.8 TiB)",
            hint="presign put --multipart --size 20GB s3://BUCKET/KEY",
        )
    plan = PartPlan(size, _fitting_part_size(size) if part_size is None else part_size)
    if not MIN_PART_SIZE <= plan.part_size <= MAX_PART_SIZE:
        raise UsageError(
            f"--part-size {plan.part_size} is not within S3's 5 MiB to 5 GiB", hint="leave out --part-size"
        )
    if plan.count > MAX_PARTS:
        needed = _fitting_part_size(size)
        raise UsageError(
            f"--part-size {plan.part_size} makes {plan.count} parts of {size} bytes; S3 takes {MAX_PARTS}",
            hint=f"--part-size {size_in_words(needed).replace(' ', '')}",
        )
    return plan


def completion_body(etags: Sequence[str]) -> str:
    """The XML that completes an upload whose parts S3 gave these ETags, from the first part on.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
    """
    parts = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(etag)}</ETag></Part>"
        for number, etag in enumerate(etags, start=1)
    )
    namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
    return f'<CompleteMultipartUpload xmlns="{namespace}">{parts}</CompleteMultipartUpload>'


def _fitting_part_size(size: int) -> int:
    part_size = _USUAL_PART_SIZE
    while part_size * MAX_PARTS < size:
        part_size *= 2
    return min(part_size, MAX_PART_SIZE)

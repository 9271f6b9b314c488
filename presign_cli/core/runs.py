"""A stream's lines grouped into runs: neighbours whose targets differ in nothing but their key.

Nearly every line of a long stream is a plain `s3://BUCKET/KEY` or a bare key; those are told by a few cheap
looks. Every other line goes through the whole grammar, and is a run of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from presign_cli.core.cautions import rewrites
from presign_cli.core.location import is_bucket_name
from presign_cli.core.target import MAX_KEY_BYTES, Surroundings, Target
from presign_cli.errors import UsageError

MOST = 2_000
"""Keys of a run: enough to make what a run costs vanish, few enough to hold their links in memory."""
_SHORT = MAX_KEY_BYTES // 4  # so many characters are never more bytes than S3 allows


class Run(NamedTuple):
    """A target, and the keys of all that follow it, its own the first.

    `number` is the line that it begins at; None stands for an argument of the command line.
    """

    number: int | None
    target: Target
    keys: list[str]


class BadLine(NamedTuple):
    """A line that names no object: its number in the stream, and why."""

    number: int
    error: UsageError


def read_runs(
    lines: Iterable[str],
    *,
    first_number: int,
    around: Surroundings,
    parse: Callable[[str, Surroundings], Target],
) -> Iterator[Run | BadLine]:
    """Runs and bad lines in the order of the lines; empty lines and comments are skipped."""
    default_bucket = around.bucket or around.default_bucket or ""
    bucket, keys, start = "", list[str](), first_number
    for number, text in enumerate(lines, start=first_number):
        if not text or text[0] == "#":
            continue
        own_bucket, key = _plain(text, default_bucket)
        if own_bucket == bucket and key and len(keys) < MOST:
            keys.append(key)
            continue
        if keys:
            yield Run(start, Target(bucket=bucket, key=keys[0]), keys)
        bucket, keys, start = "", [], number
        if key and is_bucket_name(own_bucket) and around.bucket in (None, own_bucket):
            bucket, keys = own_bucket, [key]
            continue
        try:
            target = parse(text, around)
        except UsageError as error:
            yield BadLine(number, error)
        else:
            yield Run(number, target, [target.key])
    if keys:
        yield Run(start, Target(bucket=bucket, key=keys[0]), keys)


def runs_of(target: Target, keys: Iterable[str]) -> Iterator[Run]:
    """Keys of a listing as runs; one that clients rewrite is a run of its own, for it has its own warning."""
    together = list[str]()
    for key in keys:
        if not rewrites(key):
            together.append(key)
            continue
        if together:
            yield Run(None, target._replace(key=together[0]), together)
            together = []
        yield Run(None, target._replace(key=key), [key])
    if together:
        yield Run(None, target._replace(key=together[0]), together)


def _plain(text: str, default_bucket: str) -> tuple[str, str]:
    """Bucket and key of a line that needs no further look; else an empty key."""
    if ":" not in text:
        bucket, key = default_bucket, text
    elif text.startswith("s3://"):
        bucket, _, key = text[5:].partition("/")
    else:
        return "", ""
    plain = key and len(key) <= _SHORT and key[0] != "." and "/." not in key
    return bucket, key if plain and (key.isascii() or _is_unicode(key)) else ""


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""What a rule is given and what it says."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from presign_cli.core.dialects.grammar import Reading
from presign_cli.core.place import Place

_LONGEST_KEY = 1024

Level = Literal["error", "warning", "info"]


class Finding(NamedTuple):
    """Something about a link that a careful reader would say.

    `code` is stable, `text` is for a support person, `hint` a remedy. Of a link's secrets neither has any.
    """

    level: Level
    code: str
    text: str
    hint: str


class Case(NamedTuple):
    """A decoded link, the time, and what its user wants of it.

    `place` is what the host says, whatever was signed; None for a form that does not tell its URL.
    `method` is the one that the user means to use; `min_left` the least seconds it should still live.
    """

    reading: Reading
    place: Place | None
    now: datetime
    method: str | None = None
    min_left: int | None = None

    @property
    def object_url(self) -> str:
        """`s3://BUCKET/KEY` in a form to paste into a shell, or a placeholder."""
        from shlex import quote

        presigned = self.reading.presigned
        if not presigned.bucket or not presigned.key or len(presigned.key) > _LONGEST_KEY:
            return "s3://BUCKET/KEY"
        return quote(f"s3://{presigned.bucket}/{presigned.key}")

    @property
    def is_aws_query(self) -> bool:
        return self.reading.presigned.dialect in ("aws-sigv4", "aws-sigv4a", "aws-sigv2")


Rule = Callable[[Case], Iterator[Finding]]


def new_link(case: Case) -> str:
    """The remedy for a link that will never work again."""
    dialect = case.reading.presigned.dialect
    if dialect == "aws-post-policy":
        return f"ask its sender for a new form, or sign one: presign post-form {case.object_url}"
    if not case.is_aws_query and dialect != "none":
        return "ask its sender for a new link"
    command = "put" if case.reading.presigned.method == "PUT" else "get"
    return f"ask its sender for a new link, or sign one: presign {command} {case.object_url}"

"""A step of the demo's story: what was tried on a server, what it said, and whether that was right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`name` is one word and stays the same; `text` is for people.

    `status` and `code` are the server's: the HTTP status, and S3's error code where it refused. `detail` is
    a line more: S3's own reason, or a part of the link.
    """

    name: str
    ok: bool
    text: str
    status: int | None = None
    code: str | None = None
    said: str | None = None
    detail: str | None = None

"""Links alone, a line each: byte-exact, never wrapped or styled."""

from collections.abc import Iterable, Iterator

from presign_cli.core.link import Batch


def link_lines(batches: Iterable[Batch]) -> Iterator[str]:
    """The URL and one newline a link."""
    for batch in batches:
        yield "\n".join(batch.urls) + "\n"

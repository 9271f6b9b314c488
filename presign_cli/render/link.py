"""Links alone, a line each: byte-exact, never wrapped or styled."""

from collections.abc import Iterable, Iterator

from presign_cli.core.link import Link


def link_lines(links: Iterable[Link]) -> Iterator[str]:
    """The URL and one newline a link."""
    for link in links:
        yield f"{link.presigned.url}\n"

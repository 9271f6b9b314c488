"""What a server said to a link, in one line."""

from presign_cli.core.link import Check
from presign_cli.core.size import size_in_words


def check_text(check: Check) -> str:
    """`it works, 15.7 MB, application/pdf`, or the cause of a refusal."""
    size = None if check.size is None else size_in_words(check.size)
    return ", ".join(part for part in (check.text, size, check.content_type) if part)

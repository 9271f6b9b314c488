"""Text broken at spaces for a terminal's width, with nothing lost: what is too long is cut, never dropped."""


def wrap(text: str, *, columns: int | None, indent: int = 0) -> str:
    """Lines of at most `columns` characters, all but the first set in by `indent`; None wraps nothing."""
    room = (columns or 0) - indent
    if columns is None or len(text) <= room or room < 20:
        return text
    return ("\n" + " " * indent).join(_broken(text, room))


def _broken(text: str, room: int) -> list[str]:
    lines = []
    while len(text) > room:
        space = text.rfind(" ", 1, room + 1)
        if space > 0:
            lines.append(text[:space])
            text = text[space + 1 :]
        else:
            lines.append(text[:room])
            text = text[room:]
    return [*lines, text]

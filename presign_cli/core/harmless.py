"""Text from outside made safe to show: the one place where control characters become visible escapes."""

_IDEOGRAPHIC_SPACE = "\u3000"


def harmless(text: str) -> str:
    r"""One line in which nothing steers a terminal, hides, or turns the reading direction.

    Whatever Unicode does not count as printable (controls and ESC, bidi marks, zero-width characters, line
    separators, spaces that are none, lone surrogates) becomes `\n`, `\x1b`, `\u202e`: to be read, not
    obeyed. The ideographic space stays: Japanese file names have it, and it is seen. Markup is not touched:
    HTML, Markdown and CSV escape their own, after this.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character == _IDEOGRAPHIC_SPACE:
        return character
    return character.encode("unicode_escape").decode("ascii")

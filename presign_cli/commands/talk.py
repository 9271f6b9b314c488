"""What is said beside the result: notes, warnings and bad lines, on stderr, each once."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from presign_cli.core.harmless import harmless
from presign_cli.errors import PresignError
from presign_cli.render.error import error_text

if TYPE_CHECKING:
    from presign_cli.core.link import LinkWarning


@dataclass(slots=True)
class Talk:
    """`quiet` silences notes and warnings, never errors; `debug` adds how it was done."""

    stream: TextIO
    quiet: bool = False
    debug: bool = False
    _said: set[str] = field(default_factory=set)

    def note(self, text: str) -> None:
        self._say(f"note: {harmless(text)}\n")

    def block(self, text: str) -> None:
        """Lines of our own that are there to be copied, as they are."""
        self._say(f"{text}\n")

    def note_once(self, about: str, text: str) -> None:
        """A note of which the first of its kind says it all."""
        if about not in self._said:
            self._said.add(about)
            self.note(text)

    def detail(self, text: str) -> None:
        """A note for those who asked how it was done."""
        if self.debug:
            self.note(text)

    def warning(self, warning: "LinkWarning") -> None:
        self.caution(warning.text, hint=warning.hint)

    def caution(self, text: str, *, hint: str) -> None:
        """A warning that is not about the link itself, and therefore not in its JSON."""
        self._say(f"warning: {harmless(text)}\nhint: {harmless(hint)}\n")

    def bad_line(self, number: int, error: PresignError) -> None:
        """A line of a stream that could not be signed; the rest goes on."""
        self.stream.write(error_text(type(error)(f"line {number}: {error.text}", hint=error.hint)))

    def _say(self, text: str) -> None:
        if not self.quiet and text not in self._said:
            self._said.add(text)
            self.stream.write(text)

"""AWS's shared files where every line is plain: the sections that the fast path understands, or nothing.

Python's `configparser` decides what a line means, botocore what a section does; this reads the part of their
language about which there can be no doubt, and costs no import.
"""

import re

Section = dict[str, str | None]
"""A section's keys; None is an indented block of further settings."""
Sections = dict[str, Section]

_NAME = r"[A-Za-z0-9_.@+-]+"
_HEADER = re.compile(rf"\[(?P<kind>profile |sso-session |services )?(?P<name>{_NAME})\][ \t]*")
_SETTING = re.compile(r"(?P<key>[A-Za-z0-9_.-]+)[ \t]*=[ \t]*(?P<value>.*?)[ \t]*")
_NESTED = re.compile(r"[ \t]+[A-Za-z0-9_.-]+[ \t]*=.*")
_STRANGE = re.compile(r"[^\n\t\x20-\x7e]")


def plain_sections(text: str, *, kinds: bool) -> Sections | None:
    """The profiles by name, or None for a text with any line whose meaning is not plain.

    With `kinds`, as in the config file, headers say `profile NAME`, and other kinds of sections are left out.
    """
    if _STRANGE.search(text):
        return None
    reading = _Reading(kinds=kinds)
    lines = (line for line in text.split("\n") if line.strip(" \t") and line[0] not in "#;")
    return reading.profiles if all(map(reading.takes, lines)) else None


class _Reading:
    """What the lines so far have said."""

    def __init__(self, *, kinds: bool) -> None:
        self.profiles: Sections = {}
        self._kinds = kinds
        self._headers: set[str] = set()
        self._section: Section | None = None
        self._last = ""

    def takes(self, line: str) -> bool:
        """Whether a line is plain; if it is, it has been read."""
        if line[0] == "[":
            return self._takes_header(line.rstrip(" \t"))
        if self._section is None:
            return False
        return self._takes_nested(line) if line[0] in " \t" else self._takes_setting(line, self._section)

    def _takes_header(self, line: str) -> bool:
        header = _HEADER.fullmatch(line)
        if not header or line in self._headers or not _is_plain(header, kinds=self._kinds):
            return False
        self._headers.add(line)
        self._section, self._last = {}, ""
        if header["kind"] in (None, "profile "):
            self.profiles[header["name"]] = self._section
        return True

    def _takes_nested(self, line: str) -> bool:
        """An indented line belongs to the setting above it, which has no value of its own."""
        section = self._section or {}
        if section.get(self._last, "none") not in ("", None) or not _NESTED.fullmatch(line):
            return False
        section[self._last] = None
        return True

    def _takes_setting(self, line: str, section: Section) -> bool:
        setting = _SETTING.fullmatch(line)
        if not setting or setting["key"].lower() in section:
            return False
        self._last = setting["key"].lower()
        section[self._last] = setting["value"]
        return True


def _is_plain(header: re.Match[str], *, kinds: bool) -> bool:
    """`DEFAULT` is configparser's own, `[profile default]` vies with `[default]`, bare names are nobody's."""
    kind, name = header["kind"], header["name"]
    if name == "DEFAULT":
        return False
    if not kinds:
        return kind is None
    return name == "default" if kind is None else name != "default"

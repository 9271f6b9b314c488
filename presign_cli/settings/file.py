"""The settings file, read and checked whole: an error names the file, the line and the nearest valid key."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from presign_cli.core.endpoint_url import without_user
from presign_cli.errors import UsageError
from presign_cli.settings.keys import KEYS, PROFILE_KEYS

_HEADER = re.compile(r"\s*\[\s*(?P<name>[^\[\]]+?)\s*\]\s*(?:#.*)?")
_ASSIGNMENT = re.compile(r"\s*(?P<key>[A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')\s*[=.]")


class Entry(NamedTuple):
    """A setting's value, and the line that it stands on."""

    value: Any
    line: int


class SettingsFile(NamedTuple):
    """What the file says: its top, and its tables for single profiles."""

    top: Mapping[str, Entry] = {}
    profiles: Mapping[str, Mapping[str, Entry]] = {}


def read_settings_file(path: Path) -> SettingsFile:
    """The checked content; a file that does not exist says nothing. Raises UsageError."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return SettingsFile()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        text = f"cannot read the settings file `{path}`: {reason.lower()}"
        raise UsageError(text, hint=f"ls -l {path}") from None
    return _Reading(path, text).content()


class _Reading:
    """One pass over a file's text; knows where everything stands, for the errors."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = _index(text)
        self._text = text

    def content(self) -> SettingsFile:
        document = self._parsed()
        profiles = document.pop("profiles", {})
        if not isinstance(profiles, dict):
            raise self._error("profiles", "`profiles` takes tables", hint="[profiles.NAME]")
        return SettingsFile(
            self._entries(document, table="", known=tuple(KEYS)),
            {name: self._profile(name, table) for name, table in profiles.items()},
        )

    def _parsed(self) -> dict[str, Any]:
        import tomllib

        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            text, _, place = str(error).rpartition(" (at ")
            told = re.match(r"line (\d+)", place)
            line = told[1] if told else len(self._text.splitlines())  # "at end of document"
            what = f"{self._path}, line {line}: {(text or str(error)).lower()}"
            raise UsageError(what, hint='write settings as NAME = "VALUE"') from None

    def _profile(self, name: str, table: object) -> Mapping[str, Entry]:
        if not isinstance(table, dict):
            raise self._error(
                f"profiles.{name}", f"`{name}` under [profiles] is no table", hint=f"[profiles.{name}]"
            )
        return self._entries(table, table=f"profiles.{name}", known=PROFILE_KEYS)

    def _entries(self, values: Mapping[str, object], *, table: str, known: Iterable[str]) -> dict[str, Entry]:
        return {name: self._entry(name, value, table=table, known=known) for name, value in values.items()}

    def _entry(self, name: str, value: object, *, table: str, known: Iterable[str]) -> Entry:
        where = f"{table}.{name}" if table else name
        if isinstance(value, dict):
            raise self._error(where, f"unknown table `{where}`", hint="[profiles.NAME]")
        if name not in known:
            raise self._unknown(name, where, known)
        try:
            read = KEYS[name].read(value)
        except ValueError as expected:
            shown = f"`{without_user(str(value))}`" if isinstance(value, str | int | float) else "this value"
            near = KEYS[name].nearest(value)
            text = f"{shown} does not fit `{name}`, which takes {expected}"
            hint = f'{name} = "{near}"' if near else "presign config --help"
            raise self._error(where, text, hint=hint) from None
        return Entry(read, self._line(where))

    def _unknown(self, name: str, where: str, known: Iterable[str]) -> UsageError:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1)
        hint = f"{near[0]} = …" if near else f"valid are {', '.join(known)}"
        return self._error(where, f"unknown setting `{name}`", hint=hint)

    def _error(self, where: str, text: str, *, hint: str) -> UsageError:
        return UsageError(f"{self._path}, line {self._line(where)}: {text}", hint=hint)

    def _line(self, where: str) -> int:
        inside = (line for place, line in self._lines.items() if place.startswith(f"{where}."))
        return self._lines.get(where) or next(inside, self._lines.get(where.rpartition(".")[0], 1))


def _index(text: str) -> dict[str, int]:
    """The line of each table and each `table.key`, for tomllib tells no places."""
    table = ""
    places: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            table = ".".join(_bare(part) for part in header["name"].split(".", 1))
            places.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            places.setdefault(".".join(filter(None, (table, _bare(assignment["key"])))), number)
    return places


def _bare(name: str) -> str:
    return name.strip().strip("\"'")

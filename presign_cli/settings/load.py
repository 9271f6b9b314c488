"""Settings put together: flag, then `PRESIGN_*` variable, profile table, top of the file, default."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from presign_cli.core.duration import DEFAULT_TTL, MAX_TTL
from presign_cli.core.endpoint_url import without_user
from presign_cli.errors import UsageError
from presign_cli.settings.file import Entry, SettingsFile, read_settings_file
from presign_cli.settings.keys import KEYS, PROFILE_KEYS, Addressing
from presign_cli.settings.path import settings_path

SourceKind = Literal["flag", "environment", "profile", "file", "default"]
_PROFILE_VARIABLES = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")  # botocore's order


class Source(NamedTuple):
    """Where a setting's value came from: the kind, and the flag, the variable, or table and line."""

    kind: SourceKind
    where: str = ""


class Settings(NamedTuple):
    """Every setting's value; `ttl` and `max_ttl` in seconds; None is "not said". `sources` has each key."""

    bucket: str | None = None
    ttl: int = DEFAULT_TTL
    max_ttl: int = MAX_TTL
    profile: str | None = None
    region: str | None = None
    output: str | None = None
    endpoint_url: str | None = None
    public_url: str | None = None
    addressing: Addressing = "auto"
    detect: bool = True
    download: bool = False
    history: bool = False
    path: Path = Path("config.toml")
    sources: Mapping[str, Source] = {}

    def place(self, name: str) -> str:
        """Where a setting is to be changed: the file and the line, or the variable or flag."""
        source = self.sources[name]
        in_file = source.kind in ("file", "profile")
        return f"{self.path}, {source.where.rpartition(', ')[2]}" if in_file else source.where


def load_settings(*, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings; `flags` are values already read, None where a flag was not given.

    Raises UsageError for an unknown key or a bad value, in the file or in a variable.
    """
    path = settings_path(environ)
    content = read_settings_file(path)
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    found = {name: _first(name, given, environ, content) for name in ("profile",)}
    profile = found["profile"][0] or _aws_profile(environ)
    found |= {name: _first(name, given, environ, content, profile=profile) for name in PROFILE_KEYS}
    return Settings(
        path=path,
        sources={name: found[name][1] for name in KEYS},
        **{name: value for name, (value, _) in found.items()},
    )


def _aws_profile(environ: Mapping[str, str]) -> str:
    return next((environ[name] for name in _PROFILE_VARIABLES if environ.get(name)), "default")


def _first(
    name: str,
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    content: SettingsFile,
    *,
    profile: str | None = None,
) -> tuple[Any, Source]:
    return next(_candidates(name, flags, environ, content, profile))


def _candidates(
    name: str,
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    content: SettingsFile,
    profile: str | None,
) -> Iterator[tuple[Any, Source]]:
    """A setting's values, the strongest first."""
    if name in flags:
        flag = "--no-detect" if name == "detect" else f"--{name.replace('_', '-')}"
        yield flags[name], Source("flag", flag)
    variable = f"PRESIGN_{name.upper()}"
    if environ.get(variable):
        yield _from_variable(name, variable, environ[variable]), Source("environment", variable)
    table: Mapping[str, Entry] = content.profiles.get(profile, {}) if profile else {}
    if name in table:
        yield table[name].value, Source("profile", f"[profiles.{profile}], line {table[name].line}")
    if name in content.top:
        yield content.top[name].value, Source("file", f"line {content.top[name].line}")
    yield KEYS[name].default, Source("default")


def _from_variable(name: str, variable: str, text: str) -> Any:
    try:
        return KEYS[name].read(text)
    except ValueError as expected:
        near = KEYS[name].nearest(text)
        raise UsageError(
            f"`{without_user(text)}` in {variable} does not fit, it takes {expected}",
            hint=f"export {variable}={near}" if near else f"unset {variable}",
        ) from None

"""The settings that flags and the environment give. Stand-in until the settings file is read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    bucket: str | None = None
    ttl: int = 3_600
    max_ttl: int = 604_800
    profile: str | None = None
    region: str | None = None
    output: str | None = None
    endpoint_url: str | None = None
    public_url: str | None = None
    addressing: Literal["auto", "virtual", "path"] = "auto"
    detect: bool = True
    download: bool = False
    history: bool = False


def load_settings(*, environ: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """Flags over `PRESIGN_*` variables over defaults."""
    names = {field.name for field in fields(Settings)}
    said = {name: environ.get(f"PRESIGN_{name.upper()}") for name in names - {"detect", "ttl", "max_ttl"}}
    said.update(flags)
    return Settings(**{name: value for name, value in said.items() if value is not None})

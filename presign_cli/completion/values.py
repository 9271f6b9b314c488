"""Values that options take: formats, profiles, regions. From files and tables, without botocore."""

import json
import re
from collections.abc import Mapping
from configparser import Error as ConfigError
from configparser import RawConfigParser
from importlib.util import find_spec
from pathlib import Path

from presign_cli.completion.candidate import Candidate

_LINK = ["table", "link", "json", "csv", "markdown", "html", "curl", "message", "eml", "qr"]
FORMATS = {
    "get": _LINK,
    "put": _LINK,
    "post-form": ["table", "json", "html", "curl"],
    "inspect": ["table", "link", "json", "csv"],
    "config": ["table", "json", "csv"],
    "history": ["table", "json", "csv"],
    "demo": ["table", "json", "csv"],
}


def profiles(environ: Mapping[str, str]) -> list[Candidate]:
    """Names in AWS's two shared files, sorted; a file that cannot be read has none."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser()
    config = Path(environ.get("AWS_CONFIG_FILE") or home / ".aws" / "config")
    credentials = Path(environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws" / "credentials")
    sections = [_config_profile(section) for section in _sections(config)]
    names = {name for name in sections if name} | set(_sections(credentials))
    return [Candidate(name) for name in sorted(names) if name.isprintable()]


def regions() -> list[Candidate]:
    """Every region that botocore knows, with its place: from its data, which is not imported."""
    package = find_spec("botocore")
    if not package or not package.origin:
        return []
    content = json.loads((Path(package.origin).parent / "data" / "partitions.json").read_text("utf-8"))
    return [
        Candidate(name, facts.get("description", ""))
        for partition in content["partitions"]
        for name, facts in sorted(partition["regions"].items())
        if not name.endswith("-global")
    ]


def _sections(path: Path) -> list[str]:
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(path.expanduser().read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ConfigError):
        return []
    return parser.sections()


def _config_profile(section: str) -> str | None:
    """`[profile NAME]`, or `[default]`; sessions and services are no profiles."""
    if section == "default":
        return section
    found = re.fullmatch(r"profile\s+(?:\"([^\"]+)\"|'([^']+)'|(.+))", section)
    return (found[1] or found[2] or found[3]) if found else None

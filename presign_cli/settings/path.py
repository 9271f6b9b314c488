"""Where the settings file is: the platform's own folder for configuration, as `typer.get_app_dir` says.

That function is not called: it reads the process's environment, and costs an import of Typer.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "PRESIGN_CONFIG"


def settings_path(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """`PRESIGN_CONFIG`, else `config.toml` in the platform's folder; neither has to exist."""
    named = environ.get(VARIABLE)
    return _from_home(named, environ) if named else _folder(environ, platform) / "config.toml"


def _folder(environ: Mapping[str, str], platform: str) -> Path:
    if platform == "win32":
        return _from_home(environ.get("APPDATA", "~"), environ) / "presign"
    if platform == "darwin":
        return _from_home("~/Library/Application Support", environ) / "presign"
    return _from_home(environ.get("XDG_CONFIG_HOME", "~/.config"), environ) / "presign"


def _from_home(path: str, environ: Mapping[str, str]) -> Path:
    if path != "~" and not path.startswith("~/"):
        return Path(path)
    home = environ.get("HOME") or environ.get("USERPROFILE") or os.path.expanduser("~")  # noqa: PTH111
    return Path(home + path[1:])

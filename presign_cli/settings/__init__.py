"""Settings: from flags, `PRESIGN_*` variables, the settings file and defaults, each with its source."""

from presign_cli.settings.load import Settings, Source, SourceKind, load_settings
from presign_cli.settings.path import settings_path

__all__ = ["Settings", "Source", "SourceKind", "load_settings", "settings_path"]

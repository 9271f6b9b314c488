"""`python -m presign_cli.completion.write FOLDER`: the scripts, under the names by which shells find them."""

import sys
from pathlib import Path

from presign_cli.completion.answer import script

NAMES = {"bash": "presign", "zsh": "_presign", "fish": "presign.fish", "powershell": "presign.ps1"}


def write(folder: Path) -> None:
    for shell, name in NAMES.items():
        (folder / name).write_text(script(shell), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""`presign` and `python -m presign_cli`: answers `--version` at once, leaves all else to `app`."""

import gc
import os
import sys

from presign_cli import __version__


def main() -> None:
    gc.set_threshold(100_000)  # start-up makes values that stay; looking through them costs 5 ms
    _fill_closed_streams()
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"presign {__version__}\n")
        return
    from presign_cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: to look through what it leaves would cost 10 ms
    sys.exit(code)


def _fill_closed_streams() -> None:
    """A stream that the shell has closed (`<&-`, `2>&-`) is None to Python: nothing is read or told there.

    They live as long as the process. Opened in this order, each gets the descriptor that is missing.
    """
    if sys.stdin and sys.stdout and sys.stderr:
        return
    from pathlib import Path

    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open()
    sys.stdout = sys.stdout or nowhere.open("w")
    sys.stderr = sys.stderr or nowhere.open("w")


if __name__ == "__main__":
    main()

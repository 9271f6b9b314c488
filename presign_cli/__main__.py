"""`presign` and `python -m presign_cli`: answers `--version` at once, leaves all else to `app`."""

import gc
import sys

from presign_cli import __version__


def main() -> None:
    gc.set_threshold(100_000)  # start-up makes values that stay; looking through them costs 5 ms
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"presign {__version__}\n")
        return
    from presign_cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: to look through what it leaves would cost 10 ms
    sys.exit(code)


if __name__ == "__main__":
    main()

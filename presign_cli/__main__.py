"""`presign` and `python -m presign_cli`: answers `--version` at once, leaves all else to `app`."""

import sys

from presign_cli import __version__


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"presign {__version__}\n")
        return
    from presign_cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

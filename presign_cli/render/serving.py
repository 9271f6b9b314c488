"""How to use the demo's server from another terminal: lines to paste into a POSIX shell, or one object."""

from collections.abc import Mapping
from shlex import quote
from typing import Any

SERVING = """\
A real S3 server runs on this machine, with the manual in a private bucket.
Paste this into another terminal. Ctrl-C here ends the server and removes its files.

"""
SERVED = "\nThe server is gone, and its files with it.\n"


def shell_lines(environ: Mapping[str, str], *, unset: tuple[str, ...], key: str) -> str:
    """`unset` for what would get in the way, `export` for what is needed, and a command to try."""
    lines = [f"unset {' '.join(unset)}"] if unset else []
    lines += [f"export {name}={quote(value)}" for name, value in environ.items()]
    return "".join(f"{line}\n" for line in [*lines, f"presign get {quote(key)} --ttl 5m"])


def server_object(environ: Mapping[str, str], *, key: str) -> dict[str, Any]:
    """The object `presign.demo-server/1`: variables under their own names."""
    return {"schema": "presign.demo-server/1", "key": key, **environ}

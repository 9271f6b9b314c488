"""The program that `desktop` runs to reach the machine's clipboard: it imports nothing of ours.

`python child.py copy` copies its standard input, `python child.py paste` writes what is there. It ends with
1 where there is no clipboard or a clipboard's program failed, which pyperclip does not look at.
"""

import subprocess
import sys
from typing import Any

import pyperclip  # noqa: TID253 (this is a process of its own)


class _Watched(subprocess.Popen[Any]):
    def communicate(self, *arguments: Any, **options: Any) -> tuple[Any, Any]:
        output = super().communicate(*arguments, **options)
        if self.returncode:
            sys.exit(1)
        return output


def main(verb: str) -> None:
    subprocess.Popen = _Watched  # type: ignore[misc]
    try:
        if verb == "copy":
            pyperclip.copy(sys.stdin.buffer.read().decode())
        else:
            sys.stdout.buffer.write(pyperclip.paste().encode())
    except pyperclip.PyperclipException:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])

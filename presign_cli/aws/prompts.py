"""What a credential chain may ask or start: an MFA code from a terminal, a process that ends in time."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from presign_cli.errors import CredentialsError

if TYPE_CHECKING:
    from botocore.session import Session

PROCESS_SECONDS = 120


def settle_chain(session: "Session", *, environ: Mapping[str, str]) -> None:
    """Bounds a session's providers before they are used: none waits where nobody can answer."""
    resolver = session.get_component("credential_provider")
    resolver.get_provider("assume-role")._prompter = mfa_prompter(environ)
    resolver.get_provider("custom-process")._popen = process_starter(PROCESS_SECONDS)


def mfa_prompter(environ: Mapping[str, str]) -> Callable[[str], str]:
    """Asks on the terminal itself, without echo; stdout stays the link's."""

    def ask(prompt: str) -> str:
        if environ.get("CI") or not _has_terminal():
            raise CredentialsError(
                f"{prompt.strip().rstrip(':').lower()}: there is no terminal to ask on",
                hint="aws sts get-session-token --serial-number ARN --token-code CODE",
            )
        from getpass import getpass

        return getpass(prompt)

    return ask


def _has_terminal() -> bool:
    if sys.platform == "win32":
        return sys.stdin.isatty()
    try:
        with open("/dev/tty", "rb", buffering=0):  # noqa: PTH123 # where getpass asks
            return True
    except OSError:
        return False


def process_starter(seconds: float) -> Callable[..., Any]:
    """A `Popen` for credential processes whose `communicate` ends in time."""
    import subprocess

    class Bounded(subprocess.Popen[bytes]):
        def communicate(self, input: Any = None, timeout: float | None = None) -> Any:  # noqa: A002
            try:
                return super().communicate(input, timeout or seconds)
            except subprocess.TimeoutExpired:
                self.kill()
                raise CredentialsError(
                    f"the credential process did not end within {seconds:g} seconds",
                    hint="aws configure get credential_process",
                ) from None

    return Bounded

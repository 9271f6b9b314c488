"""botocore's providers, settled before use: what they may ask, start, keep, and claim."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from presign_cli.errors import CredentialsError

if TYPE_CHECKING:
    from botocore.session import Session

PROCESS_SECONDS = 120


def settle_chain(session: "Session", *, environ: Mapping[str, str]) -> None:
    """None waits where nobody can answer, all share the AWS CLI's sessions, each tells its true expiry."""
    resolver = session.get_component("credential_provider")
    roles, sso = resolver.get_provider("assume-role"), resolver.get_provider("sso")
    roles._prompter = mfa_prompter(environ)
    _bound_processes(resolver.get_provider("custom-process"), roles._profile_provider_builder)
    _share_sessions([roles, sso, resolver.get_provider("assume-role-with-web-identity")], roles, environ)
    _look_for_tokens(session, sso, roles, environ)
    _tell_true_expiry(resolver.get_provider("iam-role"))


def _bound_processes(process: Any, builder: Any) -> None:
    """The profile's own process, and those of the profiles that its role is assumed from."""
    start = process_starter(PROCESS_SECONDS)
    process._popen = start
    create = builder._create_process_provider

    def create_bounded(profile_name: str) -> Any:
        provider = create(profile_name)
        provider._popen = start
        return provider

    builder._create_process_provider = create_bounded


def _share_sessions(providers: Sequence[Any], roles: Any, environ: Mapping[str, str]) -> None:
    """The AWS CLI's own cache, so that one MFA code serves both; one that cannot be written is no error."""
    from botocore.utils import JSONFileCache

    class Tolerant(JSONFileCache):
        def __setitem__(self, key: str, value: Any) -> None:
            with suppress(OSError):
                super().__setitem__(key, value)

    cache = Tolerant(f"{_aws_folder(environ)}/cli/cache")
    roles._profile_provider_builder._cache = cache
    for provider in providers:
        provider.cache = cache


def _look_for_tokens(session: "Session", sso: Any, roles: Any, environ: Mapping[str, str]) -> None:
    """botocore settles the folder of SSO tokens when it is imported, by the home of that moment."""
    from botocore import tokens
    from botocore.utils import JSONFileCache

    cache = JSONFileCache(f"{_aws_folder(environ)}/sso/cache", dumps_func=vars(tokens)["_sso_json_dumps"])
    sso._token_cache = cache
    sso._token_provider = tokens.SSOTokenProvider(session, cache=cache, profile_name=sso._profile_name)
    roles._profile_provider_builder._sso_token_cache = cache


def _tell_true_expiry(instance: Any) -> None:
    """botocore moves the end of an instance's keys, when it is near, up to 25 minutes into the future.

    That keeps a service running while the metadata service fails, and makes a link promise what S3 refuses.
    """
    instance._role_fetcher._evaluate_expiration = lambda credentials: None


def _aws_folder(environ: Mapping[str, str]) -> str:
    return f"{environ.get('HOME') or os.path.expanduser('~')}/.aws"  # noqa: PTH111


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
                self._end()
                raise CredentialsError(
                    f"the credential process did not end within {seconds:g} seconds",
                    hint="aws configure get credential_process",
                ) from None

        def _end(self) -> None:
            """Kills it, and reads no more: a child of its own may hold the pipes open for ever."""
            self.kill()
            for pipe in (self.stdout, self.stderr):
                if pipe:
                    pipe.close()
            self.wait()

    return Bounded

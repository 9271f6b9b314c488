"""Fresher credentials than botocore hands out: a role assumed anew, an SSO role or metadata fetched anew.

botocore gives whatever has ten minutes left. A link needs its own length.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from presign_cli.aws.session_length import DEFAULT, Assumed, TooLongError, assume_for, seconds_to_ask

STS_METHODS = ("assume-role", "assume-role-with-web-identity")
REFETCHED = ("iam-role", "container-role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Keys just made, named as botocore does: `access_key`, `secret_key`, `token`, `expiry_time`."""

    keys: Mapping[str, Any] = field(repr=False)
    note: str
    limit: int | None = None


def can_be_fresher(method: str) -> bool:
    return method in (*STS_METHODS, *REFETCHED, "sso", "login")


def fetch(source: Any, *, left: float, limit: int | None) -> Fresh:
    """New keys of a botocore credentials object, for a link that ends in `left` seconds.

    Raises whatever the provider raises.
    """
    if source.method in STS_METHODS:
        return _assumed(fetcher_of(source), left=left, limit=limit)
    if source.method == "sso":
        fetcher = fetcher_of(source)
        response = fetcher._get_credentials()
        fetcher._write_to_cache(response)
        return Fresh(keys=_keys(response), note="the SSO role's credentials were fetched anew")
    if source.method == "login":
        fetcher = fetcher_of(source)
        fetcher._REFRESH_THRESHOLD = float("inf")  # it would keep what has five minutes left
        return Fresh(keys=fetcher.refresh_credentials(), note="the login session was rotated")
    return Fresh(keys=source._refresh_using(), note=f"the credentials of `{source.method}` were fetched anew")


def fetcher_of(source: Any) -> Any:
    """The object behind a refreshable credentials' callback; with MFA that is wrapped once more."""
    callback: Any = source._refresh_using
    return getattr(callback, "_refresh", callback).__self__


def has_usable_session(fetcher: Any) -> bool:
    """Whether the shared cache has a session that botocore would hand out."""
    return fetcher._load_from_cache() is not None


def default_duration(fetcher: Any) -> int:
    """What botocore would ask for: the profile's `duration_seconds`, or STS's hour."""
    return int(fetcher._assume_kwargs.get("DurationSeconds", DEFAULT))


def role_of(source: Any) -> str:
    return str(fetcher_of(source)._role_arn)


def _assumed(fetcher: Any, *, left: float, limit: int | None) -> Fresh:
    seconds = max(seconds_to_ask(left), min(default_duration(fetcher), limit or DEFAULT))
    own_prompter = getattr(fetcher, "_mfa_prompter", None)
    if own_prompter:
        fetcher._mfa_prompter = _asked_once(own_prompter)
    try:
        assumed: Assumed[Any] = assume_for(_assume_with(fetcher), seconds=seconds, limit=limit)
    finally:
        if own_prompter:
            fetcher._mfa_prompter = own_prompter
    fetcher._write_to_cache(assumed.session)
    role = fetcher._role_arn
    note = f"`{role}` was assumed anew"
    if assumed.limit:
        note = f"{note}; it gives sessions of {assumed.limit // 60} min at most"
    return Fresh(keys=_keys(assumed.session), note=note, limit=assumed.limit)


def _asked_once(prompter: Callable[[str], str]) -> Callable[[str], str]:
    """STS checks a duration before it uses up a code, so one code serves until a session is given."""
    answers: list[str] = []

    def ask(prompt: str) -> str:
        if not answers:
            answers.append(prompter(prompt))
        return answers[0]

    return ask


def _assume_with(fetcher: Any) -> Callable[[int], Any]:
    from botocore.exceptions import ClientError

    own = dict(fetcher._assume_kwargs)

    def assume(seconds: int) -> Any:
        fetcher._assume_kwargs = {**own, "DurationSeconds": seconds}
        try:
            return fetcher._get_credentials()
        except ClientError as error:
            message = error.response.get("Error", {}).get("Message", "")
            if "MaxSessionDuration" in message or "session limit" in message:
                raise TooLongError(chained="chaining" in message) from error
            raise
        finally:
            fetcher._assume_kwargs = own

    return assume


def _keys(response: Mapping[str, Any]) -> Mapping[str, Any]:
    credentials = response["Credentials"]
    expiration = credentials["Expiration"]
    return {
        "access_key": credentials["AccessKeyId"],
        "secret_key": credentials["SecretAccessKey"],
        "token": credentials["SessionToken"],
        "expiry_time": expiration.isoformat() if isinstance(expiration, datetime) else expiration,
    }

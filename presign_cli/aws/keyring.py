"""Every key that lies about here: in the environment, in profiles, in the caches of roles, SSO and logins.

For verification only: it reads files and asks nobody, and what it cannot read it leaves out.
"""

import json
from collections.abc import Iterator, Mapping
from configparser import Error as IniError
from configparser import RawConfigParser
from hashlib import new
from pathlib import Path
from typing import Any

from presign_cli.core.credentials import Credentials
from presign_cli.core.verify import Candidate
from presign_cli.errors import CredentialsError

Section = Mapping[str, str]

_LONGEST_FILE = 1 << 20
_MOST_FILES = 2_000
# botocore's and the AWS CLI's own, below the home folder
_CACHES = (".aws/cli/cache", ".aws/boto/cache", ".aws/login/cache")
# AssumeRole's arguments and the profile's keys for them, as botocore's cache key has them
_ROLE_ARGUMENTS = (
    ("RoleArn", "role_arn"),
    ("RoleSessionName", "role_session_name"),
    ("ExternalId", "external_id"),
    ("SerialNumber", "mfa_serial"),
)


def candidates(*, environ: Mapping[str, str], profile: str | None = None) -> Iterator[Candidate]:
    """Whoever may have signed, the environment first; or one profile alone.

    A cached session that belongs to no profile of the files has None for one. Raises CredentialsError for a
    profile that does not exist.
    """
    profiles = _profiles(environ)
    if profile is not None and profile not in profiles:
        raise CredentialsError(f"there is no profile `{profile}`", hint="aws configure list-profiles")
    if profile is None:
        yield from _of_environment(environ)
    cached = _cached(environ)
    for name, section in profiles.items():
        if profile in (None, name):
            keys = [_keys(section), *(cached.pop(key, None) for key in _cache_keys(section))]
            yield from (Candidate(each, name, "profile") for each in keys if each)
    if profile is None:
        yield from (Candidate(credentials, None, "profile") for credentials in cached.values())


def _of_environment(environ: Mapping[str, str]) -> Iterator[Candidate]:
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN")
    keys = _keys({name.lower(): environ.get(name, "") for name in names})
    if keys:
        yield Candidate(keys, None, "environment")


def _keys(section: Section) -> Credentials | None:
    key_id, secret = section.get("aws_access_key_id"), section.get("aws_secret_access_key")
    token = section.get("aws_session_token") or section.get("aws_security_token")
    return Credentials(key_id, secret, token or None) if key_id and secret else None


def _profiles(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Each profile's settings, the credentials file over the config file."""
    merged: dict[str, dict[str, str]] = {}
    for variable, name, prefix in (
        ("AWS_CONFIG_FILE", "config", "profile "),
        ("AWS_SHARED_CREDENTIALS_FILE", "credentials", ""),
    ):
        path = Path(environ.get(variable) or _home(environ) / ".aws" / name)
        for section, settings in _ini(path):
            if not section.startswith(("sso-session ", "services ")):
                merged.setdefault(section.removeprefix(prefix).strip(), {}).update(settings)
    return merged


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or environ.get("USERPROFILE") or "/nonexistent")


def _ini(path: Path) -> list[tuple[str, Section]]:
    parser = RawConfigParser(strict=False, default_section="\0", allow_no_value=True)
    try:
        parser.read_string(_text(path))
    except IniError:
        return []
    return [(name, {key: value or "" for key, value in parser.items(name)}) for name in parser.sections()]


def _text(path: Path) -> str:
    """A file's text; empty where there is none, or none of a sensible size."""
    try:
        if path.stat().st_size > _LONGEST_FILE:
            return ""
        return path.expanduser().read_text("utf-8", errors="replace")
    except (OSError, RuntimeError, ValueError):
        return ""


def _cached(environ: Mapping[str, str]) -> dict[str, Credentials]:
    """Sessions that botocore and the AWS CLI keep, by the name of their file."""
    found = {}
    for folder in _CACHES:
        try:
            files = sorted((_home(environ) / folder).glob("*.json"))[:_MOST_FILES]
        except OSError:
            continue
        for file in files:
            credentials = _session(_text(file))
            if credentials:
                found[file.stem] = credentials
    return found


def _session(text: str) -> Credentials | None:
    """`{"Credentials": {"AccessKeyId": …}}` of roles and SSO, `{"accessToken": {…}}` of `aws login`."""
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    inner = content.get("Credentials") or content.get("accessToken") if isinstance(content, dict) else None
    if not isinstance(inner, dict):
        return None
    lowered = {str(name).lower(): value for name, value in inner.items() if isinstance(value, str)}
    key_id, secret = lowered.get("accesskeyid"), lowered.get("secretaccesskey")
    return Credentials(key_id, secret, lowered.get("sessiontoken")) if key_id and secret else None


def _cache_keys(section: Section) -> Iterator[str]:
    """Names of the files in which a profile's session would be kept: hashes of how it is got."""
    if section.get("role_arn"):
        role: dict[str, Any] = {name: section[key] for name, key in _ROLE_ARGUMENTS if section.get(key)}
        if section.get("duration_seconds", "").isdigit():
            role["DurationSeconds"] = int(section["duration_seconds"])
        yield _hash(json.dumps(role, sort_keys=True))
    if section.get("sso_role_name") and section.get("sso_account_id"):
        sso = {"roleName": section["sso_role_name"], "accountId": section["sso_account_id"]}
        session = section.get("sso_session")
        sso |= {"sessionName": session} if session else {"startUrl": section.get("sso_start_url", "")}
        yield _hash(json.dumps(sso, sort_keys=True, separators=(",", ":")))
    if section.get("login_session"):
        yield _hash(section["login_session"], "sha256")


def _hash(text: str, algorithm: str = "sha1") -> str:
    return new(algorithm, text.encode(), usedforsecurity=False).hexdigest()

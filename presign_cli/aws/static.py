"""The fast path: keys that stand in the environment or the shared files, read without botocore.

It reads only what it fully understands, by whitelists of variables, of lines and of keys, and says None to
everything else, errors included: that is botocore's to answer. A differential test proves that both agree.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from presign_cli.aws.configuration import Configuration
from presign_cli.aws.expiry import EXPIRY_KEYS, told_expiry
from presign_cli.aws.plain_ini import Section, Sections, plain_sections
from presign_cli.aws.wishes import Wishes
from presign_cli.core.credentials import Credentials

_UNDERSTOOD = frozenset(
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_ACCOUNT_ID",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_CA_BUNDLE",
        "AWS_PAGER",
        "AWS_DEFAULT_OUTPUT",
        "AWS_CLI_AUTO_PROMPT",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_EXECUTION_ENV",
        "AWS_MAX_ATTEMPTS",
        "AWS_RETRY_MODE",
        "AWS_SDK_LOAD_CONFIG",
        "AWS_STS_REGIONAL_ENDPOINTS",
        "AWS_VAULT",
    ]
)
_KEYS = frozenset(
    [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "aws_security_token",
        "aws_account_id",
        "region",
        "output",
        "cli_pager",
        "cli_history",
        "cli_timestamp_format",
        "endpoint_url",
        "x_principal_arn",
        *EXPIRY_KEYS,
    ]
)
# With keys in the environment, how a profile would find its own does not matter.
_IGNORED_WITH_KEYS = frozenset(
    [
        "role_arn",
        "source_profile",
        "credential_source",
        "external_id",
        "mfa_serial",
        "role_session_name",
        "duration_seconds",
        "sso_session",
        "sso_account_id",
        "sso_role_name",
        "sso_region",
        "sso_start_url",
        "credential_process",
        "login_session",
    ]
)


@dataclass(frozen=True, slots=True)
class Static:
    """What the environment and the files say, when that is all there is to know."""

    configuration: Configuration
    credentials: Credentials
    method: str


def read_static(wishes: Wishes, *, environ: Mapping[str, str]) -> Static | None:
    """The keys and their configuration, or None where botocore has to be asked."""
    if not _is_understood(environ):
        return None
    config = _sections(environ, "AWS_CONFIG_FILE", "config")
    shared = _sections(environ, "AWS_SHARED_CREDENTIALS_FILE", "credentials")
    if config is None or shared is None:
        return None
    profile = wishes.profile or environ.get("AWS_DEFAULT_PROFILE") or environ.get("AWS_PROFILE")
    name = profile or "default"
    if profile and profile not in config and profile not in shared:
        return None
    own, common = shared.get(name, {}), config.get(name, {})
    if environ.get("AWS_ACCESS_KEY_ID") and not wishes.profile:
        method, credentials = "env", _environment_keys(environ)
    elif "aws_access_key_id" in own:
        method, credentials = "shared-credentials-file", _section_keys(own)
    else:
        method, credentials = "config-file", _section_keys(common)
    merged = {**common, **own}
    allowed = _KEYS | _IGNORED_WITH_KEYS if method == "env" else _KEYS
    if credentials is None or not merged.keys() <= allowed or None in merged.values():
        return None
    if method != "env":
        credentials = _with_expiry(credentials, merged)
    return Static(_configuration(merged, profile, wishes, environ), credentials, method)


def _is_understood(environ: Mapping[str, str]) -> bool:
    for name in environ:
        if name.startswith(("AWS_", "BOTO")) and name not in _UNDERSTOOD:
            return False
    return all(environ.get(name) != "" for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CA_BUNDLE"))


def _sections(environ: Mapping[str, str], variable: str, name: str) -> Sections | None:
    text = _file(environ, variable, name)
    return None if text is None else plain_sections(text, kinds=name == "config")


def _file(environ: Mapping[str, str], variable: str, name: str) -> str | None:
    """A file's text, `""` where there is none, None where its path or content is not for us."""
    path = environ.get(variable)
    if path is None:
        home = environ.get("HOME", "")
        path = f"{home}/.aws/{name}"
        if not home.startswith("/"):
            return None
    if "$" in path or path.startswith("~") or not path:
        return None
    try:
        if not os.path.isfile(path):  # noqa: PTH113 # pathlib is a slow import at this point
            return ""
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read().decode("ascii").replace("\r\n", "\n")
    except (OSError, ValueError):
        return None


def _environment_keys(environ: Mapping[str, str]) -> Credentials | None:
    access_key_id = environ.get("AWS_ACCESS_KEY_ID")
    secret = environ.get("AWS_SECRET_ACCESS_KEY")
    if not access_key_id or not secret:
        return None
    token = environ.get("AWS_SECURITY_TOKEN") or environ.get("AWS_SESSION_TOKEN")
    return Credentials(access_key_id, secret, token or None)


def _section_keys(section: Section) -> Credentials | None:
    access_key_id, secret = section.get("aws_access_key_id"), section.get("aws_secret_access_key")
    if not access_key_id or not secret:
        return None
    names = ("aws_security_token", "aws_session_token")
    token = next((section[name] for name in names if name in section), None)
    return Credentials(access_key_id, secret, token or None)


def _with_expiry(credentials: Credentials, section: Section) -> Credentials:
    if credentials.session_token is None:
        return credentials
    return replace(credentials, expires_at=told_expiry(section))


def _configuration(
    section: Section, profile: str | None, wishes: Wishes, environ: Mapping[str, str]
) -> Configuration:
    regions = (
        wishes.region,
        wishes.default_region,
        environ.get("AWS_REGION"),
        environ.get("AWS_DEFAULT_REGION"),
    )
    endpoints = (wishes.endpoint_url, environ.get("AWS_ENDPOINT_URL_S3"), environ.get("AWS_ENDPOINT_URL"))
    return Configuration(
        profile=profile,
        region=next(filter(None, (*regions, section.get("region"))), None),
        endpoint_url=next(filter(None, (*endpoints, section.get("endpoint_url"))), None),
        accelerate=wishes.accelerate,
        dualstack=wishes.dualstack,
        fips=wishes.fips,
        ca_bundle=wishes.ca_bundle or environ.get("AWS_CA_BUNDLE"),
    )

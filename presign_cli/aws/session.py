"""botocore's session for a profile, and what it has to say; the environment it sees is the one given.

botocore reads `os.environ` wherever it needs something, and its credential processes inherit it. A mapping
that is not the process's own environment therefore takes its place while botocore runs.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from presign_cli.aws.configuration import Configuration
from presign_cli.aws.failures import told_clearly
from presign_cli.aws.wishes import Wishes
from presign_cli.core.location import is_region

if TYPE_CHECKING:
    from botocore.session import Session

_CALLS_REGION = "us-east-1"
REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")
"""botocore knows the second only; AWS CLI v2, the other SDKs, GitHub Actions and ECS set the first."""


@contextmanager
def environment_of(environ: Mapping[str, str]) -> Iterator[None]:
    """While this lasts, the process's environment is `environ`."""
    own = os.environ  # noqa: TID251 # botocore takes no other
    if environ is own:
        yield
        return
    before = dict(own)
    _replace(own, environ)
    try:
        yield
    finally:
        _replace(own, before)


def _replace(target: "os._Environ[str]", content: Mapping[str, str]) -> None:
    target.clear()
    target.update(content)


def open_session(wishes: Wishes, *, environ: Mapping[str, str]) -> "Session":
    """A session of the asked profile; to be used within `environment_of` only."""
    with environment_of(environ), nullcontext() if _may_need_crt(environ) else _compiled_part_hidden():
        import botocore.session

        return botocore.session.Session(profile=wishes.profile)


@contextmanager
def _compiled_part_hidden() -> Iterator[None]:
    """botocore imports awscrt where it is there, even when it is told by BOTO_DISABLE_CRT not to use it."""
    if "awscrt" in sys.modules:
        yield
        return
    sys.modules["awscrt"] = None  # type: ignore[assignment] # Python's own sign for "not to be found"
    try:
        yield
    finally:
        del sys.modules["awscrt"]


def _may_need_crt(environ: Mapping[str, str]) -> bool:
    """Whether there are `aws login` profiles: the compiled part costs a quarter of botocore's import."""
    home = environ.get("HOME") or "~"
    path = environ.get("AWS_CONFIG_FILE") or f"{home}/.aws/config"
    try:
        with open(os.path.expandvars(os.path.expanduser(path)), "rb") as file:  # noqa: PTH111, PTH123
            return b"login_session" in file.read()
    except OSError:
        return False


def read_configuration(session: "Session", wishes: Wishes, *, environ: Mapping[str, str]) -> Configuration:
    """Region, endpoint and options: wishes, then environment, then profile.

    Raises UsageError and CredentialsError for files and profiles that cannot be read.
    """
    with environment_of(environ), told_clearly(session):
        s3: dict[str, Any] = session.get_config_variable("s3") or {}
        return Configuration(
            profile=session.get_config_variable("profile") or None,
            region=wishes.region or wishes.default_region or _region(session, environ),
            endpoint_url=wishes.endpoint_url or _configured_endpoint(session) or None,
            addressing_style=s3.get("addressing_style"),
            accelerate=wishes.accelerate or bool(s3.get("use_accelerate_endpoint")),
            dualstack=wishes.dualstack or bool(_dualstack(session, s3)),
            fips=wishes.fips or bool(session.get_config_variable("use_fips_endpoint")),
            use_arn_region=s3.get("use_arn_region") is not False,
            disable_multiregion_access_points=bool(s3.get("s3_disable_multiregion_access_points")),
            ca_bundle=wishes.ca_bundle or session.get_config_variable("ca_bundle") or None,
        )


def apply_configuration(session: "Session", configuration: Configuration) -> None:
    """What the flags say holds for the calls that get credentials, too.

    They need a region of AWS's, though a bucket's may be another server's (`auto`) or not yet known.
    """
    region = configuration.region
    session.set_config_variable("region", region if region and is_region(region) else _CALLS_REGION)
    if configuration.ca_bundle:
        session.set_config_variable("ca_bundle", configuration.ca_bundle)


def _region(session: "Session", environ: Mapping[str, str]) -> str | None:
    named = next((environ[name] for name in REGION_VARIABLES if environ.get(name)), None)
    region = named or session.get_scoped_config().get("region")
    return str(region) if region else None


def _configured_endpoint(session: "Session") -> str | None:
    from botocore.configprovider import ConfiguredEndpointProvider

    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return None
    provider = ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), "s3")
    endpoint_url: str | None = provider.provide()
    return endpoint_url


def _dualstack(session: "Session", s3: Mapping[str, Any]) -> Any:
    """The `s3` section can switch it on and not off, as botocore has it."""
    return s3.get("use_dualstack_endpoint") or session.get_config_variable("use_dualstack_endpoint")

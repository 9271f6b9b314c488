"""The flags that every signing command has, and what they and the settings ask for together."""

from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from presign_cli.aws.regions import check_region
from presign_cli.aws.wishes import Wishes
from presign_cli.commands.runtime import Runtime
from presign_cli.core.harmless import harmless
from presign_cli.core.timestamps import parse_moment
from presign_cli.core.window import LifeWish
from presign_cli.errors import UsageError
from presign_cli.settings import Settings, load_settings


class SigningOptions(NamedTuple):
    """The flags that every signing command has, as they were given."""

    ttl: int | None = None
    until: str | None = None
    not_before: str | None = None
    strict: bool = False
    profile: str | None = None
    bucket: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    public_url: str | None = None
    addressing: Literal["auto", "virtual", "path"] | None = None
    accelerate: bool = False
    dualstack: bool = False
    fips: bool = False
    ca_bundle: Path | None = None
    no_detect: bool = False


def settings_of(options: SigningOptions, *, runtime: Runtime) -> Settings:
    """The settings, with the flags on top. Raises UsageError."""
    return load_settings(
        environ=runtime.environ,
        flags={
            "bucket": options.bucket,
            "profile": options.profile,
            "endpoint_url": options.endpoint_url,
            "public_url": options.public_url,
            "addressing": options.addressing,
            "detect": False if options.no_detect else None,
        },
    )


def wishes_of(options: SigningOptions, settings: Settings) -> Wishes:
    """Who is to sign, and where."""
    return Wishes(
        profile=settings.profile,
        region=options.region,
        default_region=settings.region,
        endpoint_url=settings.endpoint_url,
        public_url=settings.public_url,
        addressing=settings.addressing,
        accelerate=options.accelerate,
        dualstack=options.dualstack,
        fips=options.fips,
        ca_bundle=str(options.ca_bundle) if options.ca_bundle else None,
        detect=settings.detect,
    )


def check_endpoint(options: SigningOptions, settings: Settings, *, endpoint_url: str | None) -> None:
    """Raises UsageError for flags that no endpoint serves together, and for no region of AWS's."""
    of_aws = {"--fips": options.fips, "--accelerate": options.accelerate, "--dualstack": options.dualstack}
    flag = next((flag for flag, given in of_aws.items() if given), None)
    if flag and endpoint_url:
        raise UsageError(
            f"{flag} is AWS's own, and the endpoint is `{harmless(endpoint_url)}`", hint=f"leave out {flag}"
        )
    unaccelerated = {"--fips": options.fips, "--addressing path": options.addressing == "path"}
    flag = next((flag for flag, given in unaccelerated.items() if given), None)
    if flag and options.accelerate:
        raise UsageError(f"--accelerate and {flag} contradict each other", hint=f"leave out {flag}")
    if settings.region and not options.region and not endpoint_url:
        _check_region(settings, settings.region)


def _check_region(settings: Settings, region: str) -> None:
    """Here and not where settings are read: another server's regions are not AWS's."""
    try:
        check_region(region)
    except UsageError as error:
        raise UsageError(f"{settings.place('region')}: {error.text}", hint=error.hint) from None


def life_wish_of(options: SigningOptions, settings: Settings, *, runtime: Runtime) -> LifeWish:
    """How long a link is to live, and from when. Raises UsageError."""
    if options.ttl is not None and options.until is not None:
        raise UsageError("--ttl and --until both say how long the link lives", hint="leave one of them out")
    return LifeWish(
        ttl=options.ttl,
        until=_moment("--until", options.until, runtime=runtime),
        not_before=_moment("--not-before", options.not_before, runtime=runtime),
        default_ttl=settings.ttl,
        max_ttl=settings.max_ttl,
    )


def _moment(option: str, text: str | None, *, runtime: Runtime) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_moment(text, now=runtime.now(), to_local=runtime.to_local)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{option} `{harmless(text)}` is no time",
            hint=f"{option} 2026-12-24T18:00+01:00, or {option} 18:00",
        ) from None

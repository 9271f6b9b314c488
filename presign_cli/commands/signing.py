"""What signing commands share once their options are parsed: who signs, where, for how long, what to warn of.

Holds the session of get, put and post-form; prints nothing but talk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from presign_cli.aws.account import Account, Located, Signing, connect
from presign_cli.aws.regions import check_region
from presign_cli.aws.wishes import Wishes
from presign_cli.commands.runtime import Runtime
from presign_cli.commands.talk import Talk
from presign_cli.core.cautions import life_warnings, not_ours_warnings, path_warnings
from presign_cli.core.credentials import Credentials
from presign_cli.core.harmless import harmless
from presign_cli.core.life import usable_life
from presign_cli.core.link import Batch, Link, LinkWarning
from presign_cli.core.location import Location
from presign_cli.core.presigned import Presigned
from presign_cli.core.sigv4 import ALGORITHM
from presign_cli.core.target import Surroundings, Target
from presign_cli.core.timestamps import iso, parse_moment
from presign_cli.core.window import CLOCK_SKEW, LifeWish, Window
from presign_cli.errors import ExpiredError, InvalidError, UsageError
from presign_cli.settings import Settings, load_settings

Pairs = Sequence[tuple[str, str]]

_REFUSED_WHEN_STRICT = {
    "credentials-expire-first": ExpiredError,
    "expiry-unknown": ExpiredError,
    "already-expired": ExpiredError,
    "not-ours": InvalidError,
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a link lets its user do: the method, the operation's own query, the headers that are owed."""

    method: str = "GET"
    query: Pairs = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


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


def open_signer(options: SigningOptions, settings: Settings, *, runtime: Runtime, talk: Talk) -> "Signer":
    """The session that signs: no network yet. Raises UsageError and CredentialsError."""
    wishes = Wishes(
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
    account = connect(wishes, environ=runtime.environ, clock=runtime.clock)
    _check_endpoint_flags(options, endpoint_url=account.endpoint_url)
    if not options.region and not account.endpoint_url:
        _check_region(settings)
    wish = _life_wish(options, settings, runtime=runtime)
    return Signer(account, settings=settings, wish=wish, options=options, runtime=runtime, talk=talk)


def _check_endpoint_flags(options: SigningOptions, *, endpoint_url: str | None) -> None:
    """What of AWS's endpoints excludes what else was said."""
    flags = {"--fips": options.fips, "--dualstack": options.dualstack, "--accelerate": options.accelerate}
    flag = next((name for name, given in flags.items() if given), None)
    if flag and endpoint_url:
        raise UsageError(
            f"{flag} is AWS's own, and the endpoint is `{harmless(endpoint_url)}`", hint=f"leave out {flag}"
        )
    if options.accelerate and options.addressing == "path":
        raise UsageError("--accelerate has no path style", hint="leave out --addressing path")


def _check_region(settings: Settings) -> None:
    """Here and not where settings are read: another server's regions are not AWS's."""
    try:
        if settings.region:
            check_region(settings.region)
    except UsageError as error:
        raise UsageError(f"{settings.place('region')}: {error.text}", hint=error.hint) from None


def _life_wish(options: SigningOptions, settings: Settings, *, runtime: Runtime) -> LifeWish:
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


class Signer:
    """Signs links for many objects of one account, as one session."""

    def __init__(
        self,
        account: Account,
        *,
        settings: Settings,
        wish: LifeWish,
        options: SigningOptions,
        runtime: Runtime,
        talk: Talk,
    ) -> None:
        self.account = account
        self._settings = settings
        self._wish = wish
        self._bucket = options.bucket
        self._runtime = runtime
        self._talk = talk
        self._tell_start()
        self._strict = options.strict
        self._accelerate = options.accelerate
        self._located: dict[tuple[str, str | None], Located] = {}
        self._prepared: tuple[object, Signing] | None = None

    def surroundings(self, *, method: str = "GET", empty_key_allowed: bool = False) -> Surroundings:
        """What this session's targets are read against."""
        urls = (self.account.endpoint_url, self._settings.public_url)
        return Surroundings(
            bucket=self._bucket,
            default_bucket=self._settings.bucket,
            endpoints=tuple(url for url in urls if url),
            method=method,
            empty_key_allowed=empty_key_allowed,
        )

    def window(self) -> Window:
        """From when and until when what is signed now is to live. Raises UsageError."""
        return self._wish.window(now=self._runtime.now())

    def credentials(self) -> Credentials:
        """Keys for calls that are made now."""
        return self.account.credentials(until=self._runtime.now())

    def batch(
        self, target: Target, keys: Sequence[str], request: Request, *, window: Window | None = None
    ) -> Batch:
        """The signed links of a target and of other keys beside it, told about on stderr, and remembered.

        `keys` begins with the target's own. Raises what the credentials, the region, the window and
        `--strict` give rise to.
        """
        return self.remembered(self.draft(target, keys, request, window=window or self.window()))

    def draft(self, target: Target, keys: Sequence[str], request: Request, *, window: Window) -> Batch:
        """The same for links that nobody is given as they are: they are not remembered."""
        now = self._runtime.now()
        if target.renews:
            self._tell_renewal(target)
        located = self.locate(target)
        signing = self.prepare(located, window, request)
        urls = signing.urls(keys, query=request.query)
        link = Link(
            presigned=_presigned(target, request, located.location, signing.credentials, window, url=urls[0]),
            life=usable_life(signing.credentials, signed_at=window.signed_at, ttl_seconds=window.ttl_seconds),
            required_headers=_shown(request.headers),
            profile=self.account.profile,
        )
        warnings = (
            *located.warnings,
            *signing.warnings,
            *life_warnings(link.life, now=now),
            *path_warnings(target.key),
            *self._renewal_warnings(target, signing.credentials, request),
        )
        return Batch(self.told(replace(link, warnings=warnings)), keys, urls)

    def remembered(self, batch: Batch) -> Batch:
        """The same, entered into the history where one is kept; that it cannot be costs a warning."""
        if self._settings.history:
            from presign_cli.history import append, entries_of, history_path

            path = history_path(self._runtime.environ)
            try:
                append(path, entries_of(batch))
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                self._talk.caution(f"the history `{path}` cannot be written: {reason}", hint=f"ls -l {path}")
        return batch

    def locate(self, target: Target) -> Located:
        """Where the target is served; notes are told once."""
        if self._accelerate and "." in target.bucket and not target.bucket.startswith("arn:"):
            raise UsageError(
                f"--accelerate cannot serve `{target.bucket}`, a bucket name with a dot",
                hint="leave out --accelerate",
            )
        place = (target.bucket, target.region)
        if place not in self._located:
            located = self.account.locate(target.bucket, region=target.region)
            for note in located.notes:
                self._talk.note(note)
            self._located[place] = located
        return self._located[place]

    def prepare(self, located: Located, window: Window, request: Request) -> Signing:
        """Prepared once for all links that differ in nothing but key and query."""
        same = (located.location, window, request.method, tuple(request.headers.items()))
        if self._prepared is None or self._prepared[0] != same:
            signing = self.account.presigner(
                located,
                signed_at=window.signed_at,
                ttl_seconds=window.ttl_seconds,
                method=request.method,
                headers=request.headers,
            )
            for note in signing.notes:
                self._talk.detail(note)
            self._prepared = same, signing
        return self._prepared[1]

    def _renewal_warnings(
        self, target: Target, signer: Credentials, request: Request
    ) -> tuple[LinkWarning, ...]:
        """Whether the old link was ours: anybody can mail a link to somebody else's object."""
        if not target.renews:
            return ()
        from presign_cli.core.verify import Candidate, verify

        profile = self.account.profile
        ours = Candidate(signer, profile, "profile" if profile else "environment")
        verification = verify(target.renews.url, (ours,))
        if verification.result == "match" and verification.method not in (None, request.method):
            raise UsageError(
                f"the link was made for {verification.method}, not for {request.method}",
                hint="presign inspect --verify URL",
            )
        return not_ours_warnings(target.renews, signer, verification)

    def _tell_start(self) -> None:
        start = self._wish.not_before
        if start and start > self._runtime.now():
            self._talk.note(
                "servers allow for about 15 minutes of clock skew: the link may work from "
                f"{iso(start - CLOCK_SKEW)} on"
            )

    def _tell_renewal(self, target: Target) -> None:
        old = target.renews
        account = f" of account {old.account_id}" if old and old.account_id else ""
        key_id = old.access_key_id if old and old.access_key_id else "an unknown key"
        self._talk.note(f"renewing s3://{target.bucket}/{target.key}, signed by {key_id}{account}")

    def told(self, link: Link) -> Link:
        """The same link, once its warnings are told; raises what `--strict` refuses to sign."""
        refused = next((w for w in link.warnings if w.code in _REFUSED_WHEN_STRICT), None)
        if self._strict and refused:
            raise _REFUSED_WHEN_STRICT[refused.code](refused.text, hint=refused.hint)
        for warning in link.warnings:
            self._talk.warning(warning)
        return link


def _shown(headers: Mapping[str, str]) -> Mapping[str, str | None]:
    if not headers:
        return {}
    from presign_cli.core.encryption import shown

    return shown(headers)


def _presigned(
    target: Target,
    request: Request,
    location: Location,
    credentials: Credentials,
    window: Window,
    *,
    url: str,
) -> Presigned:
    """What the new link says, as a reader of it would find."""
    query = dict(request.query)
    return Presigned(
        dialect="aws-sigv4" if location.algorithm == ALGORITHM else "aws-sigv4a",
        url=url,
        host=location.host,
        service=location.service,
        addressing=location.addressing,
        method=request.method,
        bucket=target.bucket,
        key=target.key,
        version_id=query.get("versionId"),
        region=location.region,
        access_key_id=credentials.access_key_id,
        credential_kind=credentials.kind,
        signed_at=window.signed_at,
        expires_at=window.expires_at,
        ttl_seconds=window.ttl_seconds,
        signed_headers=("host", *request.headers),
        response_overrides={name: value for name, value in query.items() if name.startswith("response-")},
    )

"""The session that signs for get, put and post-form; prints nothing but talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from presign_cli.aws.account import Account, Located, Signing, connect
from presign_cli.commands.renewing import renewal_note, renewal_warnings
from presign_cli.commands.runtime import Runtime
from presign_cli.commands.signing_options import SigningOptions, check_endpoint, life_wish_of, wishes_of
from presign_cli.commands.talk import Talk
from presign_cli.core.cautions import life_warnings, path_warnings
from presign_cli.core.credentials import Credentials
from presign_cli.core.life import usable_life
from presign_cli.core.link import Batch, Link, LinkWarning
from presign_cli.core.location import Location
from presign_cli.core.presigned import Presigned
from presign_cli.core.sigv4 import ALGORITHM
from presign_cli.core.target import Surroundings, Target
from presign_cli.core.timestamps import iso
from presign_cli.core.window import CLOCK_SKEW, LifeWish, Window
from presign_cli.errors import ExpiredError, InvalidError, UsageError
from presign_cli.settings import Settings

if TYPE_CHECKING:
    from presign_cli.core.verify import Candidate

Pairs = Sequence[tuple[str, str]]

_REFUSED_WHEN_STRICT = {
    "credentials-expire-first": ExpiredError,
    "expiry-unknown": ExpiredError,
    "already-expired": ExpiredError,
    "not-ours": InvalidError,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a link lets its user do: the method, the operation's own query, the headers that are owed."""

    method: str = "GET"
    query: Pairs = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def open_signer(options: SigningOptions, settings: Settings, *, runtime: Runtime, talk: Talk) -> "Signer":
    """The session that signs: no network yet. Raises UsageError and CredentialsError."""
    account = connect(wishes_of(options, settings), environ=runtime.environ, clock=runtime.clock)
    check_endpoint(options, settings, endpoint_url=account.endpoint_url)
    wish = life_wish_of(options, settings, runtime=runtime)
    return Signer(account, settings=settings, wish=wish, options=options, runtime=runtime, talk=talk)


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
            self._talk.note(renewal_note(target, target.renews))
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
            *self._renewal_warnings(target.renews, signing.credentials, request),
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
        self, old: Presigned | None, ours: Credentials, request: Request
    ) -> tuple[LinkWarning, ...]:
        return renewal_warnings(old, ours, self._keyring, method=request.method) if old else ()

    @cached_property
    def _keyring(self) -> "tuple[Candidate, ...]":
        """Every key that `inspect --verify` would try, read once."""
        from presign_cli.aws.keyring import candidates

        return tuple(candidates(environ=self._runtime.environ))

    def _tell_start(self) -> None:
        start = self._wish.not_before
        if start and start > self._runtime.now():
            self._talk.note(
                "servers allow for about 15 minutes of clock skew: the link may work from "
                f"{iso(start - CLOCK_SKEW)} on"
            )

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

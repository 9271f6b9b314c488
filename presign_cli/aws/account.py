"""Who signs and where: an AWS account as the flags, the environment and a profile describe it.

This is what commands talk to. Nothing here prints.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple, Protocol

from presign_cli.aws.cache import Cache, cache_folder
from presign_cli.aws.configuration import Configuration
from presign_cli.aws.endpoint import locate
from presign_cli.aws.source import Fixed, Source
from presign_cli.aws.static import read_static
from presign_cli.aws.where import region_for
from presign_cli.aws.wishes import Wishes
from presign_cli.core.credentials import Credentials
from presign_cli.core.encoding import Pairs
from presign_cli.core.endpoint_url import parse_endpoint_url
from presign_cli.core.link import LinkWarning
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import ALGORITHM, Presigner

Clock = Callable[[], datetime]
_SESSION_IS_WORTH = timedelta(seconds=150)


class Signs(Protocol):
    """What signs links of one location: `core.sigv4.Presigner`, or another algorithm's."""

    def urls(self, keys: Iterable[str], *, query: Pairs = ()) -> list[str]: ...


class Located(NamedTuple):
    """Where a bucket is served, and what was learnt on the way."""

    location: Location
    warnings: tuple[LinkWarning, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """A presigner, and the keys that it signs with: the account's own, or a session's made for it."""

    presigner: Signs
    credentials: Credentials
    warnings: tuple[LinkWarning, ...] = ()
    notes: tuple[str, ...] = ()

    def url(self, key: str, *, query: Pairs = ()) -> str:
        """The link of one key."""
        return self.urls((key,), query=query)[0]

    def urls(self, keys: Iterable[str], *, query: Pairs = ()) -> list[str]:
        """The links of many keys, which differ in nothing else."""
        return self.presigner.urls(keys, query=query)


def connect(wishes: Wishes, *, environ: Mapping[str, str], clock: Clock) -> "Account":
    """The account that these wishes mean. Reads files, no network.

    Raises CredentialsError for an unknown profile, UsageError for files that cannot be read.
    """
    static = read_static(wishes, environ=environ)
    if static:
        return _account(
            static.configuration, Fixed(static, clock=clock), wishes=wishes, environ=environ, clock=clock
        )
    from presign_cli.aws.chain import Chain
    from presign_cli.aws.session import apply_configuration, open_session, read_configuration

    session = open_session(wishes, environ=environ)
    configuration = read_configuration(session, wishes, environ=environ)
    apply_configuration(session, configuration)
    chain = Chain(session, environ=environ, clock=clock, cache=Cache(cache_folder(environ)))
    return _account(configuration, chain, wishes=wishes, environ=environ, clock=clock)


def _account(
    configuration: Configuration,
    source: Source,
    *,
    wishes: Wishes,
    environ: Mapping[str, str],
    clock: Clock,
) -> "Account":
    for url in (configuration.endpoint_url, wishes.public_url):
        if url:
            parse_endpoint_url(url)
    return Account(configuration, source, wishes=wishes, environ=environ, clock=clock)


class Account:
    """Credentials, locations and presigners of one profile, or of the environment's keys."""

    def __init__(
        self,
        configuration: Configuration,
        source: Source,
        *,
        wishes: Wishes,
        environ: Mapping[str, str],
        clock: Clock,
    ) -> None:
        self._configuration = configuration
        self._source = source
        self._wishes = wishes
        self._environ = environ
        self._clock = clock
        self._cache = Cache(cache_folder(environ))
        self._sessions: dict[str, Credentials] = {}

    @property
    def profile(self) -> str | None:
        """The profile that signs; None for keys of the environment, a container's or an instance's."""
        if self._source.method in ("env", "container-role", "iam-role"):
            return None
        return self._configuration.profile or "default"

    @property
    def endpoint_url(self) -> str | None:
        """The configured custom endpoint, from a flag, the environment or the profile."""
        return self._configuration.endpoint_url

    @property
    def configuration(self) -> Configuration:
        return self._configuration

    @property
    def ca_bundle(self) -> str | None:
        return self._configuration.ca_bundle

    @property
    def environ(self) -> Mapping[str, str]:
        return self._environ

    def credentials(self, *, until: datetime) -> Credentials:
        """As fresh as can be had for a link that lives until then. Raises CredentialsError."""
        return self._source.credentials(until=until)

    def locate(self, bucket: str, *, region: str | None = None) -> Located:
        """Where a bucket is served, or an access point given by its ARN.

        `region` is what the target itself says of it. Raises CredentialsError where nobody can sign: that is
        told before anything is asked over the network. Raises EndpointError and UsageError.
        """
        self._source.ready()
        where = region_for(
            bucket,
            told=region,
            wishes=self._wishes,
            configuration=self._configuration,
            cache=self._cache,
            now=self._clock(),
            environ=self._environ,
        )
        served = self._configuration
        if self._wishes.public_url:
            served = served._replace(endpoint_url=self._wishes.public_url)
        location = locate(bucket, served, region=where.region, addressing=self._wishes.addressing)
        return Located(location, where.warnings, where.notes)

    def presigner(
        self,
        located: Located,
        *,
        signed_at: datetime,
        ttl_seconds: int,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> Signing:
        """What signs links of this place: with fresh enough keys, by the algorithm that the place needs.

        Raises CredentialsError, and RefusedError where a directory bucket gives no session.
        """
        location = located.location
        credentials, presigner_of = self._signers(location, until=signed_at + timedelta(seconds=ttl_seconds))
        presigner = presigner_of(
            location,
            credentials,
            signed_at=signed_at,
            ttl_seconds=ttl_seconds,
            method=method,
            headers=headers,
        )
        notes = tuple(self._source.notes)
        self._source.notes.clear()
        return Signing(presigner, credentials, notes=notes)

    def _signers(self, location: Location, *, until: datetime) -> tuple[Credentials, Callable[..., Signs]]:
        """The keys that sign for a place, and what signs with them."""
        if location.service == "s3express":
            from presign_cli.aws.express import TOKEN_PARAMETER

            return self._session(location, until=until), partial(Presigner, token_parameter=TOKEN_PARAMETER)
        if location.algorithm == ALGORITHM:
            return self.credentials(until=until), Presigner
        from presign_cli.aws.sigv4a import AsymmetricPresigner

        return self.credentials(until=until), AsymmetricPresigner

    def _session(self, location: Location, *, until: datetime) -> Credentials:
        """A directory bucket's five minutes; a stream asks for new ones when half of them are over."""
        from presign_cli.aws.express import create_session

        now = self._clock()
        held = self._sessions.get(location.host)
        worth = min(until, now + _SESSION_IS_WORTH)
        if held is None or held.expires_at is None or held.expires_at < worth:
            own = self.credentials(until=now + _SESSION_IS_WORTH)
            held = create_session(
                location, own, now=now, environ=self._environ, ca_bundle=self._configuration.ca_bundle
            )
            self._sessions[location.host] = held
        return held

"""Credentials by botocore's own chain: every provider it has, in its order, as fresh as a link needs them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from presign_cli.aws import fresher
from presign_cli.aws.cache import Cache
from presign_cli.aws.expiry import told_expiry
from presign_cli.aws.failures import told_clearly
from presign_cli.aws.masking import one_line
from presign_cli.aws.providers import settle_chain
from presign_cli.aws.session import environment_of
from presign_cli.aws.source import checked
from presign_cli.core.credentials import Credentials
from presign_cli.errors import CredentialsError

if TYPE_CHECKING:
    from botocore.session import Session

_LIMIT_IS_KEPT = timedelta(days=1)
_WORTH_IT = timedelta(minutes=5)
"""The least that a new attempt has to promise: a stream asks at every block."""


class Chain:
    """A session's credentials; what was done to have them fresher is told in `notes`."""

    def __init__(
        self,
        session: "Session",
        *,
        environ: Mapping[str, str],
        clock: Callable[[], datetime],
        cache: Cache,
    ) -> None:
        self._session = session
        self._environ = environ
        self._clock = clock
        self._cache = cache
        self._loaded: Any = None
        self._held: Credentials | None = None
        self._best_life: timedelta | None = None
        self.notes: list[str] = []

    @property
    def method(self) -> str:
        """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`…"""
        return str(self._source().method)

    def ready(self) -> None:
        self._source()

    def credentials(self, *, until: datetime) -> Credentials:
        """Keys that are good until then where that can be had. Raises CredentialsError."""
        now = self._clock()
        if self._held and _covers(self._held, until):
            return self._held
        with environment_of(self._environ), told_clearly(self._session, loading=True):
            if self._held is None and self._starts_anew(until=until, now=now):
                self._fetch(until=until, now=now)
            else:
                self._held = self._later(self._held, self._as_botocore_has_them())
            held = self._held
            if held and not _covers(held, until) and self._may_be_fresher(held, now=now):
                self._fetch_if_possible(until=until, now=now)
        assert self._held is not None  # noqa: S101 # both branches set it, or raise
        return checked(self._held, now=now)

    def _source(self) -> Any:
        if self._loaded is None:
            with environment_of(self._environ), told_clearly(self._session, loading=True):
                settle_chain(self._session, environ=self._environ)
                self._loaded = self._session.get_credentials()
            if self._loaded is None:
                raise _none_found(self._session)
        return self._loaded

    def _starts_anew(self, *, until: datetime, now: datetime) -> bool:
        """Whether a role's first session is asked for at the length needed, rather than at the default."""
        source = self._source()
        if source.method not in fresher.STS_METHODS:
            return False
        fetcher = fresher.fetcher_of(source)
        needed = (until - now).total_seconds()
        return needed > fresher.default_duration(fetcher) and not fresher.has_usable_session(fetcher)

    def _as_botocore_has_them(self) -> Credentials:
        source = self._source()
        frozen = source.get_frozen_credentials()
        expires_at: datetime | None = getattr(source, "_expiry_time", None)
        if (
            expires_at is None
            and frozen.token
            and source.method in ("shared-credentials-file", "config-file")
        ):
            expires_at = told_expiry(self._session.get_scoped_config())
        return Credentials(
            frozen.access_key,
            frozen.secret_key,
            frozen.token or None,
            expires_at.astimezone(UTC) if expires_at else None,
        )

    def _may_be_fresher(self, held: Credentials, *, now: datetime) -> bool:
        if not fresher.can_be_fresher(self._source().method) or held.expires_at is None:
            return False
        return self._best_life is None or now + self._best_life > held.expires_at + _WORTH_IT

    def _fetch_if_possible(self, *, until: datetime, now: datetime) -> None:
        """Keeps what is held where there is no fresher: then the link's life is told shorter."""
        try:
            self._fetch(until=until, now=now)
        except Exception as error:
            self._best_life = timedelta(0)
            self.notes.append(f"no fresher credentials: {one_line(str(error))}")

    def _fetch(self, *, until: datetime, now: datetime) -> None:
        source = self._source()
        role = fresher.role_of(source) if source.method in fresher.STS_METHODS else None
        seconds = now.timestamp()
        kept = self._cache.read("role", role, now=seconds) if role else None
        limit = int(kept) if kept and kept.isdecimal() else None
        fresh = fresher.fetch(source, left=(until - now).total_seconds(), limit=limit)
        if role and fresh.limit and fresh.limit != limit:
            until_then = seconds + _LIMIT_IS_KEPT.total_seconds()
            self._cache.write("role", role, str(fresh.limit), until=until_then)
        self._held = self._later(self._held, _from_keys(fresh.keys))
        if self._held.expires_at:
            self._best_life = self._held.expires_at - now
        self.notes.append(fresh.note)

    @staticmethod
    def _later(held: Credentials | None, other: Credentials) -> Credentials:
        if held and held.expires_at and other.expires_at and held.expires_at >= other.expires_at:
            return held
        return other


def _covers(credentials: Credentials, until: datetime) -> bool:
    return credentials.expires_at is None or credentials.expires_at >= until


def _from_keys(keys: Mapping[str, Any]) -> Credentials:
    from botocore.utils import parse_timestamp

    expires_at = parse_timestamp(keys["expiry_time"]).astimezone(UTC)
    return Credentials(keys["access_key"], keys["secret_key"], keys["token"], expires_at)


def _none_found(session: "Session") -> CredentialsError:
    profile = session.instance_variables().get("profile")
    where = f"in profile `{profile}`" if profile else "found"
    hint = f"aws configure --profile {profile}" if profile else "aws configure"
    return CredentialsError(f"no AWS credentials {where}", hint=hint)

"""Credentials by botocore's own chain: every provider it has, in its order, with the expiry they tell."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from presign_cli.aws.failures import told_clearly
from presign_cli.aws.prompts import settle_chain
from presign_cli.aws.session import environment_of
from presign_cli.aws.source import checked
from presign_cli.core.credentials import Credentials
from presign_cli.errors import CredentialsError

if TYPE_CHECKING:
    from botocore.session import Session


class Chain:
    """A session's credentials, loaded once."""

    def __init__(self, session: "Session", *, environ: Mapping[str, str]) -> None:
        self._session = session
        self._environ = environ
        self._loaded: Any = None

    @property
    def method(self) -> str:
        """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`…"""
        return str(self._source().method)

    def credentials(self) -> Credentials:
        """The keys as they are now. Raises CredentialsError."""
        with environment_of(self._environ), told_clearly(self._session, loading=True):
            source = self._source()
            frozen = source.get_frozen_credentials()
            expires_at: datetime | None = getattr(source, "_expiry_time", None)
        return checked(
            Credentials(
                frozen.access_key,
                frozen.secret_key,
                frozen.token or None,
                expires_at.astimezone(UTC) if expires_at else None,
            )
        )

    def _source(self) -> Any:
        if self._loaded is None:
            with environment_of(self._environ), told_clearly(self._session, loading=True):
                settle_chain(self._session, environ=self._environ)
                self._loaded = self._session.get_credentials()
            if self._loaded is None:
                profile = self._session.instance_variables().get("profile")
                where = f"in profile `{profile}`" if profile else "found"
                raise CredentialsError(
                    f"no AWS credentials {where}",
                    hint=f"aws configure --profile {profile}" if profile else "aws configure",
                )
        return self._loaded

"""Where credentials come from: what every source can do, and the one whose keys never change."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from presign_cli.aws.static import Static
from presign_cli.core.credentials import Credentials
from presign_cli.core.timestamps import iso
from presign_cli.errors import CredentialsError


class Source(Protocol):
    """Something that gives keys."""

    @property
    def method(self) -> str:
        """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`…"""

    notes: list[str]
    """What was done to have fresher keys, for those who ask."""

    def ready(self) -> None:
        """Raises CredentialsError where there is nobody to sign; calls nobody who is not asked anyway."""

    def credentials(self, *, until: datetime) -> Credentials:
        """Keys that are good until then where that can be had. Raises CredentialsError."""


class Fixed:
    """Keys that were read once, by the fast path."""

    def __init__(self, static: Static, *, clock: Callable[[], datetime]) -> None:
        self.method = static.method
        self.notes: list[str] = []
        self._credentials = static.credentials
        self._clock = clock

    def ready(self) -> None:
        pass

    def credentials(self, *, until: datetime) -> Credentials:
        return checked(self._credentials, now=self._clock())


def checked(credentials: Credentials, *, now: datetime) -> Credentials:
    """S3 refuses every link of a temporary key without its token, or past its end, so none is made."""
    if credentials.expires_at and credentials.expires_at <= now:
        raise CredentialsError(
            f"the credentials of `{credentials.access_key_id}` expired at {iso(credentials.expires_at)}",
            hint="renew them, or sign by another profile: --profile NAME",
        )
    if credentials.access_key_id.startswith("ASIA") and credentials.session_token is None:
        raise CredentialsError(
            f"`{credentials.access_key_id}` is a temporary key, and its session token is missing",
            hint="export AWS_SESSION_TOKEN=…, or add aws_session_token to the profile",
        )
    return credentials

"""Where credentials come from: what every source can do, and the one whose keys never change."""

from typing import Protocol

from presign_cli.aws.static import Static
from presign_cli.core.credentials import Credentials
from presign_cli.errors import CredentialsError


class Source(Protocol):
    """Something that gives keys."""

    @property
    def method(self) -> str:
        """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`…"""

    def credentials(self) -> Credentials:
        """The keys as they are now. Raises CredentialsError."""


class Fixed:
    """Keys that were read once, by the fast path."""

    def __init__(self, static: Static) -> None:
        self.method = static.method
        self._credentials = static.credentials

    def credentials(self) -> Credentials:
        return checked(self._credentials)


def checked(credentials: Credentials) -> Credentials:
    """S3 refuses every link of a temporary key without its token, so none is made."""
    if credentials.access_key_id.startswith("ASIA") and credentials.session_token is None:
        raise CredentialsError(
            f"`{credentials.access_key_id}` is a temporary key, and its session token is missing",
            hint="export AWS_SESSION_TOKEN=…, or add aws_session_token to the profile",
        )
    return credentials

"""A home folder of its own for each test, and accounts that are read from it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from presign_cli.aws.account import Account, connect
from presign_cli.aws.wishes import Wishes


class Home:
    """A user's home: files under `.aws`, and what the environment says beside `HOME`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environ = {
            "HOME": str(path),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(path / ".aws/config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(path / ".aws/credentials"),
        }
        (path / ".aws").mkdir()

    def config(self, text: str) -> None:
        (self.path / ".aws/config").write_text(text)

    def shared_credentials(self, text: str) -> None:
        (self.path / ".aws/credentials").write_text(text)

    def account(self, *, clock: Callable[[], datetime] | None = None, **wishes: Any) -> Account:
        return connect(
            Wishes(**{"detect": False, **wishes}),
            environ=self.environ,
            clock=clock or (lambda: datetime.now(UTC)),
        )

"""What can go wrong: one class an exit code, each with what was wrong and a command that would work.

    PresignError          1  unexpected
    ├── UsageError        2  usage
    ├── CredentialsError  3  credentials
    ├── EndpointError     4  endpoint
    ├── ExpiredError      5  expired
    ├── InvalidError      6  invalid
    └── RefusedError      7  refused

Nothing here prints or exits: `app` renders an error once, at its boundary.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process ends with; the lower-case name is the `code` of a JSON error."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    CREDENTIALS = 3
    ENDPOINT = 4
    EXPIRED = 5
    INVALID = 6
    REFUSED = 7
    INTERRUPTED = 130


EXIT_MEANINGS = {
    ExitCode.OK: "the result is on stdout",
    ExitCode.UNEXPECTED: "a bug: --debug shows where",
    ExitCode.USAGE: "a bad option, TTL, target, bucket or size, or text that is no URL",
    ExitCode.CREDENTIALS: "no credentials, an unknown profile, an expired login, a missing extra for them",
    ExitCode.ENDPOINT: "the region or the endpoint cannot be resolved",
    ExitCode.EXPIRED: "an inspected link that is not alive, or for long enough; --strict refused to sign",
    ExitCode.INVALID: "an inspected link that is unsigned, malformed, wrong or altered",
    ExitCode.REFUSED: "S3 said no, or could not be reached",
    ExitCode.INTERRUPTED: "Ctrl-C",
}
"""When the process ends with what, for the manuals."""


class PresignError(Exception):
    """An error for a person: `text` names the thing and its value, `hint` a command that would work.

    Both are one line, lower case, without a full stop, and never hold a secret.
    """

    exit_code = ExitCode.UNEXPECTED

    def __init__(self, text: str, *, hint: str) -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint


class UsageError(PresignError):
    """A bad option, TTL, target, bucket or size, or text that is no URL."""

    exit_code = ExitCode.USAGE


class CredentialsError(PresignError):
    """No credentials, an unknown profile, an expired login, a missing extra for them."""

    exit_code = ExitCode.CREDENTIALS


class EndpointError(PresignError):
    """The region or the endpoint cannot be resolved."""

    exit_code = ExitCode.ENDPOINT


class ExpiredError(PresignError):
    """A link that is not alive now, or would not live as long as `--strict` demands."""

    exit_code = ExitCode.EXPIRED


class InvalidError(PresignError):
    """A link that no server would accept, whatever the time."""

    exit_code = ExitCode.INVALID


class RefusedError(PresignError):
    """S3 said no, or could not be reached."""

    exit_code = ExitCode.REFUSED

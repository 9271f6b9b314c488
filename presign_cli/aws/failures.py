"""botocore's exceptions in our words: each as an error with its exit code and a command that would work."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

from presign_cli.errors import CredentialsError, PresignError

if TYPE_CHECKING:
    from botocore.session import Session


@contextmanager
def told_clearly(session: "Session") -> Iterator[None]:
    """Raises what botocore raises inside as a PresignError."""
    from botocore.exceptions import BotoCoreError

    try:
        yield
    except BotoCoreError as error:
        raise translated(error, session) from error


def translated(error: Exception, session: "Session") -> PresignError:
    """The error for a person that says what botocore's says."""
    from botocore.exceptions import ProfileNotFound

    if isinstance(error, ProfileNotFound):
        return _unknown_profile(str(error.kwargs["profile"]), session)
    return CredentialsError(one_line(str(error)), hint="aws configure list")


def one_line(text: str) -> str:
    """A foreign message as one of ours: one line, printable, lower case, no full stop."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return (words[:1].lower() + words[1:]).rstrip(".")


def _unknown_profile(name: str, session: "Session") -> CredentialsError:
    known = session.available_profiles
    near = get_close_matches(name, known, n=1)
    hint = f"--profile {near[0]}" if near else "aws configure list-profiles"
    return CredentialsError(f"no profile `{name}` in the AWS configuration", hint=hint)

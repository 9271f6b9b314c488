"""botocore's exceptions in our words: each as an error with its exit code and a command that would work."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

from presign_cli.aws.masking import one_line
from presign_cli.errors import CredentialsError, PresignError

if TYPE_CHECKING:
    from botocore.session import Session

CRT_EXTRA = "pip install 'presign-cli[crt]'"


@contextmanager
def told_clearly(session: "Session", *, loading: bool = False) -> Iterator[None]:
    """Raises what botocore raises inside as a PresignError.

    While credentials are `loading`, what a credential process, a token file or a metadata service gives can
    raise anything: a process that prints a list is an AttributeError.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except PresignError:
        raise
    except (BotoCoreError, ClientError) as error:
        raise translated(error, session) from error
    except Exception as error:
        if not loading:
            raise
        raise translated(error, session) from error


def translated(error: Exception, session: "Session") -> PresignError:
    """The error for a person that says what botocore's says."""
    from botocore import exceptions as b

    profile = session.instance_variables().get("profile") or session.get_config_variable("profile")
    flag = f" --profile {profile}" if profile else ""
    kwargs = getattr(error, "kwargs", {})
    match error:
        case b.ProfileNotFound():
            return _unknown_profile(str(kwargs["profile"]), session)
        case b.ConfigParseError():
            return _malformed_file(kwargs["path"], kwargs["error"])
        case b.PartialCredentialsError():
            where = "the environment" if kwargs["provider"] == "env" else f"profile `{profile or 'default'}`"
            text = f"the credentials of {where} lack `{kwargs['cred_var']}`"
            return CredentialsError(text, hint=f"aws configure{flag}")
        case b.SSOError() | b.TokenRetrievalError():
            text = f"the SSO login of profile `{profile or 'default'}` is missing or has expired"
            return CredentialsError(text, hint=f"aws sso login{flag}")
        case b.LoginInsufficientPermissions():
            return CredentialsError(
                f"`aws login` was refused: {one_line(str(error))}", hint=f"aws login{flag}"
            )
        case b.LoginError():
            text = f"the login session of profile `{profile or 'default'}` is missing or has expired"
            return CredentialsError(text, hint=f"aws login{flag}")
        case b.MissingDependencyException():
            return CredentialsError("`aws login` profiles need the extra `crt`", hint=CRT_EXTRA)
        case b.RefreshWithMFAUnsupportedError():
            text = "the session that an MFA code gave has expired"
            return CredentialsError(text, hint="run the command again, for a new code")
        case b.CredentialRetrievalError():
            return _not_retrieved(str(kwargs["provider"]), str(kwargs["error_msg"]), profile, flag)
        case b.ClientError():
            return _refused(error, flag)
        case RuntimeError() if "still expired" in str(error):
            text = f"the credentials of {_whose(profile)} have expired"
            return CredentialsError(text, hint=f"renew them, then aws sts get-caller-identity{flag}")
        case b.BotoCoreError() | OSError():
            return CredentialsError(one_line(str(error)), hint=f"aws configure list{flag}")
        case _:
            what = f"{type(error).__name__}: {error}"
            text = f"the credentials of {_whose(profile)} cannot be read: {one_line(what)}"
            return CredentialsError(text, hint=f"aws sts get-caller-identity{flag}")


def _whose(profile: str | None) -> str:
    return f"profile `{profile}`" if profile else "the default chain"


def _unknown_profile(name: str, session: "Session") -> CredentialsError:
    near = get_close_matches(name, session.available_profiles, n=1)
    hint = f"--profile {near[0]}" if near else "aws configure list-profiles"
    return CredentialsError(f"no profile `{name}` in the AWS configuration", hint=hint)


def _malformed_file(path: str, error: object) -> CredentialsError:
    """File, line and what is wrong there, but never the line itself: it may be the one with the secret."""
    line = _line_of(path, error)
    where = f"`{path}`, line {line}" if line else f"`{path}`"
    kind = {
        "MissingSectionHeaderError": "no [profile NAME] stands above it",
        "DuplicateSectionError": "this section is there twice",
        "DuplicateOptionError": "this key is there twice",
        "UnicodeDecodeError": "it is not UTF-8",
    }
    what = kind.get(type(error).__name__, "it is no `name = value`")
    editor = f"sed -n {line}p {path}" if line else f"file {path}"
    return CredentialsError(f"cannot read {where}: {what}", hint=editor)


def _line_of(path: str, error: object) -> int | None:
    if line := getattr(error, "lineno", None):
        return int(line)
    if places := getattr(error, "errors", None):
        return int(places[0][0])
    if isinstance(error, UnicodeDecodeError):
        return error.object.count(b"\n", 0, error.start) + 1
    return _line_of_broken_nesting(path)


def _line_of_broken_nesting(path: str) -> int | None:
    """botocore reads indented lines below an empty value as `name = value`, and tells no place."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 # botocore has expanded the path
        lines = enumerate(file, 1)
        return next((n for n, line in lines if line[:1] in " \t" and line.strip() and "=" not in line), None)


def _not_retrieved(provider: str, message: str, profile: str | None, flag: str) -> CredentialsError:
    told = one_line(message)
    if provider == "custom-process":
        text = f"the credential process of profile `{profile or 'default'}` failed"
        return CredentialsError(
            f"{text}: {told}" if told else text, hint=f"aws configure get credential_process{flag}"
        )
    return CredentialsError(f"no credentials by `{provider}`: {told}", hint=f"aws configure list{flag}")


def _refused(error: Exception, flag: str) -> CredentialsError:
    """STS's or SSO's own words: they name who may not do what."""
    response = getattr(error, "response", {})
    told = response.get("Error", {})
    operation = getattr(error, "operation_name", "the call")
    code, message = told.get("Code", "unknown"), one_line(str(told.get("Message", "")))
    text = f"{operation} was refused: {code}: {message}" if message else f"{operation} was refused: {code}"
    return CredentialsError(text, hint=f"aws sts get-caller-identity{flag}")

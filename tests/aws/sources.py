"""Every source of credentials that there is, set up for real: what the README's table of them says is tested.

`python -m tests.aws.sources` prints that table.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.aws.fake_aws import HOUR, FakeAws, Role
from tests.aws.home import Home

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
ROLE = "arn:aws:iam::123456789012:role/support"
STATIC_PROFILE = f"[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
TEMPORARY = (
    f"aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\naws_session_token = t\n"
)
START_URL = "https://corp.awsapps.com/start"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the table: `expiry` and `fresher` are the words that the README shows."""

    name: str
    prepare: Callable[[Home, FakeAws], None]
    expiry: str
    fresher: str


def _in_an_hour(home: Home) -> str:
    return f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"


def long_lived(home: Home, aws: FakeAws) -> None:
    home.shared_credentials(STATIC_PROFILE.replace("base", "p"))


def environment(home: Home, aws: FakeAws) -> None:
    home.environ |= {
        "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_SESSION_TOKEN": "t",
    }


def environment_with_expiration(home: Home, aws: FakeAws) -> None:
    environment(home, aws)
    home.environ["AWS_CREDENTIAL_EXPIRATION"] = _in_an_hour(home)


def pasted_session(home: Home, aws: FakeAws) -> None:
    home.shared_credentials(f"[p]\n{TEMPORARY}")


def written_session(home: Home, aws: FakeAws) -> None:
    home.shared_credentials(f"[p]\n{TEMPORARY}x_security_token_expires = {_in_an_hour(home)}\n")


def _process(home: Home, **more: str) -> None:
    keys = {"AccessKeyId": "ASIAIOSFODNN7EXAMPLE", "SecretAccessKey": SECRET, "SessionToken": "t"}
    program = home.path / "process.py"
    program.write_text(f"print({json.dumps({'Version': 1, **keys, **more})!r})")
    home.config(f"[profile p]\ncredential_process = {sys.executable} {program}\n")


def process(home: Home, aws: FakeAws) -> None:
    _process(home, Expiration=_in_an_hour(home))


def process_without_expiration(home: Home, aws: FakeAws) -> None:
    _process(home)


def _token(home: Home, name: str, **more: str) -> None:
    folder = home.path / ".aws/sso/cache"
    folder.mkdir(parents=True)
    token = {"accessToken": "sso-access-token", "expiresAt": _in_an_hour(home), "startUrl": START_URL, **more}
    (folder / f"{hashlib.sha1(name.encode()).hexdigest()}.json").write_text(json.dumps(token))


def sso(home: Home, aws: FakeAws) -> None:
    home.config(
        "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = support\n"
        f"[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = {START_URL}\n"
    )
    _token(home, "corp")


def legacy_sso(home: Home, aws: FakeAws) -> None:
    home.config(
        "[profile p]\nsso_account_id = 123456789012\nsso_role_name = support\n"
        f"sso_region = eu-west-1\nsso_start_url = {START_URL}\n"
    )
    _token(home, START_URL)


def login(home: Home, aws: FakeAws) -> None:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()).decode()
    session = "arn:aws:iam::123456789012:user/ada"
    home.config(f"[profile p]\nlogin_session = {session}\nregion = eu-west-1\n")
    soon = datetime.now(UTC) + timedelta(minutes=6)
    token = {
        "accessToken": {
            "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
            "secretAccessKey": SECRET,
            "sessionToken": "t",
            "accountId": "123456789012",
            "expiresAt": f"{soon:%Y-%m-%dT%H:%M:%SZ}",
        },
        "refreshToken": "first",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "dpopKey": pem,
    }
    folder = home.path / ".aws/login/cache"
    folder.mkdir(parents=True)
    (folder / f"{hashlib.sha256(session.encode()).hexdigest()}.json").write_text(json.dumps(token))


def role(home: Home, aws: FakeAws) -> None:
    home.shared_credentials(STATIC_PROFILE)
    home.config(f"[profile p]\nrole_arn = {ROLE}\nsource_profile = base\nregion = eu-west-1\n")
    aws.roles.setdefault(ROLE, Role(12 * HOUR))


def chained_role(home: Home, aws: FakeAws) -> None:
    role(home, aws)
    second = f"{ROLE}-2"
    aws.roles.setdefault(second, Role(12 * HOUR))
    home.config(
        f"[profile one]\nrole_arn = {ROLE}\nsource_profile = base\nregion = eu-west-1\n"
        f"[profile p]\nrole_arn = {second}\nsource_profile = one\nregion = eu-west-1\n"
    )


def web_identity(home: Home, aws: FakeAws) -> None:
    token = home.path / "token"
    token.write_text("a.jwt.token")
    home.config(f"[profile p]\nrole_arn = {ROLE}\nweb_identity_token_file = {token}\nregion = eu-west-1\n")
    aws.roles.setdefault(ROLE, Role(12 * HOUR))


def container(home: Home, aws: FakeAws) -> None:
    home.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = f"{aws.url}/container"


def instance(home: Home, aws: FakeAws) -> None:
    home.environ |= {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": aws.url}


ANEW = "fetched anew"
SOURCES = (
    SourceRow("long-lived keys (files, environment)", long_lived, "never ends", "not needed"),
    SourceRow("session keys in the environment", environment, "no", "no"),
    SourceRow("… with `AWS_CREDENTIAL_EXPIRATION`", environment_with_expiration, "yes", "no"),
    SourceRow("session keys in the shared files", pasted_session, "no", "no"),
    SourceRow("… with `x_security_token_expires` and its cousins", written_session, "yes", "no"),
    SourceRow("credential process", process, "yes", "no"),
    SourceRow("… that tells no `Expiration`", process_without_expiration, "no", "no"),
    SourceRow("IAM Identity Center (`sso_session`)", sso, "yes", ANEW),
    SourceRow("IAM Identity Center (legacy)", legacy_sso, "yes", ANEW),
    SourceRow("`aws login` (extra `crt`)", login, "yes", "rotated, to 15 min"),
    SourceRow("role (`source_profile`, MFA)", role, "yes", "assumed for the link's length"),
    SourceRow("chained role", chained_role, "yes", "assumed for 1 h"),
    SourceRow("web identity", web_identity, "yes", "assumed for the link's length"),
    SourceRow("container (ECS, EKS)", container, "yes", ANEW),
    SourceRow("instance (EC2)", instance, "yes", ANEW),
)


def table() -> str:
    """The README's table, in Markdown."""
    lines = ["| credentials | expiry known | made fresher |", "|---|---|---|"]
    lines += [f"| {row.name} | {row.expiry} | {row.fresher} |" for row in SOURCES]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())

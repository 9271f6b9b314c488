"""Keys for verification: from the environment, profiles, and the caches, whose names botocore gives."""

import json

import pytest
from botocore.credentials import AssumeRoleCredentialFetcher, SSOCredentialFetcher
from botocore.utils import generate_login_cache_key

from presign_cli.aws.keyring import candidates
from presign_cli.errors import CredentialsError

ROLE = "arn:aws:iam::123456789012:role/support"


@pytest.fixture
def home(tmp_path):
    (tmp_path / ".aws" / "cli" / "cache").mkdir(parents=True)
    (tmp_path / ".aws" / "login" / "cache").mkdir(parents=True)
    return tmp_path


def write(home, name, text):
    (home / ".aws" / name).write_text(text)


def session(home, name, key_id):
    keys = {
        "AccessKeyId": key_id,
        "SecretAccessKey": "s",
        "SessionToken": "t",
        "Expiration": "2026-11-24T13:00:00Z",
    }
    write(home, f"cli/cache/{name}.json", json.dumps({"Credentials": keys, "ProviderType": "sso"}))


def found(home, **environ):
    keys = candidates(environ={"HOME": str(home), **environ})
    return [(each.credentials.access_key_id, each.profile, each.source) for each in keys]


def test_environment_comes_first(home):
    write(home, "credentials", "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s\n")
    assert found(home, AWS_ACCESS_KEY_ID="AKIAENV", AWS_SECRET_ACCESS_KEY="s") == [
        ("AKIAENV", None, "environment"),
        ("AKIAFILE", "default", "profile"),
    ]


def test_profiles_of_both_files(home):
    write(home, "credentials", "[a]\naws_access_key_id=AKIAA\naws_secret_access_key=s\naws_session_token=t\n")
    nested = "[profile b]\ns3 =\n  addressing_style = path\n"
    other = "[sso-session x]\nsso_region=eu-west-1\n"
    write(home, "config", f"{nested}aws_access_key_id=AKIAB\naws_secret_access_key=s\n{other}")
    assert sorted(found(home)) == [("AKIAA", "a", "profile"), ("AKIAB", "b", "profile")]


def test_role_session_in_the_cache_has_its_profile(home):
    fetcher = AssumeRoleCredentialFetcher(
        None, None, ROLE, extra_args={"ExternalId": "x", "DurationSeconds": 900}
    )
    session(home, fetcher._create_cache_key(), "ASIAROLE")
    settings = f"role_arn={ROLE}\nsource_profile=a\nexternal_id=x\nduration_seconds=900\n"
    write(
        home, "config", f"[profile support]\n{settings}[profile other]\nrole_arn={ROLE}\nsource_profile=a\n"
    )
    assert found(home) == [("ASIAROLE", "support", "profile")]


@pytest.mark.parametrize("modern", [True, False])
def test_sso_session_in_the_cache_has_its_profile(home, modern):
    url = "https://example.awsapps.com/start"
    fetcher = SSOCredentialFetcher(
        url, "eu-west-1", "Support", "123456789012", None, sso_session_name="corp" if modern else None
    )
    session(home, fetcher._create_cache_key(), "ASIASSO")
    how = "sso_session=corp" if modern else f"sso_start_url={url}"
    write(home, "config", f"[profile sso]\n{how}\nsso_account_id=123456789012\nsso_role_name=Support\n")
    assert found(home) == [("ASIASSO", "sso", "profile")]


def test_login_session_in_the_cache_has_its_profile(home):
    arn = "arn:aws:iam::123456789012:user/anna"
    token = {"accessToken": {"accessKeyId": "ASIALOGIN", "secretAccessKey": "s", "sessionToken": "t"}}
    write(home, f"login/cache/{generate_login_cache_key(arn)}.json", json.dumps(token))
    write(home, "config", f"[profile me]\nlogin_session={arn}\n")
    assert found(home) == [("ASIALOGIN", "me", "profile")]


def test_session_of_no_profile_is_found_too(home):
    session(home, "0" * 40, "ASIAELSE")
    assert found(home) == [("ASIAELSE", None, "profile")]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"Credentials": 3}', "[" * 100_000, "\x00"])
def test_what_cannot_be_read_is_left_out(home, text):
    write(home, "cli/cache/x.json", text)
    write(home, "config", text)
    assert found(home) == []


def test_one_profile_alone(home):
    write(home, "credentials", "[a]\naws_access_key_id=AKIAA\naws_secret_access_key=s\n")
    environ = {"HOME": str(home), "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"}
    assert [each.profile for each in candidates(environ=environ, profile="a")] == ["a"]
    with pytest.raises(CredentialsError, match="no profile `b`"):
        list(candidates(environ=environ, profile="b"))

"""How long the credentials of every source live, and how fresh they can be had, against a strict AWS."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from presign_cli.aws.account import Account
from presign_cli.core.credentials import Credentials
from presign_cli.core.life import usable_life
from presign_cli.errors import CredentialsError
from tests.aws import sources
from tests.aws.fake_aws import HOUR, FakeAws, Role
from tests.aws.home import Home
from tests.aws.sources import ROLE, SOURCES, SourceRow

IN_ENVIRONMENT = (
    sources.environment,
    sources.environment_with_expiration,
    sources.container,
    sources.instance,
)


def account(home: Home, row: SourceRow | None = None) -> Account:
    profile = None if row and row.prepare in IN_ENVIRONMENT else "p"
    return home.account(profile=profile, region="eu-west-1")


def signed_for(account: Account, seconds: int) -> tuple[Credentials, datetime]:
    """The keys for a link of that many seconds, dated as commands date it: before anything is asked."""
    signed_at = datetime.now(UTC).replace(microsecond=0)
    until = signed_at + timedelta(seconds=seconds)
    return account.credentials(until=until), until


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: row.prepare.__name__)
def test_every_source_tells_its_end_or_that_it_is_unknown(home: Home, aws: FakeAws, row: SourceRow):
    row.prepare(home, aws)
    credentials, until = signed_for(account(home, row), 60)
    life = usable_life(credentials, signed_at=until - timedelta(seconds=60), ttl_seconds=60)
    expected = {"yes": "ttl", "no": "unknown", "never ends": "ttl"}[row.expiry]
    assert life.limited_by == expected
    assert (credentials.expires_at is not None) == (row.expiry == "yes")


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: row.prepare.__name__)
def test_a_link_longer_than_the_session_is_covered_where_the_table_says_so(
    home: Home, aws: FakeAws, row: SourceRow
):
    row.prepare(home, aws)
    ours = account(home, row)
    first, _ = signed_for(ours, 60)
    aws.lifetime = timedelta(hours=6)
    later, until = signed_for(ours, 4 * HOUR)
    if row.fresher != "assumed for 1 h":  # as long as the first: see below
        assert (later.access_key_id != first.access_key_id) == (row.fresher not in ("no", "not needed"))
    if row.fresher in ("fetched anew", "assumed for the link's length"):
        assert later.expires_at is not None
        assert later.expires_at >= until
    elif row.fresher == "rotated, to 15 min":
        assert later.expires_at is not None
        assert timedelta(minutes=14) < later.expires_at - datetime.now(UTC) <= timedelta(minutes=15)


def test_a_four_hour_link_is_signed_by_a_four_hour_session(home: Home, aws: FakeAws):
    sources.role(home, aws)
    credentials, until = signed_for(account(home), 4 * HOUR)
    assert aws.asked == [4 * HOUR]
    assert credentials.expires_at is not None
    assert timedelta(0) <= credentials.expires_at - until < timedelta(seconds=5)


@pytest.mark.parametrize("hours", [1, 2, 4, 8, 11, 12])
def test_a_two_day_link_is_signed_by_the_longest_session_that_the_role_gives(
    home: Home, aws: FakeAws, hours: int
):
    aws.roles[ROLE] = Role(hours * HOUR)
    sources.role(home, aws)
    credentials, until = signed_for(account(home), 2 * 86400)
    assert credentials.expires_at is not None
    lifetime = credentials.expires_at - (until - timedelta(days=2))
    assert timedelta(0) <= lifetime - timedelta(hours=hours) < timedelta(seconds=5)
    life = usable_life(credentials, signed_at=until - timedelta(days=2), ttl_seconds=2 * 86400)
    assert life.limited_by == "credentials"
    assert len(aws.asked) <= 5


def test_the_limit_found_is_remembered(home: Home, aws: FakeAws):
    aws.roles[ROLE] = Role(8 * HOUR)
    sources.role(home, aws)
    signed_for(account(home), 2 * 86400)
    aws.asked.clear()
    (home.path / ".aws/cli/cache").rename(home.path / "elsewhere")
    signed_for(account(home), 2 * 86400)
    assert aws.asked == [8 * HOUR]


def test_a_chained_role_is_assumed_for_an_hour(home: Home, aws: FakeAws):
    sources.chained_role(home, aws)
    credentials, until = signed_for(account(home), 4 * HOUR)
    assert aws.asked == [HOUR, 4 * HOUR, HOUR]
    assert credentials.expires_at is not None
    lifetime = credentials.expires_at - (until - timedelta(hours=4))
    assert timedelta(0) <= lifetime - timedelta(hours=1) < timedelta(seconds=5)


def test_a_session_that_the_aws_cli_keeps_is_used_while_it_is_long_enough(home: Home, aws: FakeAws):
    sources.role(home, aws)
    first, _ = signed_for(account(home), 60)
    again, _ = signed_for(account(home), 60)
    assert again.access_key_id == first.access_key_id
    longer, _ = signed_for(account(home), 4 * HOUR)
    assert longer.access_key_id != first.access_key_id
    assert aws.asked == [HOUR, 4 * HOUR]


def test_a_profiles_own_duration_is_kept_where_it_is_longer(home: Home, aws: FakeAws):
    sources.role(home, aws)
    config = home.path / ".aws/config"
    config.write_text(f"{config.read_text()}duration_seconds = {2 * HOUR}\n")
    signed_for(account(home), 60)
    assert aws.asked == [2 * HOUR]


def test_a_stream_does_not_ask_again_and_again_for_what_cannot_be_had(home: Home, aws: FakeAws):
    sources.role(home, aws)
    aws.roles[ROLE] = Role(HOUR)
    ours = account(home)
    for _ in range(20):
        signed_for(ours, 2 * 86400)
    assert len(aws.asked) <= 5


def test_what_was_done_is_told(home: Home, aws: FakeAws):
    sources.role(home, aws)
    aws.roles[ROLE] = Role(2 * HOUR)
    ours = account(home)
    located = ours.locate("bkt")
    signing = ours.presigner(located, signed_at=datetime.now(UTC), ttl_seconds=4 * HOUR)
    assert signing.notes == (f"`{ROLE}` was assumed anew; it gives sessions of 120 min at most",)
    assert ours.presigner(located, signed_at=datetime.now(UTC), ttl_seconds=60).notes == ()


def test_a_role_that_may_not_be_assumed_is_told_in_stss_own_words(home: Home, aws: FakeAws):
    sources.role(home, aws)
    aws.roles.clear()
    with pytest.raises(CredentialsError, match="is not authorized to perform: sts:AssumeRole"):
        signed_for(account(home), 4 * HOUR)


def test_where_fresher_is_refused_the_session_held_serves(home: Home, aws: FakeAws):
    sources.role(home, aws)
    ours = account(home)
    first, _ = signed_for(ours, 60)
    aws.roles.clear()
    assert signed_for(ours, 4 * HOUR)[0] == first


def test_one_mfa_code_serves_until_a_session_is_given(
    home: Home, aws: FakeAws, monkeypatch: pytest.MonkeyPatch
):
    """The terminal is the only thing replaced: a test run has none."""
    asked: list[str] = []

    def terminal(environ: object) -> object:
        return lambda prompt: asked.append(prompt) or f"{len(asked):06d}"

    monkeypatch.setattr("presign_cli.aws.providers.mfa_prompter", terminal)
    sources.role(home, aws)
    aws.roles[ROLE] = Role(4 * HOUR, mfa=True)
    config = home.path / ".aws/config"
    config.write_text(f"{config.read_text()}mfa_serial = arn:aws:iam::123456789012:mfa/ada\n")
    credentials, until = signed_for(account(home), 4 * HOUR)
    assert credentials.expires_at is not None
    assert credentials.expires_at >= until
    assert len(asked) == 1


def test_a_dead_sso_token_says_how_to_log_in(home: Home, aws: FakeAws):
    sources.sso(home, aws)
    aws.sso_token = "another"
    with pytest.raises(CredentialsError) as error:
        signed_for(account(home), 60)
    assert error.value.hint == "aws sso login --profile p"


def test_an_instances_keys_end_when_they_end_and_not_when_botocore_hopes(home: Home, aws: FakeAws):
    sources.instance(home, aws)
    aws.lifetime = timedelta(minutes=16)
    credentials, _ = signed_for(home.account(region="eu-west-1"), HOUR)
    assert credentials.expires_at is not None
    assert credentials.expires_at - datetime.now(UTC) <= timedelta(minutes=16)


def test_a_metadata_service_that_does_not_answer_costs_a_second(home: Home):
    import time

    home.environ |= {
        "AWS_EC2_METADATA_DISABLED": "false",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://203.0.113.1",  # RFC 5737: nobody is there
    }
    started = time.monotonic()
    with pytest.raises(CredentialsError, match="no AWS credentials found"):
        signed_for(home.account(region="eu-west-1"), 60)
    assert time.monotonic() - started < 5


def test_the_tables_words_are_known():
    assert {row.expiry for row in SOURCES} == {"yes", "no", "never ends"}
    assert sources.table().count("\n") == len(SOURCES) + 1


@pytest.mark.parametrize(
    "line",
    [
        "x_security_token_expires = 2099-01-02T00:47:31+02:00",
        "aws_expiration = 2099-01-01T22:47:31.000Z",
        "expiration = 2099-01-01 22:47:31",
        "aws_session_token_expiration = 4070990851",
        "x_security_token_expires = 2099-01-01T22:47:31+0000",
    ],
)
@pytest.mark.parametrize("file", ["credentials", "config"])
def test_the_ends_that_tools_write_into_shared_files_are_read(home: Home, line: str, file: str):
    if file == "credentials":
        home.shared_credentials(f"[p]\n{sources.TEMPORARY}{line}\n")
    else:
        home.config(f"[profile p]\n{sources.TEMPORARY}{line}\n")
    expected = datetime(2099, 1, 1, 22, 47, 31, tzinfo=UTC)
    assert signed_for(account(home), 60)[0].expires_at == expected
    home.environ["AWS_USE_FIPS_ENDPOINT"] = "false"  # no fast path
    assert signed_for(account(home), 60)[0].expires_at == expected


def test_keys_past_their_end_sign_nothing(home: Home):
    home.shared_credentials(f"[p]\n{sources.TEMPORARY}x_security_token_expires = 2020-01-01T00:00:00Z\n")
    with pytest.raises(CredentialsError, match="expired at 2020-01-01T00:00:00Z"):
        signed_for(account(home), 60)


def modules_after_get(home: Home) -> set[str]:
    code = (
        "import sys\n"
        "from presign_cli.app import run\n"
        "code = run(['get', 's3://bkt/k', '-p', 'p', '--region', 'eu-west-1', '-q'])\n"
        "print(code, *sys.modules)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=home.environ, capture_output=True, text=True, check=True
    )
    link, modules = result.stdout.splitlines()
    assert link.startswith("https://bkt.s3.eu-west-1.amazonaws.com/k?"), result.stderr
    return set(modules.split())


def test_the_compiled_part_is_loaded_for_login_profiles_only(home: Home, aws: FakeAws):
    sources.process(home, aws)
    assert "awscrt" not in modules_after_get(home)
    sources.login(home, aws)
    assert "awscrt" in modules_after_get(home)


def test_an_sso_token_about_to_end_is_renewed(home: Home, aws: FakeAws):
    sources.sso(home, aws)
    (path,) = (home.path / ".aws/sso/cache").iterdir()
    now = datetime.now(UTC)
    token = {
        **json.loads(path.read_text()),
        "expiresAt": f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
        "registrationExpiresAt": f"{now + timedelta(days=5):%Y-%m-%dT%H:%M:%SZ}",
        "refreshToken": "refresh",
        "clientId": "id",
        "clientSecret": "secret",
    }
    path.write_text(json.dumps(token))
    signed_for(account(home), 60)
    assert json.loads(path.read_text())["accessToken"] == "renewed-token"

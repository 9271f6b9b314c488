"""What goes wrong with credentials is told in one line, with a command that would work, and no secret."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from presign_cli.aws.masking import masked, one_line
from presign_cli.aws.providers import process_starter
from presign_cli.errors import CredentialsError
from tests.aws.home import Home

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def failure(home: Home, **wishes: str) -> CredentialsError:
    with pytest.raises(CredentialsError) as caught:
        home.account(**wishes).credentials(until=datetime.now(UTC) + timedelta(minutes=5))
    assert SECRET not in caught.value.text + caught.value.hint
    assert "\n" not in caught.value.text
    return caught.value


def test_an_unknown_profile_suggests_the_nearest(home: Home):
    home.config("[profile support]\nregion = eu-west-1\n[profile prod]\n")
    error = failure(home, profile="suport")
    assert (error.text, error.hint) == ("no profile `suport` in the AWS configuration", "--profile support")
    assert failure(home, profile="xyz").hint == "aws configure list-profiles"


def test_no_credentials_at_all(home: Home):
    assert failure(home).text == "no AWS credentials found"
    home.config("[profile bare]\nregion = eu-west-1\n")
    assert failure(home, profile="bare").hint == "aws configure --profile bare"


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (f"aws_secret_access_key = {SECRET}\n", 1, "no [profile NAME] stands above it"),
        (
            f"[default]\nregion = x\nregion = y\naws_secret_access_key = {SECRET}\n",
            3,
            "this key is there twice",
        ),
        ("[default]\n[profile x]\n[default]\n", 3, "this section is there twice"),
        (f"[default]\n\nregion\n{SECRET}\n", 3, "it is no `name = value`"),
        ("[default]\ns3 =\n  addressing_style path\n", 3, "it is no `name = value`"),
    ],
)
def test_a_malformed_file_is_told_with_its_line_and_without_its_content(
    home: Home, content: str, line: int, what: str
):
    home.config(content)
    error = failure(home)
    assert error.text == f"cannot read `{home.path}/.aws/config`, line {line}: {what}"
    assert error.hint == f"sed -n {line}p {home.path}/.aws/config"


def test_a_file_that_is_not_utf8_is_told_with_its_line(home: Home):
    (home.path / ".aws/credentials").write_bytes(b"[default]\n# caf\xe9\n")
    assert failure(home).text.endswith("credentials`, line 2: it is not UTF-8")


def test_half_a_key_in_the_environment_and_in_a_profile(home: Home):
    home.environ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE"
    assert failure(home).text == "the credentials of the environment lack `AWS_SECRET_ACCESS_KEY`"
    home.shared_credentials("[half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n")
    error = failure(home, profile="half")
    assert error.text == "the credentials of profile `half` lack `aws_secret_access_key`"
    assert error.hint == "aws configure --profile half"


def test_a_temporary_key_without_its_token_signs_nothing(home: Home):
    home.environ |= {"AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}
    assert "`ASIAIOSFODNN7EXAMPLE` is a temporary key" in failure(home).text


@pytest.mark.parametrize("when", ["2020-01-01T00:00:00Z", "soon", "2099-01-01T00:00:00"])
def test_an_expiry_in_the_environment_that_is_past_or_none_is_told(home: Home, when: str):
    home.environ |= {
        "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_SESSION_TOKEN": "token",
        "AWS_CREDENTIAL_EXPIRATION": when,
    }
    expected = "have expired" if when.startswith("2020") else "cannot be read"
    assert expected in failure(home).text


def test_missing_sso_and_login_sessions_say_how_to_log_in(home: Home):
    home.config(
        "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r\n"
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n"
        "[profile legacy]\nsso_account_id = 123456789012\nsso_role_name = r\n"
        "sso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n"
        "[profile l]\nlogin_session = arn:aws:iam::123456789012:user/ada\nregion = eu-west-1\n"
    )
    assert failure(home, profile="s").hint == "aws sso login --profile s"
    assert failure(home, profile="legacy").hint == "aws sso login --profile legacy"
    assert failure(home, profile="l").hint == "aws login --profile l"


def test_incomplete_sso_and_roles_and_loops_are_told(home: Home):
    home.config(
        "[profile half]\nsso_role_name = r\n"
        "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = b\n"
        "[profile b]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = a\n"
        "[profile lost]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = nowhere\n"
        "[profile web]\nrole_arn = arn:aws:iam::123456789012:role/r\nweb_identity_token_file = /nonexistent\n"
    )
    assert "missing required configuration" in failure(home, profile="half").text
    assert "infinite loop" in failure(home, profile="a").text
    assert "nowhere" in failure(home, profile="lost").text
    assert "/nonexistent" in failure(home, profile="web", region="eu-west-1").text


def process(home: Home, script: str) -> None:
    program = home.path / "process.py"
    program.write_text(script)
    home.config(f"[profile p]\ncredential_process = {sys.executable} {program}\n")


def test_a_failing_process_is_told_in_its_own_words_without_its_secrets(home: Home):
    process(home, f"import sys; sys.exit('Vault is sealed.\\nsecret_key={SECRET} t {SECRET}')")
    error = failure(home, profile="p")
    assert "the credential process of profile `p` failed: vault is sealed" in error.text
    assert error.hint == "aws configure get credential_process --profile p"


@pytest.mark.parametrize(
    "output",
    [
        "hello",
        "[]",
        '{"Version": 1}',
        '{"Version": 2, "AccessKeyId": "a"}',
        '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "x"}',
    ],
)
def test_a_process_that_prints_nonsense_is_told(home: Home, output: str):
    process(home, f"print({output!r})")
    assert "profile `p`" in failure(home, profile="p").text


def test_a_missing_process_is_told(home: Home):
    home.config("[profile p]\ncredential_process = /nonexistent/vault\n")
    assert "/nonexistent/vault" in failure(home, profile="p").text


def test_a_process_that_does_not_end_is_ended_though_a_child_of_it_lives_on():
    started = time.monotonic()
    with_a_child = "import subprocess, time; subprocess.Popen(['sleep', '9']); time.sleep(60)"
    sleeping = process_starter(0.5)([sys.executable, "-c", with_a_child], stdout=subprocess.PIPE)
    with pytest.raises(CredentialsError, match=r"did not end within 0\.5 seconds"):
        sleeping.communicate()
    assert sleeping.wait(timeout=5) != 0
    assert time.monotonic() - started < 5


def test_an_mfa_code_is_not_asked_for_in_ci(home: Home):
    home.config(
        "[profile base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
        f"aws_secret_access_key = {SECRET}\n"
        "[profile mfa]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n"
        "mfa_serial = arn:aws:iam::123456789012:mfa/ada\nregion = eu-west-1\n"
    )
    home.environ["CI"] = "true"
    assert (
        "arn:aws:iam::123456789012:mfa/ada: there is no terminal to ask on"
        in failure(home, profile="mfa").text
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"key {SECRET}", "key ***"),
        ('{"SecretAccessKey": "short"}', '{"SecretAccessKey": ***}'),
        ("proxy http://ada:pw@proxy:3128/ refused", "proxy http://***@proxy:3128/ refused"),
        ("arn:aws:iam::123456789012:role/a-rather-long-role-name-of-ours", None),
    ],
)
def test_secrets_are_masked_and_names_are_not(text: str, expected: str | None):
    assert masked(text) == (expected or text)


def test_foreign_text_becomes_one_short_printable_line():
    assert one_line("Bad\x1b[31m\nthings \u202e. ") == "bad [31m things"
    assert len(one_line("word " * 1000)) < 420


def test_who_cannot_sign_hears_that_before_anybody_is_asked_for_a_region(home: Home):
    with pytest.raises(CredentialsError, match="no AWS credentials found"):
        home.account(detect=True).locate("bkt")


@pytest.mark.parametrize("profile", ["p", "role"])
def test_a_process_is_ended_in_time_wherever_it_stands(
    home: Home, monkeypatch: pytest.MonkeyPatch, profile: str
):
    monkeypatch.setattr("presign_cli.aws.providers.PROCESS_SECONDS", 0.3)
    process(home, "import time; time.sleep(60)")
    config = home.path / ".aws/config"
    role = "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = p\n"
    config.write_text(config.read_text() + role)
    assert "did not end within 0.3 seconds" in failure(home, profile=profile).text

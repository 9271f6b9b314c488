"""The fast path against botocore: random environments and files give the same, or are handed over."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presign_cli.aws.cache import Cache
from presign_cli.aws.chain import Chain
from presign_cli.aws.configuration import Configuration
from presign_cli.aws.session import open_session, read_configuration
from presign_cli.aws.static import read_static
from presign_cli.aws.wishes import Wishes
from presign_cli.core.credentials import Credentials
from tests.aws.home import Home

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEYS = "aws_access_key_id = AKIAFILE\naws_secret_access_key = secret/+=\n"


def by_botocore(wishes: Wishes, environ: Mapping[str, str]) -> tuple[Configuration, Credentials, str]:
    session = open_session(wishes, environ=environ)
    configuration = read_configuration(session, wishes, environ=environ)
    chain = Chain(session, environ=environ, clock=lambda: NOW, cache=Cache("/nonexistent"))
    return configuration, chain.credentials(until=NOW + timedelta(hours=1)), chain.method


def assert_same(wishes: Wishes, environ: Mapping[str, str]) -> bool:
    """Whether the fast path answered; if it did, botocore says the same."""
    ours = read_static(wishes, environ=environ)
    if ours is None:
        return False
    configuration, credentials, method = by_botocore(wishes, environ)
    assert ours.configuration == configuration
    assert ours.method == method
    assert (ours.credentials.access_key_id, ours.credentials.expires_at) == (
        credentials.access_key_id,
        credentials.expires_at,
    )
    assert ours.credentials.secret_access_key == credentials.secret_access_key
    assert ours.credentials.session_token == credentials.session_token
    return True


# Files are mostly plain, so that the fast path answers often; one wild line in some takes it to the edge.
plain_names = st.sampled_from(["default", "a", "b.c"])
values = st.sampled_from(
    [
        "AKIAONE",
        "s3cret/+=",
        "eu-west-1",
        "https://s3.example.com",
        "a # b",
        "a ; b",
        "a=b",
        "$HOME",
        "%(x)s",
        "2030-01-02T00:47:31+02:00",
    ]
)
plain_keys = st.sampled_from(
    [
        "region",
        "output",
        "endpoint_url",
        "aws_session_token",
        "aws_security_token",
        "Region",
        "aws_account_id",
        "x_security_token_expires",
    ]
)
odd_keys = st.sampled_from(
    ["role_arn", "source_profile", "s3", "services", "use_fips_endpoint", "sso_session"]
)
both_keys = st.builds("aws_access_key_id = {}\naws_secret_access_key = {}\n".format, values, values)
setting = st.builds("{}{}{}\n".format, plain_keys, st.sampled_from([" = ", "=", " =\t"]), values)
ODD_LINES = [
    "[DEFAULT]\n",
    "[a] # c\n",
    "[ a ]\n",
    "[with space]\n",
    "  # indented\n",
    "  region = x\n",
    "garbage\n",
    "region: x\n",
    "region =\n",
    "s3 =\n  addressing_style = path\n",
    "s3 =\n  nonsense\n",
    "\t\n",
    "# é\n",
    "AWS_ACCESS_KEY_ID = x\n",
    "aws_access_key_id =\n",
    "# comment\n",
    "; comment\n",
    "\n",
]
wild = st.one_of(
    st.builds("[{}{}]\n".format, st.sampled_from(["", "profile ", "profile  ", "services "]), plain_names),
    st.sampled_from(ODD_LINES),
    st.builds("{} = {}\n".format, odd_keys, values),
)


@st.composite
def files(draw: st.DrawFn, prefix: str) -> str:
    """A shared file of up to three profiles, now and then with one line that is not plain."""
    parts = []
    for name in draw(st.lists(plain_names, unique=True, max_size=3)):
        parts.append(f"[{name}]\n" if name == "default" else f"[{prefix}{name}]\n")
        parts.append(draw(st.one_of(both_keys, both_keys, st.just(""))))
        parts.extend(draw(st.lists(setting, max_size=2, unique_by=lambda line: line[:8].lower())))
    if draw(st.integers(0, 3)) == 0:
        parts.insert(draw(st.integers(0, len(parts))), draw(wild))
    return "".join(parts)


variables = st.dictionaries(
    st.sampled_from(
        [
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_S3",
            "AWS_CA_BUNDLE",
            "AWS_PAGER",
            "AWS_USE_FIPS_ENDPOINT",
        ]
    ),
    st.sampled_from(["", "AKIAENV", "eu-west-2", "https://env.example.com"]),
    max_size=3,
)
both_variables = st.sampled_from([{}, {}, {"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"}])
profiles = st.sampled_from(
    [
        {},
        {},
        {},
        {"AWS_PROFILE": "a"},
        {"AWS_DEFAULT_PROFILE": "a"},
        {"AWS_PROFILE": ""},
        {"AWS_PROFILE": "gone"},
    ]
)
wishes = st.builds(
    Wishes,
    profile=st.sampled_from([None, None, "a", "default", "b.c", "gone"]),
    region=st.sampled_from([None, "ap-south-1"]),
    default_region=st.sampled_from([None, "ap-south-2"]),
    dualstack=st.booleans(),
)


def test_what_the_fast_path_answers_botocore_answers_too():
    answered = []

    @settings(max_examples=1500, deadline=None, database=None)
    @given(
        config=files("profile "),
        shared=files(""),
        variables=variables,
        keys=both_variables,
        profiles=profiles,
        wishes=wishes,
        crlf=st.booleans(),
    )
    def compare(
        config: str,
        shared: str,
        variables: dict[str, str],
        keys: dict[str, str],
        profiles: dict[str, str],
        wishes: Wishes,
        crlf: bool,
    ) -> None:
        with TemporaryDirectory() as folder:
            aws = Path(folder, ".aws")
            aws.mkdir()
            for name, text in (("config", config), ("credentials", shared)):
                aws.joinpath(name).write_text(text, newline="\r\n" if crlf else "\n", encoding="utf-8")
            answered.append(assert_same(wishes, {"HOME": folder, **variables, **keys, **profiles}))

    compare()
    assert sum(answered) > len(answered) / 10, (sum(answered), len(answered))


@pytest.mark.parametrize(
    ("config", "shared", "environ", "profile"),
    [
        ("", "", {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s"}, None),
        ("", "", {"AWS_ACCESS_KEY_ID": "ASIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"}, None),
        ("[default]\nregion = eu-west-1\n", f"[default]\n{KEYS}", {}, None),
        ("[profile a]\nregion = eu-west-1\noutput = json\n", f"[default]\n{KEYS}\n[a]\n{KEYS}", {}, "a"),
        (f"[profile a]\n{KEYS}region = eu-west-1\n", "", {"AWS_PROFILE": "a"}, None),
        (f"[default]\n{KEYS}[profile sso]\nsso_session = x\ns3 =\n  addressing_style = path\n", "", {}, None),
        ("[default]\nrole_arn = x\n", "", {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s"}, None),
        ("", f"[default]\n{KEYS}", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}, None),
    ],
)
def test_the_usual_set_ups_take_the_fast_path(
    home: Home, config: str, shared: str, environ: dict[str, str], profile: str | None
):
    home.config(config)
    home.shared_credentials(shared)
    assert assert_same(Wishes(profile=profile), {**home.environ, **environ})


@pytest.mark.parametrize(
    "config",
    [
        f"[default]\n{KEYS}role_arn = arn:aws:iam::123456789012:role/r\n",
        f"[default]\n{KEYS}use_fips_endpoint = true\n",
        f"[default]\n{KEYS}s3 =\n  use_accelerate_endpoint = true\n",
        f"[default]\n{KEYS}services = corp\n",
        f"[default]\n{KEYS}# é\n",
        f"[default]\n{KEYS}[default]\n",
        f"[default]\n{KEYS}region: eu-west-1\n",
        f"[profile default]\n{KEYS}",
        "[default]\naws_access_key_id = AKIA\n",
    ],
)
def test_what_is_not_fully_understood_is_handed_to_botocore(home: Home, config: str):
    home.config(config)
    assert read_static(Wishes(), environ=home.environ) is None


def test_keys_in_the_environment_sign_without_botocore():
    code = (
        "import sys, datetime\n"
        "from presign_cli.aws.account import connect\n"
        "from presign_cli.aws.wishes import Wishes\n"
        "now = lambda: datetime.datetime.now(datetime.UTC)\n"
        "environ = {'HOME': '/nonexistent', 'AWS_ACCESS_KEY_ID': 'AKIA', 'AWS_SECRET_ACCESS_KEY': 's'}\n"
        "account = connect(Wishes(region='eu-west-1'), environ=environ, clock=now)\n"
        "account.presigner(account.locate('bkt'), signed_at=now(), ttl_seconds=60).urls(['k'])\n"
        "heavy = {'botocore', 'boto3', 'urllib3', 'configparser', 'logging', 'json', 'subprocess'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"

"""What flags, environment and profile together say: region, endpoint, who signs."""

import os

import pytest

from presign_cli.errors import EndpointError, UsageError
from tests.aws.home import Home

KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
SLOW = {"AWS_USE_FIPS_ENDPOINT": "false"}
"""A variable that the fast path leaves to botocore."""


@pytest.fixture(params=["fast", "botocore"], autouse=True)
def _both_ways(request: pytest.FixtureRequest, home: Home) -> None:
    """Whatever is said here holds for the fast path and for botocore's."""
    home.environ |= KEYS
    if request.param == "botocore":
        home.environ |= SLOW


def test_region_is_the_flags_then_aws_region_then_aws_default_region_then_the_profiles(home: Home):
    home.config("[default]\nregion = eu-west-1\n")

    def region(**wishes: str) -> str:
        return home.account(**wishes).locate("bkt").location.region

    assert region() == "eu-west-1"
    home.environ["AWS_DEFAULT_REGION"] = "eu-west-2"
    assert region() == "eu-west-2"
    home.environ["AWS_REGION"] = "eu-west-3"
    assert region() == "eu-west-3"
    assert region(default_region="eu-north-1") == "eu-north-1"
    assert region(region="eu-south-1", default_region="eu-north-1") == "eu-south-1"


def test_without_any_region_the_way_to_set_one_is_told(home: Home):
    with pytest.raises(EndpointError, match="no region is set for `bkt`"):
        home.account().locate("bkt")


def test_a_mistyped_region_is_refused_wherever_it_stands(home: Home):
    with pytest.raises(UsageError, match="`eu-wst-1` is no AWS region"):
        home.account(region="eu-wst-1").locate("bkt")
    home.environ["AWS_REGION"] = "eu-wst-1"
    with pytest.raises(UsageError, match="`eu-wst-1` is no AWS region"):
        home.account().locate("bkt")


def test_an_unknown_but_well_formed_region_is_signed_for_and_warned_about(home: Home):
    located = home.account(region="eu-west-9").locate("bkt")
    assert located.location.host == "bkt.s3.eu-west-9.amazonaws.com"
    assert [warning.code for warning in located.warnings] == ["unknown-region"]


def test_a_custom_endpoint_without_a_region_is_us_east_1(home: Home):
    located = home.account(endpoint_url="http://127.0.0.1:9000").locate("bkt")
    assert (located.location.region, located.location.host) == ("us-east-1", "127.0.0.1:9000")


@pytest.mark.parametrize("region", ["garage", "auto", "us-west-004"])
def test_a_custom_endpoint_may_have_any_region(home: Home, region: str):
    located = home.account(endpoint_url="http://127.0.0.1:9000", region=region).locate("bkt")
    assert (located.location.region, located.warnings) == (region, ())


def test_the_endpoint_is_the_flags_then_the_s3_variable_then_the_general_then_the_profiles(home: Home):
    home.config(
        "[default]\nendpoint_url = https://profile.example\n"
        "[profile mixed]\nservices = corp\nendpoint_url = https://profile.example\n"
        "[services corp]\ns3 =\n  endpoint_url = https://services.example\n"
    )
    assert home.account().endpoint_url == "https://profile.example"
    assert home.account(profile="mixed").endpoint_url == "https://services.example"
    home.environ["AWS_ENDPOINT_URL"] = "https://general.example"
    assert home.account().endpoint_url == "https://general.example"
    home.environ["AWS_ENDPOINT_URL_S3"] = "https://s3.example"
    assert home.account().endpoint_url == "https://s3.example"
    assert home.account(endpoint_url="https://flag.example").endpoint_url == "https://flag.example"
    home.environ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
    assert home.account().endpoint_url is None


@pytest.mark.parametrize("url", ["minio:9000", "ftp://h", "http://", "https://h:99999", "https://a:b@h"])
@pytest.mark.parametrize("where", ["endpoint_url", "public_url"])
def test_what_is_no_endpoint_url_is_refused(home: Home, url: str, where: str):
    with pytest.raises(UsageError, match="is no URL of an endpoint"):
        home.account(**{where: url})


def test_an_endpoint_url_of_the_environment_is_checked_too(home: Home):
    home.environ["AWS_ENDPOINT_URL"] = "minio:9000"
    with pytest.raises(UsageError, match="is no URL of an endpoint"):
        home.account()


def test_a_public_url_is_signed_for_and_the_endpoint_stays(home: Home):
    account = home.account(endpoint_url="http://127.0.0.1:9000", public_url="https://files.example.com")
    assert account.endpoint_url == "http://127.0.0.1:9000"
    location = account.locate("bkt").location
    assert (location.host, location.path("k")) == ("files.example.com", "/bkt/k")
    virtual = home.account(public_url="https://example.com", addressing="virtual", region="eu-west-1")
    assert virtual.locate("bkt").location.host == "bkt.example.com"


def test_the_profiles_own_s3_options_count(home: Home):
    home.shared_credentials(
        "".join(f"[{name}]\naws_access_key_id = A\naws_secret_access_key = s\n" for name in "adefp")
    )
    home.config(
        "[profile a]\nregion = eu-west-1\ns3 =\n  use_accelerate_endpoint = true\n"
        "[profile d]\nregion = eu-west-1\nuse_dualstack_endpoint = true\n"
        "[profile e]\nregion = eu-west-1\nuse_dualstack_endpoint = false\n"
        "s3 =\n  use_dualstack_endpoint = true\n"  # botocore: this can only switch it on
        "[profile f]\nregion = us-east-1\nuse_fips_endpoint = true\n"
        "[profile p]\nregion = eu-west-1\ns3 =\n  addressing_style = path\n"
    )
    home.environ.pop("AWS_USE_FIPS_ENDPOINT", None)
    hosts = {name: home.account(profile=name).locate("bkt").location.host for name in "adefp"}
    assert hosts == {
        "a": "bkt.s3-accelerate.amazonaws.com",
        "d": "bkt.s3.dualstack.eu-west-1.amazonaws.com",
        "e": "bkt.s3.dualstack.eu-west-1.amazonaws.com",
        "f": "bkt.s3-fips.us-east-1.amazonaws.com",
        "p": "s3.eu-west-1.amazonaws.com",
    }


def test_keys_of_the_environment_have_no_profile_and_a_named_profile_outranks_them(home: Home):
    home.shared_credentials("[support]\naws_access_key_id = AKIASUPPORT\naws_secret_access_key = s\n")
    assert home.account().profile is None
    assert home.account(profile="support").profile == "support"
    home.environ["AWS_PROFILE"] = "support"
    assert home.account().profile is None


def test_the_process_own_environment_is_left_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_REGION", "sa-east-1")
    home.environ["AWS_REGION"] = "eu-west-1"
    before = dict(os.environ)
    assert home.account().locate("bkt").location.region == "eu-west-1"
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("bucket", "host"),
    [
        (
            "arn:aws:s3:eu-west-1:123456789012:accesspoint/a",
            "a-123456789012.s3-accesspoint.eu-west-1.amazonaws.com",
        ),
        ("arn:aws:s3::123456789012:accesspoint:m.mrap", "m.mrap.accesspoint.s3-global.amazonaws.com"),
        ("b--use1-az4--x-s3", "b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com"),
    ],
)
def test_a_name_that_tells_its_region_needs_no_other(home: Home, bucket: str, host: str):
    assert home.account().locate(bucket).location.host == host


def test_botocores_pseudo_region_is_us_east_1(home: Home):
    location = home.account(region="aws-global").locate("bkt").location
    assert (location.host, location.region) == ("bkt.s3.us-east-1.amazonaws.com", "us-east-1")

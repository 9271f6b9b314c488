"""Hosts against botocore: its endpoint rules for every region and option, and a client's own links."""

import itertools
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.endpoint_provider import EndpointProvider
from botocore.loaders import Loader

from presign_cli.aws.configuration import Configuration
from presign_cli.aws.endpoint import locate
from presign_cli.core.location import Location, regional_location
from presign_cli.errors import EndpointError, UsageError

PARTITIONS: list[dict[str, Any]] = Loader().load_data("partitions")["partitions"]
REGIONS = [region for part in PARTITIONS for region in part["regions"] if "global" not in region]
BUCKETS = ("bkt", "a.dotted.bucket", "Legacy_Bucket", "xn--bkt", "bkt-s3alias", "a" * 63, "a" * 64, "ab")


@pytest.fixture(scope="module")
def rules() -> EndpointProvider:
    loader = Loader()
    return EndpointProvider(
        loader.load_service_model("s3", "endpoint-rule-set-1"), loader.load_data("partitions")
    )


def test_every_partition_is_there():
    assert len(REGIONS) > 40
    assert {"aws", "aws-cn", "aws-us-gov"} <= {part["id"] for part in PARTITIONS}


@pytest.mark.parametrize("region", REGIONS)
def test_the_common_host_is_botocores_for_every_region_and_option(rules: EndpointProvider, region: str):
    for bucket, dualstack, path_style in itertools.product(BUCKETS, (False, True), (False, True)):
        try:
            endpoint = rules.resolve_endpoint(
                Bucket=bucket, Region=region, UseDualStack=dualstack, ForcePathStyle=path_style
            )
        except Exception as error:
            assert "partition" in str(error) or "length" in str(error), error
            continue
        ours = regional_location(bucket, region, path_style=path_style, dualstack=dualstack)
        assert f"{ours.scheme}://{ours.host}{ours.base_path}" == endpoint.url
        assert endpoint.properties["authSchemes"][0]["signingRegion"] == ours.region


def client_location(bucket: str, region: str, **options: Any) -> tuple[str, str]:
    """Host and path that boto3 itself gives, with the contract's client."""
    s3 = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional", **options.pop("s3", {})}
    client = boto3.client(
        "s3",
        region_name=region,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="secret",
        config=Config(signature_version="s3v4", s3=s3, **options.pop("config", {})),
        **options,
    )
    url = urlsplit(client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}))
    return url.netloc, url.path


def ours(location: Location) -> tuple[str, str]:
    return location.origin.partition("://")[2], location.path("k")


ACCESS_POINT = "arn:aws:s3:eu-west-1:123456789012:accesspoint"


@pytest.mark.parametrize(
    ("bucket", "region", "configuration", "options"),
    [
        ("bkt", "us-east-1", Configuration(fips=True), {"config": {"use_fips_endpoint": True}}),
        ("bkt", "us-gov-west-1", Configuration(fips=True), {"config": {"use_fips_endpoint": True}}),
        (
            "bkt",
            "us-west-2",
            Configuration(fips=True, dualstack=True),
            {"config": {"use_fips_endpoint": True, "use_dualstack_endpoint": True}},
        ),
        ("bkt", "eu-west-1", Configuration(accelerate=True), {"s3": {"use_accelerate_endpoint": True}}),
        (
            "bkt",
            "eu-west-1",
            Configuration(accelerate=True, dualstack=True),
            {"s3": {"use_accelerate_endpoint": True, "use_dualstack_endpoint": True}},
        ),
        (f"{ACCESS_POINT}/docs", "eu-west-1", Configuration(), {}),
        (f"{ACCESS_POINT}:docs", "us-east-1", Configuration(), {"s3": {"use_arn_region": True}}),
        (
            f"{ACCESS_POINT}/docs",
            "eu-west-1",
            Configuration(dualstack=True),
            {"s3": {"use_dualstack_endpoint": True}},
        ),
        (ACCESS_POINT.replace(":s3:", ":s3-object-lambda:") + "/olap", "eu-west-1", Configuration(), {}),
        (
            "arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-01234567890123456/accesspoint/docs",
            "eu-west-1",
            Configuration(),
            {},
        ),
        (
            "bkt",
            "us-east-1",
            Configuration(endpoint_url="http://127.0.0.1:9000"),
            {"endpoint_url": "http://127.0.0.1:9000", "s3": {"addressing_style": "path"}},
        ),
        (
            "bkt",
            "auto",
            Configuration(endpoint_url="https://acc.r2.cloudflarestorage.com/base"),
            {"endpoint_url": "https://acc.r2.cloudflarestorage.com/base", "s3": {"addressing_style": "path"}},
        ),
        (
            "bkt",
            "us-east-1",
            Configuration(endpoint_url="https://s3.example.com", addressing_style="virtual"),
            {"endpoint_url": "https://s3.example.com"},
        ),
        (
            "bkt",
            "us-east-1",
            Configuration(endpoint_url="https://Minio.Example:443/base"),
            {"endpoint_url": "https://Minio.Example:443/base", "s3": {"addressing_style": "path"}},
        ),
        (
            "bkt",
            "us-east-1",
            Configuration(endpoint_url="http://Minio.Example:80", addressing_style="virtual"),
            {"endpoint_url": "http://Minio.Example:80"},
        ),
        (
            "bkt",
            "us-east-1",
            Configuration(endpoint_url="https://minio.example", fips=True, dualstack=True),
            {
                "endpoint_url": "https://minio.example",
                "s3": {"addressing_style": "path"},
                "config": {"use_fips_endpoint": True, "use_dualstack_endpoint": True},
            },
        ),
        (
            "bkt",
            "eu-west-1",
            Configuration(accelerate=True, addressing_style="path"),
            {"s3": {"use_accelerate_endpoint": True, "addressing_style": "path"}},
        ),
        (
            "bkt",
            "eu-west-1",
            Configuration(endpoint_url="https://s3-accelerate.amazonaws.com"),
            {"endpoint_url": "https://s3-accelerate.amazonaws.com"},
        ),
        (
            f"{ACCESS_POINT}/docs",
            "eu-west-1",
            Configuration(addressing_style="path"),
            {"s3": {"addressing_style": "path"}},
        ),
    ],
)
def test_every_other_host_is_boto3s(
    bucket: str, region: str, configuration: Configuration, options: dict[str, Any]
):
    assert ours(locate(bucket, configuration, region=region)) == client_location(bucket, region, **options)


def test_a_multi_region_access_point_is_signed_with_sigv4a_for_every_region():
    place = locate(
        "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", Configuration(), region="us-east-1"
    )
    assert place.host == "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com"
    assert (place.region, place.algorithm) == ("*", "AWS4-ECDSA-P256-SHA256")


def test_addressing_auto_is_virtual_but_for_names_that_certificates_cannot_serve_and_custom_endpoints():
    custom = Configuration(endpoint_url="https://minio.example.com")
    assert locate("bkt", Configuration(), region="eu-west-1").addressing == "virtual"
    assert locate("a.b", Configuration(), region="eu-west-1").addressing == "path"
    assert locate("bkt", custom, region="us-east-1").host == "minio.example.com"
    virtual = locate("bkt", custom, region="us-east-1", addressing="virtual")
    assert (virtual.host, virtual.addressing) == ("bkt.minio.example.com", "custom")


def test_a_wish_for_path_style_leaves_access_points_alone():
    location = locate(f"{ACCESS_POINT}/docs", Configuration(), region="eu-west-1", addressing="path")
    assert ours(location) == client_location(
        f"{ACCESS_POINT}/docs", "eu-west-1", s3={"addressing_style": "path"}
    )


def test_an_endpoints_default_port_is_in_the_link_and_not_in_what_is_signed():
    location = locate("bkt", Configuration(endpoint_url="https://Minio.Example:443"), region="us-east-1")
    assert (location.origin, location.host) == ("https://Minio.Example:443", "minio.example")


def test_what_no_rule_serves_is_told():
    with pytest.raises(EndpointError, match="no endpoint for `bkt`"):
        locate("bkt", Configuration(accelerate=True, fips=True), region="us-east-1")
    with pytest.raises(UsageError, match="no bucket name"):
        locate("127.0.0.1", Configuration(), region="us-east-1")

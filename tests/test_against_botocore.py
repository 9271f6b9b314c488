"""The differential oracle: for the same request at the same time, the same bytes as botocore.

`python tests/test_against_botocore.py 10000` compares that many random requests and prints the figure.
"""

import sys
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import BotoCoreError
from botocore.session import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presign_cli.aws.account import Wishes, connect
from presign_cli.core.credentials import Credentials
from presign_cli.core.response_overrides import NAMES
from presign_cli.errors import EndpointError
from tests.oracle import botocore_link

# botocore's names of our query's own parameters, in botocore's order
PARAMETERS = {
    "response-cache-control": "ResponseCacheControl",
    "response-content-disposition": "ResponseContentDisposition",
    "response-content-encoding": "ResponseContentEncoding",
    "response-content-language": "ResponseContentLanguage",
    "response-content-type": "ResponseContentType",
    "versionId": "VersionId",
}
REGIONS = sorted(
    region
    for partition in ("aws", "aws-cn", "aws-us-gov")
    for region in Session().get_available_regions("s3", partition)
)
# A port that is the scheme's own is left out of our links: botocore leaves it in, but signs without it.
ENDPOINTS = (
    "http://minio.example:9000",
    "https://s3.us-west-004.backblazeb2.com",
    "https://gateway.example/base/path/",
    "http://127.0.0.1:9000",
    "http://[::1]:9000",
)
CREDENTIALS = (
    Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    Credentials("ASIAY34FZKBOKMUTVV7A", "secret/with+signs=" * 2, "IQoJb3JpZ2luX2VjE+/=" * 60),
)

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda key: len(key.encode()) <= 1024
)
buckets = st.from_regex(r"[a-z0-9][a-z0-9-]{1,30}[a-z0-9]", fullmatch=True).filter(
    lambda name: not name.startswith(("xn--", "sthree-")) and "--" not in name and "-s3alias" not in name
)
header_values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40)


@st.composite
def requests(draw):
    names = draw(st.sets(st.sampled_from([*NAMES[:5], "versionId"])))
    return {
        "credentials": draw(st.sampled_from(CREDENTIALS)),
        "region": draw(st.sampled_from(REGIONS)),
        "bucket": draw(buckets),
        "key": draw(keys),
        "query": [(name, draw(header_values)) for name in PARAMETERS if name in names],
        "ttl_seconds": draw(st.integers(1, 604_800)),
        "signed_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 10**8))),
        "endpoint": draw(st.sampled_from(ENDPOINTS)),
        "style": draw(st.sampled_from(["virtual", "path", "dualstack", "fips", "accelerate", "custom"])),
    }


def ours(request):
    style = request["style"]
    account = connect(
        Wishes(
            region=request["region"],
            addressing="path" if style == "path" else "auto",
            dualstack=style == "dualstack",
            fips=style == "fips",
            accelerate=style == "accelerate",
            endpoint_url=request["endpoint"] if style == "custom" else None,
            detect=False,
        ),
        environ=_environ(request["credentials"]),
        clock=lambda: request["signed_at"],
    )
    signing = account.presigner(
        account.locate(request["bucket"]), signed_at=request["signed_at"], ttl_seconds=request["ttl_seconds"]
    )
    return signing.urls([request["key"]], query=request["query"])[0]


def _environ(credentials):
    environ = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "HOME": "/dev/null",
    }
    if credentials.session_token:
        environ["AWS_SESSION_TOKEN"] = credentials.session_token
    return environ


def theirs(request):
    style = request["style"]
    options = {
        "virtual": {},
        "path": {"addressing_style": "path"},
        "dualstack": {"use_dualstack_endpoint": True},
        "fips": {"use_fips_endpoint": True},
        "accelerate": {"use_accelerate_endpoint": True},
        "custom": {"addressing_style": "path", "endpoint_url": request["endpoint"]},
    }[style]
    parameters = {"Bucket": request["bucket"], "Key": request["key"]}
    parameters.update({PARAMETERS[name]: value for name, value in request["query"]})
    return botocore_link(
        request["credentials"],
        request["region"],
        "get_object",
        parameters,
        ttl_seconds=request["ttl_seconds"],
        signed_at=request["signed_at"],
        **options,
    )


def check(request):
    try:
        expected = theirs(request)
    except BotoCoreError:
        with pytest.raises(EndpointError):
            ours(request)
    else:
        assert ours(request) == expected


test_the_same_request_gives_botocore_s_bytes = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)(given(requests())(check))


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_gives_botocore_s_bytes(region):
    for style in ("virtual", "path", "dualstack", "fips", "custom"):
        check(
            {
                "credentials": CREDENTIALS[0],
                "region": region,
                "bucket": "bucket",
                "key": "a b+c/ü.pdf",
                "query": [("versionId", "v/1")],
                "ttl_seconds": 300,
                "signed_at": datetime(2026, 11, 24, 13, tzinfo=UTC),
                "endpoint": ENDPOINTS[0],
                "style": style,
            }
        )


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    compared = 0

    @settings(max_examples=wanted, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(requests())
    def compare(request):
        global compared
        check(request)
        compared += 1

    compare()
    print(f"{compared} random requests: every link byte-identical with botocore's")

"""Links and forms by botocore, S3's own SDK, as received: whole, damaged, of every method, by other keys."""

from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
import pytest
from botocore.config import Config

from presign_cli.core.credentials import Credentials
from presign_cli.core.verify import Candidate, Verification, verify

KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
OURS = Candidate(KEYS, "support", "profile")
OTHER = Candidate(
    Credentials("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"), "dev", "profile"
)
OPERATIONS = {
    "GET": "get_object",
    "PUT": "put_object",
    "HEAD": "head_object",
    "DELETE": "delete_object",
}


@pytest.fixture(scope="module")
def s3() -> Callable[..., Any]:
    def client(version: str = "s3v4", style: str = "virtual", token: str | None = None, **more: Any) -> Any:
        return botocore.session.Session().create_client(
            "s3",
            region_name="eu-west-1",
            aws_access_key_id=KEYS.access_key_id,
            aws_secret_access_key=KEYS.secret_access_key,
            aws_session_token=token,
            config=Config(
                signature_version=version,
                s3={"addressing_style": style, "us_east_1_regional_endpoint": "regional"},
            ),
            **more,
        )

    return client


def link(client: Any, method: str = "GET", key: str = "dir/a b+c.pdf", **parameters: Any) -> str:
    made: str = client.generate_presigned_url(
        OPERATIONS[method], Params={"Bucket": "bucket", "Key": key, **parameters}, ExpiresIn=300
    )
    return made


@pytest.mark.parametrize("method", OPERATIONS)
@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("style", ["virtual", "path"])
@pytest.mark.parametrize("token", [None, "FwoGZXIvYXdzEJr//////////wEaDH+/=="])
def test_a_link_by_botocore_matches_and_tells_its_method(
    s3: Callable[..., Any], method: str, version: str, style: str, token: str | None
) -> None:
    found = verify(link(s3(version, style, token), method), [OTHER, OURS])
    assert (found.result, found.profile, found.source, found.method) == (
        "match",
        "support",
        "profile",
        method,
    )
    assert found.differs is None


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_link_for_a_multipart_upload_is_known_as_post(s3: Callable[..., Any], version: str) -> None:
    url = s3(version).generate_presigned_url(
        "complete_multipart_upload", Params={"Bucket": "bucket", "Key": "k", "UploadId": "a/b+c"}
    )
    assert verify(url, [OURS]).method == "POST"


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_overrides_and_versions_are_part_of_what_is_proven(s3: Callable[..., Any], version: str) -> None:
    overrides = {"ResponseContentDisposition": 'attachment; filename="ä b.pdf"', "VersionId": "3/L4+k="}
    url = link(s3(version), **overrides)
    assert verify(url, [OURS]).result == "match"
    assert verify(url.replace("b.pdf", "c.pdf"), [OURS]).result == "mismatch"


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9000", "https://minio.example.com"])
@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_custom_endpoint_matches(s3: Callable[..., Any], version: str, endpoint: str) -> None:
    assert verify(link(s3(version, "path", endpoint_url=endpoint)), [OURS]).result == "match"


def test_a_link_without_known_credentials_is_neither_right_nor_wrong(s3: Callable[..., Any]) -> None:
    assert verify(link(s3()), [OTHER]) == Verification("no-credentials")
    assert verify(link(s3()), []) == Verification("no-credentials")


def test_the_same_key_id_under_two_profiles_is_told_of_the_one_whose_secret_fits(
    s3: Callable[..., Any],
) -> None:
    stale = Candidate(Credentials(KEYS.access_key_id, "old"), "stale", "profile")
    assert verify(link(s3()), [stale, OURS]).profile == "support"
    assert verify(link(s3()), [stale]).result == "mismatch"


def test_a_link_of_the_environment_is_told_as_such(s3: Callable[..., Any]) -> None:
    found = verify(link(s3()), [Candidate(KEYS, None, "environment")])
    assert (found.profile, found.source) == (None, "environment")


def test_the_query_may_have_its_delimiters_raw(s3: Callable[..., Any]) -> None:
    url = link(s3())
    head, query = url.split("?")
    assert verify(f"{head}?{query.replace('%2F', '/')}", [OURS]).result == "match"
    assert verify(f"{head}?{query.replace('%2F', '%2f')}", [OURS]).result == "match"


def test_headers_of_which_there_are_few_are_proven_with_the_link(s3: Callable[..., Any]) -> None:
    url = link(s3(), "PUT", ContentType="application/pdf", ServerSideEncryption="aws:kms")
    found = verify(url, [OURS])
    assert (found.result, found.method) == ("match", "PUT")
    assert found.headers == {"content-type": "application/pdf", "x-amz-server-side-encryption": "aws:kms"}


def test_a_header_that_nobody_can_guess_is_asked_for(s3: Callable[..., Any]) -> None:
    url = link(s3(), "PUT", Metadata={"case": "4711"})
    found = verify(url, [OURS])
    assert found.differs
    assert (
        "the link owes the header `x-amz-meta-case`, whose values are not in the link" in found.differs.text
    )
    assert verify(url, [OURS], headers={"X-Amz-Meta-Case": "4711"}).result == "match"
    assert verify(url, [OURS], headers={"X-Amz-Meta-Case": "4712"}).result == "mismatch"


def damages(url: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, damaged link, the aspect that differs, a word of what is told."""
    head, query = url.split("?")
    yield "plus for space in the path", url.replace("%20", "+"), "plus-for-space", "`+` where `%20`"
    yield "space for plus in the path", head.replace("%2B", "%20") + "?" + query, "plus-for-space", "`+` was"
    yield "escapes in lower case", head.replace("%2B", "%2b") + "?" + query, "encoding", "lower case"
    yield "slash escaped", head.replace("/dir/", "/dir%2F") + "?" + query, "encoding", "`%2F` where `/`"
    yield "path encoded once more", head.replace("%", "%25") + "?" + query, "encoding", "once more"
    yield "query encoded once more", url.replace("attachment%3B", "attachment%253B"), "encoding", "once more"
    yield "foreign parameter", url + "&utm_source=mail", "parameter", "`utm_source` was added"
    yield "lifetime changed", url.replace("Expires=300", "Expires=604800"), "parameter", "300 was signed"
    yield "signature cut off", url[:-7], "parameter", "cut off after 57 of 64"
    yield "signature in upper case", url[:-64] + url[-64:].upper(), "parameter", "case"
    yield (
        "region changed",
        url.replace("%2Feu-west-1", "%2Feu-west-2"),
        "scope",
        "region was signed as `eu-west-1`",
    )
    yield "service changed", url.replace("%2Fs3%2F", "%2Fsts%2F"), "scope", "service was signed as `s3`"
    yield "name in another case", url.replace("X-Amz-Date", "x-amz-date"), "parameter", "letter case"
    path_style = url.replace("bucket.s3.eu-west-1.amazonaws.com/", "s3.eu-west-1.amazonaws.com/bucket/")
    yield "path style for virtual", path_style, "host", "virtual-hosted"
    yield "global host", url.replace(".s3.eu-west-1.", ".s3."), "host", "bucket.s3.eu-west-1.amazonaws.com"
    yield "port added", url.replace(".com/", ".com:8443/"), "host", "without the port 8443"
    yield "slash doubled", url.replace(".com/", ".com//"), "path", "slash was added"
    yield "proxy's prefix", url.replace(".com/", ".com/files/"), "path", "prefix"


DAMAGES = [name for name, *_ in damages("https://bucket.s3.eu-west-1.amazonaws.com/?")]


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named(s3: Callable[..., Any], name: str) -> None:
    url = link(s3(), ResponseContentDisposition="attachment; filename=a")
    damaged, what, word = next(found for each, *found in damages(url) if each == name)
    assert damaged != url
    found = verify(damaged, [OURS])
    assert (found.result, found.profile, found.method) == ("mismatch", "support", "GET")
    assert found.differs
    assert (found.differs.what, word in found.differs.text) == (what, True), found.differs
    assert "://" not in found.differs.text
    assert url[-64:] not in found.differs.text


def test_a_virtual_link_for_path_style_and_a_dropped_port_are_named(s3: Callable[..., Any]) -> None:
    url = link(s3(style="path"))
    virtual = url.replace("s3.eu-west-1.amazonaws.com/bucket/", "bucket.s3.eu-west-1.amazonaws.com/")
    found = verify(virtual, [OURS])
    assert found.differs
    assert (found.differs.what, "path style" in found.differs.text) == ("host", True)
    local = link(s3(style="path", endpoint_url="http://minio.example.com:9000"))
    found = verify(local.replace(":9000", ""), [OURS])
    assert found.differs
    assert found.differs.what == "host"
    assert "the port 9000 was dropped" in found.differs.text


def test_a_host_that_the_caller_knows_is_tried(s3: Callable[..., Any]) -> None:
    url = link(s3(style="path", endpoint_url="http://minio.internal:9000"))
    public = url.replace("http://minio.internal:9000", "https://files.example.com")
    assert verify(public, [OURS]).differs.what == "unknown"  # type: ignore[union-attr]
    found = verify(public, [OURS], hosts=("minio.internal:9000",))
    assert found.differs
    assert (found.differs.what, "minio.internal:9000" in found.differs.text) == ("host", True)


@pytest.mark.parametrize("method", OPERATIONS)
def test_damage_is_named_whatever_the_method(s3: Callable[..., Any], method: str) -> None:
    found = verify(link(s3(), method).replace("%20", "+"), [OURS])
    assert found.differs
    assert (found.method, found.differs.what) == (method, "plus-for-space")


def test_a_raw_plus_in_a_sigv2_signature_is_named(s3: Callable[..., Any]) -> None:
    client = s3("s3")
    urls = (link(client, key=f"k{number}") for number in range(200))
    url = next(url for url in urls if "%2B" in url.split("Signature=")[1].split("&")[0])
    found = verify(url.replace("%2B", "%20"), [OURS])
    assert found.differs
    assert found.differs.what == "plus-for-space"


def test_what_no_usual_damage_explains_is_unknown(s3: Callable[..., Any]) -> None:
    found = verify(link(s3()).replace("c.pdf", "d.pdf"), [OURS])
    assert (found.result, found.method) == ("mismatch", None)
    assert found.differs
    assert found.differs.what == "unknown"


def test_a_changed_character_is_noticed_wherever_it_stands(s3: Callable[..., Any]) -> None:
    url = link(s3(), key="k")
    for position in range(len("https://"), len(url), 7):
        other = "x" if url[position] != "x" else "y"
        changed = url[:position] + other + url[position + 1 :]
        assert verify(changed, [OURS]).result != "match", position


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_form_by_botocore_matches_until_its_policy_is_touched(s3: Callable[..., Any], version: str) -> None:
    import json

    form = s3(version).generate_presigned_post("bucket", "k", Conditions=[["content-length-range", 0, 9]])
    found = verify(json.dumps(form), [OTHER, OURS])
    assert (found.result, found.profile, found.method) == ("match", "support", "POST")
    wrapped = {
        **form["fields"],
        "policy": form["fields"]["policy"][:40] + "\n" + form["fields"]["policy"][40:],
    }
    found = verify(json.dumps({**form, "fields": wrapped}), [OURS])
    assert found.differs
    assert (found.result, found.differs.what) == ("mismatch", "encoding")
    other = {**form["fields"], "policy": form["fields"]["policy"].replace("e", "f", 1)}
    assert verify(json.dumps({**form, "fields": other}), [OURS]).result == "mismatch"


@pytest.mark.parametrize("method", OPERATIONS)
def test_a_link_of_a_multi_region_access_point_matches(method: str) -> None:
    client = botocore.session.Session().create_client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id=KEYS.access_key_id,
        aws_secret_access_key=KEYS.secret_access_key,
    )
    bucket = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"
    url = client.generate_presigned_url(OPERATIONS[method], Params={"Bucket": bucket, "Key": "a b.pdf"})
    assert "AWS4-ECDSA-P256-SHA256" in url
    found = verify(url, [OTHER, OURS])
    assert (found.result, found.profile, found.method) == ("match", "support", method)
    stale = Candidate(Credentials(KEYS.access_key_id, "old"), "stale", "profile")
    assert verify(url, [stale]).result == "mismatch"
    spaced = verify(url.replace("%20", "+"), [OURS])
    assert spaced.differs
    assert (spaced.method, spaced.differs.what) == (method, "plus-for-space")
    assert verify(url[:-2] + "00", [OURS]).result == "mismatch"


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "prose",
        "https://",
        "https://[::1/?X-Amz-Signature=a&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20261124/r/s3/aws4_request",
        "https://h:99999/\ud800?X-Amz-Signature=\ud800&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%ff/20261124/r/s3/x",
        "https://h/?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=%ff%00&Expires=\ud800",
        "https://h/?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE&X-Amz-Signature=aaaaaaaaaaaaaa&X-Amz-Date=never",
        '{"fields": {"policy": "", "x-amz-credential": "AKIA/1", "x-amz-signature": "aaaaaaaa"}}',
    ],
)
def test_junk_is_never_a_match_and_never_raises(junk: str) -> None:
    assert verify(junk, [OURS]).result != "match"


def test_no_representation_shows_a_secret(s3: Callable[..., Any]) -> None:
    text = repr(verify(link(s3()), [OURS])) + repr(OURS)
    assert KEYS.secret_access_key not in text

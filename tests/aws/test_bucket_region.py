"""The bucket's own region: looked up without credentials, corrected, kept, and never in the way."""

import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from presign_cli.aws.account import Account
from presign_cli.aws.cache import Cache, cache_folder
from presign_cli.errors import EndpointError
from tests.aws.home import Home
from tests.aws.tls_proxy import TlsProxy, tells
from tests.fake_s3 import silence

KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture
def behind(home: Home, tls_proxy: TlsProxy) -> Home:
    """A home from which AWS is the proxy's play."""
    home.environ |= {**tls_proxy.variables, **KEYS, "AWS_REGION": "eu-west-1"}
    return home


def account(home: Home, **wishes: object) -> Account:
    return home.account(**{"detect": True, **wishes})


def codes(located: object) -> list[str]:
    return [warning.code for warning in located.warnings]  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [200, 301, 307, 400, 403])
def test_the_region_is_read_from_every_answer_and_corrected(behind: Home, tls_proxy: TlsProxy, status: int):
    tls_proxy.answers(tells(status))
    located = account(behind).locate("bkt")
    assert located.location.host == "bkt.s3.eu-central-1.amazonaws.com"
    assert located.location.region == "eu-central-1"
    assert codes(located) == ["region-corrected"]


def test_the_question_is_a_head_of_the_bucket_in_its_partition_without_credentials(
    behind: Home, tls_proxy: TlsProxy
):
    tls_proxy.answers(tells(200, "cn-north-1"))
    behind.environ["AWS_REGION"] = "cn-northwest-1"
    account(behind).locate("bkt")
    asked = tls_proxy.asked[0]
    assert tls_proxy.connected == ["bkt.s3.cn-northwest-1.amazonaws.com.cn"]
    assert (asked.method, asked.target) == ("HEAD", "/")
    assert "authorization" not in asked.headers
    assert b"AKIA" not in asked.raw


def test_a_dotted_bucket_is_asked_for_by_its_path(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(301))
    assert account(behind).locate("a.b").location.path("k") == "/a.b/k"
    assert tls_proxy.asked[0].target == "/a.b"


def test_without_a_region_the_buckets_own_is_found_and_told(behind: Home, tls_proxy: TlsProxy):
    del behind.environ["AWS_REGION"]
    tls_proxy.answers(tells(403, "ap-south-1"))
    located = account(behind).locate("bkt")
    assert (located.location.region, located.warnings) == ("ap-south-1", ())
    assert located.notes == ("`bkt` is in ap-south-1",)
    assert tls_proxy.connected == ["bkt.s3.us-east-1.amazonaws.com"]


def test_an_answer_is_kept_for_seven_days_and_needs_no_socket(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200))
    for _ in range(10):
        assert account(behind).locate("bkt").location.region == "eu-central-1"
    assert len(tls_proxy.asked) == 1
    later = datetime.now(UTC) + timedelta(days=7, minutes=1)
    account(behind, clock=lambda: later).locate("bkt")
    assert len(tls_proxy.asked) == 2


def test_a_failure_is_kept_for_ten_minutes_and_the_configured_region_serves(
    behind: Home, tls_proxy: TlsProxy
):
    tls_proxy.answers(tells(503, None))
    located = account(behind).locate("bkt")
    assert (located.location.region, codes(located)) == ("eu-west-1", [])
    assert located.notes == (
        "the region of `bkt` could not be looked up (S3 answered 503 and told no region); using eu-west-1",
    )
    account(behind).locate("bkt")
    assert len(tls_proxy.asked) == 1
    later = datetime.now(UTC) + timedelta(minutes=11)
    account(behind, clock=lambda: later).locate("bkt")
    assert len(tls_proxy.asked) == 2


def test_a_proxy_that_does_not_answer_costs_two_seconds(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(silence())
    started = time.monotonic()
    located = account(behind).locate("bkt")
    assert time.monotonic() - started < 4
    assert located.location.region == "eu-west-1"


def test_a_wrong_ca_leaves_the_configured_region(behind: Home, authority: object):
    behind.environ["AWS_CA_BUNDLE"] = authority.bundle  # type: ignore[attr-defined]
    located = account(behind).locate("bkt")
    assert located.location.region == "eu-west-1"
    assert "certificate was not accepted" in located.notes[0]


def test_a_ca_bundle_by_flag_is_used(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200))
    del behind.environ["AWS_CA_BUNDLE"]
    assert account(behind, ca_bundle=tls_proxy.bundle).locate("bkt").location.region == "eu-central-1"


def test_no_proxy_is_honoured(behind: Home, tls_proxy: TlsProxy):
    behind.environ |= {"NO_PROXY": "amazonaws.com", "AWS_REGION": "xx-nowhere-1"}
    account(behind).locate("bkt")
    assert tls_proxy.connected == []


def test_a_missing_bucket_is_a_warning(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(404, None))
    located = account(behind).locate("bkt")
    assert (located.location.region, codes(located)) == ("eu-west-1", ["no-such-bucket"])
    del behind.environ["AWS_REGION"]
    with pytest.raises(EndpointError, match="there is no bucket `bkt`"):
        account(behind).locate("bkt")


@pytest.mark.parametrize(("days", "words"), [(1, "behind"), (-1, "ahead of")])
def test_a_clock_that_is_off_by_a_day_is_told(behind: Home, tls_proxy: TlsProxy, days: int, words: str):
    date = format_datetime(datetime.now(UTC) + timedelta(days=days), usegmt=True)
    tls_proxy.answers(tells(200, "eu-west-1", Date=date))
    located = account(behind).locate("bkt")
    assert codes(located) == ["clock-skew"]
    assert words in located.warnings[0].text


def test_a_clock_that_is_right_is_not_told(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200, "eu-west-1", Date=format_datetime(datetime.now(UTC), usegmt=True)))
    assert account(behind).locate("bkt").warnings == ()


@pytest.mark.parametrize(
    ("bucket", "wishes"),
    [
        ("bkt", {"region": "eu-west-1"}),
        ("bkt", {"detect": False}),
        ("bkt", {"endpoint_url": "http://127.0.0.1:1"}),
        ("arn:aws:s3:eu-west-1:123456789012:accesspoint/name", {}),
        ("bkt--euw1-az1--x-s3", {}),
    ],
)
def test_nobody_is_asked_where_the_region_is_known_or_must_not_be(
    behind: Home, tls_proxy: TlsProxy, bucket: str, wishes: dict[str, object]
):
    account(behind, **wishes).locate(bucket)
    assert tls_proxy.connected == []


def test_a_region_that_the_target_tells_is_where_the_look_up_begins(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200))
    account(behind).locate("bkt", region="eu-west-2")
    assert tls_proxy.connected == ["bkt.s3.eu-west-2.amazonaws.com"]


def test_a_hostile_answer_is_no_region(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200, "evil.example/?"))
    located = account(behind).locate("bkt")
    assert located.location.host == "bkt.s3.eu-west-1.amazonaws.com"


def test_kept_answers_are_files_of_ones_own_that_follow_no_link(home: Home, tmp_path: Path):
    cache = Cache(cache_folder(home.environ))
    cache.write("region", "aws/bkt", "eu-west-1", until=100)
    (path,) = Path(cache_folder(home.environ)).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "bkt" not in path.name
    victim = tmp_path / "victim"
    victim.write_text("999 ap-south-1")
    path.unlink()
    path.symlink_to(victim)
    assert cache.read("region", "aws/bkt", now=0) is None
    assert cache.trouble is not None
    cache.write("region", "aws/bkt", "eu-west-1", until=100)
    assert victim.read_text() == "999 ap-south-1"
    assert not path.is_symlink()
    assert cache.read("region", "aws/bkt", now=99) == "eu-west-1"
    assert cache.read("region", "aws/bkt", now=100) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"999999999999 ", b"x eu-west-1", b"9" * 9000])
def test_a_broken_cache_file_is_no_answer(behind: Home, tls_proxy: TlsProxy, content: bytes):
    tls_proxy.answers(tells(200))
    account(behind).locate("bkt")
    (path,) = Path(cache_folder(behind.environ)).iterdir()
    path.write_bytes(content)
    assert account(behind).locate("bkt").location.region == "eu-central-1"
    assert len(tls_proxy.asked) == 2


def test_a_cache_folder_that_cannot_be_used_is_a_note(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200, "eu-west-1"))
    (behind.path / ".cache").write_text("a file")
    located = account(behind).locate("bkt")
    assert located.location.region == "eu-west-1"
    assert located.notes == (
        f"the cache folder `{cache_folder(behind.environ)}` cannot be used: not a directory; it is left out",
    )


def test_two_hundred_processes_share_one_cold_cache(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200))
    command = [sys.executable, "-m", "presign_cli", "get", "s3://bkt/k"]

    def run(_: int) -> str:
        result = subprocess.run(command, env=behind.environ, capture_output=True, text=True, check=True)
        return result.stdout.partition("?")[0]

    with ThreadPoolExecutor(8) as pool:
        links = set(pool.map(run, range(200)))
    assert links == {"https://bkt.s3.eu-central-1.amazonaws.com/k"}
    (path,) = Path(cache_folder(behind.environ)).iterdir()
    assert path.read_text().endswith(" eu-central-1")


def test_a_warm_cache_opens_no_socket(behind: Home, tls_proxy: TlsProxy):
    tls_proxy.answers(tells(200))
    account(behind).locate("bkt")
    code = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    if event.startswith('socket.'): sys.stderr.write(f'opened: {event}')\n"
        "sys.addaudithook(watch)\n"
        "from presign_cli.app import run\n"
        "sys.exit(run(['get', 's3://bkt/k', '-q']))\n"
    )
    environ = {**behind.environ, "PYTHONPATH": str(Path.cwd())}
    result = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("https://bkt.s3.eu-central-1.amazonaws.com/k?")
    assert result.stderr == ""

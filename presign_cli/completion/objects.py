"""Buckets and keys behind an `s3://` that somebody is typing: one listing, within a second, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus
from xml.etree import ElementTree

from presign_cli.completion.candidate import NOTHING, Candidate, Candidates
from presign_cli.errors import PresignError

_SECONDS = 1.0
_MOST = 200
_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who lists: what stands on the command line so far, over the environment."""

    environ: Mapping[str, str]
    now: datetime
    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None


def objects(text: str, asker: Asker) -> Candidates:
    """What can follow `s3://…`: buckets, then prefixes and keys up to the next `/`.

    A key that cannot be shown on a line as it is, is left out. Nothing where anything goes wrong.
    """
    bucket, slash, prefix = text.removeprefix("s3://").partition("/")
    try:
        names = _keys(bucket, prefix, asker) if slash else _buckets(bucket, asker)
    except (PresignError, ElementTree.ParseError):
        return NOTHING
    found = tuple(Candidate(f"s3://{name}") for name in names if name.isprintable())
    unfinished = any(one.value.endswith("/") for one in found)
    return Candidates(found, "nospace" if unfinished else "values")


def _buckets(prefix: str, asker: Asker) -> list[str]:
    root = _list("", {}, asker)
    names = [element.text or "" for element in root.findall(".//{*}Bucket/{*}Name")]
    return [f"{name}/" for name in names if name.startswith(prefix)]


def _keys(bucket: str, prefix: str, asker: Asker) -> list[str]:
    # escaped in the answer, for XML cannot hold every key
    query = {
        "delimiter": "/",
        "encoding-type": "url",
        "list-type": "2",
        "max-keys": str(_MOST),
        "prefix": prefix,
    }
    root = _list(bucket, query, asker)
    folders = [element.findtext("{*}Prefix") or "" for element in root.findall("{*}CommonPrefixes")]
    keys = [element.findtext("{*}Key") or "" for element in root.findall("{*}Contents")]
    names = [unquote_plus(name) for name in (*folders, *keys)]
    return [f"{bucket}/{name}" for name in names if name != prefix or not name.endswith("/")]


def _list(bucket: str, query: Mapping[str, str], asker: Asker) -> ElementTree.Element:
    """The answer to a signed listing, of all buckets where none is named."""
    from dataclasses import replace

    from presign_cli.aws.account import connect
    from presign_cli.aws.http import request
    from presign_cli.aws.wishes import Wishes

    wishes = Wishes(profile=asker.profile, region=asker.region, endpoint_url=asker.endpoint_url, detect=False)
    account = connect(wishes, environ=asker.environ, clock=lambda: asker.now)
    located = account.locate(bucket or "any.bucket")  # the dot makes it path style
    if not bucket:
        base = located.location.base_path.removesuffix("/any.bucket")
        located = located._replace(location=replace(located.location, base_path=base))
    signing = account.presigner(located, signed_at=asker.now, ttl_seconds=60)
    answer = request(
        "GET",
        signing.urls(("",), query=list(query.items()))[0],
        environ=asker.environ,
        ca_bundle=account.ca_bundle,
        timeout=_SECONDS,
        limit=_BYTES,
    )
    return ElementTree.fromstring(answer.body)  # noqa: S314 (half a megabyte at most, and a second)

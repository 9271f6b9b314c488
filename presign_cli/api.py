"""What `import presign_cli` offers to other programs: links signed, explained and proven. Stable within 1.x.

    from presign_cli import inspect, sign, verify

    link = sign("s3://bucket/manuals/kbd-v2.pdf", ttl="5m", filename="manual.pdf")
    link.presigned.url, link.life.usable_until
    inspect(url).status, verify(url).result

Like the commands, it reads the process's environment and AWS's files; it prints nothing, and raises the
classes of `presign_cli.errors`.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from presign_cli.core.inspection import Inspection
from presign_cli.core.link import Link
from presign_cli.core.verify import Verification
from presign_cli.errors import UsageError

_METHODS = ("GET", "HEAD", "PUT", "DELETE")


def sign(
    target: str,
    *,
    method: str = "GET",
    ttl: int | str | timedelta = 3_600,
    filename: str | None = None,
    version_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    profile: str | None = None,
    region: str | None = None,
    endpoint_url: str | None = None,
    now: datetime | None = None,
) -> Link:
    """A link for one object: `s3://BUCKET/KEY`, an ARN, or an object's URL.

    `ttl`: seconds, `"5m"`, or a timedelta; 1 second to 7 days. `headers`: what the link's user must send as
    it stands here. `filename`: what browsers save a download as. `now`: when it is signed, with a time zone;
    the clock where not said. The bucket's own region is looked up where `region` is not said.
    Raises UsageError, CredentialsError and EndpointError.
    """
    from presign_cli.aws.account import connect
    from presign_cli.aws.wishes import Wishes
    from presign_cli.core.cautions import life_warnings, path_warnings
    from presign_cli.core.decode import decode
    from presign_cli.core.life import usable_life
    from presign_cli.core.target import Surroundings
    from presign_cli.core.target_grammar import parse_target

    if method not in _METHODS:
        raise UsageError(f"`{method}` is no method that a link can be for", hint='method="PUT"')
    seconds, signed_at, owed = _seconds(ttl), _moment(now), dict(headers or {})
    wishes = Wishes(profile=profile, region=region, endpoint_url=endpoint_url)
    account = connect(wishes, environ=os.environ, clock=lambda: signed_at)  # noqa: TID251 (a front door)
    around = Surroundings(endpoints=tuple(filter(None, (account.endpoint_url,))), method=method)
    wanted = parse_target(target, around)
    located = account.locate(wanted.bucket, region=wanted.region)
    signing = account.presigner(
        located, signed_at=signed_at, ttl_seconds=seconds, method=method, headers=owed
    )
    query = _query(wanted.key, filename=filename, version_id=version_id or wanted.version_id)
    (url,) = signing.urls((wanted.key,), query=query)
    life = usable_life(signing.credentials, signed_at=signed_at, ttl_seconds=seconds)
    told = (*life_warnings(life, now=signed_at), *path_warnings(wanted.key))
    return Link(
        presigned=replace(decode(url), method=method, bucket=wanted.bucket, key=wanted.key),
        life=life,
        required_headers=owed,
        profile=account.profile,
        warnings=(*located.warnings, *signing.warnings, *told),
    )


def inspect(text: str, *, method: str | None = None, now: datetime | None = None) -> Inspection:
    """What a link says, repaired where mail has mangled it, and what is wrong with it. Never raises.

    `method` is what its user means to do with it, such as `"PUT"`.
    """
    from presign_cli.core.inspection import inspect as judge
    from presign_cli.core.repair import repair

    repaired = repair(text)
    return judge(repaired.url, now=_moment(now), method=method, repairs=repaired.repairs)


def verify(url: str, *, profile: str | None = None, headers: Mapping[str, str] | None = None) -> Verification:
    """Whether keys of ours signed this link, as received, for which method, or what differs. Offline.

    It looks in the environment and every profile, or in `profile` alone. `headers` are values of those that
    the link owes. Raises CredentialsError for a profile that does not exist.
    """
    from presign_cli.aws.keyring import candidates
    from presign_cli.core.verify import verify as prove

    keys = candidates(environ=os.environ, profile=profile)  # noqa: TID251
    return prove(url, keys, headers=headers)


def _seconds(ttl: int | str | timedelta) -> int:
    from presign_cli.core.duration import check_ttl, parse_ttl

    if isinstance(ttl, str):
        return parse_ttl(ttl)
    seconds = int(ttl.total_seconds()) if isinstance(ttl, timedelta) else ttl
    return check_ttl(seconds, said=f"TTL `{ttl}`")


def _moment(now: datetime | None) -> datetime:
    moment = now or datetime.now(UTC)  # noqa: TID251 (a front door)
    if moment.tzinfo is None:
        raise UsageError("`now` has no time zone", hint="datetime.now(UTC)")
    return moment.astimezone(UTC).replace(microsecond=0)


def _query(key: str, *, filename: str | None, version_id: str | None) -> list[tuple[str, str]]:
    from presign_cli.core.response_overrides import OverrideWish, checked_wish, overrides_for

    wish = checked_wish(OverrideWish(filename=filename))
    query = list(overrides_for(key, wish, kept={}).items())
    return [*query, ("versionId", version_id)] if version_id else query

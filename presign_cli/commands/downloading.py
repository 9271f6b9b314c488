"""Runs of targets to batches of download links: what each link asks of S3, and which share a signature."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from presign_cli.commands.signing import Request, Signer
from presign_cli.core.link import Batch
from presign_cli.core.response_overrides import OverrideWish, overrides_for
from presign_cli.core.runs import Run
from presign_cli.core.target import Target

if TYPE_CHECKING:
    from presign_cli.commands.check import LinkChecker
    from presign_cli.core.encryption import CustomerKey


class DownloadWish(NamedTuple):
    """What was asked of every download, whatever its target. `version_id` goes before a target's own."""

    overrides: OverrideWish = OverrideWish()
    version_id: str | None = None
    request_payer: bool = False
    customer_key: "CustomerKey | None" = None


def sign_downloads(
    run: Run, wish: DownloadWish, *, signer: Signer, checker: "LinkChecker | None" = None
) -> Iterator[Batch]:
    """The links of a run, asked for at once where there is a checker."""
    one_by_one = checker is not None or wish.overrides.depends_on_key
    for target, keys in _alike(run, one_by_one=one_by_one):
        request = _request(target, wish)
        batch = signer.batch(target, keys, request)
        yield checker.checked(batch, headers=request.headers) if checker else batch


def _alike(run: Run, *, one_by_one: bool) -> Iterator[tuple[Target, list[str]]]:
    """The run whole, or key by key where links differ in more than that: an own file name, an own check."""
    if len(run.keys) == 1 or not one_by_one:
        yield run.target, run.keys
        return
    for key in run.keys:
        yield run.target._replace(key=key), [key]


def _request(target: Target, wish: DownloadWish) -> Request:
    """The operation's own query, in botocore's order, and the headers that are owed."""
    query = list(overrides_for(target.key, wish.overrides, kept=target.response_overrides).items())
    version = wish.version_id or target.version_id
    if version:
        query.append(("versionId", version))
    if wish.request_payer:
        query.append(("x-amz-request-payer", "requester"))
    return Request(query=tuple(query), headers=wish.customer_key.headers() if wish.customer_key else {})

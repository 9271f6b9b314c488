"""What is said, and refused, of an old link that is signed anew: anybody can mail one to another's object."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from presign_cli.core.cautions import not_ours_warnings
from presign_cli.core.credentials import Credentials
from presign_cli.core.link import LinkWarning
from presign_cli.core.presigned import Presigned
from presign_cli.core.target import Target
from presign_cli.errors import UsageError

if TYPE_CHECKING:
    from presign_cli.core.verify import Candidate


def renewal_note(target: Target, old: Presigned) -> str:
    """Whose request it is, by the link alone."""
    account = f" of account {old.account_id}" if old.account_id else ""
    key_id = old.access_key_id or "an unknown key"
    return f"renewing s3://{target.bucket}/{target.key}, signed by {key_id}{account}"


def renewal_warnings(
    old: Presigned, ours: Credentials, others: Iterable["Candidate"], *, method: str
) -> tuple[LinkWarning, ...]:
    """Whether the old link was made by the keys that sign the new one, or by `others` that lie about here.

    Raises UsageError for one that was made for another method.
    """
    from presign_cli.core.verify import Candidate, verify  # most links are not renewed

    verification = verify(old.url, (Candidate(ours, None, "environment"), *others))
    if verification.result == "match" and verification.method not in (None, method):
        raise UsageError(
            f"the link was made for {verification.method}, not for {method}",
            hint="presign inspect --verify URL",
        )
    return not_ours_warnings(old, ours, verification)

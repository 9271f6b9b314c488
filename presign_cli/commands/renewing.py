"""What is said, and refused, of an old link that is signed anew: anybody can mail one to another's object."""

from presign_cli.core.cautions import not_ours_warnings
from presign_cli.core.credentials import Credentials
from presign_cli.core.link import LinkWarning
from presign_cli.core.presigned import Presigned
from presign_cli.core.target import Target
from presign_cli.errors import UsageError


def renewal_note(target: Target, old: Presigned) -> str:
    """Whose request it is, by the link alone."""
    account = f" of account {old.account_id}" if old.account_id else ""
    key_id = old.access_key_id or "an unknown key"
    return f"renewing s3://{target.bucket}/{target.key}, signed by {key_id}{account}"


def renewal_warnings(
    old: Presigned, signer: Credentials, *, profile: str | None, method: str
) -> tuple[LinkWarning, ...]:
    """Whether the old link was ours. Raises UsageError for one that was made for another method."""
    from presign_cli.core.verify import Candidate, verify  # most links are not renewed

    ours = Candidate(signer, profile, "profile" if profile else "environment")
    verification = verify(old.url, (ours,))
    if verification.result == "match" and verification.method not in (None, method):
        raise UsageError(
            f"the link was made for {verification.method}, not for {method}",
            hint="presign inspect --verify URL",
        )
    return not_ours_warnings(old, signer, verification)

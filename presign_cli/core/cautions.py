"""What the maker of a link should know about it before it is mailed: the rules behind `warnings`."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from presign_cli.core.credentials import Credentials, account_id
from presign_cli.core.duration import format_duration, in_words
from presign_cli.core.harmless import harmless
from presign_cli.core.life import Life
from presign_cli.core.link import LinkWarning
from presign_cli.core.presigned import Presigned
from presign_cli.core.timestamps import iso

if TYPE_CHECKING:
    from presign_cli.core.verify import Verification

_SHORT_LIFE = timedelta(minutes=1)


def life_warnings(life: Life, *, now: datetime) -> tuple[LinkWarning, ...]:
    """How a link's real life falls short of what was asked."""
    if life.usable_until is None:
        return (
            LinkWarning(
                "expiry-unknown",
                "temporary credentials signed this link, and nobody told when they end: it may die before "
                f"{iso(life.expires_at)}",
                "set AWS_CREDENTIAL_EXPIRATION, or sign by a profile that botocore refreshes",
            ),
        )
    left = life.usable_until - max(now, life.signed_at)
    if left <= timedelta(0):
        return (_already_expired(life.usable_until),)
    found = []
    if life.limited_by == "credentials":
        found.append(_credentials_expire_first(life, left=int(left.total_seconds())))
    if left < _SHORT_LIFE:
        found.append(
            LinkWarning(
                "short-life",
                f"the link lives for {in_words(int(left.total_seconds()))} only",
                "people need a moment to click: --ttl 5m",
            )
        )
    return tuple(found)


def _already_expired(usable_until: datetime) -> LinkWarning:
    return LinkWarning(
        "already-expired", f"the link is dead already: it ended {iso(usable_until)}", "leave out --not-before"
    )


def _credentials_expire_first(life: Life, *, left: int) -> LinkWarning:
    return LinkWarning(
        "credentials-expire-first",
        f"the link dies with the credentials that signed it, {iso(life.usable_until or life.expires_at)}, "
        f"after {in_words(left)} of the {format_duration(life.ttl_seconds)} asked",
        f"--ttl {format_duration(left)}, or sign by credentials that live longer",
    )


def rewrites(key: str) -> bool:
    """Whether browsers and most clients rewrite the key's path, which breaks the signature.

    https://datatracker.ietf.org/doc/html/rfc3986#section-5.2.4 (remove dot segments)
    """
    return "." in key and not {".", ".."}.isdisjoint(key.split("/"))


def path_warnings(key: str) -> tuple[LinkWarning, ...]:
    """What is to be said of a key whose path clients rewrite."""
    if not rewrites(key):
        return ()
    return (
        LinkWarning(
            "path-rewritten",
            "the key has `.` or `..` for a part: browsers and most clients rewrite such a path, and S3 then "
            "refuses the signature",
            "curl --path-as-is sends it as it is (-o curl)",
        ),
    )


def not_ours_warnings(
    old: Presigned, signer: Credentials, verification: "Verification"
) -> tuple[LinkWarning, ...]:
    """Whether a link to be renewed was made by somebody else, or altered on its way to us."""
    ours = account_id(signer.access_key_id)
    hint = "make sure that whoever sent the link may have this object; --strict refuses"
    if old.account_id and ours and old.account_id != ours:
        text = f"the old link was signed in account {old.account_id}, not in {ours}"
        return (LinkWarning("not-ours", text, hint),)
    if verification.result == "mismatch":
        text = f"the old link's signature is wrong: {old.access_key_id} did not sign this"
        if old.required_headers:  # anybody can write such a link: not a reason to trust it
            owed = harmless(", ".join(old.required_headers))
            text = f"the old link's signature cannot be proved: it covers headers that are not in it ({owed})"
        return (LinkWarning("not-ours", text, hint),)
    return ()

"""An existing link as a target: the same object, to be signed anew.

A request by whoever sent the link, who may not have the right to it: what can be told from the link alone is
told or refused here, and the rest is for whoever signs.
"""

from presign_cli.core.presigned import Presigned
from presign_cli.core.target import Surroundings, Target, checked, short
from presign_cli.core.target_grammar import parse_target
from presign_cli.errors import UsageError

_RENEWABLE = ("aws-sigv4", "aws-sigv4a", "aws-sigv2")
_SIGNED = ("x-amz-signature", "signature=", "signature%3d", "sig=", "awsaccesskeyid")


def parse_renewable(text: str, around: Surroundings) -> Target:
    """The object that a TARGET names, be it an object or an old link to one. Raises UsageError."""
    renewal = _parse_renewal(text, around) if _looks_signed(text) else None
    return renewal or parse_target(text, around)


def _looks_signed(text: str) -> bool:
    """Whether a target may be a signed link, whole or mangled; never true of `s3://` and ARNs."""
    lowered = text.lower()
    return "://" in text and not lowered.startswith(("s3://", "arn:")) and any(m in lowered for m in _SIGNED)


def _parse_renewal(text: str, around: Surroundings) -> Target | None:
    """The object of a signed link, or None where the text is no signed link. Raises UsageError."""
    # most targets are no links: what reads and mends those is imported for one that is
    from presign_cli.core.address import read_address
    from presign_cli.core.decode import decode
    from presign_cli.core.object_url import place
    from presign_cli.core.repair import repair

    repaired = repair(text)
    link = decode(repaired.url)
    if link is None or link.dialect == "none":
        return None
    _check_renewable(link, around)
    address = read_address(repaired.url)
    if address is None:
        return None
    bucket, key, region = place(address, around)
    return checked(
        Target(
            bucket=bucket,
            key=key,
            region=region or _region(link),
            version_id=link.version_id,
            response_overrides=link.response_overrides,
            renews=link,
            repairs=repaired.repairs,
        ),
        around,
    )


def _check_renewable(link: Presigned, around: Surroundings) -> None:
    if link.dialect not in _RENEWABLE:
        raise UsageError(
            f"the link `{short(link.url)}` is of the dialect {link.dialect}, which S3's keys cannot renew",
            hint="presign inspect URL tells what it is",
        )
    if link.method not in (None, around.method):
        raise UsageError(
            f"the link `{short(link.url)}` was made for {link.method}, not for {around.method}",
            hint="presign put s3://BUCKET/KEY" if link.method == "PUT" else "presign inspect URL",
        )


def _region(link: Presigned) -> str | None:
    """The region of the old scope; a region set or none at all says nothing."""
    return link.region if link.region and "*" not in link.region and "," not in link.region else None

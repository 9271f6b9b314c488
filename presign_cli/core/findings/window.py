"""Whether a link is alive: when it begins and ends, and what may end it sooner."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from presign_cli.core.duration import in_words
from presign_cli.core.findings.finding import Case, Finding, Level, new_link
from presign_cli.core.presigned import Presigned
from presign_cli.core.timestamps import iso

SKEW_SECONDS = 15 * 60
"""How far ahead a signature may be dated: servers allow for that much clock skew."""

_MAX_TTL = 604_800
_SOON_SECONDS = 5 * 60
_MILLISECONDS = 100_000_000_000
# Role sessions end after 12 h, those of GetSessionToken and federation after 36 h.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
_LONGEST_SESSION = timedelta(hours=36)


def starts_at(presigned: Presigned) -> datetime | None:
    """When a link begins to work, as far as it says."""
    return presigned.valid_from or presigned.signed_at


def seconds_left(presigned: Presigned, *, now: datetime) -> int | None:
    """Until its signed expiry, negative after it; None where the link does not tell."""
    return int((presigned.expires_at - now).total_seconds()) if presigned.expires_at else None


def unreadable_end(case: Case) -> Iterator[Finding]:
    """An expiry or a TTL that is no number, none that servers take, or in milliseconds."""
    presigned, grammar = case.reading.presigned, case.reading.grammar
    if not grammar:
        return
    if grammar.life and (raw := case.reading.parameters.get(grammar.life)) is not None:
        yield from _odd_ttl(case, grammar.life, raw)
    if grammar.end and presigned.expires_at is None:
        raw = case.reading.parameters.get(grammar.end)
        if raw is not None and "policy" not in case.reading.parameters.first:
            yield Finding("error", "ttl-invalid", f"`{grammar.end}` is no time: `{raw[:40]}`", new_link(case))
    if (
        grammar.end == "Expires"
        and presigned.expires_at
        and presigned.expires_at.timestamp() >= _MILLISECONDS
    ):
        text = "`Expires` seems to be in milliseconds: it should be seconds since 1970"
        yield Finding("warning", "ttl-invalid", text, new_link(case))


def _odd_ttl(case: Case, name: str, raw: str) -> Iterator[Finding]:
    ttl = case.reading.presigned.ttl_seconds
    if ttl is None or not raw.isdigit():
        text = f"`{name}` is `{raw[:40]}`: it should be whole seconds, 1 to {_MAX_TTL}"
        yield Finding("error", "ttl-invalid", text, new_link(case))
    elif ttl < 1:
        text = f"`{name}` is {ttl}: servers want at least 1 second"
        yield Finding("error", "ttl-invalid", text, new_link(case))
    elif ttl > _MAX_TTL:
        text = f"`{name}` is {ttl} seconds ({in_words(ttl)}): servers refuse more than 7 days"
        yield Finding("error", "ttl-too-long", text, new_link(case))


def life(case: Case) -> Iterator[Finding]:
    """Expired, about to expire, not yet valid, or dated a little ahead."""
    left = seconds_left(case.reading.presigned, now=case.now)
    end = case.reading.presigned.expires_at
    if left is not None and end is not None:
        if left <= 0:
            text = f"expired {in_words(-left)} ago, at {iso(end)}"
            yield Finding("error", "expired", text, new_link(case))
        elif left < max(case.min_left or 0, _SOON_SECONDS):
            asked = case.min_left is not None and left < case.min_left
            least = f", less than the {in_words(case.min_left or 0)} asked for" if asked else ""
            hint = "use it now: a transfer that runs goes on, one that is resumed later fails"
            yield Finding("warning", "expires-soon", f"expires in {in_words(left)}{least}", hint)
    yield from _start(case)


def _start(case: Case) -> Iterator[Finding]:
    start = starts_at(case.reading.presigned)
    ahead = int((start - case.now).total_seconds()) if start else 0
    if start is None or ahead <= 0:
        return
    if ahead > SKEW_SECONDS:
        text = f"not valid before {iso(start)}, in {in_words(ahead)}"
        hint = "wait until then; if that is a surprise, the clock of whoever signed it, or this one, is wrong"
        yield Finding("error", "not-yet-valid", text, hint)
    else:
        text = f"dated {in_words(ahead)} ahead of this clock; servers allow for about 15 min"
        yield Finding("warning", "dated-ahead", text, "set both clocks right, the signer's and this one")


def temporary_credentials(case: Case) -> Iterator[Finding]:
    """A link dies with the credentials that signed it, whatever it says itself."""
    presigned = case.reading.presigned
    if presigned.credential_kind != "temporary" or not presigned.dialect.startswith("aws-"):
        return
    expires = presigned.expires_at
    if expires is not None and expires <= case.now:
        return
    level, text = _session(case, presigned)
    hint = "if S3 says ExpiredToken, ask for a new link, signed with fresh or long-lived credentials"
    yield Finding(level, "temporary-credentials", text, hint)


def _session(case: Case, presigned: Presigned) -> tuple[Level, str]:
    text = "signed with temporary credentials: it dies with them, which may be sooner than it says"
    on_aws = case.place is not None and case.place.service is not None
    if presigned.signed_at is None or not on_aws:
        return "info", text
    last = presigned.signed_at + _LONGEST_SESSION
    if case.now >= last:
        return (
            "error",
            f"signed with temporary credentials that were dead by {iso(last)}, and so is the link",
        )
    if (presigned.ttl_seconds or 0) > 12 * 3_600:
        return "warning", f"{text}: most sessions end within 12 h, none lives beyond {iso(last)}"
    return "info", f"{text}; no session lives beyond 12 h (of a role) or 36 h"

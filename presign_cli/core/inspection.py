"""A link judged: what it says, whether it is alive, what is wrong with it, and the exit code of all that."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from presign_cli.core.decode import read
from presign_cli.core.dialects.grammar import Reading
from presign_cli.core.findings import MALFORMED, Finding, find
from presign_cli.core.findings.window import SKEW_SECONDS, seconds_left, starts_at
from presign_cli.core.presigned import Presigned
from presign_cli.errors import ExitCode

if TYPE_CHECKING:
    from presign_cli.core.link import Check
    from presign_cli.core.verify import Verification

Status = Literal["active", "expired", "not-yet-valid", "unsigned", "malformed", "unknown"]

_OF_TIME = ("expired", "not-yet-valid")


class Inspection(NamedTuple):
    """All that is known of one link at one time.

    `url` is the link, or where a form is sent; None where neither is known. `seconds_left` is negative after
    the expiry. `repairs` are the names of what was undone to get the link.
    """

    presigned: Presigned
    url: str | None
    status: Status
    seconds_left: int | None
    repairs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    verification: "Verification | None" = None
    check: "Check | None" = None
    min_left: int | None = None

    @property
    def exit_code(self) -> ExitCode:
        """The highest of what time, form, signature and S3 give. Without credentials nothing changes."""
        codes = [ExitCode.OK]
        too_short = (
            self.min_left is not None and self.seconds_left is not None and self.seconds_left < self.min_left
        )
        if self.status in _OF_TIME or too_short:
            codes.append(ExitCode.EXPIRED)
        wrong = any(finding.level == "error" and finding.code not in _OF_TIME for finding in self.findings)
        mismatch = self.verification is not None and self.verification.result == "mismatch"
        if self.status in ("unsigned", "malformed") or wrong or mismatch:
            codes.append(ExitCode.INVALID)
        if self.check is not None and self.check.ok is False:
            codes.append(ExitCode.REFUSED)
        return max(codes)


def inspect(
    text: str,
    *,
    now: datetime,
    method: str | None = None,
    min_left: int | None = None,
    repairs: Iterable[str] = (),
    verification: "Verification | None" = None,
) -> Inspection:
    """Decodes and judges a repaired link or a form. Never raises, whatever the text holds.

    `method` is what its user means to do with it, `min_left` the least seconds it should still live.
    A verified link's method is the one that its signature fits.
    """
    reading = read(text)
    if verification and verification.method:
        reading = replace(reading, presigned=replace(reading.presigned, method=verification.method))
    findings = find(reading, now=now, method=method, min_left=min_left)
    presigned = reading.presigned
    return Inspection(
        presigned=presigned,
        url=reading.address.text.strip() if reading.address else None,
        status=_status(reading, findings, now=now),
        seconds_left=seconds_left(presigned, now=now),
        repairs=tuple(repairs),
        findings=findings,
        verification=verification,
        min_left=min_left,
    )


def _status(reading: Reading, findings: tuple[Finding, ...], *, now: datetime) -> Status:
    presigned = reading.presigned
    if any(finding.level == "error" and finding.code in MALFORMED for finding in findings):
        return "malformed"
    if presigned.dialect == "none":
        return "unsigned"
    if presigned.expires_at is None:
        stored = presigned.dialect == "azure-sas" and "si" in reading.parameters.first
        return "unknown" if stored else "malformed"
    if presigned.expires_at <= now:
        return "expired"
    start = starts_at(presigned)
    return "not-yet-valid" if start and start - now > timedelta(seconds=SKEW_SECONDS) else "active"

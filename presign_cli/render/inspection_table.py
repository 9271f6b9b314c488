"""An inspection for a support person: first what is wrong and what to do, then the facts, on one screen."""

from collections.abc import Callable, Iterator
from datetime import datetime

from presign_cli.core.duration import in_words
from presign_cli.core.findings import Finding
from presign_cli.core.harmless import harmless
from presign_cli.core.inspection import Inspection
from presign_cli.core.presigned import Dialect
from presign_cli.core.redact import Veil, no_veil
from presign_cli.core.timestamps import ToLocal, iso
from presign_cli.render.check import check_text
from presign_cli.render.console import Console
from presign_cli.render.moment import moment_text
from presign_cli.render.wrap import wrap

_DIALECTS: dict[Dialect, str] = {
    "aws-sigv4": "S3 link, SigV4",
    "aws-sigv4a": "S3 link, SigV4A (many regions)",
    "aws-sigv2": "S3 link, SigV2 (legacy)",
    "aws-post-policy": "S3 upload form (POST policy)",
    "cloudfront": "CloudFront link",
    "gcs-v4": "Google Cloud Storage link, V4",
    "gcs-v2": "Google Cloud Storage link, V2",
    "azure-sas": "Azure SAS link",
    "none": "no signature",
}
_COLORS = {"error": "31", "warning": "33", "info": "36", "good": "32", "dim": "2"}

Row = tuple[str, str]


def inspection_table(
    inspection: Inspection, *, console: Console, now: datetime, to_local: ToLocal, show_secrets: bool = False
) -> str:
    """Headline, facts, findings, and the link, without its secrets unless they are asked for."""
    veil = no_veil if show_secrets else Veil(inspection.presigned)
    level, text = headline(inspection, now=now, to_local=to_local)
    facts = _facts(inspection, now=now, to_local=to_local)
    blocks = [
        _colored(wrap(harmless(veil(text)), columns=_width(console)), level, console) + "\n",
        _lines(facts, veil, console),
        "".join(_finding_lines(inspection, veil, console)),
        "".join(
            _lines([(_last_label(inspection), inspection.url)], veil, console, fold=False)
            if inspection.url
            else ""
        ),
    ]
    return "\n".join(block for block in blocks if block)


def headline(inspection: Inspection, *, now: datetime, to_local: ToLocal) -> tuple[str, str]:
    """How bad it is (a level, or `good`), and one or two sentences: what is wrong, and what to do."""
    worst = _told(inspection)
    verification, check = inspection.verification, inspection.check
    if worst:
        return "error", f"{_sentence(_plainly(worst, inspection))} {_sentence(worst.hint)}"
    if verification and verification.result == "mismatch":
        why = verification.differs.text if verification.differs else "it was altered, or signed by other keys"
        return "error", f"The signature does not fit. {_sentence(why)}"
    if check and check.ok is False:
        return "error", " ".join(_sentence(part) for part in (check.text, check.hint) if part)
    return _good_news(inspection, now=now, to_local=to_local)


def _told(inspection: Inspection) -> Finding | None:
    """The finding that the headline tells, and that is not told again."""
    first = inspection.findings[0] if inspection.findings else None
    return first if first and first.level == "error" else None


def _plainly(finding: Finding, inspection: Inspection) -> str:
    """Its text; of an expiry, the hour stands among the facts, in the reader's own time."""
    if finding.code != "expired" or inspection.seconds_left is None:
        return finding.text
    what = "form" if inspection.presigned.dialect == "aws-post-policy" else "link"
    return f"this {what} expired {in_words(-inspection.seconds_left)} ago and no longer works"


def _good_news(inspection: Inspection, *, now: datetime, to_local: ToLocal) -> tuple[str, str]:
    warnings = sum(finding.level == "warning" for finding in inspection.findings)
    level = "warning" if warnings else "good"
    expires = inspection.presigned.expires_at
    if expires is None:
        return "warning", "When this link expires is not in the link."
    until = f"until {_moment(expires, now=now, to_local=to_local)}"
    if inspection.check and inspection.check.ok:
        return level, f"It works, {until}."
    told = "" if not warnings else "; see the warning below" if warnings == 1 else "; see the warnings below"
    return level, f"Not expired: good {until}{told}."


def _sentence(text: str) -> str:
    """First letter large, a full stop behind, but for a hint that ends in a command to be copied."""
    shown = text[:1].upper() + text[1:]
    return shown if ": presign " in text or ": curl " in text else f"{shown}."


def _facts(inspection: Inspection, *, now: datetime, to_local: ToLocal) -> list[Row]:
    presigned = inspection.presigned
    rows: list[Row] = []

    def add(label: str, text: str | None) -> None:
        if text:
            rows.append((label, text))

    def moment(when: datetime | None) -> str | None:
        return _moment(when, now=now, to_local=to_local) if when else None

    add("object", _object(inspection))
    add("version", presigned.version_id)
    add("what", _kind(inspection))
    add("for", presigned.method)
    add("signed by", _signer(inspection))
    add("signed", moment(presigned.signed_at))
    add("works from", moment(presigned.valid_from))
    add("expired" if inspection.status == "expired" else "expires", moment(presigned.expires_at))
    for name in presigned.required_headers:
        add("must send", _owed(name, inspection))
    for name, value in presigned.response_overrides.items():
        add("answers", f"{name.removeprefix('response-')}: {value}")
    for limit in presigned.limits:
        add("limited to", f"{limit.name}: {limit.value}")
    add("repaired", ", ".join(inspection.repairs))
    add("verified", _verified(inspection))
    add("checked", check_text(inspection.check) if inspection.check else None)
    return rows


def _moment(moment: datetime, *, now: datetime, to_local: ToLocal) -> str:
    """A link may name the year 1 or 9999, which no platform knows in local time."""
    try:
        return moment_text(moment, now=now, to_local=to_local)
    except (OverflowError, ValueError, OSError):
        return iso(moment)


def _last_label(inspection: Inspection) -> str:
    return "sent to" if inspection.presigned.dialect == "aws-post-policy" else "link"


def _object(inspection: Inspection) -> str | None:
    presigned = inspection.presigned
    if presigned.dialect == "cloudfront" or not presigned.bucket:
        return presigned.key
    scheme = {"gcs-v4": "gs://", "gcs-v2": "gs://", "azure-sas": ""}.get(presigned.dialect, "s3://")
    return f"{scheme}{presigned.bucket}/{presigned.key or ''}"


def _kind(inspection: Inspection) -> str:
    presigned = inspection.presigned
    parts = [_DIALECTS[presigned.dialect], presigned.region, presigned.host]
    return ", ".join(part for part in parts if part)


def _signer(inspection: Inspection) -> str | None:
    presigned = inspection.presigned
    if not presigned.access_key_id:
        return None
    account = f"account {presigned.account_id}" if presigned.account_id else None
    kind = None if presigned.credential_kind == "unknown" else f"{presigned.credential_kind} key"
    about = ", ".join(part for part in (kind, account) if part)
    return f"{presigned.access_key_id} ({about})" if about else presigned.access_key_id


def _owed(name: str, inspection: Inspection) -> str:
    """A header's name, and its value where the signature proves it."""
    proven = inspection.verification.headers if inspection.verification else {}
    return f"{name}: {proven[name]}" if name in proven else name


def _verified(inspection: Inspection) -> str | None:
    verification = inspection.verification
    if not verification:
        return None
    if verification.result == "no-credentials":
        return "not possible: no profile here, nor the environment, has the secret of this key"
    elsewhere = "the environment's keys" if verification.source == "environment" else "a cached session"
    by = f"profile {verification.profile}" if verification.profile else elsewhere
    if verification.result == "match":
        method = f", for {verification.method}" if verification.method else ""
        return f"the signature fits, by {by}{method}"
    why = f": {verification.differs.text}" if verification.differs else ""
    return f"the signature does not fit, by {by}{why}"


def _finding_lines(inspection: Inspection, veil: Callable[[str], str], console: Console) -> Iterator[str]:
    told = _told(inspection)
    for finding in inspection.findings:
        if finding is told:
            continue
        text = f"{finding.text} [{finding.code}]"
        yield _lines([(finding.level, text)], veil, console, color=finding.level)
        yield _lines([("", f"-> {finding.hint}")], veil, console)


def _lines(
    rows: list[Row],
    veil: Callable[[str], str],
    console: Console,
    *,
    color: str = "dim",
    fold: bool = True,
) -> str:
    """Two columns: a label of eleven characters, and text that wraps under itself on a terminal."""
    lines = []
    for label, text in rows:
        shown = harmless(veil(text))
        body = wrap(shown, columns=_width(console), indent=12) if fold else shown
        lines.append(f"{_colored(f'{label:<11}', color, console)} {body}".rstrip() + "\n")
    return "".join(lines)


def _width(console: Console) -> int | None:
    return console.columns if console.is_terminal else None


def _colored(text: str, color: str, console: Console) -> str:
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if console.color and text.strip() else text

"""What a server's refusal of a signed link means: a cause in one sentence, a remedy, and never its secrets.

`causes` holds the table; this module gathers what the answer tells and shows it harmlessly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from presign_cli.core.causes import code_of_status, find_cause
from presign_cli.core.difference import compare_requests, is_signed_request
from presign_cli.core.error_body import ErrorBody, read_error_body
from presign_cli.core.harmless import harmless
from presign_cli.core.redact import redact

SKEW_WORTH_TELLING = timedelta(minutes=5)

_HTTP_DATE = re.compile(
    r"[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT", re.ASCII
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXPECTED_REGION = re.compile(r"expecting '([a-z0-9-]{1,40})'")
_REGION = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
_ACTION = re.compile(r"not authorized to perform: ?([a-z0-9-]+:\w+)", re.IGNORECASE)
_POLICY = re.compile(r"explicit deny in an? ([a-z -]{3,40}? (?:policy|boundary))", re.IGNORECASE)
_LONGEST = 300
_TIMELY = (
    "AccessDenied",
    "AuthenticationFailed",
    "ExpiredRequest",
    "ExpiredToken",
    "RequestExpired",
    "RequestTimeTooSkewed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a link was refused.

    `code` is the server's own, or None where it gave none. `said` is the server's message, harmless and
    without signatures. `canonical_request` and `string_to_sign` are what S3 made of the request: they hold
    the link's token, so they stay out of `repr` and out of `text`.
    """

    code: str | None
    text: str
    hint: str
    said: str = ""
    canonical_request: str | None = field(default=None, repr=False)
    string_to_sign: str | None = field(default=None, repr=False)


def explain(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
    canonical_request: str | None = None,
    method_known: bool = False,
) -> Explanation:
    """The cause of a refusal and its remedy. `headers` have lower-case names; of `body` 64 KiB count.

    `canonical_request` is ours, to be compared with what S3 made of the request; `method_known` says that
    the link is certainly one for the method that was used.
    """
    answer = read_error_body(body)
    code = _shown(answer.get("Code")) if answer.kind in ("xml", "json") else ""
    code = code or _header_code(headers)
    message = _message(answer, headers)
    facts = _facts(answer, headers, message)
    cause = find_cause(code or code_of_status(status) or "", message, facts)
    text = cause.text.format_map(facts) if cause else _unknown(status, code, answer)
    hint = cause.hint.format_map(facts) if cause else "presign inspect LINK"
    if code == "SignatureDoesNotMatch":
        text = _mismatch(answer, text, canonical_request, method_known=method_known)
    return Explanation(
        code=code or None,
        text=text + _skew_told(code, headers, now),
        hint=hint,
        said=_shown(message),
        canonical_request=answer.fields.get("CanonicalRequest"),
        string_to_sign=answer.fields.get("StringToSign"),
    )


def clock_skew(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How far our clock is ahead of the server's (negative: behind), by its `Date`; None without one."""
    found = _HTTP_DATE.fullmatch(headers.get("date", ""))
    if not found or found[2] not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(found[index]) for index in (1, 3, 4, 5, 6))
    try:
        served = datetime(year, _MONTHS.index(found[2]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return now - served


def _header_code(headers: Mapping[str, str]) -> str:
    """Azure repeats its code in a header, and sends nothing else to a HEAD."""
    return _shown(headers.get("x-ms-error-code", ""))


def _message(answer: ErrorBody, headers: Mapping[str, str]) -> str:
    """All that the server says about it, for the rules to look at."""
    parts = [answer.get(name) for name in ("Message", "Details", "AuthenticationErrorDetail", "ArgumentName")]
    if headers.get("x-amz-delete-marker") == "true":
        parts.append("delete-marker")
    return " ".join(part for part in parts if part)


def _facts(answer: ErrorBody, headers: Mapping[str, str], message: str) -> dict[str, str]:
    """What the rules may tell, shown harmlessly; what is not there is left out."""
    expected, action, policy = (pattern.search(message) for pattern in (_EXPECTED_REGION, _ACTION, _POLICY))
    region = (
        answer.get("Region") or headers.get("x-amz-bucket-region", "") or (expected[1] if expected else "")
    )
    facts = {
        "region": region if _REGION.fullmatch(region) else "",
        "expires": answer.get("Expires"),
        "endpoint": answer.get("Endpoint"),
        "details": answer.get("AuthenticationErrorDetail"),
        "action": action[1] if action else "",
        "policy": policy[1] if policy else "",
    }
    return {name: _shown(value) for name, value in facts.items() if value}


def _unknown(status: int, code: str, answer: ErrorBody) -> str:
    if code:
        message = _shown(answer.get("Message"))
        return f"the server answered {status} {code}" + (f": {message}" if message else "")
    if answer.kind == "html":
        title = _shown(answer.get("Title"))
        page = f"a web page (`{title}`)" if title else "a web page"
        return f"the server answered {status} with {page}: no storage server, or something in front of it"
    if answer.kind == "json" and answer.get("Message"):
        return f"the server answered {status}: {_shown(answer.get('Message'))}"
    return f"the server answered {status} and gave no reason"


def _mismatch(answer: ErrorBody, text: str, ours: str | None, *, method_known: bool) -> str:
    """What S3's own canonical request, or at least its hash, tells beyond the code."""
    theirs, string = answer.get("CanonicalRequest"), answer.get("StringToSign")
    found = compare_requests(ours, theirs) if ours and theirs else None
    if found:
        return f"the link did not reach the server as it was sent: {found.text}"
    if ours and not theirs and string and not is_signed_request(ours, string):
        return "the link did not reach the server as it was sent, or was altered: it signs another request"
    cause = "the link was altered, or signed with another secret key" if method_known else text
    return f"{cause}; the server saw what was sent" if ours and (theirs or string) else cause


def _skew_told(code: str, headers: Mapping[str, str], now: datetime) -> str:
    skew = clock_skew(headers, now=now)
    if skew is None or code not in _TIMELY or abs(skew) < SKEW_WORTH_TELLING:
        return ""
    minutes = round(abs(skew).total_seconds() / 60)
    side = "ahead of" if skew > timedelta() else "behind"
    return f"; this computer's clock is {minutes} min {side} the server's"


def _shown(text: str) -> str:
    """One harmless line without signatures and tokens, not longer than a person reads."""
    line = redact(harmless(" ".join(text.split())))
    return f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line

"""Ask the server itself whether a link works: one GET of the first byte, and nothing that changes anything.

Never HEAD, which a GET link does not sign; the range is not signed, so every GET link allows it.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Range)
"""

import re
from collections.abc import Mapping
from datetime import datetime

from presign_cli.aws.http import Answer, NoAnswerError, read_address, request
from presign_cli.core.difference import request_of_link
from presign_cli.core.harmless import harmless
from presign_cli.core.link import Check
from presign_cli.core.response import explain
from presign_cli.errors import UsageError

TIMEOUT = 10.0
"""Seconds, for all of it."""

_CONTENT_RANGE = re.compile(r"bytes (?:\d+-\d+|\*)/(\d{1,20})", re.ASCII)
_LENGTH = re.compile(r"\d{1,20}", re.ASCII)
_LONGEST_TYPE = 200


def probe(
    url: str,
    *,
    method: str | None = None,
    headers: Mapping[str, str | None] | None = None,
    environ: Mapping[str, str],
    now: datetime,
    ca_bundle: str | None = None,
    server: str | None = None,
    timeout: float = TIMEOUT,
) -> Check:
    """What the server says to one ranged GET of a link, sent as it stands.

    `method` is what the link is known to be made for, None where nobody knows: then GET is tried.
    `headers` are those that the link owes; one whose value is None cannot be sent, so the link is not tried.
    `server` is the URL of an endpoint to ask in place of the link's host, which stays in the `Host` header.
    Raises UsageError for a CA bundle or a proxy setting that is none; all else is in the Check.
    """
    try:
        read_address(url)
    except UsageError as error:
        return _not_exercised(error.text, error.hint)
    owed = dict(headers or {})
    missing = [name for name, value in owed.items() if value is None and name.lower() != "host"]
    if method not in (None, "GET"):
        return _not_exercised(f"it was made for {method}, and only GET is tried", "use it as it is meant")
    if missing:
        return _not_exercised(
            f"it owes {_listed(missing)}, whose value is not in it", "curl -H 'NAME: VALUE' with that header"
        )
    sent = {"Range": "bytes=0-0"}
    sent.update({name: value for name, value in owed.items() if value is not None and name.lower() != "host"})
    try:
        answer = request(
            "GET", url, headers=sent, environ=environ, ca_bundle=ca_bundle, server=server, timeout=timeout
        )
    except NoAnswerError as error:
        return Check(ok=False, code=error.code, text=error.text, hint=error.hint)
    return _given(answer) or _refused(answer, url, sent, method=method, now=now)


def _not_exercised(text: str, hint: str) -> Check:
    return Check(ok=None, code="not-exercised", text=f"not tried: {text}", hint=hint)


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{harmless(name)}`" for name in names)


def _given(answer: Answer) -> Check | None:
    """An object, or None where the answer is no success. 416 to the first byte is an empty object."""
    if answer.status == 416:
        return Check(ok=True, status=416, size=0, text="it works: the object is empty")
    if not 200 <= answer.status < 300:
        return None
    partial = answer.status == 206
    return Check(
        ok=True,
        status=answer.status,
        size=_size(answer),
        content_type=harmless(answer.headers.get("content-type", ""))[:_LONGEST_TYPE] or None,
        text="it works" if partial else f"it works, though the answer was {answer.status} and not 206",
        hint=None if partial else "S3 gives 206: see that no page of a proxy or a login is what came",
    )


def _size(answer: Answer) -> int | None:
    """The whole object's, where the answer tells it."""
    if answer.status == 206:
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
        return int(found[1]) if found else None
    length = answer.headers.get("content-length", "")
    return int(length) if _LENGTH.fullmatch(length) else None


def _refused(
    answer: Answer, url: str, sent: Mapping[str, str], *, method: str | None, now: datetime
) -> Check:
    why = explain(
        answer.status,
        answer.headers,
        answer.body,
        now=now,
        canonical_request=request_of_link(url, headers=sent) if "X-Amz-Signature=" in url else None,
        method_known=method is not None,
    )
    return Check(ok=False, status=answer.status, code=why.code, text=why.text, hint=why.hint)

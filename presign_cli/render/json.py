"""Links as JSON, under the names that scripts rely on."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from presign_cli.core.link import Batch, Check, Link, LinkWarning
from presign_cli.core.timestamps import iso

_MARK = "\0"  # stands for what differs; no JSON text holds it unescaped


def json_lines(batches: Iterable[Batch], *, indent: bool = False) -> Iterator[str]:
    """One object a link, a line each, or indented for a person who looks at one."""
    for batch in batches:
        yield json.dumps(link_object(batch.model), indent=2) + "\n" if indent else _lines(batch)


def _lines(batch: Batch) -> str:
    """The model's line, written once for all of the batch: only `url` and `key` differ."""
    start, middle, end = json.dumps(
        {**link_object(batch.model), "url": _MARK, "key": _MARK}, ensure_ascii=True
    ).split(json.dumps(_MARK))
    quoted = json.encoder.encode_basestring_ascii
    return "".join(
        f'{start}"{url}"{middle}{quoted(key)}{end}\n' for url, key in zip(batch.urls, batch.keys, strict=True)
    )


def link_object(link: Link) -> dict[str, Any]:
    """The object `presign.link/1`."""
    presigned, life = link.presigned, link.life
    return {
        "schema": "presign.link/1",
        "method": presigned.method,
        "url": presigned.url,
        "bucket": presigned.bucket,
        "key": presigned.key,
        "version_id": presigned.version_id,
        "region": presigned.region,
        "host": presigned.host,
        "signed_at": iso(life.signed_at),
        "expires_at": iso(life.expires_at),
        "ttl_seconds": life.ttl_seconds,
        "usable_until": iso(life.usable_until) if life.usable_until else None,
        "limited_by": life.limited_by,
        "required_headers": dict(link.required_headers),
        "profile": link.profile,
        "access_key_id": presigned.access_key_id,
        "account_id": presigned.account_id,
        "check": check_object(link.check) if link.check else None,
        "warnings": [warning_object(warning) for warning in link.warnings],
    }


def check_object(check: Check) -> dict[str, Any]:
    """What S3 said, as it stands under `check`."""
    return {
        "ok": check.ok,
        "status": check.status,
        "size": check.size,
        "content_type": check.content_type,
        "code": check.code,
        "text": check.text,
        "hint": check.hint,
    }


def warning_object(warning: LinkWarning) -> dict[str, str]:
    """One of `warnings`."""
    return {"code": warning.code, "text": warning.text, "hint": warning.hint}

"""An inspection as JSON, under the names that scripts rely on."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from presign_cli.core.inspection import Inspection
from presign_cli.core.redact import Veil, no_veil
from presign_cli.core.timestamps import iso
from presign_cli.core.verify import Verification
from presign_cli.render.json import check_object

KEYS = (
    "schema",
    "dialect",
    "status",
    "url",
    "method",
    "bucket",
    "key",
    "version_id",
    "region",
    "service",
    "host",
    "addressing",
    "access_key_id",
    "credential_kind",
    "account_id",
    "signed_at",
    "expires_at",
    "ttl_seconds",
    "seconds_left",
    "signed_headers",
    "required_headers",
    "response_overrides",
    "repairs",
    "findings",
    "verification",
    "check",
    "valid_from",
    "limits",
)


def inspection_json(inspection: Inspection, *, show_secrets: bool = False, indent: bool = False) -> str:
    """One object and one newline; indented for a person who looks at one."""
    found = inspection_object(inspection, show_secrets=show_secrets)
    return json.dumps(found, indent=2 if indent else None) + "\n"


def inspection_object(inspection: Inspection, *, show_secrets: bool = False) -> dict[str, Any]:
    """The object `presign.inspection/1`, without signature and token unless they are asked for."""
    veil = no_veil if show_secrets else Veil(inspection.presigned)
    found: dict[str, Any] = _veiled(_plain_object(inspection), veil)
    return found


def _plain_object(inspection: Inspection) -> dict[str, Any]:
    presigned, verification = inspection.presigned, inspection.verification
    return {
        "schema": "presign.inspection/1",
        "dialect": presigned.dialect,
        "status": inspection.status,
        "url": inspection.url,
        "method": presigned.method,
        "bucket": presigned.bucket,
        "key": presigned.key,
        "version_id": presigned.version_id,
        "region": presigned.region,
        "service": presigned.service,
        "host": presigned.host,
        "addressing": presigned.addressing,
        "access_key_id": presigned.access_key_id,
        "credential_kind": presigned.credential_kind,
        "account_id": presigned.account_id,
        "signed_at": _iso(presigned.signed_at),
        "expires_at": _iso(presigned.expires_at),
        "ttl_seconds": presigned.ttl_seconds,
        "seconds_left": inspection.seconds_left,
        "signed_headers": list(presigned.signed_headers),
        "required_headers": list(presigned.required_headers),
        "response_overrides": dict(presigned.response_overrides),
        "repairs": list(inspection.repairs),
        "findings": [
            {"level": finding.level, "code": finding.code, "text": finding.text, "hint": finding.hint}
            for finding in inspection.findings
        ],
        "verification": verification_object(verification) if verification else None,
        "check": check_object(inspection.check) if inspection.check else None,
        "valid_from": _iso(presigned.valid_from),
        "limits": [{"name": limit.name, "value": limit.value} for limit in presigned.limits],
    }


def verification_object(verification: Verification) -> dict[str, Any]:
    """What the offline proof found, as it stands under `verification`."""
    differs = verification.differs
    return {
        "result": verification.result,
        "profile": verification.profile,
        "source": verification.source,
        "method": verification.method,
        "differs": {"what": differs.what, "text": differs.text} if differs else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _veiled(value: Any, veil: Callable[[str], str]) -> Any:
    """Every text in a JSON value behind the veil; numbers and names of keys as they are."""
    if isinstance(value, str):
        return veil(value)
    if isinstance(value, dict):
        return {name: _veiled(item, veil) for name, item in value.items()}
    if isinstance(value, list):
        return [_veiled(item, veil) for item in value]
    return value

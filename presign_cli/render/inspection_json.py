"""An inspection as JSON, under the names that scripts rely on."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from presign_cli.core.inspection import Inspection
from presign_cli.core.presigned import Limit
from presign_cli.core.redact import Veil, no_veil
from presign_cli.core.timestamps import iso

if TYPE_CHECKING:
    from presign_cli.core.link import Check
    from presign_cli.core.verify import Verification

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
    """The object `presign.inspection/1`, without signature and token unless they are asked for.

    Whatever the link's maker could have written into it goes through the veil.
    """
    presigned, verification = inspection.presigned, inspection.verification
    veil = no_veil if show_secrets else Veil(presigned)

    def hidden(text: str | None) -> str | None:
        return veil(text) if text else text

    return {
        "schema": "presign.inspection/1",
        "dialect": presigned.dialect,
        "status": inspection.status,
        "url": hidden(inspection.url),
        "method": presigned.method,
        "bucket": hidden(presigned.bucket),
        "key": hidden(presigned.key),
        "version_id": hidden(presigned.version_id),
        "region": hidden(presigned.region),
        "service": hidden(presigned.service),
        "host": hidden(presigned.host),
        "addressing": presigned.addressing,
        "access_key_id": hidden(presigned.access_key_id),
        "credential_kind": presigned.credential_kind,
        "account_id": presigned.account_id,
        "signed_at": _iso(presigned.signed_at),
        "expires_at": _iso(presigned.expires_at),
        "ttl_seconds": presigned.ttl_seconds,
        "seconds_left": inspection.seconds_left,
        "signed_headers": [veil(name) for name in presigned.signed_headers],
        "required_headers": [veil(name) for name in presigned.required_headers],
        "response_overrides": {
            veil(name): veil(value) for name, value in presigned.response_overrides.items()
        },
        "repairs": list(inspection.repairs),
        "findings": [
            {
                "level": finding.level,
                "code": finding.code,
                "text": veil(finding.text),
                "hint": veil(finding.hint),
            }
            for finding in inspection.findings
        ],
        "verification": verification_object(verification, veil) if verification else None,
        "check": _check(inspection.check, veil) if inspection.check else None,
        "valid_from": _iso(presigned.valid_from),
        "limits": [{"name": veil(limit.name), "value": _limit(limit, veil)} for limit in presigned.limits],
    }


def verification_object(verification: "Verification", veil: Callable[[str], str]) -> dict[str, Any]:
    """What the offline proof found, as it stands under `verification`."""
    differs = verification.differs
    return {
        "result": verification.result,
        "profile": verification.profile,
        "source": verification.source,
        "method": verification.method,
        "differs": {"what": differs.what, "text": veil(differs.text)} if differs else None,
    }


def _limit(limit: Limit, veil: Callable[[str], str]) -> str:
    """Its value, hidden where its name is a secret's."""
    return veil(f"{limit.name}={limit.value}").removeprefix(f"{veil(limit.name)}=")


def _check(check: "Check", veil: Callable[[str], str]) -> dict[str, Any]:
    from presign_cli.render.json import check_object

    found = check_object(check)
    return {name: veil(value) if isinstance(value, str) else value for name, value in found.items()}


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None

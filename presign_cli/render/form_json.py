"""Upload forms as JSON, under the names that scripts rely on."""

import json
from typing import Any

from presign_cli.core.policy import LengthRange
from presign_cli.core.timestamps import iso
from presign_cli.core.upload_form import UploadForm
from presign_cli.render.json import warning_object


def form_json(form: UploadForm, *, indent: bool = False) -> str:
    """One object, a line, or indented for a person who looks at it."""
    return json.dumps(form_object(form), indent=2 if indent else None) + "\n"


def form_object(form: UploadForm) -> dict[str, Any]:
    """The object `presign.form/1`; sizes are those that were signed, null where none were."""
    presigned, life = form.link.presigned, form.link.life
    sizes = next((one for one in form.conditions if isinstance(one, LengthRange)), None)
    return {
        "schema": "presign.form/1",
        "method": "POST",
        "url": form.url,
        "fields": dict(form.fields),
        "conditions": [one.record() for one in form.conditions],
        "bucket": presigned.bucket,
        "key": presigned.key,
        "min_size": sizes.minimum if sizes else None,
        "max_size": sizes.maximum if sizes else None,
        "signed_at": iso(life.signed_at),
        "expires_at": iso(life.expires_at),
        "ttl_seconds": life.ttl_seconds,
        "usable_until": iso(life.usable_until) if life.usable_until else None,
        "limited_by": life.limited_by,
        "profile": form.link.profile,
        "access_key_id": presigned.access_key_id,
        "account_id": presigned.account_id,
        "region": presigned.region,
        "host": presigned.host,
        "warnings": [warning_object(warning) for warning in form.link.warnings],
    }

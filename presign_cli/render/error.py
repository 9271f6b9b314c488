"""An error as two lines for a person, or as one JSON object for a program."""

from presign_cli.core.harmless import harmless
from presign_cli.errors import PresignError


def error_text(error: PresignError) -> str:
    """`error: …` and `hint: …`, a line each, whatever the text holds."""
    return f"error: {harmless(error.text)}\nhint: {harmless(error.hint)}\n"


def error_json(error: PresignError) -> str:
    """The object `presign.error/1`, on one line."""
    import json

    return (
        json.dumps(
            {
                "schema": "presign.error/1",
                "code": error.exit_code.name.lower(),
                "text": error.text,
                "hint": error.hint,
                "exit_code": int(error.exit_code),
            }
        )
        + "\n"
    )

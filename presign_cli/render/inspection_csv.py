"""Inspections as CSV: the JSON keys in their order, a row a link, safe to open in a spreadsheet."""

import csv
import json
from io import StringIO
from typing import Any

from presign_cli.core.harmless import harmless
from presign_cli.core.inspection import Inspection
from presign_cli.render.inspection_json import KEYS, inspection_object

# Cells that begin so are formulas: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inspection_header() -> str:
    """The header row."""
    return _row(KEYS)


def inspection_row(inspection: Inspection, *, show_secrets: bool = False) -> str:
    """One link's row; findings as their codes, lists as words, what has parts as JSON."""
    found = inspection_object(inspection, show_secrets=show_secrets)
    return _row([_cell(name, found[name]) for name in KEYS])


def _cell(name: str, value: Any) -> str:
    if name == "findings":
        return " ".join(finding["code"] for finding in value)
    if isinstance(value, str):
        return harmless(f"'{value}" if value.startswith(_FORMULA) else value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return harmless(" ".join(value))
    if value is None or value in ({}, []):
        return ""
    return str(value) if isinstance(value, int) else json.dumps(value)


def _row(cells: Any) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()

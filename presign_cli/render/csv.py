"""Objects as CSV for a spreadsheet (RFC 4180): a header row of their names, then a row each.

Cells that a spreadsheet would take for a formula begin with `'`; machines read JSON.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from presign_cli.core.harmless import harmless

Record = Mapping[str, Any]

# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(records: Iterable[Record]) -> Iterator[str]:
    """The header with the first record, so that nothing is printed where there is none."""
    for number, record in enumerate(records):
        header = _row(list(record)) if number == 0 else ""
        yield header + _row([_cell(name, value) for name, value in record.items()])


def _row(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "warnings":
        return " ".join(warning["code"] for warning in value)
    if isinstance(value, str):
        return f"'{harmless(value)}" if value.startswith(_FORMULA_STARTS) else harmless(value)
    return json.dumps(value)

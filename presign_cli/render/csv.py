"""Objects as CSV for a spreadsheet (RFC 4180): a header row of their names, then a row each.

Cells that a spreadsheet would take for a formula begin with `'`; machines read JSON.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from presign_cli.core.harmless import harmless
from presign_cli.core.link import Batch
from presign_cli.render.json import link_object

_MARK = "\ue000"  # stands for what differs: of private use, and in no cell of ours

Record = Mapping[str, Any]

# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(records: Iterable[Record]) -> Iterator[str]:
    """The header with the first record, so that nothing is printed where there is none."""
    for number, record in enumerate(records):
        header = _row(list(record)) if number == 0 else ""
        yield header + _row([_cell(name, value) for name, value in record.items()])


def csv_lines(batches: Iterable[Batch]) -> Iterator[str]:
    """The header and a row a link: the model's row written once for all of a batch."""
    header = ""
    for batch in batches:
        record = link_object(batch.model)
        start, middle, end = _row(
            [_MARK if name in ("url", "key") else _cell(name, value) for name, value in record.items()]
        ).split(_MARK)
        rows = [
            f"{start}{url}{middle}{_quoted(_cell('key', key))}{end}"
            for url, key in zip(batch.urls, batch.keys, strict=True)
        ]
        yield ("" if header else (header := _row(list(record)))) + "".join(rows)


def _quoted(cell: str) -> str:
    if "," in cell or '"' in cell:
        escaped = cell.replace('"', '""')
        return f'"{escaped}"'
    return cell


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

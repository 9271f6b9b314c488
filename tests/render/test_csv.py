"""CSV as Python's own reader takes it: the JSON's names, and no cell that a spreadsheet would run."""

import csv
import io

import pytest

from presign_cli.core.harmless import harmless
from presign_cli.core.link import LinkWarning
from presign_cli.render.csv import csv_rows
from presign_cli.render.json import link_object
from tests.render.links import HOSTILE_KEYS, link, sized


def read(records):
    return list(csv.DictReader(io.StringIO("".join(csv_rows(records)), newline="")))


def test_the_header_is_the_jsons_names_in_their_order():
    made = link_object(link())
    assert "".join(csv_rows([made])).splitlines()[0].split(",") == list(made)


def test_values_are_text_and_what_is_not_there_is_empty():
    (row,) = read([link_object(link())])
    assert (row["ttl_seconds"], row["version_id"], row["check"]) == ("300", "", "")


@pytest.mark.parametrize("key", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS)
def test_a_hostile_key_stays_in_its_cell(key):
    (row,) = read([link_object(link(key))])
    assert row["key"].removeprefix("'") == harmless(key)
    assert row["url"] == link(key).presigned.url
    assert None not in row


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_quoted(start):
    (row,) = read([link_object(link(f"{start}1+1"))])
    assert row["key"] == f"'{harmless(start)}1+1"


def test_warnings_are_their_codes():
    warnings = [
        {"code": "short-life", "text": "a, b", "hint": "c"},
        {"code": "not-ours", "text": "", "hint": ""},
    ]
    (row,) = read([{**link_object(link()), "warnings": warnings}])
    assert row["warnings"] == "short-life not-ours"
    assert LinkWarning(code="short-life", text="", hint="").code in row["warnings"].split()


def test_one_header_for_many_rows_and_none_for_no_row():
    assert len(read([link_object(link("a", check=sized(1))), link_object(link("b"))])) == 2
    assert "".join(csv_rows([])) == ""

"""Mutated links by the million, through all that `inspect` does with one: no traceback, no escape code.

`python -m tests.fuzz_inspect 1000000 [SEED]`; a short run of it is a test.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from presign_cli.core.inspection import Inspection, inspect
from presign_cli.core.records import records
from presign_cli.core.repair import repair
from presign_cli.render.console import Console
from presign_cli.render.inspection_csv import inspection_row
from presign_cli.render.inspection_json import inspection_json
from presign_cli.render.inspection_table import inspection_table
from tests.core.dialects import shapes
from tests.core.dialects.test_azure import DELEGATION, SERVICE, STORED
from tests.core.dialects.test_cloudfront import CANNED
from tests.core.dialects.test_gcs import V2, V4_HMAC, V4_RSA

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
POLICY = "eyJleHBpcmF0aW9uIjogIjIwMjYtMTEtMjRUMjA6MDA6MDBaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYiJ9XX0="
FORM = json.dumps(
    {"url": "https://b.s3.amazonaws.com/", "fields": {"key": "k", "policy": POLICY, "x-amz-signature": "a"}}
)
CORPUS = (
    shapes.JAVASCRIPT_V3,
    shapes.GO_V2_PUT,
    shapes.S3CMD,
    shapes.MINIO,
    shapes.R2,
    shapes.v4(),
    CANNED,
    V2,
    V4_HMAC,
    V4_RSA,
    DELEGATION,
    SERVICE,
    STORED,
    FORM,
    POLICY,
    f'<form action="https://b/"><input name="policy" value="{POLICY}">',
)
DEBRIS = (
    "",
    "\x00",
    "\x1b[31m",
    "\n",
    "\r\n> ",
    "%",
    "%zz",
    "%25",
    "%00",
    "&",
    "&&",
    "&amp;",
    "=",
    "?",
    "#",
    "@",
    ":",
    "//",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    '"',
    "'",
    "\\",
    "\\u0026",
    "\ud800",
    "\u202e",
    "\u200b",
    "ü",
    "日本",
    "💥",
    "9" * 30,
    "-1",
    "X-Amz-Signature=",
    "Expires=",
    "Policy=",
    "../",
    "http://",
    "https://",
    "=\n",
    "=3D",
    "xn--",
    "." * 70,
    "a" * 300,
)


def mutate(text: str, chance: random.Random) -> str:
    """A link after one to six accidents."""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(ACCIDENTS)(text, chance)
    return text


def _insert(text: str, chance: random.Random) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(DEBRIS) + text[place:]


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[: end + 1]


def _swap(text: str, chance: random.Random) -> str:
    parts = text.split("&")
    chance.shuffle(parts)
    return "&".join(parts)


def _replace(text: str, chance: random.Random) -> str:
    if not text:
        return text
    place = chance.randrange(len(text))
    return (
        text[:place]
        + chr(chance.choice((chance.randint(0, 127), chance.randint(0, 0x10FFFF))))
        + text[place + 1 :]
    )


def _splice(text: str, chance: random.Random) -> str:
    other = chance.choice(CORPUS)
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _case(text: str, chance: random.Random) -> str:
    return chance.choice((text.lower, text.upper, text.swapcase))()


ACCIDENTS: tuple[Callable[[str, random.Random], str], ...] = (
    _insert,
    _insert,
    _cut,
    _swap,
    _replace,
    _splice,
    _case,
)


def judge(text: str) -> Inspection:
    """All of `inspect` but its streams; raises AssertionError where something reaches a terminal."""
    repaired = repair(text)
    inspection = inspect(repaired.url, now=NOW, method="GET", repairs=repaired.repairs)
    table = inspection_table(inspection, console=Console(is_terminal=True), now=NOW, to_local=_utc)
    row = inspection_row(inspection)
    shown = json.loads(inspection_json(inspection))
    assert (table + row).replace("\n", "").isprintable() or "\u3000" in table
    assert shown["status"] == inspection.status
    return inspection


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def run(count: int, *, seed: int) -> dict[str, int]:
    """Judges so many mutated links, alone and as a stream; how many came out with each status."""
    chance = random.Random(seed)
    told: dict[str, int] = {}
    for number in range(count):
        text = mutate(CORPUS[number % len(CORPUS)], chance)
        try:
            status = judge(text).status
            if number % 16 == 0:
                told["records"] = told.get("records", 0) + sum(1 for _ in records([text, "\n", text]))
        except BaseException:
            sys.stderr.write(f"seed {seed}, number {number}: {text!r}\n")
            raise
        told[status] = told.get(status, 0) + 1
    return told


if __name__ == "__main__":
    started = time.perf_counter()
    counted = run(int(sys.argv[1]), seed=int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(counted, f"{time.perf_counter() - started:.0f} s")

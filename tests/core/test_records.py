"""A stream cut into records: lists, mails, chats, JSON and forms, whatever the chunks, in constant memory."""

import json
import random
import tracemalloc
from collections.abc import Iterator

import pytest

from presign_cli.core.records import LONGEST, RecordReader, records
from presign_cli.core.repair import repair
from tests import manglers
from tests.whole_links import whole_links

FIRST, SECOND = whole_links()[0], whole_links()[1]
JAVASCRIPT = next(link for link in whole_links() if link.endswith("x-id=GetObject"))
FORM = {"url": "https://bucket.s3.amazonaws.com/", "fields": {"key": "k", "policy": "e30=", "note": "{"}}
HTML_FORM = (
    '<form action="https://b.s3.amazonaws.com/" method="post">\n<input name="policy" value="e30=">\n</form>'
)


def links(text: str, size: int) -> list[str]:
    chunks = (text[at : at + size] for at in range(0, len(text), size))
    return [repair(record).url for record in records(chunks)]


def wrapped(link: str, width: int = 72, prefix: str = "> ") -> str:
    return manglers.columns(width, prefix)(link) + "\n"


CASES = {
    "one a line": (f"{FIRST}\n{SECOND}\n", [FIRST, SECOND]),
    "without a last line end": (f"{FIRST}\r\n{SECOND}", [FIRST, SECOND]),
    "of other software": (f"{JAVASCRIPT}\n{JAVASCRIPT}\n", [JAVASCRIPT, JAVASCRIPT]),
    "unsigned": (
        "http://example.com/a\nhttps://b.s3.amazonaws.com/k\n",
        ["http://example.com/a", "https://b.s3.amazonaws.com/k"],
    ),
    "wrapped, one behind the other": (wrapped(FIRST) + wrapped(SECOND), [FIRST, SECOND]),
    "wrapped, with its signature in the middle": (wrapped(JAVASCRIPT, 64, "  ") + FIRST, [JAVASCRIPT, FIRST]),
    "wrapped, then prose": (wrapped(FIRST) + "Thanks a lot\n\n" + wrapped(SECOND), [FIRST, SECOND]),
    "two in a sentence": (f"see [x]({FIRST}) and [y]({SECOND}), please", [FIRST, SECOND]),
    "in a table": (f"1,{FIRST},{SECOND}\n2,{SECOND},{FIRST}\n", [FIRST, SECOND, SECOND, FIRST]),
    "our own CSV": (
        f"method,url,bucket,key\nGET,{FIRST},b,a/b.pdf\nGET,{SECOND},b,a b\n",
        [FIRST, SECOND],
    ),
    "CSV by semicolons": (f"{FIRST};b;k\n{JAVASCRIPT};b;k\n", [FIRST, JAVASCRIPT]),
    "prose with addresses": (
        f"Our site http://example.com\nsays:\n\nGet it: {FIRST}.\nBye http://x.y\n",
        [FIRST],
    ),
    "two mails": (manglers.mail(FIRST) + "\n" + manglers.html_mail(SECOND), [FIRST, FIRST, SECOND]),
    "JSON lines": ("".join(json.dumps({"url": link}) + "\n" for link in (FIRST, SECOND)), [FIRST, SECOND]),
    "indented JSON": (json.dumps({"a": {"url": FIRST}}, indent=2) + "\n" + SECOND, [FIRST, SECOND]),
    "JSON with several": (json.dumps({"urls": [FIRST, SECOND]}, indent=2), [FIRST, SECOND]),
    "a form's JSON": (json.dumps(FORM, indent=2) + f"\n{FIRST}\n", [json.dumps(FORM, indent=2), FIRST]),
    "an HTML form": (f"<p>\n{HTML_FORM}\n{FIRST}\n", [HTML_FORM, FIRST]),
    "a chat": (f"a: look <{FIRST}|file>\nb: thanks\na: and {SECOND}!\n", [FIRST, SECOND]),
    "nothing": ("prose\n\n\nmore prose, 4 = 4\n", []),
}


@pytest.mark.parametrize("size", [1, 7, 64, 1_000_000])
@pytest.mark.parametrize("name", CASES)
def test_every_link_is_a_record_whatever_the_chunks(name: str, size: int) -> None:
    text, expected = CASES[name]
    assert links(text, size) == expected


def test_every_kind_of_mangling_is_a_record_each() -> None:
    for ways in manglers.KINDS.values():
        for name, way in ways:
            if name in ("a whole mail", "998 columns"):
                continue
            text = f"{way(FIRST)}\n\n{way(SECOND)}\n"
            assert links(text, 4096) == [FIRST, SECOND], name


def test_a_link_on_its_line_is_given_at_once() -> None:
    reader = RecordReader()
    for link in (FIRST, JAVASCRIPT):
        assert list(reader.feed(f"{link[:50]}")) == []
        assert list(reader.feed(f"{link[50:]}\n")) == [link]
    assert list(reader.close()) == []


def test_a_record_ends_after_64_kib() -> None:
    text = (
        f"https://x.example/?X-Amz-Signature=\n{'a=b ' * 18}\n" + f"{'c d e ' * 12}\n" * 5000 + f"\n{FIRST}\n"
    )
    found = list(records([text]))
    assert max(map(len, found)) <= LONGEST
    assert found[-1] == FIRST


def endless(line: str, count: int) -> Iterator[str]:
    block = line * (65_536 // len(line) + 1)
    for _ in range(count):
        yield block


@pytest.mark.parametrize(
    "line",
    [
        f"{FIRST}\n",
        f"{JAVASCRIPT}\n",
        "a",
        "http",
        "{",
        '{"\n',
        "<form\n",
        "https://x?X-Amz-Signature=a\n",
        "http://x sig=\n",
    ],
)
def test_a_stream_costs_constant_memory(line: str) -> None:
    def peak(blocks: int) -> int:
        tracemalloc.start()
        for _ in records(endless(line, blocks)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(12) < peak(4) + 1_000_000


def test_random_cuts_of_many_records_lose_none() -> None:
    dice = random.Random(4711)
    expected = [dice.choice(whole_links()) for _ in range(300)]
    text = "".join(dice.choice((f"{link}\n", f"<{link}>\n", wrapped(link) + "\n")) for link in expected)
    chunks = []
    while text:
        cut = dice.randint(1, 3000)
        chunks.append(text[:cut])
        text = text[cut:]
    assert [repair(record).url for record in records(chunks)] == expected

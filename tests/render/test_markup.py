"""Pasted links open the right address and show the name as text, by other programs' parsers."""

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from presign_cli.core.filename import last_part
from presign_cli.core.harmless import harmless
from presign_cli.render.markup import html_link, markdown_link
from tests.render.links import HOSTILE_KEYS, link

every_hostile_key = pytest.mark.parametrize("key", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS)


class Reader(HTMLParser):
    """What a browser would make of it: tags in order, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@every_hostile_key
def test_html_is_one_anchor_with_the_name_as_text(key):
    made = link(key)
    page = Reader(html_link(made))
    assert page.tags == [("a", {"href": made.presigned.url})]
    assert page.text == harmless(last_part(key)) + "\n"


@every_hostile_key
@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_markdown_is_one_link_with_the_name_as_text(key, preset):
    made = link(key)
    parser = MarkdownIt(preset, {"linkify": False, "html": True})
    page = Reader(parser.render(markdown_link(made)))
    assert page.tags == [("p", {}), ("a", {"href": made.presigned.url})]
    assert page.text.strip() == harmless(last_part(key)).strip()


def test_markdown_in_a_table_cell_stays_in_it():
    table = f"| file |\n|---|\n| {markdown_link(link('dir/a|b.pdf')).strip()} |\n"
    page = Reader(MarkdownIt("gfm-like", {"linkify": False}).render(table))
    assert [tag for tag, _ in page.tags].count("td") == 1
    assert "a|b.pdf" in page.text


def test_the_name_is_the_one_that_the_link_gives_its_download():
    disposition = "attachment; filename=\"Grosse.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf"
    made = link("0000/1", overrides={"response-content-disposition": disposition})
    assert Reader(html_link(made)).text == "Größe.pdf\n"

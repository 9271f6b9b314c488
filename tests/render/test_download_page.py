"""The download page as Chromium has it once its script has run."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from presign_cli.core.credentials import Credentials
from presign_cli.core.filename import last_part
from presign_cli.core.harmless import harmless
from presign_cli.render.download_page import download_page
from tests.browser import dom, screenshot
from tests.render.links import HOSTILE_KEYS, link, sized, to_cet
from tests.render.test_qr import read

YEARS = 10 * 365 * 86_400  # no server takes it; the page must not care when the tests run


class Page(HTMLParser):
    """Names, texts and links of a page, and every tag in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str | None] = []
        self.buttons: list[dict[str, str | None]] = []
        self.names: list[str] = []
        self.text = ""
        self._name = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._name = tag == "h2"
        if self._name:
            self.names.append("")
        if tag == "a":
            self.buttons.append(dict(attrs))
        self.hrefs += [value for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag):
        self._name = False

    def handle_data(self, data):
        self.text += data
        if self._name:
            self.names[-1] += data


def opened(tmp_path, *links) -> Page:
    path = tmp_path / "page.html"
    path.write_text(download_page(links, to_local=to_cet), encoding="utf-8")
    return Page(dom(path))


def test_every_hostile_key_is_shown_as_text_and_its_link_is_whole(tmp_path):
    links = [link(key, ttl_seconds=YEARS) for key in HOSTILE_KEYS.values()]
    page = opened(tmp_path, *links)
    assert page.names == [harmless(last_part(key)) for key in HOSTILE_KEYS.values()]
    assert page.hrefs == [made.presigned.url for made in links]
    assert page.tags.count("script") == 1
    assert not {"img", "b", "iframe"} & set(page.tags)


def test_a_live_link_tells_its_size_and_what_is_left(tmp_path):
    page = opened(tmp_path, link(ttl_seconds=YEARS, check=sized(15_728_640)))
    assert "15 MiB, application/pdf" in page.text
    assert re.search(r"\d{4} days \d+ h left|\d{4} days left", page.text)
    assert page.buttons[0]["href"]


def test_a_dead_link_says_so_and_cannot_be_clicked(tmp_path):
    page = opened(tmp_path, link(ttl_seconds=1, signed_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert "Expired: ask for a new link" in page.text
    assert (page.buttons[0].get("href"), page.buttons[0]["aria-disabled"]) == (None, "true")


def test_without_scripts_the_time_is_told_with_its_zone():
    text = Page(download_page([link()], to_local=to_cet)).text
    assert "Tuesday, 24 November 2026, 14:05:00 CET (13:05:00 UTC)" in text


def test_the_page_loads_nothing_and_runs_its_own_script_alone():
    html = download_page([link()], to_local=to_cet)
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert Page(html).hrefs == [link().presigned.url]


def test_its_qr_code_scans_on_a_phones_screen(tmp_path):
    path = tmp_path / "page.html"
    made = link(ttl_seconds=YEARS)
    html = download_page([made], to_local=to_cet)
    path.write_text(html.replace("<details>", "<details open>"), encoding="utf-8")
    for dark in (False, True):
        assert read(screenshot(path, width=720, height=1000, dark=dark)) == made.presigned.url


def test_a_link_that_no_qr_code_holds_is_on_the_page_without_one(tmp_path):
    session = Credentials("ASIAIOSFODNN7EXAMPLE", "x" * 40, "Ta" * 1500)
    page = opened(tmp_path, link(credentials=session, ttl_seconds=YEARS))
    assert "svg" not in page.tags
    assert "at the latest" in page.text
    assert len(page.hrefs) == 1


@pytest.mark.parametrize("secret", ["wJalrXUtnFEMI"])
def test_no_secret_key_is_on_the_page(secret):
    assert secret not in download_page([link()], to_local=to_cet)

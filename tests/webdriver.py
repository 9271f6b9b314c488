"""Chromium driven through chromedriver, by the W3C's WebDriver protocol over plain HTTP.

https://www.w3.org/TR/webdriver2/
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser import FLAGS

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's own name for an element's id


class Browser:
    """One window. Selectors are CSS."""

    def __init__(self, port: int, session: str) -> None:
        self._port = port
        self._session = session

    def command(self, method: str, path: str, body: Any = None) -> Any:
        return _command(self._port, method, f"/session/{self._session}{path}", body)

    def open(self, page: Path | str) -> None:
        self.command("POST", "/url", {"url": page if isinstance(page, str) else page.as_uri()})

    def script(self, text: str, *arguments: Any) -> Any:
        return self.command("POST", "/execute/sync", {"script": text, "args": list(arguments)})

    def text(self, selector: str) -> str:
        return str(self.command("GET", f"/element/{self._find(selector)}/text"))

    def click(self, selector: str) -> None:
        self.command("POST", f"/element/{self._find(selector)}/click", {})

    def choose(self, selector: str, file: Path) -> None:
        """Puts a file into a file input, as its dialog would."""
        self.command("POST", f"/element/{self._find(selector)}/value", {"text": str(file)})

    def is_enabled(self, selector: str) -> bool:
        return bool(self.command("GET", f"/element/{self._find(selector)}/enabled"))

    def label(self, selector: str, *, hidden: bool = False) -> str:
        """What a screen reader calls an element; of a hidden one, what it would."""
        if hidden:
            return str(self.script("return document.querySelector(arguments[0]).ariaLabel", selector))
        return str(self.command("GET", f"/element/{self._find(selector)}/computedlabel"))

    def wait_for(self, selector: str, words: str, *, seconds: float = 60) -> str:
        """The text of an element once it holds these words."""
        deadline = time.monotonic() + seconds
        while words not in (text := self.text(selector)):
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{selector} says {text!r}, never {words!r}; page: {self.text('main')!r}"
                )
            time.sleep(0.05)
        return text

    def wait_for_address(self, beginning: str, *, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not (address := self.command("GET", "/url")).startswith(beginning):
            if time.monotonic() > deadline:
                raise AssertionError(f"the browser is at {address}, never at {beginning}; {self.console()}")
            time.sleep(0.05)

    def console(self) -> list[str]:
        """What the console holds and has not told yet: errors of scripts, of the policy, of requests."""
        entries = self.command("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def devtools(self, name: str, **parameters: Any) -> Any:
        return self.command("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def requests(self) -> list[str]:
        """`METHOD URL` of every request since this was last asked, CORS's own among them."""
        entries = self.command("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [m["params"]["request"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [f"{r['method']} {r['url']}" for r in sent if r["url"].startswith("http")]

    def picture(self, file: Path) -> None:
        from base64 import b64decode

        file.write_bytes(b64decode(self.command("GET", "/screenshot")))

    def _find(self, selector: str) -> str:
        found = self.command("POST", "/element", {"using": "css selector", "value": selector})
        return quote(found[_ELEMENT], safe="")


@pytest.fixture(scope="session")
def chromedriver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running chromedriver. Where it is missing the run fails under CI, and skips on a desk."""
    driver = shutil.which("chromedriver")
    chromium = _chromium()
    if driver is None or chromium is None:
        missing = "apt-get install chromium chromium-driver"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    log = tmp_path_factory.mktemp("chromedriver") / "log"
    with log.open("w+b") as output:
        process = subprocess.Popen(
            [driver, "--port=0"], stdout=output, stderr=output, stdin=subprocess.DEVNULL
        )
        try:
            yield _port_told_in(log)
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture
def browser(chromedriver: int, tmp_path: Path) -> Iterator[Browser]:
    """A fresh Chromium with a profile of its own."""
    arguments = [*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1280,900"]
    options = {
        "goog:chromeOptions": {"binary": _chromium(), "args": arguments},
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    }
    session = _command(chromedriver, "POST", "/session", {"capabilities": {"alwaysMatch": options}})[
        "sessionId"
    ]
    try:
        yield Browser(chromedriver, session)
    finally:
        _command(chromedriver, "DELETE", f"/session/{session}", None)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _port_told_in(log: Path) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        _, told, rest = log.read_text("utf-8", "replace").partition("successfully on port ")
        if told:
            return int(rest.split(".")[0])
        time.sleep(0.05)
    raise AssertionError(f"chromedriver did not start: {log.read_text('utf-8', 'replace')}")


def _command(port: int, method: str, path: str, body: Any) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        text = None if method in ("GET", "DELETE") else json.dumps(body or {})
        connection.request(method, path, text, {"Content-Type": "application/json"})
        value = json.loads(connection.getresponse().read())["value"]
    finally:
        connection.close()
    if isinstance(value, dict) and "error" in value:
        raise AssertionError(f"{value['error']}: {value['message']}")
    return value

"""A home folder for each test, and the services that give credentials."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.aws.fake_aws import FakeAws, running
from tests.aws.home import Home
from tests.aws.tls_proxy import TlsProxy


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder)


@pytest.fixture
def aws(home: Home) -> Iterator[FakeAws]:
    with running() as fake:
        home.environ |= fake.variables()
        yield fake


@pytest.fixture
def tls_proxy(tmp_path: Path) -> Iterator[TlsProxy]:
    """A proxy that plays AWS over TLS."""
    with closing(TlsProxy(tmp_path / "ca.pem")) as proxy:
        yield proxy

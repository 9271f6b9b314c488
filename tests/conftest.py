"""What all tests share: no AWS account of the machine's own may reach them."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.gateway", "tests.fake_s3", "tests.webdriver"]


# Machines are shared and noisy: how long one example takes says nothing.
settings.register_profile("presign", deadline=None)
settings.load_profile("presign")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """boto3, as the tests' oracle, reads the process's environment: it finds no keys and no home there.

    Our own code is given its environment instead: see `tests.presign`.
    """
    for name in os.environ:
        if name.startswith(("AWS_", "PRESIGN_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.getbasetemp() / "no-home"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

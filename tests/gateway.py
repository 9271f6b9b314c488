"""A real S3 that judges signatures, for the tests: the JuiceFS gateway, started once a run.

`tests/conftest.py` names this module a plugin: a test takes the fixture `gateway` without an import.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from presign_cli.core.credentials import Credentials
from presign_cli.core.location import Location
from presign_cli.errors import UsageError
from presign_cli.local.gateway import REGION, Server, find_juicefs
from presign_cli.local.gateway import gateway as running_gateway


@dataclass(frozen=True)
class Gateway:
    """The running server, and boto3 as the other party to make and read what links are for."""

    server: Server

    @property
    def endpoint_url(self) -> str:
        return self.server.endpoint_url

    @property
    def credentials(self) -> Credentials:
        return self.server.credentials

    @property
    def environ(self) -> dict[str, str]:
        """What a command needs in its environment to sign for this server."""
        return {
            "AWS_ACCESS_KEY_ID": self.server.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.server.secret_access_key,
            "AWS_ENDPOINT_URL_S3": self.server.endpoint_url,
            "AWS_REGION": REGION,
        }

    @cached_property
    def s3(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.server.endpoint_url,
            region_name=REGION,
            aws_access_key_id=self.server.access_key_id,
            aws_secret_access_key=self.server.secret_access_key,
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, proxies={}),
        )

    def bucket(self, name: str | None = None) -> str:
        """Makes a bucket, under a name of its own where none is given, and tells the name."""
        name = name or f"bucket-{uuid4().hex[:12]}"
        self.s3.create_bucket(Bucket=name)
        return name

    def put(self, bucket: str, key: str, body: bytes, **options: Any) -> None:
        self.s3.put_object(Bucket=bucket, Key=key, Body=body, **options)

    def read(self, bucket: str, key: str) -> bytes:
        return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def location(self, bucket: str) -> Location:
        return self.server.location(bucket)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def fetch(
    url: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """One plain HTTP request of exactly this URL: no redirects, no normalised path, no proxy."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request(method, url.removeprefix(f"http://{parts.netloc}"), body, headers or {})
        response = connection.getresponse()
        return Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """Where juicefs is missing the run fails under CI, and skips visibly on a desk."""
    try:
        find_juicefs()
    except UsageError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{error.text}: {error.hint}")
        pytest.skip(f"{error.text}: {error.hint}")
    with running_gateway() as server:
        yield Gateway(server)

"""One plain HTTP request to the local server: no proxy, no redirects, no retries, the URL as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from presign_cli.errors import RefusedError

_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; header names in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def send(method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """Sends it and reads the whole answer. Raises RefusedError where there is none."""
    host = urlsplit(url).netloc
    connection = HTTPConnection(host, timeout=_TIMEOUT)
    try:
        connection.request(method, url.removeprefix(f"http://{host}"), body or None, dict(headers or {}))
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())
    except (OSError, HTTPException) as error:
        raise RefusedError(
            f"the local S3 server at {host} gives no answer: {error}", hint="presign demo"
        ) from error
    finally:
        connection.close()

"""Pre-signed links as a service: a handler for AWS Lambda behind API Gateway, with the caller's claims.

It takes a REST API's event (a Cognito user pool's authorizer) or an HTTP API's (a JWT authorizer), and lets
each caller reach the keys under a prefix of their own and nothing else. It signs with the role's own keys,
which Lambda puts into the environment; it never calls S3, and never logs a link.

    PRESIGN_BUCKET      the bucket; required
    PRESIGN_PREFIX      the folder a caller may reach, claims in braces; `users/{sub}/` where not said
    PRESIGN_TTL         how long a link lives; 5m where not said
    PRESIGN_MAX_SIZE    the largest upload, such as 50MB; 5 GiB where not said

`GET …?key=KEY` answers a download link, `&redirect=1` sends the browser there. `PUT` or `POST …?key=KEY`
answers an upload link; `&contentType=TYPE` and `&size=BYTES` are signed, and owed as headers.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from presign_cli.core.credentials import Credentials
from presign_cli.core.duration import parse_ttl
from presign_cli.core.endpoint_url import parse_endpoint
from presign_cli.core.filename import content_disposition, last_part
from presign_cli.core.location import Location, endpoint_location, regional_location
from presign_cli.core.sigv4 import Presigner
from presign_cli.core.size import parse_size
from presign_cli.errors import UsageError

Event = Mapping[str, Any]
Response = dict[str, Any]

_CLAIM = re.compile(r"\{([A-Za-z0-9_:\-]+)\}")
_MAX_KEY_BYTES = 1_024
_MAX_SIZE = (
    5 * 1024**3
)  # of one PUT: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
_CONTENT_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+", re.ASCII)
_UPLOADS = ("PUT", "POST")


@dataclass(frozen=True, slots=True)
class Question:
    """What an event asks, whichever kind of API it came through."""

    method: str
    parameters: Mapping[str, str]
    claims: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """What the function's environment makes of it."""

    location: Location
    credentials: Credentials
    prefix: str = "users/{sub}/"
    ttl_seconds: int = 300
    max_size: int = _MAX_SIZE


class NoLinkError(Exception):
    """An answer other than a link: a status, and words for the caller."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def handler(event: Event, context: object) -> Response:
    """The function's entry point, `presign_cli.aws_lambda.handler`: an API Gateway proxy response."""
    try:
        service = service_of(os.environ)  # noqa: TID251 (Lambda's own front door, as commands/runtime is)
        return answer(question_of(event), service, now=datetime.now(UTC))  # noqa: TID251
    except NoLinkError as refused:
        return _response(refused.status, {"error": refused.text})


def answer(question: Question, service: Service, *, now: datetime) -> Response:
    """A link for what the caller may have. Raises NoLinkError."""
    if not question.claims:
        raise NoLinkError(401, "not signed in")
    key = _own_key(question, service)
    if question.method == "GET":
        return _download(key, question, service, now=now)
    if question.method in _UPLOADS:
        return _upload(key, question, service, now=now)
    raise NoLinkError(405, "GET, PUT or POST")


def question_of(event: Event) -> Question:
    """The event's parts, of payload format 1.0 (REST API) or 2.0 (HTTP API).

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    context = event.get("requestContext") or {}
    authorizer = context.get("authorizer") or {}
    claims = authorizer.get("claims") or (authorizer.get("jwt") or {}).get("claims") or {}
    method = event.get("httpMethod") or (context.get("http") or {}).get("method") or "GET"
    parameters = {**(event.get("queryStringParameters") or {}), **(event.get("pathParameters") or {})}
    return Question(str(method).upper(), parameters, {name: str(value) for name, value in claims.items()})


def service_of(environ: Mapping[str, str]) -> Service:
    """The settings and the role's keys. Raises UsageError for settings that are none."""
    bucket = environ.get("PRESIGN_BUCKET")
    if not bucket:
        raise UsageError("PRESIGN_BUCKET is not set", hint="set it in the function's environment")
    size = environ.get("PRESIGN_MAX_SIZE")
    credentials = Credentials(
        environ["AWS_ACCESS_KEY_ID"], environ["AWS_SECRET_ACCESS_KEY"], environ.get("AWS_SESSION_TOKEN")
    )
    return Service(
        _location(bucket, environ),
        credentials,
        prefix=_folder(environ.get("PRESIGN_PREFIX", "users/{sub}/")),
        ttl_seconds=parse_ttl(environ.get("PRESIGN_TTL", "5m")),
        max_size=parse_size(size, option="PRESIGN_MAX_SIZE") if size else _MAX_SIZE,
    )


def _folder(prefix: str) -> str:
    """With its `/`: without one the caller 4 could reach, by the key `2/a`, what belongs to the caller 42."""
    return f"{prefix.removesuffix('/')}/" if prefix else ""


def _location(bucket: str, environ: Mapping[str, str]) -> Location:
    region = environ.get("AWS_REGION", "us-east-1")
    endpoint = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        return regional_location(bucket, region)
    return endpoint_location(bucket, region, endpoint=parse_endpoint(endpoint))


def _own_key(question: Question, service: Service) -> str:
    """The asked key, under the caller's prefix where it does not begin with one; then it must be theirs."""
    asked = question.parameters.get("key", "")
    if {".", "..", ""} & set(asked.split("/")) or "\\" in asked or not asked.isprintable():
        raise NoLinkError(400, "key is missing, is no file's, or leads elsewhere")
    prefix = _CLAIM.sub(lambda claim: _claim(claim[1], question.claims), service.prefix)
    root = _CLAIM.split(service.prefix)[0]
    if root and asked.startswith(root):
        if not asked.startswith(prefix):
            raise NoLinkError(403, "not yours")
        key = asked
    else:
        key = prefix + asked
    if len(key.encode()) > _MAX_KEY_BYTES:
        raise NoLinkError(400, "key is too long")
    return key


def _claim(name: str, claims: Mapping[str, str]) -> str:
    """A claim as one part of a key: whatever holds a `/` could lead to another caller's."""
    value = claims.get(name, "")
    if not value or value in (".", "..") or "/" in value or not value.isprintable():
        raise NoLinkError(403, f"the claim {name} names no prefix")
    return value


def _download(key: str, question: Question, service: Service, *, now: datetime) -> Response:
    query = [("response-content-disposition", content_disposition(last_part(key)))]
    url = _presigner(service, now=now).url(key, query=query)
    if question.parameters.get("redirect") in ("1", "true"):
        return _response(302, None, {"Location": url})
    return _response(200, {"downloadUrl": url})


def _upload(key: str, question: Question, service: Service, *, now: datetime) -> Response:
    headers: dict[str, str] = {}
    content_type, size = question.parameters.get("contentType"), question.parameters.get("size")
    if content_type is not None:
        if not _CONTENT_TYPE.fullmatch(content_type):
            raise NoLinkError(400, "contentType is no media type")
        headers["content-type"] = content_type
    if size is not None:
        if not re.fullmatch(r"\d{1,15}", size, re.ASCII) or int(size) > service.max_size:
            raise NoLinkError(400, f"size is no number up to {service.max_size}")
        headers["content-length"] = str(int(size))
    elif service.max_size < _MAX_SIZE:
        raise NoLinkError(400, f"size is needed: a number of bytes up to {service.max_size}")
    url = _presigner(service, now=now, method="PUT", headers=headers).url(key)
    return _response(200, {"uploadUrl": url, "requiredHeaders": headers})


def _presigner(
    service: Service, *, now: datetime, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Presigner:
    return Presigner(
        service.location,
        service.credentials,
        signed_at=now,
        ttl_seconds=service.ttl_seconds,
        method=method,
        headers=headers,
    )


def _response(status: int, content: object, headers: Mapping[str, str] | None = None) -> Response:
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if content is not None:
        sent["Content-Type"] = "application/json"
    return {
        "statusCode": status,
        "headers": sent,
        "body": json.dumps(content) if content is not None else "",
        "isBase64Encoded": False,
    }

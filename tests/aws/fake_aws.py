"""AWS's services that give credentials, small and strict: STS, SSO, sign-in, container and instance metadata.

STS refuses as AWS's does, in its words: durations out of bounds, over a role's limit, over an hour where
roles are chained, roles that may not be assumed, MFA codes used twice.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOUR = 3600


@dataclass
class Role:
    """A role's own limit in seconds, and whether it wants an MFA code."""

    limit: int = HOUR
    mfa: bool = False


@dataclass
class FakeAws:
    """What is given, and what was asked: `asked` has the durations of AssumeRole calls, in order."""

    url: str = ""
    roles: dict[str, Role] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    lifetime: timedelta = timedelta(hours=1)
    sso_token: str = "sso-access-token"
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def variables(self) -> dict[str, str]:
        names = ("STS", "SSO", "SSO_OIDC", "SIGNIN")
        return {f"AWS_ENDPOINT_URL_{name}": self.url for name in names}

    def keys(self, lifetime: timedelta) -> tuple[str, str, str, datetime]:
        number = next(self.numbers)
        expires_at = datetime.now(UTC).replace(microsecond=0) + lifetime
        return f"ASIAROLE{number:012d}", f"secret-{number}", f"session-{number}", expires_at


class RefusedError(Exception):
    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


@contextmanager
def running() -> Iterator[FakeAws]:
    fake = FakeAws()
    handler = type("Handler", (_Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    fake: FakeAws

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_PUT(self) -> None:
        self._send("text/plain", b"imds-token")

    def do_GET(self) -> None:
        self.fake.calls.append(f"GET {urlsplit(self.path).path}")
        path = urlsplit(self.path).path
        if path == "/latest/meta-data/iam/security-credentials/":
            self._send("text/plain", b"the-role")
        elif path in ("/container", "/latest/meta-data/iam/security-credentials/the-role"):
            access_key, secret, token, expires_at = self.fake.keys(self.fake.lifetime)
            self._send_json(
                Code="Success",
                AccessKeyId=access_key,
                SecretAccessKey=secret,
                Token=token,
                Expiration=f"{expires_at:%Y-%m-%dT%H:%M:%SZ}",
            )
        elif path == "/federation/credentials":
            self._sso()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.fake.calls.append(f"POST {self.path}")
        if self.path == "/v1/token":
            access_key, secret, token, _ = self.fake.keys(timedelta(minutes=15))
            keys = {"accessKeyId": access_key, "secretAccessKey": secret, "sessionToken": token}
            self._send_json(accessToken=keys, tokenType="aws_sigv4", expiresIn=900, refreshToken="next")
        elif self.path == "/token":
            self.fake.sso_token = "renewed-token"
            self._send_json(accessToken="renewed-token", expiresIn=3600, tokenType="Bearer")
        else:
            try:
                self._sts({name: values[0] for name, values in parse_qs(body).items()})
            except RefusedError as refused:
                text = (
                    f"<ErrorResponse><Error><Type>Sender</Type><Code>{refused.code}</Code>"
                    f"<Message>{refused.message}</Message></Error></ErrorResponse>"
                )
                self._send("text/xml", text.encode(), refused.status)

    def _sso(self) -> None:
        if self.headers["x-amz-sso_bearer_token"] != self.fake.sso_token:
            self._send_json(401, message="Session token not found or invalid", __type="UnauthorizedException")
            return
        access_key, secret, token, expires_at = self.fake.keys(self.fake.lifetime)
        credentials = {
            "accessKeyId": access_key,
            "secretAccessKey": secret,
            "sessionToken": token,
            "expiration": int(expires_at.timestamp() * 1000),
        }
        self._send_json(roleCredentials=credentials)

    def _sts(self, form: dict[str, str]) -> None:
        seconds = int(form.get("DurationSeconds", HOUR))
        self.fake.asked.append(seconds)
        arn, action = form["RoleArn"], form["Action"]
        _judge_duration(seconds)
        role = self.fake.roles.get(arn)
        if role is None:
            user = "arn:aws:iam::123456789012:user/ada"
            text = f"User: {user} is not authorized to perform: sts:AssumeRole on resource: {arn}"
            raise RefusedError("AccessDenied", text, 403)
        chained = (self.headers.get("X-Amz-Security-Token") or "").startswith("session-")
        if chained and seconds > HOUR:
            text = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
            text += "role chaining"
            raise RefusedError("ValidationError", text)
        if seconds > role.limit:
            text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
            raise RefusedError("ValidationError", text)
        if role.mfa:
            self._judge_code(form.get("TokenCode"))
        access_key, secret, token, expires_at = self.fake.keys(timedelta(seconds=seconds))
        self._send(
            "text/xml",
            f"<{action}Response><{action}Result><AssumedRoleUser><Arn>{arn}</Arn>"
            f"<AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials>"
            f"<AccessKeyId>{access_key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
            f"<SessionToken>{token}</SessionToken><Expiration>{expires_at:%Y-%m-%dT%H:%M:%SZ}</Expiration>"
            f"</Credentials></{action}Result></{action}Response>".encode(),
        )

    def _judge_code(self, code: str | None) -> None:
        if code is None or code in self.fake.codes:
            raise RefusedError(
                "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.", 403
            )
        self.fake.codes.add(code)

    def _send_json(self, status: int = 200, /, **content: Any) -> None:
        self._send("application/json", json.dumps(content).encode(), status)

    def _send(self, content_type: str, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")
        self.end_headers()
        self.wfile.write(body)


def _judge_duration(seconds: int) -> None:
    if not 900 <= seconds <= 12 * HOUR:
        text = f"Value '{seconds}' at 'durationSeconds' failed to satisfy constraint"
        raise RefusedError("ValidationError", f"1 validation error detected: {text}")

"""Answers of servers that cannot say: throttled, broken, or behind a proxy."""

from presign_cli.core.causes.cause import Cause

TROUBLE = (
    Cause(
        "SlowDown Busy ServerBusy RequestLimitExceeded TooManyRequests Throttl*",
        "too many requests",
        "wait a little and try again",
    ),
    Cause(
        "InternalError ServiceUnavailable OperationTimedOut RequestTimeout BadGateway GatewayTimeout "
        "XMinioServerNotInitialized",
        "the server is in trouble; the link may be good",
        "wait a little and try again",
    ),
    Cause("NotImplemented", "the server does not know this kind of request", "presign inspect LINK"),
    Cause(
        "ProxyAuthenticationRequired",
        "the proxy wants a user and a password",
        "export HTTP_PROXY=http://USER:PASSWORD@HOST:PORT",
    ),
)

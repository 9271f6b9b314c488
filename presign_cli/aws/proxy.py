"""Which proxy a URL is fetched through, by the rules that botocore follows; a proxy's password stays here.

botocore asks urllib: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` in either case, lower case first; where
none is set, macOS and Windows are asked for their own settings.
https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html
"""

import re
import sys
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from presign_cli.errors import UsageError

_PROXY = re.compile(
    r"(?:(?P<scheme>https?):)?(?://)?(?:(?P<userinfo>[^/]*)@)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._\-]+)(?::(?P<port>\d{1,5}))?/?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy to connect to. `authorization` is the value of Proxy-Authorization, a secret, or None."""

    scheme: str
    host: str
    port: int
    authorization: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """`proxy.example.com:3128`: how the proxy is called in messages, without its user and password."""
        return f"{self.host}:{self.port}"

    @property
    def header_line(self) -> str:
        """The Proxy-Authorization line, or nothing."""
        return f"Proxy-Authorization: {self.authorization}\r\n" if self.authorization else ""


def proxy_for(scheme: str, authority: str, *, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy for `https` and `host` or `host:port`, or None where that is reached directly.

    Raises UsageError where the setting is no proxy's URL; the message does not repeat it.
    """
    settings = _environment(environ)
    if _bypassed(authority, settings.get("no", "")):
        return None
    setting = settings.get(scheme) or (None if settings else _system(scheme, authority))
    return _read(setting, scheme=scheme) if setting else None


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """`https`, `http` and `no` to their values; a lower-case name wins, also when it is set to nothing."""
    found = {}
    for scheme in ("https", "http", "no"):
        upper, lower = f"{scheme}_proxy".upper(), f"{scheme}_proxy"
        value = environ.get(lower, environ.get(upper, ""))
        if value:
            found[scheme] = value
    return found


def _bypassed(authority: str, no_proxy: str) -> bool:
    """`NO_PROXY`: `*`, or suffixes of the host, with or without a port, divided by commas."""
    if no_proxy.strip() == "*":
        return True
    whole = authority.lower()
    names = (whole, re.sub(r":\d*$", "", whole))
    suffixes = [part.strip().lstrip(".").lower() for part in no_proxy.split(",")]
    return any(
        name == suffix or name.endswith(f".{suffix}") for name in names for suffix in suffixes if suffix
    )


def _system(scheme: str, authority: str) -> str | None:
    if sys.platform == "darwin" or sys.platform == "win32":
        from urllib.request import getproxies, proxy_bypass

        return None if proxy_bypass(authority) else getproxies().get(scheme)
    return None


def _read(setting: str, *, scheme: str) -> Proxy:
    found = _PROXY.fullmatch(setting.strip())
    if not found:
        raise UsageError(
            f"the setting {scheme.upper()}_PROXY is not the URL of a proxy",
            hint=f"export {scheme.upper()}_PROXY=http://proxy.example.com:3128",
        )
    proxy_scheme = (found["scheme"] or "http").lower()
    user, colon, password = (found["userinfo"] or "").partition(":")
    basic = b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode() if colon else None
    return Proxy(
        scheme=proxy_scheme,
        host=found["host"],
        port=int(found["port"] or (443 if proxy_scheme == "https" else 80)),
        authorization=f"Basic {basic}" if basic else None,
    )

"""Which proxy is used: botocore, given the same environment, is the other party."""

from urllib.parse import urlsplit

import pytest
from botocore.httpsession import ProxyConfiguration
from botocore.utils import get_environ_proxies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presign_cli.aws.proxy import Proxy, proxy_for
from presign_cli.errors import UsageError

URLS = (
    "https://bucket.s3.eu-west-1.amazonaws.com/k",
    "http://127.0.0.1:9000/k",
    "https://MinIO.corp.example:9443/k",
    "http://localhost/k",
)
ENVIRONMENTS = [
    {},
    {"HTTPS_PROXY": "http://proxy.example:3128"},
    {"https_proxy": "http://lower.example:1", "HTTPS_PROXY": "http://upper.example:2"},
    {"https_proxy": "", "HTTPS_PROXY": "http://upper.example:2"},
    {"HTTP_PROXY": "http://plain.example:8080", "HTTPS_PROXY": "https://tls.example:8443"},
    {"HTTPS_PROXY": "proxy.example:3128", "HTTP_PROXY": "//proxy.example:3128/"},
    {"ALL_PROXY": "http://all.example:1"},
    {"HTTPS_PROXY": "http://p.example:1", "HTTP_PROXY": "http://p.example:1", "NO_PROXY": "*"},
    {"HTTPS_PROXY": "http://p.example:1", "HTTP_PROXY": "http://p.example:1", "NO_PROXY": "amazonaws.com"},
    {
        "HTTPS_PROXY": "http://p.example:1",
        "HTTP_PROXY": "http://p.example:1",
        "NO_PROXY": ".amazonaws.com, LOCALHOST",
    },
    {"HTTPS_PROXY": "http://p.example:1", "HTTP_PROXY": "http://p.example:1", "no_proxy": "127.0.0.1:9000"},
    {
        "HTTPS_PROXY": "http://p.example:1",
        "HTTP_PROXY": "http://p.example:1",
        "no_proxy": "127.0.0.1:9001,aws.com",
    },
    {"HTTPS_PROXY": "http://p.example:1", "no_proxy": "", "NO_PROXY": "*"},
    {"HTTPS_PROXY": "http://p.example:1", "NO_PROXY": ",, ,"},
    {"HTTPS_PROXY": "http://u:p%40ss@p.example:1", "HTTP_PROXY": "http://u@p.example:1"},
]
NAMES = (
    *("*", "com", ".com", "amazonaws.com", "s3.eu-west-1.amazonaws.com", "localhost", "127.0.0.1", "0.0.1"),
    *("127.0.0.1:9000", "corp.example", "minio.corp.example:9443", "nio.corp.example", "", " ", "."),
)


def ours(url: str, environ: dict[str, str]) -> tuple[str | None, str | None]:
    parts = urlsplit(url)
    found = proxy_for(parts.scheme, parts.netloc, environ=environ)
    return (f"{found.scheme}://{found.name}", found.authorization) if found else (None, None)


def botocores(url: str) -> tuple[str | None, str | None]:
    """By what botocore's own sessions do for each request."""
    configuration = ProxyConfiguration(get_environ_proxies(url))
    found = configuration.proxy_url_for(url)
    if not found:
        return None, None
    parts = urlsplit(found)
    headers = configuration.proxy_headers_for(found)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}", headers.get("Proxy-Authorization")


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("environ", ENVIRONMENTS)
def test_it_is_botocores_choice(url: str, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert ours(url, environ) == botocores(url)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    url=st.sampled_from(URLS),
    no_proxy=st.lists(st.sampled_from(NAMES)),
)
def test_no_proxy_is_read_as_botocore_reads_it(
    url: str, no_proxy: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = "http://p.example:1"
    environ = {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "NO_PROXY": ",".join(no_proxy)}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert ours(url, environ) == botocores(url)


def test_a_password_is_in_no_name_and_no_repr() -> None:
    found = proxy_for("https", "h", environ={"HTTPS_PROXY": "http://user:s3cret@p.example:1"})
    assert found == Proxy(scheme="http", host="p.example", port=1, authorization="Basic dXNlcjpzM2NyZXQ=")
    for secret in ("user", "s3cret", "dXNlcjpzM2NyZXQ"):
        assert secret not in f"{found!r} {found.name}"


@pytest.mark.parametrize(
    "setting", ["socks5://u:s3cret@h:1", "http://", "http://u:s3cret@h:port", "a b", "http://[::1"]
)
def test_what_is_no_proxy_is_refused_and_not_repeated(setting: str) -> None:
    with pytest.raises(UsageError, match="HTTPS_PROXY is not the URL of a proxy") as caught:
        proxy_for("https", "h", environ={"HTTPS_PROXY": setting})
    assert "s3cret" not in caught.value.text + caught.value.hint

"""Signed links as values, for the renderers to show."""

from datetime import UTC, datetime, timedelta, timezone

from presign_cli.core.credentials import Credentials
from presign_cli.core.life import usable_life
from presign_cli.core.link import Check, Link
from presign_cli.core.location import regional_location
from presign_cli.core.presigned import Presigned
from presign_cli.core.sigv4 import Presigner

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
KEYS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
CET = timezone(timedelta(hours=1), "CET")

HOSTILE_KEYS = {
    "line breaks": "dir/a\r\nBcc: evil@example.com\r\n\r\nbody",
    "terminal": "dir/\x1b]0;owned\x07\x1b[31mred",
    "bidi": "dir/invoice\u202efdp.exe",
    "script": "dir/</script><script>alert(1)</script>",
    "attribute": "dir/\"><img src=x onerror='alert(1)'>",
    "markdown": "dir/](javascript:alert(1)) [x](http://evil.example) `x` | **b** <http://evil.example>",
    "formula": '=HYPERLINK("http://evil.example","click")',
    "shell": "dir/$(touch owned);`id`'\"\\ -rf *",
    "entities": "dir/&lt;b&gt;&#x41;&copy",
    "rich": "dir/[bold]x[/bold] [/x]",
    "spaces": " dir/  two  spaces  ",
    "unicode": "dir/größe 日本語 📦.pdf",
}


def to_cet(moment: datetime) -> datetime:
    return moment.astimezone(CET)


def link(
    key: str = "manuals/guide v2.pdf",
    *,
    method: str = "GET",
    ttl_seconds: int = 300,
    signed_at: datetime = NOW,
    credentials: Credentials = KEYS,
    check: Check | None = None,
    headers: dict[str, str | None] | None = None,
    overrides: dict[str, str] | None = None,
) -> Link:
    place = regional_location("bucket", "eu-west-1")
    presigner = Presigner(place, credentials, signed_at=signed_at, ttl_seconds=ttl_seconds, method=method)
    life = usable_life(credentials, signed_at=signed_at, ttl_seconds=ttl_seconds)
    return Link(
        presigned=Presigned(
            dialect="aws-sigv4",
            url=presigner.url(key, query=tuple((overrides or {}).items())),
            host=place.host,
            method=method,
            bucket="bucket",
            key=key,
            region="eu-west-1",
            access_key_id=credentials.access_key_id,
            response_overrides=overrides or {},
        ),
        life=life,
        required_headers=headers or {},
        profile="support",
        check=check,
    )


def sized(size: int) -> Check:
    return Check(ok=True, status=206, size=size, content_type="application/pdf", text="answers")

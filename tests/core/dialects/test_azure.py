"""Azure SAS links: Microsoft's documented examples.

https://learn.microsoft.com/en-us/rest/api/storageservices/service-sas-examples
https://learn.microsoft.com/en-us/azure/storage/common/storage-sas-overview
"""

from datetime import UTC, datetime

import pytest

from presign_cli.core.dialects.azure import decode

SERVICE = (
    "https://myaccount.blob.core.windows.net/sascontainer/blob1.txt?sp=rw&st=2023-05-24T01:13:55Z"
    "&se=2023-05-24T09:13:55Z&sip=198.51.100.10-198.51.100.20&spr=https&sv=2022-11-02&sr=b"
    "&sig=39Up9JzHkxhUIhFEjEH9594DJxe7w6cIRCg0V6lCGSo%3D"
)
ACCOUNT = (
    "https://myaccount.blob.core.windows.net/?restype=service&comp=properties&sv=2022-11-02&ss=b&srt=s&st=2023-05-24"
    "&se=2023-05-25T02:23Z&sp=rwl&sig=39Up9JzHkxhUIhFEjEH9594DJxe7w6cIRCg0V6lCGSo%3D"
)
DELEGATION = (
    "https://myaccount.dfs.core.windows.net/sascontainer/dir/blob1.txt?sp=r&se=2026-11-24T13:00:00Z&skoid=00000000-0000-"
    "0000-0000-000000000001&sktid=00000000-0000-0000-0000-000000000002&skt=2026-11-24T10:00:00Z"
    "&ske=2026-11-24T12:00:00Z&sks=b&skv=2022-11-02&sv=2022-11-02&sr=b&rscd=inline"
    "&sig=39Up9JzHkxhUIhFEjEH9594DJxe7w6cIRCg0V6lCGSo%3D"
)
STORED = (
    "https://myaccount.blob.core.windows.net/sascontainer/b?sv=2022-11-02&si=policy1&sr=c"
    "&sig=39Up9JzHkxhUIhFEjEH9594DJxe7w6cIRCg0V6lCGSo%3D"
)


def limits(url):
    return {limit.name: limit.value for limit in decode(url).limits}


def test_service_sas():
    link = decode(SERVICE)
    assert (link.dialect, link.bucket, link.key, link.service) == (
        "azure-sas",
        "sascontainer",
        "blob1.txt",
        "blob",
    )
    assert link.valid_from == datetime(2023, 5, 24, 1, 13, 55, tzinfo=UTC)
    assert link.expires_at == datetime(2023, 5, 24, 9, 13, 55, tzinfo=UTC)
    assert limits(SERVICE) == {
        "permissions": "read, write",
        "resource": "blob",
        "protocol": "https",
        "ip": "198.51.100.10-198.51.100.20",
    }


def test_account_sas_and_short_dates():
    link = decode(ACCOUNT)
    assert (link.bucket, link.key) == (None, None)
    assert link.valid_from == datetime(2023, 5, 24, tzinfo=UTC)
    assert link.expires_at == datetime(2023, 5, 25, 2, 23, tzinfo=UTC)
    assert (limits(ACCOUNT)["services"], limits(ACCOUNT)["resource-types"]) == ("b", "s")


def test_user_delegation_sas():
    link = decode(DELEGATION)
    assert (link.credential_kind, link.service) == ("temporary", "dfs")
    assert link.access_key_id == "00000000-0000-0000-0000-000000000001"
    assert link.response_overrides == {"response-content-disposition": "inline"}
    assert limits(DELEGATION)["key-expires"] == "2026-11-24T12:00:00Z"


def test_stored_policy_has_no_expiry():
    assert decode(STORED).expires_at is None
    assert limits(STORED)["stored-policy"] == "policy1"


def test_emulator_has_the_account_in_its_path():
    link = decode("http://127.0.0.1:10000/devstoreaccount1/box/a/b?sv=2022-11-02&se=2026-11-24&sp=r&sig=x")
    assert (link.bucket, link.key) == ("box", "a/b")


@pytest.mark.parametrize("url", ["https://x/?sig=a", "https://x/?sv=1&se=2", "https://x/?sp=r"])
def test_what_is_no_sas(url):
    assert decode(url) is None

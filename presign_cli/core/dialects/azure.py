"""Azure's shared access signatures: service, account and user delegation.

https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
https://learn.microsoft.com/en-us/rest/api/storageservices/create-user-delegation-sas
"""

import re

from presign_cli.core.address import Address, read_address
from presign_cli.core.dialects import recognise
from presign_cli.core.dialects.grammar import Grammar, iso_moment
from presign_cli.core.encoding import decode_leniently
from presign_cli.core.presigned import Limit, Presigned

GRAMMAR = Grammar(
    names=(
        "sv",
        "st",
        "se",
        "sp",
        "sr",
        "ss",
        "srt",
        "si",
        "sip",
        "spr",
        "sig",
        "skoid",
        "sktid",
        "skt",
        "ske",
    ),
    required=("sv", "sig"),
    secret=("sig",),
    signature="sig",
    signature_pattern=re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII),
    signature_form="44 characters of base64, the last of them =",
    start="st",
    end="se",
)

_HOST = re.compile(
    r"(?P<account>[a-z0-9-]+)(?:\.z\d+)?\.(?P<service>blob|dfs|file|queue|table|web)\."
    r"(?:core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)|storage\.azure\.net)",
    re.ASCII,
)
_EMULATED = "devstoreaccount1"
_RESOURCES = {
    "b": "blob",
    "bv": "blob version",
    "bs": "blob snapshot",
    "c": "container",
    "d": "directory",
    "f": "file",
    "s": "share",
}
_PERMISSIONS = {
    "r": "read",
    "a": "add",
    "c": "create",
    "w": "write",
    "d": "delete",
    "x": "delete version",
    "y": "permanent delete",
    "l": "list",
    "t": "tags",
    "f": "find by tags",
    "m": "move",
    "e": "execute",
    "o": "change owner",
    "p": "change permissions",
    "u": "update",
    "i": "set immutability policy",
}
# parameter: what it limits
_LIMITS = {
    "spr": "protocol",
    "sip": "ip",
    "si": "stored-policy",
    "ss": "services",
    "srt": "resource-types",
    "sdd": "directory-depth",
    "ses": "encryption-scope",
    "skoid": "signed-by-user",
    "sktid": "signed-by-tenant",
    "skt": "key-valid-from",
    "ske": "key-expires",
    "saoid": "user",
    "suoid": "user",
    "sduoid": "user",
}
_OVERRIDES = {
    "rscc": "response-cache-control",
    "rscd": "response-content-disposition",
    "rsce": "response-content-encoding",
    "rscl": "response-content-language",
    "rsct": "response-content-type",
}


def decode(text: str) -> Presigned | None:
    """What an Azure SAS link says, or None where the text is none. Never raises."""
    address = read_address(text)
    return read(address) if address else None


def read(address: Address) -> Presigned | None:
    """As `decode`, of a URL that is taken apart already. `bucket` is the container, share or queue.

    `expires_at` is None where a stored policy holds it. What a user's key signed is `temporary`.
    """
    first = address.parameters.first
    if recognise(first.keys()) != "azure":
        return None
    host = _HOST.fullmatch(address.host.partition(":")[0])
    container, _, blob = _resource_path(address).partition("/")
    return Presigned(
        dialect="azure-sas",
        url=address.text,
        host=address.host or None,
        service=host["service"] if host else "blob",
        addressing="path",
        bucket=decode_leniently(container) or None,
        key=decode_leniently(blob) or None,
        version_id=first.get("versionid") or first.get("snapshot"),
        access_key_id=first.get("skoid"),
        credential_kind="temporary" if "skoid" in first else "long-lived",
        valid_from=iso_moment(first.get("st")),
        expires_at=iso_moment(first.get("se")),
        response_overrides={name: first[short] for short, name in _OVERRIDES.items() if short in first},
        limits=_limits(first),
        signature=first.get("sig"),
    )


def grammar_of(presigned: Presigned) -> Grammar:
    """What such a link is made of."""
    return GRAMMAR


def _resource_path(address: Address) -> str:
    """`container/blob`; the emulator has the account's name before it."""
    path = address.path.removeprefix("/")
    account, _, rest = path.partition("/")
    return rest if account == _EMULATED else path


def _limits(first: dict[str, str]) -> tuple[Limit, ...]:
    limits = []
    if "sp" in first:
        limits.append(Limit("permissions", _permissions(first["sp"])))
    if "sr" in first:
        limits.append(Limit("resource", _RESOURCES.get(first["sr"], first["sr"])))
    limits += [Limit(name, first[short]) for short, name in _LIMITS.items() if short in first]
    return tuple(limits)


def _permissions(letters: str) -> str:
    return ", ".join(_PERMISSIONS.get(letter, letter) for letter in letters[:32])

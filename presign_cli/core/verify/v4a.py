"""Recomputes SigV4A, the signature of multi-region access points, from the secret key alone.

SigV4A signs by ECDSA with a key that is derived from the secret key. With that key d at hand, a signature
(r, s) of a hash z is right when the point (z + r·d)/s · G has r for its x. Used to prove, never to sign: it
takes no care of what its timing tells.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
https://csrc.nist.gov/pubs/sp/800/108/r1/final (the key's derivation)
https://csrc.nist.gov/pubs/fips/186-5/final (the curve P-256)
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from presign_cli.core.credentials import Credentials
from presign_cli.core.verify.received import Received
from presign_cli.core.verify.v4 import strings_to_sign

ALGORITHM = "AWS4-ECDSA-P256-SHA256"

_Point = tuple[int, int] | None  # None is the point at infinity

_PRIME = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def fits(
    link: Received, method: str, headers: Mapping[str, str], *, credentials: Credentials, signature: str
) -> bool:
    """Whether a signature, DER in hexadecimal, is these credentials' of a link."""
    numbers = _numbers(signature)
    texts = strings_to_sign(link, method, headers)
    return numbers is not None and any(_is_signed(text, *numbers, credentials) for text in texts)


def _numbers(signature: str) -> tuple[int, int] | None:
    """The two numbers of a DER sequence, or None where the text is none or a number is out of range."""
    try:
        der = bytes.fromhex(signature)
        length = der[3]
        r, s = der[4 : 4 + length], der[6 + length :]
        well_formed = der[0] == 0x30 and der[1] == len(der) - 2 and der[2] == der[4 + length] == 0x02
    except (ValueError, IndexError):
        return None
    if not well_formed or der[5 + length] != len(s):
        return None
    numbers = int.from_bytes(r, "big"), int.from_bytes(s, "big")
    return numbers if all(0 < number < _ORDER for number in numbers) else None


def _is_signed(text: str, r: int, s: int, credentials: Credentials) -> bool:
    key = _private_key(credentials.access_key_id, credentials.secret_access_key)
    digest = int.from_bytes(sha256(text.encode("utf-8", "surrogateescape")).digest(), "big")
    point = _times((digest + r * key) * pow(s, -1, _ORDER) % _ORDER, _BASE)
    return point is not None and point[0] % _ORDER == r


@lru_cache(maxsize=8)
def _private_key(access_key_id: str, secret_access_key: str) -> int:
    """One plus the first number below the order less one that the key derivation gives."""
    for counter in range(1, 255):
        context = access_key_id.encode() + bytes([counter])
        fixed = b"\0\0\0\1" + ALGORITHM.encode() + b"\0" + context + b"\0\0\1\0"
        derived = hmac.digest(f"AWS4A{secret_access_key}".encode(), fixed, "sha256")
        number = int.from_bytes(derived, "big")
        if number <= _ORDER - 2:
            return number + 1
    raise ValueError("no key can be derived")  # once in 2**8000 secrets


def _times(factor: int, point: _Point) -> _Point:
    result: _Point = None
    while factor:
        if factor & 1:
            result = _plus(result, point)
        point = _plus(point, point)
        factor >>= 1
    return result


def _plus(one: _Point, other: _Point) -> _Point:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % _PRIME == 0:
        return None
    rise, run = (3 * x1 * x1 - 3, 2 * y1) if one == other else (y2 - y1, x2 - x1)
    slope = rise * pow(run, -1, _PRIME) % _PRIME
    x = (slope * slope - x1 - x2) % _PRIME
    return x, (slope * (x1 - x) - y1) % _PRIME

"""What a link claims: a signature, the key id that made it, and how to tell whether it fits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from presign_cli.core.address import Address
from presign_cli.core.credentials import Credentials
from presign_cli.core.verify import v2, v4
from presign_cli.core.verify.owed_headers import guesses
from presign_cli.core.verify.received import Received, received
from presign_cli.core.verify.verification import same

Headers = Mapping[str, str]

METHODS = ("GET", "PUT", "HEAD", "DELETE", "POST")
# How many signatures are computed in search of an explanation: some tenths of a second.
_BUDGET = 25_000
_BUDGET_OF_V4A = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """A link and the signature that it carries.

    `header_sets` gives the values to try for the headers that a link owes. `recompute` gives the signatures
    that a link may have; for SigV4A, whose signatures are random, it has none, and `fits` alone tells.
    """

    link: Received
    signature: str = field(repr=False)
    access_key_id: str
    header_sets: Callable[[Received], Iterator[Headers]]
    recompute: Callable[..., Iterator[str]]
    fits: Callable[..., bool] | None = None
    budget: int = _BUDGET
    methods: Sequence[str] = METHODS

    def match(self, link: Received, credentials: Credentials) -> tuple[str, Headers] | None:
        """The method and the headers' values under which a link has this signature."""
        for headers in self.header_sets(link):
            for method in self.methods:
                if self._is_made_by(credentials, link, method, headers):
                    return method, headers
        return None

    def _is_made_by(self, credentials: Credentials, link: Received, method: str, headers: Headers) -> bool:
        if self.fits:
            return self.fits(link, method, headers, credentials=credentials, signature=self.signature)
        made = self.recompute(link, method, headers, credentials=credentials)
        return any(same(each, self.signature) for each in made)


def read_claim(address: Address, given: Headers) -> Claim | None:
    """The claim of an AWS link, or None for every other; `given` are known headers, names in lower case."""
    return _v4_claim(address, given) or _v2_claim(address, given)


def _v4_claim(address: Address, given: Headers) -> Claim | None:
    signature = address.parameters.get("X-Amz-Signature")
    if not signature:
        return None
    link = received(address, signature="X-Amz-Signature")

    def header_sets(link: Received) -> Iterator[Headers]:
        return guesses(link, v4.signed_header_names(link), given=given)

    key_id = v4.read_scope(link.value("X-Amz-Credential")).access_key_id
    if link.value("X-Amz-Algorithm") != "AWS4-ECDSA-P256-SHA256":
        return Claim(link, signature, key_id, header_sets, v4.signatures)
    from presign_cli.core.verify import v4a

    return Claim(link, signature, key_id, header_sets, _none, v4a.fits, _BUDGET_OF_V4A)


def _none(*_: object, **__: object) -> Iterator[str]:
    return iter(())


def _v2_claim(address: Address, given: Headers) -> Claim | None:
    signature, key_id = address.parameters.get("Signature"), address.parameters.get("AWSAccessKeyId")
    if not signature or not key_id:
        return None
    link = received(address, signature="Signature")
    return Claim(link, signature, key_id, lambda link: v2.header_guesses(link, given), v2.signatures)

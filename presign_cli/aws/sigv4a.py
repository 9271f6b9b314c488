"""Signature Version 4A of a query, for multi-region access points: AWS's own compiled code signs.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from presign_cli.aws.failures import CRT_EXTRA
from presign_cli.core.credentials import Credentials
from presign_cli.core.encoding import Pairs, encode_query
from presign_cli.core.location import Location
from presign_cli.core.sigv4 import UNSIGNED_PAYLOAD
from presign_cli.errors import CredentialsError


class AsymmetricPresigner:
    """Signs links that hold in every region of `location.region`, a region set such as `*`.

    Raises CredentialsError where the extra `crt` is not installed.
    """

    def __init__(
        self,
        location: Location,
        credentials: Credentials,
        *,
        signed_at: datetime,
        ttl_seconds: int,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        try:
            from awscrt import auth
        except ImportError:
            raise CredentialsError(
                "multi-region access points are signed with SigV4A, which needs the extra `crt`",
                hint=CRT_EXTRA,
            ) from None
        self._location = location
        self._method = method
        self._headers = [("host", location.host), *(headers or {}).items()]
        self._signing = auth.AwsSigningConfig(
            algorithm=auth.AwsSigningAlgorithm.V4_ASYMMETRIC,
            signature_type=auth.AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS,
            credentials_provider=auth.AwsCredentialsProvider.new_static(
                credentials.access_key_id, credentials.secret_access_key, credentials.session_token
            ),
            region=location.region,
            service=location.service,
            date=signed_at,
            use_double_uri_encode=False,
            should_normalize_uri_path=False,
            signed_body_value=UNSIGNED_PAYLOAD,
            expiration_in_seconds=ttl_seconds,
        )

    def urls(self, keys: Iterable[str], *, query: Pairs = ()) -> list[str]:
        """The signed links of many keys; no two are alike, as ECDSA draws a random number for each."""
        own = encode_query(query)
        return [self._signed(f"{self._location.path(key)}?{own}".removesuffix("?")) for key in keys]

    def _signed(self, target: str) -> str:
        from awscrt import auth, http

        request = http.HttpRequest(self._method, target, http.HttpHeaders(self._headers))
        auth.aws_sign_request(request, self._signing).result()
        return f"{self._location.scheme}://{self._location.host}{request.path}"

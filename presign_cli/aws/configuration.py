"""What the environment and the profile say of region, endpoint and options, whoever read it."""

from typing import NamedTuple


class Configuration(NamedTuple):
    """One profile's configuration, wishes already applied; None is "not said".

    `profile` is None for keys of the environment. `endpoint_url` is a custom endpoint, from a flag,
    `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, the profile's `services` section or its `endpoint_url`.
    """

    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None
    addressing_style: str | None = None
    accelerate: bool = False
    dualstack: bool = False
    fips: bool = False
    use_arn_region: bool = True
    disable_multiregion_access_points: bool = False
    ca_bundle: str | None = None

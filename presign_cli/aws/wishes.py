"""What flags and settings ask of AWS's side: who signs, and where the bucket is served."""

from typing import Literal, NamedTuple

AddressingWish = Literal["auto", "virtual", "path"]


class Wishes(NamedTuple):
    """What was asked for; None or False is "not said", which leaves it to the environment and the profile.

    `region` is final: the bucket's own is then not looked up; `default_region`, from the settings, is not.
    `endpoint_url` serves both links and API calls; `public_url` only links. `ca_bundle` is a file of PEM
    certificates.
    """

    profile: str | None = None
    region: str | None = None
    default_region: str | None = None
    endpoint_url: str | None = None
    public_url: str | None = None
    addressing: AddressingWish = "auto"
    accelerate: bool = False
    dualstack: bool = False
    fips: bool = False
    ca_bundle: str | None = None
    detect: bool = True

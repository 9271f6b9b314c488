"""Where a bucket is served: the core's common case, and botocore's endpoint rules for everything else."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from presign_cli.aws.configuration import Configuration
from presign_cli.aws.wishes import AddressingWish
from presign_cli.core.endpoint_url import parse_endpoint
from presign_cli.core.location import (
    Location,
    endpoint_location,
    is_bucket_name,
    is_virtual_hostable,
    regional_location,
)
from presign_cli.core.presigned import Addressing
from presign_cli.errors import EndpointError, UsageError

if TYPE_CHECKING:
    from botocore.endpoint_provider import EndpointProvider

EXPRESS_SUFFIX, OUTPOSTS_SUFFIX = "--x-s3", "--op-s3"
_ACCELERATED_HOSTS = ("s3-accelerate.amazonaws.com", "s3-accelerate.dualstack.amazonaws.com")
_PORTS = {"http": 80, "https": 443}


def locate(
    bucket: str, configuration: Configuration, *, region: str, addressing: AddressingWish = "auto"
) -> Location:
    """The place of a bucket, or of an access point given by its ARN, in a region.

    Raises EndpointError where botocore's rules know none, UsageError for what is no bucket.
    """
    if not bucket.startswith("arn:") and not is_bucket_name(bucket):
        raise UsageError(f"`{bucket}` is no bucket name", hint="presign get s3://BUCKET/KEY")
    if configuration.endpoint_url:  # as in botocore, neither has a say where an endpoint is given
        configuration = configuration._replace(fips=False, dualstack=False)
    path_style = uses_path_style(bucket, configuration, addressing)
    endpoint = parse_endpoint(configuration.endpoint_url) if configuration.endpoint_url else None
    if _is_common(bucket, configuration, region):
        if endpoint is None:
            return regional_location(bucket, region, path_style=path_style, dualstack=configuration.dualstack)
        if path_style:
            return endpoint_location(bucket, region, endpoint=endpoint)
    return _by_rules(bucket, configuration, region=region, path_style=path_style)


def uses_path_style(bucket: str, configuration: Configuration, addressing: AddressingWish) -> bool:
    """A flag's word, then the profile's `s3` section, then what a certificate or a private host can serve.

    Access points and acceleration have no path style, whatever was said for buckets.
    """
    if bucket.startswith("arn:"):
        return False
    if _is_accelerated(configuration):
        return not is_virtual_hostable(bucket)
    if addressing != "auto":
        return addressing == "path"
    if configuration.addressing_style in ("path", "virtual"):
        return configuration.addressing_style == "path"
    return configuration.endpoint_url is not None or not is_virtual_hostable(bucket)


def _is_accelerated(configuration: Configuration) -> bool:
    if configuration.endpoint_url is None:
        return configuration.accelerate
    return parse_endpoint(configuration.endpoint_url).host in _ACCELERATED_HOSTS


def _is_common(bucket: str, configuration: Configuration, region: str) -> bool:
    special = (
        bucket.startswith("arn:")
        or bucket.endswith((EXPRESS_SUFFIX, OUTPOSTS_SUFFIX))
        or region == "aws-global"
    )
    return not special and not configuration.accelerate and not configuration.fips


def _by_rules(bucket: str, configuration: Configuration, *, region: str, path_style: bool) -> Location:
    from botocore.exceptions import BotoCoreError

    try:
        endpoint = _provider().resolve_endpoint(**_parameters(bucket, configuration, region, path_style))
    except BotoCoreError as error:
        text = f"no endpoint for `{bucket}` in `{region}`: {_sentence(error)}"
        raise EndpointError(text, hint="presign get --help") from error
    return _location(bucket, endpoint.url, endpoint.properties, configuration)


def _sentence(error: Exception) -> str:
    text = str(error).partition("\n")[0].rstrip(".")
    return text if text.startswith("S3 ") else text[:1].lower() + text[1:]


def _parameters(bucket: str, configuration: Configuration, region: str, path_style: bool) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "Bucket": bucket,
        "Region": region,
        "UseFIPS": configuration.fips,
        "UseDualStack": configuration.dualstack,
        "ForcePathStyle": path_style,
        "Accelerate": configuration.accelerate,
        "UseGlobalEndpoint": False,
        "DisableMultiRegionAccessPoints": configuration.disable_multiregion_access_points,
        "UseArnRegion": configuration.use_arn_region,
    }
    if configuration.endpoint_url:
        parameters["Endpoint"] = configuration.endpoint_url
    return parameters


@cache
def _provider() -> "EndpointProvider":
    from botocore.endpoint_provider import EndpointProvider
    from botocore.loaders import Loader

    loader = Loader()
    rules = loader.load_service_model("s3", "endpoint-rule-set-1")
    return EndpointProvider(rules, loader.load_data("partitions"))


def _location(bucket: str, url: str, properties: Mapping[str, Any], configuration: Configuration) -> Location:
    parts = urlsplit(url)
    scheme = _auth_scheme(properties)
    sigv4a = scheme["name"] == "sigv4a"
    host = parts.hostname or ""
    if parts.port and parts.port != _PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    return Location(
        bucket=bucket,
        region=",".join(scheme["signingRegionSet"]) if sigv4a else scheme["signingRegion"],
        host=host,
        authority=parts.netloc,
        scheme=parts.scheme,
        base_path=parts.path.rstrip("/"),
        service=scheme["signingName"],
        addressing=_addressing(bucket, unquote(parts.path), configuration),
        algorithm="AWS4-ECDSA-P256-SHA256" if sigv4a else "AWS4-HMAC-SHA256",
    )


def _auth_scheme(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """SigV4 wherever the rules allow it: SigV4A needs a compiled part, and only MRAP has nothing else."""
    schemes: list[Mapping[str, Any]] = properties["authSchemes"]
    return next((scheme for scheme in schemes if scheme["name"] != "sigv4a"), schemes[0])


def _addressing(bucket: str, path: str, configuration: Configuration) -> Addressing:
    if bucket.startswith("arn:"):
        return "access-point"
    if configuration.accelerate:
        return "accelerate"
    if path.rstrip("/").endswith(f"/{bucket}"):
        return "path"
    return "custom" if configuration.endpoint_url else "virtual"

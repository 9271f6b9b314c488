"""`presign`: sign, explain, repair and verify Amazon S3 pre-signed URLs.

For programs: `sign`, `inspect` and `verify`, documented in `presign_cli.api`, imported when first used.
"""

__version__ = "1.0.0"
__all__ = ["__version__", "inspect", "sign", "verify"]

TYPE_CHECKING = False  # typing itself costs as much as the rest of a start
if TYPE_CHECKING:
    from presign_cli.api import inspect, sign, verify


def __getattr__(name: str) -> object:
    """https://peps.python.org/pep-0562/"""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from presign_cli import api

    return getattr(api, name)

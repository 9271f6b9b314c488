"""The names of every dialect's parameters, as patterns: by them a rule knows that it looks at a link."""

import re

# Names that a signed link has behind `?` or `&`, and those of the redirectors that wrap one.
NAME = (
    r"(?:x-(?:amz|goog)-[a-z0-9-]{1,40}|awsaccesskeyid|googleaccessid|key-pair-id|hash-algorithm"
    r"|signature|expires|policy|response-[a-z-]{1,30}|versionid|partnumber|uploadid|generation|x-id"
    r"|s(?:v|e|t|p|r|s|ig|pr|ip|rt|es|k[a-z]{1,4})"
    r"|url|q|u|d|c|r|m|s|e|k|sa|source|ust|usg|data|sdata|reserved)"
)
# Those of them that only a signed link has.
SIGNED_NAME = (
    r"(?:x-(?:amz|goog)-[a-z0-9-]{1,40}|awsaccesskeyid|googleaccessid|key-pair-id|signature|expires|policy"
    r"|response-[a-z-]{1,30}|versionid|s(?:v|e|t|p|r|s|ig|pr|ip|rt|k[a-z]{1,4})|x-id)"
)

# What betrays a signed link in whatever wrapping: `X-2DAmz-2DSignature-3D` and `sig%3D` too.
_SIGNED = re.compile(r"signature|(?<![a-z])sig(?:[\\^]{0,16}(?:=|u003d)|%|-3d|&#)|key-pair-id", re.IGNORECASE)


def looks_signed(text: str) -> bool:
    """Whether a text has the trace of any dialect's signature, mangled or not."""
    return bool(_SIGNED.search(text))

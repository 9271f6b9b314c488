"""Recomputes the signature of an upload form's policy, by SigV4 or SigV2.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
"""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping

from presign_cli.core.credentials import Credentials
from presign_cli.core.sigv4 import signature, signing_key
from presign_cli.core.verify.v4 import read_scope
from presign_cli.core.verify.verification import Candidate, Difference, Verification, same, verdict

_Fields = Mapping[str, str]


def verify_policy(fields: _Fields, candidates: Iterable[Candidate]) -> Verification:
    """Whether one of the candidates signed a form; `fields` by name in lower case, as they would be sent."""
    is_v4 = "x-amz-credential" in fields
    carried = fields.get("x-amz-signature" if is_v4 else "signature", "")
    key_id = read_scope(fields["x-amz-credential"]).access_key_id if is_v4 else fields.get("awsaccesskeyid")
    recompute = _v4 if is_v4 else _v2
    ours = [each for each in candidates if each.credentials.access_key_id == key_id]
    if not ours or not carried:
        return Verification("no-credentials")
    for candidate in ours:
        if same(recompute(fields, candidate.credentials), carried):
            return verdict(candidate, "match", method="POST")
    differs = _difference(fields, carried, ours[0].credentials, recompute)
    return verdict(ours[0], "mismatch", method="POST", differs=differs)


def _v4(fields: _Fields, credentials: Credentials) -> str:
    scope = read_scope(fields["x-amz-credential"]).scope
    return signature(signing_key(credentials.secret_access_key, scope=scope), fields.get("policy", ""))


def _v2(fields: _Fields, credentials: Credentials) -> str:
    key, policy = credentials.secret_access_key.encode(), fields.get("policy", "").encode()
    return b64encode(hmac.digest(key, policy, "sha1")).decode()


def _difference(
    fields: _Fields, carried: str, credentials: Credentials, recompute: Callable[[_Fields, Credentials], str]
) -> Difference:
    made = recompute(fields, credentials)
    if same(made, carried.replace(" ", "+")):
        return Difference("plus-for-space", "the signature has spaces where `+` was signed")
    if 8 <= len(carried) < len(made) and same(made[: len(carried)], carried):
        return Difference("parameter", f"the signature is cut off after {len(carried)} of {len(made)} signs")
    for differs, suspect in _suspects(fields):
        if same(recompute(suspect, credentials), carried):
            return differs
    return Difference("unknown", "the policy was altered, or the secret key is another one")


def _suspects(fields: _Fields) -> Iterator[tuple[Difference, _Fields]]:
    policy = fields.get("policy", "")
    tight = "".join(policy.split())
    yield (
        Difference("encoding", "the policy has white space that was not signed"),
        {**fields, "policy": tight},
    )
    plus = Difference("plus-for-space", "the policy has spaces where `+` was signed")
    yield plus, {**fields, "policy": policy.replace(" ", "+")}
    padded = tight.rstrip("=")
    padded += "=" * (-len(padded) % 4)
    yield Difference("encoding", "the policy has lost its padding (`=`)"), {**fields, "policy": padded}
    standard = padded.replace("-", "+").replace("_", "/")
    yield Difference("encoding", "the policy is in URL-safe base64"), {**fields, "policy": standard}
    scope = _signed_credential(padded)
    if scope and "x-amz-credential" in fields:
        text = "the field x-amz-credential is not the one that the policy was signed with"
        yield Difference("scope", text), {**fields, "x-amz-credential": scope}


def _signed_credential(policy: str) -> str | None:
    """The scope among a policy's conditions."""
    try:
        conditions = json.loads(b64decode(policy))["conditions"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    for condition in conditions if isinstance(conditions, list) else ():
        if isinstance(condition, dict) and isinstance(condition.get("x-amz-credential"), str):
            return str(condition["x-amz-credential"])
    return None

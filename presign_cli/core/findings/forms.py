"""Whether an upload form would be taken: its policy, and every field against the policy's conditions.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
"""

from collections.abc import Iterator

from presign_cli.core.dialects.aws_post import Condition, Policy, read_policy
from presign_cli.core.findings.finding import Case, Finding, new_link

# What a form may hold without a condition
_FREE = frozenset(("policy", "x-amz-signature", "signature", "awsaccesskeyid", "file", "bucket", "submit"))


def form_policy(case: Case) -> Iterator[Finding]:
    """A policy that cannot be read, fields without a condition, conditions without a field."""
    reading = case.reading
    if reading.presigned.dialect != "aws-post-policy" or "policy" not in reading.parameters.first:
        return
    policy = read_policy(reading.parameters.first["policy"])
    if policy is None or policy.expires_at is None:
        text = "the policy is no base64 of JSON with `expiration` and `conditions`: it is cut off or altered"
        yield Finding("error", "policy-malformed", text, new_link(case))
        return
    if not any(condition.operator == "content-length-range" for condition in policy.conditions):
        text = "no limit on size: whoever has the form may store 5 GiB at a time"
        yield Finding(
            "warning", "any-size", text, "sign it with a limit: presign post-form TARGET --max-size 50MB"
        )
    if reading.grammar and not reading.grammar.required:
        text = "a policy alone: the fields and the signature that go with it are not here"
        yield Finding("info", "policy-alone", text, "give the whole form, as JSON or HTML, to have it judged")
        return
    yield from _fields_without_condition(case, policy)
    yield from _unmet_conditions(case, policy)


def _fields_without_condition(case: Case, policy: Policy) -> Iterator[Finding]:
    covered = _FREE | {condition.name for condition in policy.conditions}
    first = case.reading.parameters.first
    extra = [name for name in first if name not in covered and not name.startswith("x-ignore-")]
    if extra:
        shown = ", ".join(f"`{name[:40]}`" for name in extra[:8])
        text = f'fields without a condition in the policy: {shown}; S3 answers "Extra input fields"'
        yield Finding("error", "field-without-condition", text, "sign a form that allows them")


def _unmet_conditions(case: Case, policy: Policy) -> Iterator[Finding]:
    unmet = [condition for condition in policy.conditions if not _is_met(case, condition)]
    if unmet:
        shown = ", ".join(f"`{condition.name[:40]}`" for condition in unmet[:8])
        text = f"the form does not meet the policy's condition on {shown}; S3 answers AccessDenied"
        yield Finding("error", "condition-unmet", text, new_link(case))


def _is_met(case: Case, condition: Condition) -> bool:
    """A field that is listed empty under `starts-with` is for the user to fill."""
    if condition.operator == "content-length-range" or condition.name == "bucket":
        return True
    value = case.reading.parameters.first.get(condition.name)
    if value is None:
        return condition.operator == "starts-with" and not condition.value
    if condition.operator == "starts-with":
        return not value or value.startswith(condition.value)
    return value == condition.value

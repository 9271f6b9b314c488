"""What we sign, we read back; and no link survives the change of a single character."""

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from presign_cli.core.credentials import Credentials
from presign_cli.core.dialects.aws_v4 import decode
from presign_cli.core.location import regional_location
from presign_cli.core.response_overrides import NAMES
from presign_cli.core.sigv4 import Presigner
from presign_cli.core.verify import Candidate, verify

KEYS = Credentials("ASIAY34FZKBOKMUTVV7A", "s" * 40, "token/+=")
CANDIDATES = (Candidate(credentials=KEYS, profile="support", source="profile"),)

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=20)


@st.composite
def links(draw):
    signed_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 10**8)))
    request = {
        "bucket": "bucket",
        "key": draw(keys),
        "region": draw(st.sampled_from(["eu-west-1", "us-gov-west-1", "cn-north-1"])),
        "signed_at": signed_at,
        "ttl_seconds": draw(st.integers(1, 604_800)),
        "query": [(name, draw(values)) for name in draw(st.sets(st.sampled_from(NAMES)))],
        "version_id": draw(st.none() | values),
    }
    location = regional_location("bucket", request["region"], path_style=draw(st.booleans()))
    query = request["query"] + ([("versionId", request["version_id"])] if request["version_id"] else [])
    presigner = Presigner(location, KEYS, signed_at=signed_at, ttl_seconds=request["ttl_seconds"])
    return request, presigner.url(request["key"], query=query)


@given(links())
def test_a_link_says_what_it_was_signed_for(signed):
    request, url = signed
    link = decode(url)
    assert link is not None
    assert (link.bucket, link.key, link.region) == (request["bucket"], request["key"], request["region"])
    assert (link.signed_at, link.ttl_seconds) == (request["signed_at"], request["ttl_seconds"])
    assert link.expires_at == request["signed_at"] + timedelta(seconds=request["ttl_seconds"])
    assert dict(link.response_overrides) == dict(request["query"])
    assert link.version_id == request["version_id"]
    assert (link.access_key_id, link.session_token) == (KEYS.access_key_id, KEYS.session_token)


@given(links())
def test_verify_accepts_what_we_signed(signed):
    verification = verify(signed[1], CANDIDATES)
    assert (verification.result, verification.method) == ("match", "GET")


@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a mismatch costs 0.2 s
@given(links(), st.data())
def test_any_one_changed_character_is_refused(signed, data):
    _, url = signed
    origin = url.index("/", len("https://"))
    place = data.draw(st.integers(origin + 1, len(url) - 1))
    other = data.draw(st.sampled_from(string.ascii_letters + string.digits).filter(lambda c: c != url[place]))
    tampered = url[:place] + other + url[place + 1 :]
    assert verify(tampered, CANDIDATES).result != "match"


def test_another_secret_is_no_match():
    presigner = Presigner(
        regional_location("bucket", "eu-west-1"),
        KEYS,
        signed_at=datetime(2026, 1, 1, tzinfo=UTC),
        ttl_seconds=60,
    )
    stranger = replace(KEYS, secret_access_key="t" * 40)
    candidates = (Candidate(credentials=stranger, profile="support", source="profile"),)
    assert verify(presigner.url("k"), candidates).result == "mismatch"

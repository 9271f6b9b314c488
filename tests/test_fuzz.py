"""A short run of the fuzz: the long one is `python -m tests.fuzz_inspect 1000000`."""

from tests.fuzz_inspect import run


def test_mutated_links_give_findings_and_no_traceback():
    told = run(3000, seed=20261124)
    assert {"active", "expired", "malformed", "unsigned"} <= told.keys()

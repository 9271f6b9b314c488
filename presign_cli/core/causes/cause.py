"""A rule that turns a server's answer into a cause and a remedy. It knows no server."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """If the code is one of `codes` and the message fits `said`: one sentence, and what to do.

    `text` and `hint` may name facts in braces (`{region}`); a rule whose facts are not there does not match.
    `codes` is divided by spaces; one that ends with `*` is a prefix.
    """

    codes: str
    text: str
    hint: str
    said: str = ""

    def matches(self, code: str, message: str, facts: Mapping[str, str]) -> bool:
        return (
            any(_fits(code, pattern) for pattern in self.codes.split())
            and bool(re.search(self.said, message, re.IGNORECASE))
            and all(name in facts for name in re.findall(r"\{(\w+)\}", self.text + self.hint))
        )


# remedies that several rules name
AGAIN = "presign get LINK signs it anew"
WHO = "presign inspect LINK says whose keys signed it"


def _fits(code: str, pattern: str) -> bool:
    return code.startswith(pattern[:-1]) if pattern.endswith("*") else code == pattern

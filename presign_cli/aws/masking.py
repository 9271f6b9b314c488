"""Foreign text made fit for an error: one line, and nothing in it that could be a secret."""

import re

_NAMED = re.compile(
    r"(?P<name>[\w-]*(?:secret|token|password|passwd|pwd|credential|assertion)[\w-]*[\"']?\s*[:=]\s*)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|\S+)",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"(?<=://)[^/\s@]+@")
_RUN = re.compile(r"[A-Za-z0-9/+=_-]{32,}")
_LONGEST = 400
MASK = "***"


def masked(text: str) -> str:
    """Without values named like secrets, user names and passwords in URLs, and long random runs."""
    named = _NAMED.sub(lambda found: found["name"] + MASK, _USER_INFO.sub(f"{MASK}@", text))
    return _RUN.sub(_mask_random, named)


def one_line(text: str) -> str:
    """A foreign message as one of ours: masked, one printable line, lower case, no full stop, not endless."""
    words = " ".join("".join(c if c.isprintable() else " " for c in masked(text)).split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    lowered = short if short[1:2].isupper() else short[:1].lower() + short[1:]
    return lowered.rstrip(". ")


def _mask_random(found: re.Match[str]) -> str:
    """Secret keys and tokens mix cases and digits; long words, paths and ARNs seldom do."""
    run = found[0]
    random = any(c.isdigit() for c in run) and any(c.isupper() for c in run) and any(c.islower() for c in run)
    return MASK if random else run

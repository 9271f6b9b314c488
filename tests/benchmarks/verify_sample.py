"""Signs ten million lines in one stream, and has botocore sign a thousand of them again, drawn at random.

python -m tests.benchmarks.verify_sample [LINKS]
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from presign_cli.core.credentials import Credentials
from presign_cli.core.dialects.aws_v4 import decode
from tests.benchmarks.machine import ENVIRON, PRESIGN, described
from tests.benchmarks.throughput import write_keys
from tests.oracle import botocore_link

SAMPLE = 1_000
KEYS = Credentials(ENVIRON["AWS_ACCESS_KEY_ID"], ENVIRON["AWS_SECRET_ACCESS_KEY"])


def main(links: int) -> None:
    chosen = sorted(random.sample(range(links), min(SAMPLE, links)))
    with tempfile.TemporaryDirectory() as folder:
        keys = write_keys(Path(folder) / "keys", links)
        sample = Path(folder) / "sample"
        seconds, memory = _sign(keys, chosen, sample)
        signed = sample.read_text().splitlines()
    assert len(signed) == len(chosen)
    for number, link in zip(chosen, signed, strict=True):
        assert link == _by_botocore(number, link), link
    print(f"{links:,} links in {seconds:.1f} s, peak {memory:.0f} MiB; {len(signed):,} drawn at random are")
    print(f"byte-identical with botocore's: {described()}")


def _sign(keys: Path, chosen: list[int], sample: Path) -> tuple[float, float]:
    """Seconds and peak memory in MiB; awk keeps the chosen lines and drops the rest."""
    numbers = keys.with_name("numbers")
    numbers.write_text("".join(f"{number + 1}\n" for number in chosen))
    keep = ["awk", "NR == FNR { keep[$1]; next } FNR in keep", str(numbers), "-"]
    started = time.perf_counter()
    with keys.open("rb") as targets, sample.open("wb") as out:
        signer = subprocess.Popen([PRESIGN, "get", "-"], stdin=targets, stdout=subprocess.PIPE, env=ENVIRON)
        with subprocess.Popen(keep, stdin=signer.stdout, stdout=out):
            signer.stdout.close()
            _, status, usage = os.wait4(signer.pid, 0)
        signer.returncode = os.waitstatus_to_exitcode(status)
    assert signer.returncode == 0
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def _by_botocore(number: int, link: str) -> str:
    said = decode(link)
    key = f"manuals/{number % 977}/kbd-v{number}.pdf"
    return botocore_link(
        KEYS,
        "us-east-1",
        "get_object",
        {"Bucket": "bucket", "Key": key},
        ttl_seconds=3600,
        signed_at=said.signed_at,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)

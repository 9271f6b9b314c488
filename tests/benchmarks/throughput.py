"""Prints links a second, end to end (start, read, parse, sign, write), in turn with others' bare loops.

make bench        or        python -m tests.benchmarks.throughput [LINKS] [ROUNDS]
"""

import base64
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.machine import ENVIRON, PEERS, PRESIGN, Cost, described, in_turn, run

TOKEN = {
    **ENVIRON,
    "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
    "AWS_SESSION_TOKEN": base64.b64encode(b"t" * 975).decode(),
}
LOOPS = Path(__file__).with_name("peers.py")


def main(links: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        keys = write_keys(Path(folder) / "keys", links)
        signed = _signed(Path(folder) / "links", keys, count=min(links, 200_000))
        commands, counts = _commands(keys, signed, links=links)
        costs = in_turn(commands, rounds=rounds)
    print(f"links a second, medians of {rounds} runs in turn: {described()}\n")
    print("| what | links | links/s | peak MiB |\n|---|---:|---:|---:|")
    for name, measured in costs.items():
        rate = statistics.median(counts[name] / cost.wall for cost in measured)
        memory = statistics.median(cost.memory for cost in measured)
        print(f"| {name} | {counts[name]:,} | {rate:,.0f} | {memory:.0f} |")


def write_keys(path: Path, count: int) -> Path:
    """A file of that many targets."""
    with path.open("w") as file:
        file.writelines(f"s3://bucket/manuals/{n % 977}/kbd-v{n}.pdf\n" for n in range(count))
    return path


def _signed(path: Path, keys: Path, *, count: int) -> Path:
    """So many links, to be inspected."""
    head = write_keys(keys.with_name("head"), count)
    with head.open("rb") as targets, path.open("wb") as out:
        subprocess.run([PRESIGN, "get", "-"], stdin=targets, stdout=out, env=ENVIRON, check=True)
    return path


def _commands(keys: Path, signed: Path, *, links: int):
    few = max(1, min(links // 20, 20_000))
    counts = {}
    commands = {}

    def add(name: str, count: int, command) -> None:
        counts[name], commands[name] = count, command

    for form in ("link", "json", "csv"):
        add(f"`presign get - -o {form}`", links, _get(form, keys, ENVIRON))
    add("`presign get - -o link`, session token of 1,300 characters", links, _get("link", keys, TOKEN))
    add("`presign inspect - -o json`", min(links, 200_000), _inspect(signed))
    add("libpresign, bare loop (C++)", links, _loop("libpresign", links))
    add("boto3, bare loop", few, _loop("boto3", few))
    return commands, counts


def _get(form: str, keys: Path, environ: dict[str, str]):
    return lambda: run([PRESIGN, "get", "-", "-q", "-o", form], environ=environ, stdin=keys)


def _inspect(signed: Path):
    return lambda: run([PRESIGN, "inspect", "-", "-o", "json"], stdin=signed)


def _loop(peer: str, count: int):
    def loop() -> Cost:
        return run([PEERS / "python", LOOPS, peer, str(count)])

    return loop


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )

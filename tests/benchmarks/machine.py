"""What a figure is worth depends on: the machine, the date, and who else was measured in the same run."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv" / "peers" / "bin"
PRESIGN = Path(sys.executable).with_name("presign")
# Nothing is measured with an account of the machine's own, and nothing reaches for a network.
ENVIRON = {
    "PATH": os.environ["PATH"],
    "HOME": "/dev/null",
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "PRESIGN_DETECT": "0",
}


def described() -> str:
    """One line for a README: processor, cores, Python, date."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if "model name" in line
        ]
        model = names[0] if names else model
    today = datetime.now(UTC).date().isoformat()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {today}"


@dataclass(frozen=True, slots=True)
class Cost:
    """One finished process: wall and processor seconds, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def run(
    command: Sequence[str | Path], *, environ: Mapping[str, str] = ENVIRON, stdin: Path | None = None
) -> Cost:
    """Runs a command to its end, its output thrown away; raises where it fails."""
    with (stdin or Path(os.devnull)).open("rb") as given, Path(os.devnull).open("wb") as nowhere:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], stdin=given, stdout=nowhere, stderr=nowhere, env=dict(environ)
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Callable[[], Cost]], *, rounds: int) -> dict[str, list[Cost]]:
    """Every command once a round, so that a machine that slows down slows all; one round to warm up."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            cost = command()
            if turn:
                costs[name].append(cost)
    return costs


def median_ratio(costs: Sequence[Cost], to: Sequence[Cost]) -> float:
    """The median of the ratios round by round."""
    return statistics.median(a.wall / b.wall for a, b in zip(costs, to, strict=True))


def median_wall(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.wall for cost in costs)

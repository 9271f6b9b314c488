"""Prints what starting costs: each command as a whole process, in turn with `aws s3 presign` and others.

make bench        or        python -m tests.benchmarks.start_up [ROUNDS]
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.machine import (
    ENVIRON,
    PEERS,
    PRESIGN,
    described,
    in_turn,
    median_ratio,
    median_wall,
    run,
)

YARDSTICK = "aws s3 presign"


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        costs = in_turn(_commands(Path(folder)), rounds=rounds)
    print(f"start-up, medians of {rounds} runs in turn: {described()}\n")
    print("| command | ms | of `aws s3 presign` |\n|---|---:|---:|")
    for name, measured in costs.items():
        ratio = median_ratio(measured, costs[YARDSTICK])
        print(f"| `{name}` | {median_wall(measured) * 1000:.0f} | {ratio:.2f} |")


def _commands(folder: Path):
    files, link = _profiles(folder), _fresh_link()
    keys = ["--access_key", ENVIRON["AWS_ACCESS_KEY_ID"], "--secret_key", ENVIRON["AWS_SECRET_ACCESS_KEY"]]
    process = [PRESIGN, "get", "s3://bucket/k", "--profile", "process"]
    completion = {
        **ENVIRON,
        "_PRESIGN_COMPLETE": "complete_bash",
        "COMP_WORDS": "presign get --out",
        "COMP_CWORD": "2",
    }
    return {
        "python -c pass": lambda: run([sys.executable, "-c", "pass"]),
        "presign --version": lambda: run([PRESIGN, "--version"]),
        "presign get (keys in the environment)": lambda: run([PRESIGN, "get", "s3://bucket/k"]),
        "presign get --profile (shared files)": lambda: run(
            [PRESIGN, "get", "s3://bucket/k", "--profile", "static"], environ=files
        ),
        "presign get --profile (credential process)": lambda: run(process, environ=files),
        "presign inspect -o json": lambda: run([PRESIGN, "inspect", link, "-o", "json"]),
        "a TAB after presign get --out": lambda: run([PRESIGN], environ=completion),
        "s3cmd signurl": lambda: run([PEERS / "s3cmd", *keys, "signurl", "s3://bucket/k", "+300"]),
        YARDSTICK: lambda: run([PEERS / "aws", "s3", "presign", "s3://bucket/k"]),
    }


def _fresh_link() -> str:
    done = subprocess.run(
        [PRESIGN, "get", "s3://bucket/k"], env=ENVIRON, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def _profiles(folder: Path) -> dict[str, str]:
    """The environment of somebody whose keys stand in the shared files."""
    keys = f"aws_access_key_id = {ENVIRON['AWS_ACCESS_KEY_ID']}\naws_secret_access_key = x\n"
    answer = '{"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "x"}'
    (folder / "answer.json").write_text(answer)
    (folder / "credentials").write_text(f"[static]\n{keys}")
    (folder / "config").write_text(f"[profile process]\ncredential_process = cat {folder}/answer.json\n")
    files = {name: value for name, value in ENVIRON.items() if "ACCESS_KEY" not in name}
    return {
        **files,
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
        "AWS_CONFIG_FILE": str(folder / "config"),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)

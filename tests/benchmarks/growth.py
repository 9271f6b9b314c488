"""Measures how time and memory grow from a thousand links to ten million, and draws it: docs/growth.svg.

python -m tests.benchmarks.growth [LARGEST]
"""

import math
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.machine import PRESIGN, ROOT, Cost, described, run
from tests.benchmarks.throughput import write_keys

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 300, 60, 40, 60, 50


def main(largest: int) -> None:
    counts = [10**n for n in range(3, 8) if 10**n <= largest]
    measured: list[tuple[int, Cost]] = []
    print(f"growth: {described()}\n\n| links | seconds | peak MiB |\n|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            keys = write_keys(Path(folder) / "keys", count)
            runs = [run([PRESIGN, "get", "-"], stdin=keys) for _ in range(3 if count < 10**7 else 1)]
            cost = Cost(
                *(statistics.median(getattr(r, name) for r in runs) for name in ("wall", "cpu", "memory"))
            )
            measured.append((count, cost))
            print(f"| {count:,} | {cost.wall:.2f} | {cost.memory:.0f} |")
    (ROOT / "docs" / "growth.svg").write_text(drawn(measured))


def drawn(measured: list[tuple[int, Cost]]) -> str:
    """Seconds (logarithmic, left) and memory (linear, right) over the number of links (logarithmic)."""
    exponents = [math.log10(count) for count, _ in measured]
    across = lambda x: LEFT + (x - exponents[0]) / (exponents[-1] - exponents[0]) * (WIDTH - LEFT - RIGHT)  # noqa: E731
    up = lambda share: HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)  # noqa: E731
    seconds = [
        (across(x), up((math.log10(cost.wall) + 2) / 4))
        for x, (_, cost) in zip(exponents, measured, strict=True)
    ]
    memory = [(across(x), up(cost.memory / 100)) for x, (_, cost) in zip(exponents, measured, strict=True)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{WIDTH / 2}" y="20" text-anchor="middle" font-size="14">',
        "presign get -: time and memory over links</text>",
    ]
    for share, left, right in (
        (0, "0.01 s", "0"),
        (0.25, "0.1 s", "25"),
        (0.5, "1 s", "50"),
        (0.75, "10 s", "75"),
        (1, "100 s", "100 MiB"),
    ):
        y = up(share)
        parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end" fill="#0b62a8">{left}</text>')
        parts.append(f'<text x="{WIDTH - RIGHT + 6}" y="{y + 4}" fill="#a34a00">{right}</text>')
    for x, (count, _) in zip(exponents, measured, strict=True):
        parts.append(
            f'<text x="{across(x)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{count:,}</text>'
        )
    for points, colour in ((seconds, "#0b62a8"), (memory, "#a34a00")):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">links</text></svg>\n')
    return "\n".join(parts)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10**7)

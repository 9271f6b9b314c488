"""Prints a Markdown table: each kind of mangling, and how many links come back byte for byte.

Run from the project's folder: `python -m tests.measure_repairs`.
"""

from presign_cli.core.repair import repair
from tests.manglers import KINDS
from tests.whole_links import whole_links


def main() -> None:
    print("| kind of mangling | in the forms | links repaired, byte for byte |")
    print("|---|---|---|")
    for kind, ways in KINDS.items():
        forms = ", ".join(name.replace("`", "'") for name, _ in ways)
        pairs = [(link, way(link)) for _, way in ways for link in whole_links()]
        repaired = sum(repair(mangled).url == link for link, mangled in pairs)
        print(f"| `{kind}` | {forms} | {repaired:,} of {len(pairs):,} |")
    untouched = sum(repair(link).repairs == () for link in whole_links())
    print(
        f"| none: a whole link | every dialect, keys with `%2520`, `&amp;`, quotes… | {untouched} of "
        f"{len(whole_links())} left as they are |"
    )


if __name__ == "__main__":
    main()

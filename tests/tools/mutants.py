"""Compares the mutants that survived with the known ones in tests/MUTANTS.md, and fails if there are more.

usage: mutants.py path/to/mutants.out/missed.txt   (written by cargo-mutants)
"""

import pathlib
import re
import sys
from collections import Counter

KNOWN = pathlib.Path(__file__).resolve().parents[1] / "MUTANTS.md"


def rows() -> list[tuple[set[tuple[str, str]], int]]:
    """The files and functions of each row of the table, with the number of its mutants."""
    found = []
    for cells in re.findall(r"^\| (`.*?) \| (\d+) \|", KNOWN.read_text(encoding="utf-8"), re.MULTILINE):
        places = set()
        for part in cells[0].split("; "):
            file, *functions = re.findall(r"`([^`]+)`", part)
            places |= {(file, function) for function in functions}
        found.append((places, int(cells[1])))
    return found


def place(mutant: str) -> tuple[str, str]:
    """The file and the function of a line of cargo-mutants."""
    file, _, change = mutant.partition(":")
    change = re.sub(r"^\d+:\d+: ", "", change)
    inside = re.search(r" in (\S*?(?:<.*>)?\S*)$", change)
    function = inside[1] if inside else re.sub(r"^replace ", "", change).split(" -> ")[0].split(" with ")[0]
    return file, function.rsplit("::", 1)[-1]


survivors = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
known = rows()
counts = Counter()
new = []
for survivor in survivors:
    row = next((index for index, (places, _) in enumerate(known) if place(survivor) in places), None)
    if row is None:
        new.append(survivor)
    else:
        counts[row] += 1
for row, count in counts.items():
    places, limit = known[row]
    if count > limit:
        new.append(f"{count} survivors instead of {limit} in {', '.join(sorted(function for _, function in places))}")
print(f"{len(survivors)} mutants survived")
if new:
    sys.exit("error: these are not in tests/MUTANTS.md:\n" + "\n".join(new))

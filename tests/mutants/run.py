"""Make mutants and read them: `python tests/mutants/run.py [--count N] [--kind KIND] [--keep FOLDER]`.

Each kind's mutants stand on the small report of three producers, several in one file, each at a leaf of its own. Shown
are for each kind how many mutants there are, and how many came out right, were said to be doubtful, or are SILENT.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mutants.editing import Editor
from mutants.judging import Fits, Key, Place, Reading, find_silent, read_leaves
from mutants.kinds import KINDS, ONCE_A_PAGE
from mutants.small_report import LOOKS, MISSING, PRODUCERS, print_report
from mutants.targets import choose, list_targets

FILES = [(producer, look) for look in LOOKS for producer in PRODUCERS]


@dataclass(frozen=True)
class Mutants:
    """A file with mutants of one kind, what its leaves must be, and what was read of it."""

    name: str
    pdf: bytes
    seen: dict[Key, Fits]
    touched: dict[Key, Place]
    right: int
    silent: dict[Key, str]


@cache
def read_base(producer: str, look: str) -> Reading:
    """The report as it is."""
    reading = read_leaves(print_report(producer, look))
    assert reading is not None
    return reading


def make_mutants(kind: str, seed: int) -> Mutants:
    """Make one file and read it."""
    chance = random.Random(f"{kind} {seed}")
    producer, look = FILES[seed % len(FILES)]
    before = read_base(producer, look)
    editor = Editor(print_report(producer, look))
    change, what = KINDS[kind]
    chosen = choose(list_targets(editor, before), chance, *what)
    if kind in ONCE_A_PAGE:
        chosen = list({target.page: target for target in chosen}.values())
    seen: dict[Key, Fits] = {}
    touched: dict[Key, Place] = {}
    for target in chosen:
        fits = change(target, chance)
        if fits is not None:
            touched[target.key] = target.place
            seen[target.key] = fits
    pdf = editor.write()
    numbers = {leaf.value: key[0].split("#")[0] for key, leaf in before.leaves.items() if key[1] == "name"}
    after = read_leaves(pdf, numbers)
    silent = find_silent(before, after, seen, touched)
    right = sum(
        after is not None and key in after.leaves and fits(after.leaves[key].value) for key, fits in seen.items()
    )
    return Mutants(f"{kind.replace(' ', '-')}-{seed}-{producer}", pdf, seen, touched, right, silent)


def make_many(kind: str, count: int) -> Iterator[Mutants]:
    """Make files until there are so many mutants of a kind."""
    made = seed = 0
    while made < count and seed < 20 + 2 * count:
        mutants = make_mutants(kind, seed)
        seed += 1
        made += len(mutants.seen)
        yield mutants


def main() -> int:
    """Make, read and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path, help="where files with what is silent go")
    wanted = parser.parse_args()
    if missing := [text for needs in MISSING.values() if (text := needs())]:
        print("missing:", ", ".join(missing))
        return 2
    total = 0
    for kind in wanted.kind or KINDS:
        counts = Counter[str]()
        for mutants in make_many(kind, wanted.count):
            counts["mutants"] += len(mutants.seen)
            counts["right"] += mutants.right
            counts["SILENT"] += len(mutants.silent)
            for key, text in mutants.silent.items():
                print(f"  {mutants.name}: {'/'.join(key)}: {text}" + ("" if key in mutants.seen else " (beside)"))
            if wanted.keep and mutants.silent:
                (wanted.keep / f"{mutants.name}.pdf").write_bytes(mutants.pdf)
        total += counts["SILENT"]
        print(f"{kind}: {counts['mutants']} mutants, {counts['right']} right, {counts['SILENT']} SILENT", flush=True)
    return int(total > 0)


if __name__ == "__main__":
    raise SystemExit(main())

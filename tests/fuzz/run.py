"""Fuzz: `python tests/fuzz/run.py [--count N | --minutes N] [--from SEED] [--kind KIND] [--keep FOLDER]`.

Mutant N is the same on any machine. Shown are for each kind how many there were and what came of them.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from fuzz.mutators import MUTATORS
from fuzz.oracle import Judgement, judge
from mutants.judging import Reading, read_leaves
from mutants.small_report import LOOKS, MISSING, PRODUCERS, print_report
from press import cid
from press.model import Printed

KINDS = tuple(MUTATORS)


@cache
def list_corpus() -> tuple[tuple[str, bytes, Reading], ...]:
    """List the small report as each producer that is here prints it, in each look, and what is read of it."""
    from mutants.small_report import make_model
    from press.style import FAMILIES

    printed: list[tuple[str, bytes]] = []
    for look in LOOKS:
        printed += [(f"{one} {look}", print_report(one, look)) for one in PRODUCERS if MISSING[one]() is None]
        typeset: Printed = cid.typeset(make_model(), FAMILIES[look])
        printed.append((f"typesetter {look}", typeset.pdf))
    found = [(name, pdf, read_leaves(pdf)) for name, pdf in printed]
    return tuple((name, pdf, reading) for name, pdf, reading in found if reading is not None)


def make_mutant(seed: int, kind: str) -> tuple[str, bytes, Reading, bytes]:
    """Make a mutant: its name, the clean file, what is read of that, and the mutant."""
    name, clean, before = list_corpus()[seed % len(list_corpus())]
    return f"{seed}-{kind}-{name}", clean, before, MUTATORS[kind](clean, Random(f"{kind} {seed}"))


def run(seeds: Iterator[int], kinds: tuple[str, ...]) -> Iterator[tuple[str, str, bytes, Judgement]]:
    """Make a mutant of each seed, the kinds by turns, and judge it: its kind and name, itself, what came of it."""
    for seed in seeds:
        kind = kinds[seed % len(kinds)]
        # A kind meets each file of the corpus, whatever their numbers have in common.
        name, clean, before, mutant = make_mutant(seed // len(kinds), kind)
        yield kind, name, mutant, judge(clean, before, mutant)


def main() -> int:
    """Make, read and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path, help="where mutants that are silent or crash go")
    wanted = parser.parse_args()
    ends = time.monotonic() + 60 * wanted.minutes
    counts: Counter[tuple[str, str]] = Counter()
    seeds = (
        seed
        for seed in range(wanted.first, wanted.first + (wanted.count or 10**9))
        if wanted.count or time.monotonic() < ends
    )
    for kind, name, mutant, found in run(seeds, tuple(wanted.kind or KINDS)):
        counts[kind, found.outcome] += 1
        if found.outcome in ("silent", "crash"):
            print(found.outcome, name, found.why, flush=True)
            if wanted.keep:
                wanted.keep.mkdir(parents=True, exist_ok=True)
                (wanted.keep / f"{name.replace(' ', '-')}.pdf").write_bytes(mutant)
        if not wanted.count and time.monotonic() >= ends:
            break
    outcomes = ("same", "said", "refused", "silent", "crash")
    print("| kind | mutants | " + " | ".join(outcomes) + " |")
    for kind in KINDS:
        row = [counts[kind, outcome] for outcome in outcomes]
        print(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    return int(any(counts[kind, outcome] for kind in KINDS for outcome in ("silent", "crash")))


if __name__ == "__main__":
    sys.exit(main())

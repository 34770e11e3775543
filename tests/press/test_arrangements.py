"""Any combination of arrangements is read right, or it is said; nothing is wrong in silence. Always the same ones."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extractor.pipeline import read_report
from press import browser, cid, embedded
from press.arranged import Arranged, arrange
from press.html import TRUETYPE
from press.model import Printed
from press.score import Score, score

# So many of all leaves must be read right.
RIGHT = 0.99
TYPESET, BROWSED, EACH = 240, 60, 30
BROWSER_FROM = 1000


def typeset(seed: int) -> tuple[Arranged, Printed]:
    """One report from the typesetter, its fonts embedded or not."""
    arranged = arrange(seed)
    press = embedded if seed % 2 and embedded.available() else cid
    return arranged, press.typeset(arranged.model, arranged.style)


def browse(seeds: Iterable[int]) -> Iterator[tuple[Arranged, Printed]]:
    """Reports from a browser, in one run of it."""
    wanted = [arrange(seed, browser=True) for seed in seeds]
    made = browser.typeset_all([(one.model, one.style, TRUETYPE) for one in wanted])
    yield from zip(wanted, made, strict=True)


def read_all(made: Iterable[tuple[Arranged, Printed]], folder: Path) -> Iterator[tuple[Arranged, Score]]:
    """Read printed reports and hold them against what was printed."""
    path = folder / "printed.pdf"
    for arranged, printed in made:
        path.write_bytes(printed.pdf)
        yield arranged, score(arranged, printed, read_report(path, fiscal_year=arranged.told))


def check(scores: Iterable[tuple[Arranged, Score]]) -> None:
    right = wrong = 0
    silent: list[str] = []
    for arranged, found in scores:
        right += found.right
        wrong += len(found.said) + len(found.silent)
        silent += [f"{dict(arranged.chosen)} {leaf}" for leaf in found.silent]
    assert right >= RIGHT * (right + wrong), f"{right} of {right + wrong}"
    assert not silent, f"{len(silent)} in silence: {silent[0]}"


def test_some_combinations(tmp_path: Path) -> None:
    check(read_all(map(typeset, range(3)), tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, TYPESET, EACH))
def test_any_combination_from_a_typesetter(first: int, tmp_path: Path) -> None:
    check(read_all(map(typeset, range(first, first + EACH)), tmp_path))


@pytest.mark.skipif(browser.missing() is not None, reason="no browser is installed")
@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, BROWSED, EACH))
def test_any_combination_from_a_browser(first: int, tmp_path: Path) -> None:
    seeds = range(BROWSER_FROM + first, BROWSER_FROM + first + EACH)
    check(read_all(browse(seeds), tmp_path))

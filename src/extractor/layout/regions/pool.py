"""Pool: what pages of one kind tell together of where their columns begin."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.document.geometry import Box, HasBox
from extractor.document.page import Page
from extractor.layout.regions.atoms import Atom
from extractor.layout.regions.bars import BAR_HEIGHT
from extractor.layout.regions.cut import SAME_EDGE, Cut, Region, RegionCutter, keep_in_column
from extractor.layout.runs import split_into_runs

# An edge is known where it was found so many times.
LEAST_FOUND = 2


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page or a half of it: what stands in it from top to bottom, and its left and right side.

    `find_tables` finds its tables without rules, over all of its width.
    """

    page: Page
    atoms: Sequence[Atom]
    sides: tuple[float, float]
    find_tables: Callable[[], Sequence[Box]] = tuple


def cut_pages(parts: Sequence[PagePart]) -> list[tuple[list[Region], list[Cut]]]:
    """Cut pages, or halves of them, into regions.

    Each is looked at alone, and then again with the edges that were found on several of its kind.

    Args:
        parts: The pages or halves.

    Returns:
        For each its regions in reading order, and where it was cut and why.
    """
    bars = [_list_bars(part.page) for part in parts]
    edges: dict[tuple[int, int], list[float]] = defaultdict(list)
    for part, across in zip(parts, bars, strict=True):
        cutter = _cut_part(part, across)[1]
        if cutter.cuts and (tables := part.find_tables()):
            across += tables
            cutter = _cut_part(part, across)[1]
        edges[_kind_of(part.page)] += cutter.found
    known = {kind: _list_known_edges(found) for kind, found in edges.items()}
    cut = []
    for part, across in zip(parts, bars, strict=True):
        kind = _kind_of(part.page)
        regions, cutter = _cut_part(part, across, known[kind])
        if len(regions) == 1:
            regions = [keep_in_column(regions[0], edges[kind])]
        cut.append((regions, cutter.cuts))
    return cut


def _cut_part(
    part: PagePart, across: Sequence[HasBox], edges: Sequence[float] = ()
) -> tuple[list[Region], RegionCutter]:
    cutter = RegionCutter(across, edges)
    atoms = () if _is_upright(part.page) else part.atoms
    return list(cutter.cut_region(atoms, part.sides)), cutter


def _is_upright(page: Page) -> bool:
    """Tell whether most of a page's text runs down, so that its columns are lines."""
    return any(what.key == "damaged-page.upright" for what in page.damage)


def _kind_of(page: Page) -> tuple[int, int]:
    return round(page.width), round(page.height)


def _list_bars(page: Page) -> list[HasBox]:
    """List the level rules and the bars of a page: nothing that stands across a gutter."""
    fills = (Box(*fill) for fill in page.fills)
    return [*(rule for rule in page.rules if rule.horizontal), *(box for box in fills if box.height <= BAR_HEIGHT)]


def _list_known_edges(found: Sequence[float]) -> list[float]:
    """List the edges that were found more than once."""
    runs = split_into_runs(sorted(found), lambda run, edge: edge - run[0] <= SAME_EDGE)
    return [min(run) for run in runs if len(run) >= LEAST_FOUND]

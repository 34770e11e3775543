"""Overflow: text wider than its cell that runs over its neighbours, as spreadsheets print it.

Its letters stand on the rule between the cells, or the rule is left out for as long as the text is high. Such a run
belongs to one cell: to the one at whose side it begins or ends, or else to the one in which its middle stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document.geometry import centre_x, gap_x
from extractor.document.page import Glyph, Rule
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.runs import split_into_runs
from extractor.layout.y_index import ByHeight

# Text begins at its cell's side when it begins within this part of its size from it.
AT_SIDE = 0.75
# In sizes: glyphs of one run stand no further apart, and differ no more; one on a rule reaches so far over both sides.
TOUCH, SAME_SIZE, THROUGH = 0.25, 0.1, 0.15

Shares = dict[GridCell, list[Glyph]]


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid with its glyphs.

    `placed` are those that stand in each of its cells, `cells` those that are held to be the cell's.
    """

    grid: Grid
    placed: Shares
    cells: Shares

    def list_lines(self) -> list[TextLine]:
        """Return the lines of its cells."""
        return [line for glyphs in self.cells.values() for line in form_lines(glyphs)]


def map_to_cells(shares: Shares) -> dict[int, GridCell]:
    """Return the cell of each glyph, by its id()."""
    return {id(glyph): cell for cell, inside in shares.items() for glyph in inside}


def assign_overflow(grid: Grid, shares: Shares, rules: ByHeight[Rule]) -> Shares:
    """Assign each run of glyphs that goes over an open side to the one cell it is of.

    Args:
        grid: The grid.
        shares: The glyphs that stand in each of its cells.
        rules: The page's rules by height.

    Returns:
        The glyphs by the cell that they are held to be of; cells without any are left out.
    """
    homes = map_to_cells(shares)
    moved: dict[int, GridCell] = {}
    for line in form_lines(glyph for inside in shares.values() for glyph in inside):
        for run in split_into_runs(line.glyphs, _touches):
            if _goes_over_side(run, homes, rules):
                moved |= dict.fromkeys(map(id, run), _find_own_cell(run, homes))
    return _move_glyphs(grid, shares, moved) if moved else shares


def _move_glyphs(grid: Grid, shares: Shares, moved: dict[int, GridCell]) -> Shares:
    """Move some glyphs to other cells; those are given by the glyphs' id()."""
    brought: Shares = {cell: [] for cell in grid.cells}
    for cell, inside in shares.items():
        for glyph in inside:
            brought[moved.get(id(glyph), cell)].append(glyph)
    return {cell: inside for cell, inside in brought.items() if inside}


def _touches(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph stands right behind a run, and is as large."""
    return gap_x(run[-1], glyph) <= TOUCH * glyph.size and abs(glyph.size - run[-1].size) <= SAME_SIZE


def _goes_over_side(run: Sequence[Glyph], homes: dict[int, GridCell], rules: ByHeight[Rule]) -> bool:
    return any(
        homes[id(before)] is not homes[id(after)]
        and (_runs_through(before, after, homes) or not _ruled_between(before, after, rules))
        for before, after in pairwise(run)
    )


def _runs_through(before: Glyph, after: Glyph, homes: dict[int, GridCell]) -> bool:
    """Tell whether one of two glyphs of neighbouring cells stands on the side between these."""
    sides = (homes[id(before)].x1, homes[id(after)].x0)
    return any(
        glyph.x0 + THROUGH * glyph.size < side < glyph.x1 - THROUGH * glyph.size
        for glyph in (before, after)
        for side in sides
    )


def _ruled_between(before: Glyph, after: Glyph, rules: ByHeight[Rule]) -> bool:
    """Tell whether a rule stands between two glyphs at their height; of a dotted one a dot will."""
    left, right = centre_x(before), centre_x(after)
    slack = 0.1 * after.size
    return any(
        not rule.horizontal
        and left <= rule.x0 <= right
        and rule.top < after.bottom - slack
        and rule.bottom > after.top + slack
        for rule in rules.find_between(after.top, after.bottom)
    )


def _find_own_cell(run: Sequence[Glyph], homes: dict[int, GridCell]) -> GridCell:
    first, last = homes[id(run[0])], homes[id(run[-1])]
    if run[0].x0 - first.x0 < AT_SIDE * run[0].size:
        return first
    if last.x1 - run[-1].x1 < AT_SIDE * run[-1].size:
        return last
    middle = (run[0].x0 + run[-1].x1) / 2
    return homes[id(min(run, key=lambda glyph: abs(centre_x(glyph) - middle)))]

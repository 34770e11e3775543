"""Columns: tables that are not ruled, or only across, known by white from top to bottom between what stands in columns.

Lines → runs of lines that leave the same gutters white → rows → a `Grid` as rules would form it. A line that stands
across the first gutter ends the table, as prose does. What of this is not clear stays outside it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document.geometry import Box, height_of
from extractor.document.page import Glyph, Rule
from extractor.layout.borderless.gutters import (
    SpacedLine,
    White,
    find_shown_gaps,
    leaves_white,
    measure_gaps,
    narrow_gutters_over_run,
    split_gutters,
    take_run,
)
from extractor.layout.borderless.rows import SHARED, Row, RowFragment, form_rows, measure_columns, pick_heights
from extractor.layout.borderless.spanning import spread_over_columns
from extractor.layout.lines import TextLine
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.runs import split_into_runs

# Without rules above and below a table has at least three columns: two are as often a list of names with remarks.
LEAST_COLUMNS = 3
# How far apart text and what is ruled around it may be (points).
NEAR = 12.0

# So many lines tell whether a table begins; where all of them are of one, twice as many are looked at. No page that was
# printed has more, and what is no table is not read to its end from each of its lines.
AHEAD = 100


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table without rules: its grid, its lines, and the gutters between its columns.

    By the gutters it is known where the table goes on. `goes_on`: it has those of the table with which the page before
    ends.
    """

    grid: Grid
    lines: tuple[TextLine, ...]
    gutters: tuple[White, ...]
    goes_on: bool


def find_open_tables(lines: Sequence[TextLine], rules: Sequence[Rule], before: Sequence[White] = ()) -> list[OpenTable]:
    """Find the tables without ruled lines that lines of a page form.

    Args:
        lines: The lines, top to bottom, without ruled tables between.
        rules: The page's rules: those across tell where rows and tables end.
        before: The gutters of the table with which the page before ends; none where it ends with none.

    Returns:
        The tables, top to bottom; the first may go on from the page before.
    """
    level = sorted((rule for rule in rules if rule.horizontal), key=lambda rule: rule.top)
    wanted = [measure_gaps(line) for line in lines]
    found: list[OpenTable] = []
    at = 0
    while at < len(wanted):
        if wanted[at].wide:
            table = _find_first_table(wanted[at:], () if at else before, level)
        else:
            table = _find_table_under_head(wanted[at:], level)
        found += [table] if table else []
        at += len(table.lines) if table else 1
    return found


def _find_first_table(lines: Sequence[SpacedLine], before: Sequence[White], level: Sequence[Rule]) -> OpenTable | None:
    """Find the table with which these lines begin: that of the page before, or another."""
    table = None
    if before and leaves_white(lines[0], before):
        table = _find_longest_table(lines, before, level, goes_on=True)
    return table or _find_longest_table(lines, lines[0].wide, level, goes_on=False)


def _find_table_under_head(lines: Sequence[SpacedLine], level: Sequence[Rule]) -> OpenTable | None:
    """Find the table whose heads begin with one that stands alone on its line, for it is of more lines than others."""
    if len(lines) < 2 or not lines[1].wide or not leaves_white(lines[0], lines[1].wide):
        return None
    first, second = lines[0].line, lines[1].line
    ruled = [rule.top for rule in level if rule.x0 <= first.x0 and first.x1 <= rule.x1]
    closed = pick_heights(ruled, first.top - NEAR, first.top + 1)
    is_first = bool(closed) and not pick_heights(ruled, first.bottom, second.top)
    if not (is_first or first.bottom - second.top > SHARED * height_of(first)):
        return None
    below = _find_longest_table(lines[1:], lines[1].wide, level, goes_on=False)
    whole = _find_longest_table(lines, lines[1].wide, level, goes_on=False) if below else None
    is_more = below and whole and len(whole.lines) > len(below.lines) and len(whole.gutters) == len(below.gutters)
    return whole if is_more else None


def _find_longest_table(
    lines: Sequence[SpacedLine], gaps: Sequence[White], level: Sequence[Rule], *, goes_on: bool
) -> OpenTable | None:
    """Find the table with which these lines begin; None where they begin with none."""
    best: OpenTable | None = None
    ahead, whole = AHEAD, True
    while whole:
        found, taken = _find_table(lines[:ahead], gaps, level, goes_on=goes_on)
        best = max((one for one in (found, best) if one), key=lambda one: len(one.lines), default=None)
        whole = found is not None and taken == ahead < len(lines)
        ahead *= 2
    return best


def _find_table(
    lines: Sequence[SpacedLine], gaps: Sequence[White], level: Sequence[Rule], *, goes_on: bool
) -> tuple[OpenTable | None, int]:
    """Find the table with which these lines begin, if any, and count the lines that are set in its columns."""
    run = take_run(lines, gaps)
    seen = gaps if goes_on else find_shown_gaps(run)
    run, gutters = narrow_gutters_over_run(run, seen) if seen else ([], [])
    if not run or not (level or _are_enough(sum(map(len, gutters)))):
        return None, 0
    whites = split_gutters(gutters, [piece for one in run for piece in _split_at_gutters(one.line, one.wide)])
    goes_on = goes_on and len(whites) == len(gaps)
    pieces = [piece for one in run for piece in _split_at_gutters(one.line, whites)]
    ends = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    across = _find_rules_across(level, pieces, ends)
    found = _drop_loose_end(spread_over_columns(form_rows(pieces, across)), across)
    least = 1 if goes_on else 2
    if sum(len(row.columns) > 1 for row in found) < least:
        return None, 0
    if not (_are_enough(len(whites)) or _is_ruled_around(found, across)):
        return None, 0
    taken = tuple(one.line for one in run if one.line.top < found[-1].bottom)
    return OpenTable(_make_grid(found, whites, across, ends), taken, tuple(whites), goes_on), len(run)


def _are_enough(gutters: int) -> bool:
    """Tell whether so many gutters part enough columns for a table without rules above and below."""
    return gutters + 1 >= LEAST_COLUMNS


def _drop_loose_end(found: list[Row], across: Sequence[float]) -> list[Row]:
    """Drop the last rows that have one column alone and no rule right below."""
    while found and len(found[-1].columns) < 2 and not _closed_below(found[-1], across):
        found.pop()
    return found


def _find_rules_across(level: Sequence[Rule], pieces: Sequence[RowFragment], ends: White) -> list[float]:
    """Find the heights of the rules across at least half of these pieces, right over them or under them too."""
    top, bottom = min(piece.top for piece in pieces), max(piece.bottom for piece in pieces)
    first = bisect_left(level, top - NEAR, key=lambda rule: rule.top)
    last = bisect_right(level, bottom + NEAR, key=lambda rule: rule.top)
    half = 0.5 * (ends[1] - ends[0])
    return [rule.top for rule in level[first:last] if min(rule.x1, ends[1]) - max(rule.x0, ends[0]) >= half]


def _is_ruled_around(found: Sequence[Row], across: Sequence[float]) -> bool:
    """Tell whether rules stand above and below these rows."""
    above = pick_heights(across, found[0].top - NEAR, found[0].top + 1)
    return bool(above) and _closed_below(found[-1], across)


def _closed_below(row: Row, across: Sequence[float]) -> bool:
    """Tell whether a rule closes the table right below a row."""
    return bool(pick_heights(across, row.bottom - 1, row.bottom + NEAR))


def _split_at_gutters(line: TextLine, gutters: Sequence[White]) -> list[RowFragment]:
    """Split a line at the gutters that it leaves white."""
    pieces = []
    for group in split_into_runs(line.glyphs, lambda run, glyph: not _are_parted(run[-1], glyph, gutters)):
        x0, (_, top, x1, bottom) = group[0].x0, Box.around(group)
        first = sum(high <= x0 + 0.01 for _, high in gutters)
        last = sum(low < x1 - 0.01 for low, _ in gutters)
        pieces.append(RowFragment(first, max(first, last), x0, top, x1, bottom, line.size))
    return pieces


def _are_parted(before: Glyph, glyph: Glyph, gutters: Sequence[White]) -> bool:
    """Tell whether a gutter lies between two glyphs."""
    return any(before.x1 <= low + 0.01 and high <= glyph.x0 + 0.01 for low, high in gutters)


def _make_grid(found: Sequence[Row], gutters: Sequence[White], across: Sequence[float], ends: White) -> Grid:
    """Make the grid of these rows. A column ends where the text left of that edge ends, so that its room is known."""
    xs = (ends[0] - 1.0, *(low for low, _ in gutters), ends[1] + 1.0)
    ys = [found[0].top - 1.0]
    for above, below in pairwise(found):
        ruled = pick_heights(across, above.bottom - 1, below.top + 1)
        ys.append(ruled[0] if ruled else (above.bottom + below.top) / 2)
    ys.append(found[-1].bottom + 1.0)
    ends_of = measure_columns(piece for row in found for piece in row.pieces)
    rooms = (ends_of.get(column, (0.0, 0.0)) for column in range(len(xs) - 1))
    return Grid(xs, tuple(ys), _make_cells(found, xs, ys), tuple(x1 - x0 for x0, x1 in rooms))


def _make_cells(found: Sequence[Row], xs: Sequence[float], ys: Sequence[float]) -> tuple[GridCell, ...]:
    cells = []
    for number, row in enumerate(found):
        covered = set(found[number - 1].merged_down) if number else set()
        for column in range(len(xs) - 1):
            if column not in covered:
                wide, high = row.find_last_column(column), 2 if column in row.merged_down else 1
                covered.update(range(column, wide + 1))
                box = (xs[column], ys[number], xs[wide + 1], ys[number + high])
                cells.append(GridCell(number, column, high, wide + 1 - column, *box))
    return tuple(cells)

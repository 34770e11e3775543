"""Columns: tables that are not ruled, or only across, known by white from top to bottom between what stands in columns.

Lines → runs of lines that leave the same gutters white → rows → a `Grid` as rules would form it. A line that stands
across the first gutter ends the table, as prose does. What of this is not clear stays outside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.lay_out.grid import Grid, GridCell
from extractor.lay_out.lines import Line
from extractor.lay_out.rows import Piece, Row, beside, rows
from extractor.model.page import Rule

# In sizes. A line is set in columns where a gap is more than WIDE (an ideographic space is 1.0); white of more than
# NARROW may part columns once they are known (justified lines share out less than this between glyphs).
WIDE, NARROW = 1.2, 0.3
# Lines of one table stand no further apart than this, in sizes, from bottom to top.
APART = 2.5
# Without rules above and below a table has at least three columns: two are as often a list of names with remarks.
LEAST_COLUMNS = 3
# How far apart text and what is ruled around it may be (points).
NEAR = 12.0

White = tuple[float, float]
Gutter = tuple[White, ...]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A grid for a table without rules, its lines, and the gutters between its columns, by which it is known where it
    goes on. `goes_on`: it has those of the table with which the page before ends."""

    grid: Grid
    lines: tuple[Line, ...]
    gutters: tuple[White, ...]
    goes_on: bool


def _gaps(line: Line, least: float) -> list[White]:
    """The gaps in a line of at least so many sizes."""
    return [(a.x1, b.x0) for a, b in pairwise(line.glyphs) if b.x0 - a.x1 >= least * max(a.size, b.size)]


def _left(gutter: Gutter, line: Line) -> Gutter:
    """What a line leaves white of a gutter, which may be several stretches: other lines tell which it is."""
    whites = [(float("-inf"), line.x0), *_gaps(line, NARROW), (line.x1, float("inf"))]
    parts = [(max(a, low), min(b, high)) for a, b in gutter for low, high in whites]
    return tuple(part for part in parts if part[1] - part[0] >= NARROW * line.size)


def _meets(gutter: Gutter, gaps: Sequence[White]) -> bool:
    return any(low < b and a < high for a, b in gutter for low, high in gaps)


def _run(lines: Sequence[Line], gutters: Sequence[White]) -> list[Line]:
    """The lines, from the first on, that stand near one another and are set in columns or across none of these."""
    run = [lines[0]]
    for line in lines[1:]:
        if line.top - max(one.bottom for one in run[-3:]) > APART * line.size:
            break
        if not _gaps(line, WIDE) and not all(_left((gutter,), line) for gutter in gutters):
            break
        run.append(line)
    return run


def _shown(run: Sequence[Line]) -> list[White]:
    """The gaps of the line that has most, less those that it alone has and others stand across."""
    best = max(run, key=lambda line: len(_gaps(line, WIDE)))
    return [
        gap
        for gap in _gaps(best, WIDE)
        if sum(_meets((gap,), _gaps(line, WIDE)) for line in run) > 1 or all(_left((gap,), line) for line in run)
    ]


def _gutters(run: Sequence[Line], shown: Sequence[White]) -> tuple[list[Line], list[White]]:
    """The lines of a run as far as they are set in columns, and the gutters that all of them leave white.

    A line may stand across some but the first, as a head or value of several columns does, if another thing stands
    beside it.
    """
    gutters: list[Gutter] = [(gap,) for gap in shown]
    taken: list[Line] = []
    for line in run:
        left = [_left(gutter, line) for gutter in gutters]
        if not left[0] or not (all(left) or _gaps(line, WIDE)):
            break
        gutters = [new or old for new, old in zip(left, gutters, strict=True)]
        taken.append(line)
    if not taken:
        return [], []
    found = [piece for line in taken for piece in _pieces(line, _gaps(line, WIDE))]
    reached = [gutter[0][0] for gutter in gutters[1:]] + [float("inf")]
    parted = [(float("-inf"), float("-inf"))]
    for gutter, reach in zip(gutters, reached, strict=True):
        parted += _parted(gutter, (parted[-1][1], reach), found)
    return taken, parted[1:]


def _parted(gutter: Gutter, reach: White, pieces: Sequence[Piece]) -> list[White]:
    """A gutter as one, or as several where something stands within it that has both columns beside it at its side.

    What has one of them at its side is of the other. What has neither is the head of one, where that has no other, or
    stands across both: the head of a pair of columns, or the value of both. `reach` is how far the columns go.
    """
    whites = [gutter[0]]
    sides = [
        [one for one in pieces if reach[0] <= one.x0 and one.x1 <= gutter[0][0] + 0.01],
        [one for one in pieces if gutter[-1][1] - 0.01 <= one.x0 and one.x1 <= reach[1]],
    ]
    head = _head_bottom(pieces)
    headed = tuple(any(one.top < head for one in side) for side in sides)
    for white in gutter[1:]:
        inside = [one for one in pieces if whites[-1][1] - 0.01 <= one.x0 and one.x1 <= white[0] + 0.01]
        at_side = {tuple(any(beside(one, other) for other in side) for side in sides) for one in inside}
        if (True, True) in at_side:
            whites.append(white)
            continue
        if headed[0] != headed[1] and any(one.top < head for one in inside):
            at_side = {headed}
        at_side = at_side - {(False, False)} or at_side
        if at_side == {(True, False)}:
            continue
        if at_side == {(False, True)}:
            whites[-1] = white
        elif at_side == {(False, False)}:
            whites[-1] = (whites[-1][0], white[1])
        else:
            whites[-1] = max(whites[-1], white, key=lambda one: one[1] - one[0])
    return whites


def _head_bottom(pieces: Sequence[Piece]) -> float:
    """Where the first row ends: what stands beside one another, from the top."""
    bottom = pieces[0].bottom
    for piece in pieces:
        bottom = max(bottom, piece.bottom) if piece.top < bottom - 1 else bottom
    return bottom


def open_tables(lines: Sequence[Line], rules: Sequence[Rule], before: Sequence[White] = ()) -> list[OpenTable]:
    """The tables that these lines of a page form, top to bottom; the first may go on from the gutters `before`."""
    level = [rule for rule in rules if rule.horizontal]
    found: list[OpenTable] = []
    at = 0
    while at < len(lines):
        table = None
        if at == 0 and before and _gaps(lines[0], WIDE) and all(_left((gutter,), lines[0]) for gutter in before):
            table = _table(lines, before, level, goes_on=True)
        if table is None and (gaps := _gaps(lines[at], WIDE)):
            table = _table(lines[at:], gaps, level, goes_on=False)
        if table is not None:
            found.append(table)
        at += len(table.lines) if table else 1
    return found


def _table(lines: Sequence[Line], gaps: Sequence[White], level: Sequence[Rule], *, goes_on: bool) -> OpenTable | None:
    """The table with which these lines begin, None where they begin with none."""
    run = _run(lines, gaps)
    shown = list(gaps) if goes_on else _shown(run)
    run, gutters = _gutters(run, shown) if shown else ([], [])
    if not run:
        return None
    if len(gutters) + 1 < LEAST_COLUMNS and not level:
        return None
    pieces = [piece for line in run for piece in _pieces(line, gutters)]
    ends = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    across = sorted(r.top for r in level if min(r.x1, ends[1]) - max(r.x0, ends[0]) >= 0.5 * (ends[1] - ends[0]))
    found = rows(pieces, across)
    while found and len(found[-1].columns) < 2 and not _closed_below(found[-1], across):
        found.pop()
    many = sum(len(row.columns) > 1 for row in found)
    if many < (1 if goes_on else 2) or not (len(gutters) + 1 >= LEAST_COLUMNS or _ruled(found, across)):
        return None
    taken = tuple(line for line in run if line.top < found[-1].bottom)
    return OpenTable(_grid(found, gutters, across, ends), taken, tuple(gutters), goes_on)


def _ruled(found: Sequence[Row], across: Sequence[float]) -> bool:
    """Whether rules stand above and below these rows."""
    above = any(found[0].top - NEAR <= y <= found[0].top + 1 for y in across)
    return above and _closed_below(found[-1], across)


def _closed_below(row: Row, across: Sequence[float]) -> bool:
    """Whether a rule closes the table right below a row."""
    return any(row.bottom - 1 <= y <= row.bottom + NEAR for y in across)


def _pieces(line: Line, gutters: Sequence[White]) -> list[Piece]:
    """A line parted at the gutters that it leaves white."""
    groups = [[line.glyphs[0]]]
    for before, glyph in pairwise(line.glyphs):
        if any(before.x1 <= low + 0.01 and high <= glyph.x0 + 0.01 for low, high in gutters):
            groups.append([])
        groups[-1].append(glyph)
    pieces = []
    for group in groups:
        x0, x1 = group[0].x0, max(glyph.x1 for glyph in group)
        first = sum(high <= x0 + 0.01 for _, high in gutters)
        last = sum(low < x1 - 0.01 for low, _ in gutters)
        top, bottom = min(glyph.top for glyph in group), max(glyph.bottom for glyph in group)
        pieces.append(Piece(first, max(first, last), x0, top, x1, bottom, line.size))
    return pieces


def _grid(found: Sequence[Row], gutters: Sequence[White], across: Sequence[float], ends: White) -> Grid:
    """The grid of these rows. A column's edge is where the text left of it ends, so that its room is known."""
    xs = (ends[0] - 1.0, *(low for low, _ in gutters), ends[1] + 1.0)
    ys = [found[0].top - 1.0]
    for above, below in pairwise(found):
        ruled = [y for y in across if above.bottom - 1 <= y <= below.top + 1]
        ys.append(ruled[0] if ruled else (above.bottom + below.top) / 2)
    ys.append(found[-1].bottom + 1.0)
    cells = []
    for number, row in enumerate(found):
        covered: set[int] = set()
        for column in range(len(xs) - 1):
            if column in covered or (number and column in found[number - 1].merged_down):
                continue
            wide = row.reach(column)
            high = 2 if column in row.merged_down else 1
            covered |= set(range(column, wide + 1))
            box = (xs[column], ys[number], xs[wide + 1], ys[number + high])
            cells.append(GridCell(number, column, high, wide + 1 - column, *box))
    return Grid(xs, tuple(ys), tuple(cells), _rooms(found, len(xs) - 1))


def _rooms(found: Sequence[Row], columns: int) -> tuple[float, ...]:
    """How wide the text of each column is set."""
    rooms = []
    for column in range(columns):
        own = [piece for row in found for piece in row.pieces if piece.first == piece.last == column]
        rooms.append(max((p.x1 for p in own), default=0.0) - min((p.x0 for p in own), default=0.0))
    return tuple(rooms)

"""Columns: tables that are not ruled, or only across, known by white from top to bottom between what stands in columns.

Lines → runs of lines that leave the same gutters white → rows → a `Grid` as rules would form it. A line that stands
across the first gutter ends the table, as prose does. What of this is not clear stays outside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.lay_out.grid import Grid, GridCell
from extractor.lay_out.lines import Line
from extractor.lay_out.rows import Piece, Row, rows
from extractor.model.page import Rule

# In sizes. A line is set in columns where a gap is more than WIDE (an ideographic space is 1.0); white of more than
# NARROW may part columns once they are known (justified lines share out less than this between glyphs).
WIDE, NARROW = 1.2, 0.3
# Lines of one table stand no further apart than this, in sizes, from bottom to top.
APART = 2.5
# Without rules above and below a table has at least three columns: two are as often a list of names with remarks.
LEAST_COLUMNS = 3
# A head is at most so many lines high.
HEAD_LINES = 3
# How far apart text and what is ruled around it may be (points).
NEAR = 12.0

White = tuple[float, float]


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


def _common(gutter: White, line: Line) -> White | None:
    """The widest part of a gutter that a line leaves white."""
    whites = [(float("-inf"), line.x0), *_gaps(line, NARROW), (line.x1, float("inf"))]
    parts = [(max(gutter[0], low), min(gutter[1], high)) for low, high in whites]
    widest = max(parts, key=lambda part: part[1] - part[0])
    return widest if widest[1] - widest[0] >= NARROW * line.size else None


class _Run:
    """Lines that have gutters in common, as the run grows downwards. `seen` is how many lines show each gutter."""

    def __init__(self, line: Line, gutters: Sequence[White], *, known: bool) -> None:
        self.lines = [line]
        self.gutters = [_common(gutter, line) or gutter for gutter in gutters]
        self._seen = [2] * len(self.gutters)
        self._known = known

    def takes(self, line: Line) -> bool:
        """Take the next line; false where it stands across gutters, or too far below.

        A line may stand across some, as a head or value of several columns does, if another thing stands beside it;
        and across one that only one line has shown, which then is none.
        """
        if line.top - max(one.bottom for one in self.lines[-3:]) > APART * line.size:
            return False
        left = [_common(gutter, line) for gutter in self.gutters]
        kept = [index for index, white in enumerate(left) if white or self._seen[index] > 1]
        if not kept or left[kept[0]] is None or (any(left[at] is None for at in kept) and not _gaps(line, WIDE)):
            return False
        self.gutters = [left[index] or self.gutters[index] for index in kept]
        self._seen = [self._seen[index] for index in kept]
        gaps = _gaps(line, WIDE)
        for index, (low, high) in enumerate(self.gutters):
            self._seen[index] += any(gap[0] < high and low < gap[1] for gap in gaps)
        if not self._known:
            self._refine(line)
        self.lines.append(line)
        return True

    def _refine(self, line: Line) -> None:
        """More columns, where this line has gaps that the lines before leave white or, with fewer gaps, stand over."""
        gaps = _gaps(line, WIDE)
        for gap in gaps:
            if any(gap[0] < high and low < gap[1] for low, high in self.gutters):
                continue
            common: White | None = gap
            for before in self.lines:
                over = len(self.lines) <= HEAD_LINES and _within(before, gap) and len(_gaps(before, WIDE)) < len(gaps)
                if common and not over:
                    common = _common(common, before)
            if common:
                at = sum(low < common[0] for low, _ in self.gutters)
                self.gutters.insert(at, common)
                self._seen.insert(at, 1)

    def sure(self) -> tuple[White, ...]:
        """The gutters that more than one line shows."""
        return tuple(gutter for gutter, seen in zip(self.gutters, self._seen, strict=True) if seen > 1)


def _within(line: Line, gap: White) -> bool:
    """Whether anything of a line stands over a gap."""
    return any(glyph.x0 < gap[1] and gap[0] < glyph.x1 for glyph in line.glyphs)


def open_tables(lines: Sequence[Line], rules: Sequence[Rule], before: Sequence[White] = ()) -> list[OpenTable]:
    """The tables that these lines of a page form, top to bottom; the first may go on from the gutters `before`."""
    level = [rule for rule in rules if rule.horizontal]
    found: list[OpenTable] = []
    at = 0
    while at < len(lines):
        table = None
        if at == 0 and before and _gaps(lines[0], WIDE) and all(_common(gutter, lines[0]) for gutter in before):
            table = _table(lines, before, level, goes_on=True)
        if table is None and (gaps := _gaps(lines[at], WIDE)):
            table = _table(lines[at:], gaps, level, goes_on=False)
        if table is not None:
            found.append(table)
        at += len(table.lines) if table else 1
    return found


def _table(
    lines: Sequence[Line], gutters: Sequence[White], level: Sequence[Rule], *, goes_on: bool
) -> OpenTable | None:
    """The table with which these lines begin, None where they begin with none."""
    run = _Run(lines[0], gutters, known=goes_on)
    for line in lines[1:]:
        if not run.takes(line):
            break
    gutters = run.sure()
    pieces = [piece for line in run.lines for piece in _pieces(line, gutters)]
    ends = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    across = sorted(r.top for r in level if min(r.x1, ends[1]) - max(r.x0, ends[0]) >= 0.5 * (ends[1] - ends[0]))
    found = rows(pieces, across)
    while found and len(found[-1].columns) < 2 and not _closed_below(found[-1], across):
        found.pop()
    many = sum(len(row.columns) > 1 for row in found)
    if many < (1 if goes_on else 2) or not (len(gutters) + 1 >= LEAST_COLUMNS or _ruled(found, across)):
        return None
    taken = tuple(line for line in run.lines if line.top < found[-1].bottom)
    return OpenTable(_grid(found, gutters, across, ends), taken, gutters, goes_on)


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

"""Tables: cells merged across and down, heads that are repeated, rows that go on over a sheet's end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from press.breaking import SetLine
from press.sheet import Sheets
from press.style import Align, Rules

# Left and right of a cell's text; columns without rules between them stand further apart.
PADDING, UNRULED_PADDING = 4.0, 6.0


@dataclass(frozen=True)
class Cell:
    """A cell that begins in `column` of its row and covers so many columns and rows. Line feeds in `text` stand."""

    column: int
    text: str
    columns: int = 1
    rows: int = 1
    align: Align = "left"
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: widths of its columns in points, its rows, and how many of them are the head."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int
    rules: Rules
    size: float
    padding: float = 2.5
    shaded_head: bool = False
    repeated_head: bool = True
    # Rows that are parted between their lines where they do not fit; others go to the next sheet whole.
    parted: frozenset[int] = frozenset()

    @property
    def sides(self) -> float:
        """The white left and right of a cell's text."""
        return UNRULED_PADDING if self.rules in {"three", "none"} else PADDING


@dataclass(frozen=True)
class _SetRow:
    """A row ready to be drawn: its cells with their lines, its height, and its index in the grid."""

    cells: tuple[tuple[Cell, tuple[SetLine, ...]], ...]
    height: float
    index: int


def draw_table(sheets: Sheets, grid: Grid) -> None:
    """Draw a table from the sheet's `y` on, over as many sheets as it needs."""
    step = grid.size * 1.3
    rows = _set(sheets, grid, step)
    head, body = rows[: grid.head], _groups(rows[grid.head :])
    high = sum(row.height for row in head)
    sheets.need(high + (sum(row.height for row in body[0]) if body and not _parted(body[0], grid) else 3 * step))
    here = list(head)
    for group in body:
        used = sum(row.height for row in here)
        if used + sum(row.height for row in group) > sheets.room + 0.01:
            if _parted(group, grid):
                group = _part(group[0], sheets, here, grid, head, step)
            if here:
                _draw(sheets, grid, here, step)
            sheets.turn()
            here = list(head) if grid.repeated_head else []
        here += group
    _draw(sheets, grid, here, step)


def _parted(group: Sequence[_SetRow], grid: Grid) -> bool:
    return len(group) == 1 and group[0].index in grid.parted


def _part(
    row: _SetRow, sheets: Sheets, here: list[_SetRow], grid: Grid, head: list[_SetRow], step: float
) -> list[_SetRow]:
    """Put as much of a row into `here` as there is room for, sheet after sheet; give back what is left of it."""
    while True:
        room = sheets.room - sum(one.height for one in here) - 2 * grid.padding
        if row.height - 2 * grid.padding <= room + 0.01:
            return [row]
        count = int((room + 0.01) // step)
        if count >= 1:
            first = tuple((cell, lines[:count]) for cell, lines in row.cells)
            here.append(replace(row, cells=first, height=count * step + 2 * grid.padding))
            rest = tuple((cell, lines[count:]) for cell, lines in row.cells)
            row = replace(row, cells=rest, height=row.height - count * step)
        if row.height - 2 * grid.padding <= sheets.bottom - sheets.style.margin - 2 * grid.padding:
            return [row]
        _draw(sheets, grid, here, step)
        sheets.turn()
        here[:] = list(head) if grid.repeated_head else []


def _set(sheets: Sheets, grid: Grid, step: float) -> list[_SetRow]:
    """The rows with their texts broken into lines, high enough for these; a merged cell adds to its last row."""
    broken = [[(cell, _lines(sheets, grid, cell)) for cell in row] for row in grid.rows]
    heights = [
        max([step, *(len(lines) * step for cell, lines in row if cell.rows == 1)]) + 2 * grid.padding for row in broken
    ]
    for index, row in enumerate(broken):
        for cell, lines in row:
            missing = len(lines) * step + 2 * grid.padding - sum(heights[index : index + cell.rows])
            if missing > 0:
                heights[index + cell.rows - 1] += missing
    return [_SetRow(tuple(row), height, index) for index, (row, height) in enumerate(zip(broken, heights, strict=True))]


def _lines(sheets: Sheets, grid: Grid, cell: Cell) -> tuple[SetLine, ...]:
    room = sum(grid.widths[cell.column : cell.column + cell.columns]) - 2 * grid.sides
    return tuple(sheets.broken(cell.text, room, grid.size, strong=cell.strong))


def _groups(rows: Sequence[_SetRow]) -> list[list[_SetRow]]:
    """Rows that a merged cell ties together."""
    groups: list[list[_SetRow]] = []
    tied = 0
    for row in rows:
        if tied > 0:
            groups[-1].append(row)
        else:
            groups.append([row])
        tied = max(tied, max((cell.rows for cell, _ in row.cells), default=1)) - 1
    return groups


def _draw(sheets: Sheets, grid: Grid, rows: list[_SetRow], step: float) -> None:
    """Draw these rows on the sheet at hand."""
    xs = [sheets.left]
    for width in grid.widths:
        xs.append(xs[-1] + width)
    tops = [sheets.y]
    for row in rows:
        tops.append(tops[-1] + row.height)
    heads = sum(row.index < grid.head for row in rows)
    if grid.shaded_head and heads:
        sheets.shade(xs[0], tops[0], xs[-1], tops[heads])
    sides: set[tuple[float, float, float, float]] = set()
    for number, row in enumerate(rows):
        for cell, lines in row.cells:
            x0, x1 = xs[cell.column], xs[cell.column + cell.columns]
            top, bottom = tops[number], tops[min(number + cell.rows, len(rows))]
            # Rules go from column to column and row to row, so that none is drawn twice.
            columns = list(pairwise(xs[cell.column : cell.column + cell.columns + 1]))
            steps = list(pairwise(tops[number : min(number + cell.rows, len(rows)) + 1]))
            sides |= {(a, y, b, y) for a, b in columns for y in (top, bottom)}
            sides |= {(x, a, x, b) for a, b in steps for x in (x0, x1)}
            # Heads stand in the middle of their height, other cells at its top.
            slack = (bottom - top - 2 * grid.padding - len(lines) * step) / 2 if row.index < grid.head else 0.0
            y = top + grid.padding + slack + (step - grid.size) / 2
            left, right = x0 + grid.sides, x1 - grid.sides
            for line in lines:
                sheets.set_line(line, left, right, y, grid.size, align=cell.align, strong=cell.strong)
                y += step
    if grid.rules == "three":
        below_head = [tops[heads]] if heads else []
        sides = {(xs[0], y, xs[-1], y) for y in [tops[0], *below_head, tops[-1]]}
    if grid.rules != "none":
        for side in sorted(sides):
            sheets.rule(*side, grid.rules)
    sheets.y = tops[-1]

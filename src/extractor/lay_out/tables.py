"""Tables: the text of each grid cell, and tables that run over a page's end made one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractor.fold import printed
from extractor.lay_out.grid import Grid, GridCell
from extractor.lay_out.lines import Line, lines
from extractor.lay_out.paragraphs import LINE_ENDS
from extractor.lay_out.place import box_of
from extractor.lay_out.wrap import join
from extractor.model.layout import Cell, Paragraph, Table
from extractor.model.page import Glyph
from extractor.model.record import PageBox

# Column edges of a table and of its continuation on the next page agree within this (points).
SAME_EDGE = 3.0


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with what geometry is still needed of it: where it begins on its page, and its column edges."""

    table: Table
    top: float
    edges: tuple[float, ...]


def share_out(glyphs: Iterable[Glyph], grids: list[Grid]) -> tuple[list[dict[GridCell, list[Glyph]]], list[Glyph]]:
    """The glyphs inside each grid's cells, and those outside all grids. Each glyph goes to one place."""
    inside: list[dict[GridCell, list[Glyph]]] = [defaultdict(list) for _ in grids]
    slots = [grid.cell_of() for grid in grids]
    outside = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        homes = [(number, slot) for number, grid in enumerate(grids) if (slot := grid.slot(x, y)) is not None]
        if homes:
            # Of nested grids the smallest holds the glyph.
            number, slot = min(homes, key=lambda home: _area(grids[home[0]]))
            inside[number][slots[number][slot]].append(glyph)
        else:
            outside.append(glyph)
    return inside, outside


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _padding(texts: dict[GridCell, list[Line]]) -> float:
    """How far text stays away from a cell's sides in this table: the least distance seen. A mark at a line's end may
    hang out of it."""
    distances = []
    for cell, found in texts.items():
        distances += [line.x0 - cell.x0 for line in found]
        distances += [cell.x1 - line.x1 for line in found if line.text[-1] not in LINE_ENDS]
    return max(0.0, min(distances, default=0.0))


def table(grid: Grid, glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> PlacedTable | None:
    """The table of a grid; None where no cell holds text."""
    texts = {cell: found for cell, inside in glyphs.items() if (found := lines(inside))}
    if not texts:
        return None
    padding = _padding(texts)
    cells = []
    for cell in grid.cells:
        found = texts.get(cell, [])
        alone = grid.rooms and cell.column_span == 1
        room = grid.rooms[cell.column] if alone else cell.x1 - cell.x0 - 2 * padding
        text = printed(join(found, room))
        box = box_of(found, page, label) if found else _cell_box(cell, page, label)
        cells.append(Cell(cell.row, cell.column, text, (box,), cell.row_span, cell.column_span))
    place = PageBox(page=page, page_label=label, bbox=_rounded(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
    whole = Table(tuple(cells), len(grid.ys) - 1, len(grid.xs) - 1, (place,))
    return PlacedTable(whole, grid.ys[0], grid.xs)


def _rounded(x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


def _cell_box(cell: GridCell, page: int, label: str | None) -> PageBox:
    return PageBox(page=page, page_label=label, bbox=_rounded(cell.x0, cell.top, cell.x1, cell.bottom))


def box(glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> Paragraph | None:
    """The text of a single ruled box: a title bar, a framed note."""
    found = [line for inside in glyphs.values() for line in lines(inside)]
    if not found:
        return None
    (cell,) = glyphs
    text = printed(join(found, cell.x1 - cell.x0 - 2 * _padding({cell: found})))
    return Paragraph(text, (box_of(found, page, label),), strong=True)


def continues(before: PlacedTable, after: PlacedTable) -> bool:
    """Whether two tables have the same columns."""
    return len(before.edges) == len(after.edges) and all(
        abs(a - b) <= SAME_EDGE for a, b in zip(before.edges, after.edges, strict=True)
    )


def appended(before: PlacedTable, after: PlacedTable) -> PlacedTable:
    """One table of both. A head that is repeated stays in it: what a head is, a later step knows."""
    moved = tuple(replace(cell, row=cell.row + before.table.rows) for cell in after.table.cells)
    whole = Table(
        before.table.cells + moved,
        before.table.rows + after.table.rows,
        before.table.columns,
        before.table.source + after.table.source,
    )
    return PlacedTable(whole, before.top, after.edges)

"""Tables: the glyphs of a page in the cells of its grids, and the text of each cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.page import Glyph
from extractor.grammar.normalize import printed
from extractor.layout.line_wrap import join_lines
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.paragraphs import LINE_ENDS, BodyLine, form_cell_paragraphs, join_paragraph
from extractor.layout.place import place_of_lines
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.y_index import ByHeight
from extractor.records.report import PageBox, Source

# Lines of prose have at least so many letters; as many of them tell where a column's lines end, if that is no further
# before the cells' end than this many letters.
PROSE, ALIKE, SHORT = 8, 3, 3.0
# Text of one cell may stay further away from its sides than that of another by this (points): then its own is its room.
UNEVEN = 1.0


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with what geometry is still needed of it: where it begins on its page, its column edges, the lines of its
    cells by row and column, how far text stays away from their sides, and the printed numbers of its pages."""

    table: Table
    top: float
    edges: tuple[float, ...]
    lines: Mapping[tuple[int, int], tuple[BodyLine, ...]] = field(default_factory=dict)
    padding: float = 0.0
    labels: Mapping[int, str | None] = field(default_factory=dict)


def share_out_glyphs(
    glyphs: Iterable[Glyph], grids: list[Grid]
) -> tuple[list[dict[GridCell, list[Glyph]]], list[Glyph]]:
    """The glyphs inside each grid's cells, and those outside all grids. Each glyph goes to one place."""
    inside: list[dict[GridCell, list[Glyph]]] = [defaultdict(list) for _ in grids]
    slots = [grid.map_slots_to_cells() for grid in grids]
    numbers = ByHeight(range(len(grids)), lambda number: (grids[number].ys[0], grids[number].ys[-1]))
    near: dict[float, list[int]] = {}
    outside = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        here = near[y] if y in near else near.setdefault(y, numbers.find_between(y, y))
        homes = [(number, slot) for number in here if (slot := grids[number].find_slot(x, y)) is not None]
        if homes:
            # Of nested grids the smallest holds the glyph.
            number, slot = min(homes, key=lambda home: _area(grids[home[0]]))
            inside[number][slots[number][slot]].append(glyph)
        else:
            outside.append(glyph)
    return inside, outside


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _measure_padding(texts: dict[GridCell, list[TextLine]]) -> float:
    """How far text stays away from a cell's sides in this table: the least distance seen. A mark at a line's end may
    hang out of it."""
    distances = []
    for cell, found in texts.items():
        distances += [line.x0 - cell.x0 for line in found]
        distances += [cell.x1 - line.x1 for line in found if line.text[-1] not in LINE_ENDS]
    return max(0.0, min(distances, default=0.0))


def make_table(grid: Grid, glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> PlacedTable | None:
    """The table of a grid; None where no cell holds text."""
    texts = {cell: found for cell, inside in glyphs.items() if (found := form_lines(inside))}
    if not texts:
        return None
    padding = _measure_padding(texts)
    kept = {
        (cell.row, cell.column): tuple(BodyLine(line, page, 0.0) for line in inside) for cell, inside in texts.items()
    }
    wrapped = _find_wrap_edges(texts, padding)
    cells = []
    for cell in grid.cells:
        blank = Cell(cell.row, cell.column, "", (_cell_box(cell, page, label),), cell.row_span, cell.column_span)
        items = kept.get((cell.row, cell.column), ())
        alone = grid.rooms and cell.column_span == 1
        right = cell.x0 + grid.rooms[cell.column] + 2 * padding if alone else cell.x1
        # A program that fills its lines less than they hold leaves as much room at the right of each.
        if cell.column_span == 1 and not alone:
            right = min(right, wrapped.get(cell.column, right) + padding)
        cells.append(write_cell(blank, items, cell.x0, right, padding, {page: label}) if items else blank)
    place = PageBox(page=page, page_label=label, bbox=_rounded(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
    whole = Table(tuple(cells), len(grid.ys) - 1, len(grid.xs) - 1, (place,))
    return PlacedTable(whole, grid.ys[0], grid.xs, kept, padding, {page: label})


def _find_wrap_edges(texts: dict[GridCell, list[TextLine]], padding: float) -> dict[int, float]:
    """Where the lines of prose of a column end, by its number, where they all end somewhat before its cells do.

    Spreadsheets break lines by the widths of the screen's letters, so that on paper the full ones end up to a few
    letters before the cell does, and differ by one.
    """
    columns: dict[int, list[tuple[TextLine, float]]] = defaultdict(list)
    for cell, found in texts.items():
        if cell.column_span == 1:
            full = [line for line in found[:-1] if len(line.glyphs) >= PROSE and line.text[-1] not in LINE_ENDS]
            columns[cell.column] += [(line, cell.x1 - padding) for line in full]
    ends: dict[int, float] = {}
    for column, ending in columns.items():
        furthest, limit = max(((line.x1, limit) for line, limit in ending), default=(0.0, 0.0))
        size = max((line.size for line, _ in ending), default=0.0)
        near = [line.x1 for line, _ in ending if furthest - line.x1 <= size]
        if len(near) >= ALIKE and size < limit - furthest <= SHORT * size:
            ends[column] = min(near)
    return ends


def write_cell(
    cell: Cell, items: Sequence[BodyLine], x0: float, x1: float, padding: float, labels: Mapping[int, str | None]
) -> Cell:
    """A cell between two x with the text of these lines, of one page or of several."""
    own = min(min(item.line.x0 - x0, x1 - item.line.x1) for item in items)
    padding = own if 0 <= own - padding <= UNEVEN else padding
    groups = form_cell_paragraphs(items, x0, x1) if len(items) > 1 else []
    return replace(
        cell,
        text=printed(join_lines([item.line for item in items], x1 - x0 - 2 * padding)),
        source=_places(items, labels),
        paragraphs=tuple(Paragraph(printed(join_paragraph(group)), _places(group, labels)) for group in groups),
    )


def _places(items: Sequence[BodyLine], labels: Mapping[int, str | None]) -> Source:
    pages = sorted({item.page for item in items})
    return tuple(
        place_of_lines([item.line for item in items if item.page == page], page, labels[page]) for page in pages
    )


def _rounded(x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


def _cell_box(cell: GridCell, page: int, label: str | None) -> PageBox:
    return PageBox(page=page, page_label=label, bbox=_rounded(cell.x0, cell.top, cell.x1, cell.bottom))


def make_boxed_paragraph(glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> Paragraph | None:
    """The text of a single ruled box: a title bar, a framed note."""
    found = [line for inside in glyphs.values() for line in form_lines(inside)]
    if not found:
        return None
    (cell,) = glyphs
    text = printed(join_lines(found, cell.x1 - cell.x0 - 2 * _measure_padding({cell: found})))
    return Paragraph(text, (place_of_lines(found, page, label),), strong=True)

"""Tables: the glyphs of a page in the cells of its grids, and the text of each cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.geometry import Box, centre_x, centre_y, width_of
from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.page import Glyph
from extractor.grammar.normalize import normalize_printed
from extractor.layout.line_wrap import join_lines
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.paragraphs import LINE_ENDS, BodyLine, form_cell_paragraphs, join_paragraph
from extractor.layout.place import place_of_lines, source_of
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.y_index import ByHeight
from extractor.records.report import PageBox

# Lines of prose have at least so many letters; as many of them tell where a column's lines end, if that is no further
# before the cells' end than this many letters.
PROSE, ALIKE, SHORT = 8, 3, 3.0
# Text of one cell may stay further away from its sides than that of another by this (points): then its own is its room.
UNEVEN = 1.0


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the geometry that is still needed of it.

    That is: where it begins on its page, its column edges, the lines of its cells by row and column, how far text stays
    away from their sides, and the printed numbers of its pages.
    """

    table: Table
    top: float
    edges: tuple[float, ...]
    lines: Mapping[tuple[int, int], tuple[BodyLine, ...]] = field(default_factory=dict)
    padding: float = 0.0
    labels: Mapping[int, str | None] = field(default_factory=dict)


def share_out_glyphs(
    glyphs: Iterable[Glyph], grids: list[Grid]
) -> tuple[list[dict[GridCell, list[Glyph]]], list[Glyph]]:
    """Share glyphs out among the cells in which their middles lie.

    Args:
        glyphs: Glyphs of one page.
        grids: Its grids; of nested ones the smallest holds the glyph.

    Returns:
        For each grid the glyphs by cell, and the glyphs outside all grids. Each glyph is in one place.
    """
    inside: list[dict[GridCell, list[Glyph]]] = [defaultdict(list) for _ in grids]
    slots = [grid.map_slots_to_cells() for grid in grids]
    numbers = ByHeight(range(len(grids)), lambda number: (grids[number].ys[0], grids[number].ys[-1]))
    near: dict[float, list[int]] = {}
    outside = []
    for glyph in glyphs:
        x, y = centre_x(glyph), centre_y(glyph)
        here = near[y] if y in near else near.setdefault(y, numbers.find_between(y, y))
        homes = [(number, slot) for number in here if (slot := grids[number].find_slot(x, y)) is not None]
        if homes:
            # Of nested grids the smallest holds the glyph.
            number, slot = min(homes, key=lambda home: grids[home[0]].box.area)
            inside[number][slots[number][slot]].append(glyph)
        else:
            outside.append(glyph)
    return inside, outside


def _measure_padding(texts: dict[GridCell, list[TextLine]]) -> float:
    """Measure how far text stays away from a cell's sides in this table: the least distance seen.

    A mark at a line's end may hang out of it.
    """
    distances = []
    for cell, found in texts.items():
        distances += [line.x0 - cell.x0 for line in found]
        distances += [cell.x1 - line.x1 for line in found if line.text[-1] not in LINE_ENDS]
    return max(0.0, min(distances, default=0.0))


def make_table(grid: Grid, glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> PlacedTable | None:
    """Make the table of a grid.

    Args:
        grid: The grid.
        glyphs: The glyphs of its cells.
        page: The page, from 1.
        label: The number printed on it.

    Returns:
        The table; None where no cell holds text.
    """
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
        right = _find_right_edge(grid, cell, wrapped, padding)
        cells.append(write_cell(blank, items, cell.x0, right, padding, {page: label}) if items else blank)
    place = PageBox(page=page, page_label=label, bbox=grid.box.rounded())
    whole = Table(tuple(cells), len(grid.ys) - 1, len(grid.xs) - 1, (place,))
    return PlacedTable(whole, grid.ys[0], grid.xs, kept, padding, {page: label})


def _find_right_edge(grid: Grid, cell: GridCell, wrapped: Mapping[int, float], padding: float) -> float:
    """Find where the room of a cell's text ends: at its side, or nearer where its column says so."""
    if cell.column_span > 1:
        return cell.x1
    if grid.rooms:
        return cell.x0 + grid.rooms[cell.column] + 2 * padding
    # A program that fills its lines less than they hold leaves as much room at the right of each.
    return min(cell.x1, wrapped.get(cell.column, cell.x1) + padding)


def _find_wrap_edges(texts: dict[GridCell, list[TextLine]], padding: float) -> dict[int, float]:
    """Find where the lines of prose of a column end, by its number, if they all end somewhat before its cells do.

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
    """Write lines into a cell.

    Args:
        cell: The cell, whatever it holds.
        items: Its lines, of one page or of several; at least one.
        x0: The left side of its room, in points.
        x1: The right side.
        padding: How far text stays away from the sides in this table.
        labels: The printed numbers of the pages.

    Returns:
        The cell with text, place and paragraphs of the lines.
    """
    own = min(min(item.line.x0 - x0, x1 - item.line.x1) for item in items)
    padding = own if 0 <= own - padding <= UNEVEN else padding
    groups = form_cell_paragraphs(items, x0, x1) if len(items) > 1 else []
    return replace(
        cell,
        text=normalize_printed(join_lines([item.line for item in items], x1 - x0 - 2 * padding)),
        source=source_of(items, labels),
        paragraphs=tuple(
            Paragraph(normalize_printed(join_paragraph(group)), source_of(group, labels)) for group in groups
        ),
    )


def _cell_box(cell: GridCell, page: int, label: str | None) -> PageBox:
    return PageBox(page=page, page_label=label, bbox=Box.of(cell).rounded())


def make_boxed_paragraph(glyphs: dict[GridCell, list[Glyph]], page: int, label: str | None) -> Paragraph | None:
    """Make a paragraph of a single ruled box: a title bar, a framed note.

    Args:
        glyphs: The glyphs of its one cell.
        page: The page, from 1.
        label: The number printed on it.

    Returns:
        The paragraph, which is strong; None where the box is empty.
    """
    found = [line for inside in glyphs.values() for line in form_lines(inside)]
    if not found:
        return None
    (cell,) = glyphs
    text = normalize_printed(join_lines(found, width_of(cell) - 2 * _measure_padding({cell: found})))
    return Paragraph(text, (place_of_lines(found, page, label),), strong=True)

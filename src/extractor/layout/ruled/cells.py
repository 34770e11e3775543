"""Tables: the glyphs of a page in the cells of its grids, and the text of each cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.document.geometry import centre_x, centre_y, merge_places, width_of
from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.page import Glyph
from extractor.grammar.normalize import normalize_printed
from extractor.grammar.note_marks import split_off_marks
from extractor.layout.line_wrap import join_lines
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.paragraphs import (
    LINE_ENDS,
    BodyLine,
    find_label,
    form_cell_paragraphs,
    join_paragraph,
    locate_lines,
)
from extractor.layout.place import LabelledPage
from extractor.layout.regions.bars import split_title_line
from extractor.layout.ruled.grid import Grid, GridCell
from extractor.layout.ruled.overflow import FilledGrid, Shares
from extractor.layout.y_index import ByHeight

# Lines of prose have at least so many letters; as many of them tell where a column's lines end, if that is no further
# before the cells' end than this many letters.
PROSE, ALIKE, SHORT = 8, 3, 3.0
# Text of one cell may stay further away from its sides than that of another by this (points): then its own is its room.
UNEVEN = 1.0


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the geometry that is still needed of it.

    That is: its column edges, the lines of its cells by row and column, how far text stays away from their sides, and
    where it begins on its page.
    """

    table: Table
    edges: tuple[float, ...]
    lines: Mapping[tuple[int, int], tuple[BodyLine, ...]]
    padding: float
    top: float

    def find_lines(self, cell: Cell) -> tuple[BodyLine, ...]:
        """Find the lines of a cell."""
        return self.lines.get((cell.row, cell.column), ())


def share_out_glyphs(glyphs: Iterable[Glyph], grids: list[Grid]) -> tuple[list[Shares], list[Glyph]]:
    """Share glyphs out among the cells in which their middles lie.

    Args:
        glyphs: Glyphs of one page.
        grids: Its grids; of nested ones the smallest holds the glyph.

    Returns:
        For each grid the glyphs by cell, and the glyphs outside all grids. Each glyph is in one place.
    """
    inside: list[Shares] = [defaultdict(list) for _ in grids]
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


def make_table(grid: Grid, glyphs: Shares, on: LabelledPage, edges: tuple[float, ...]) -> PlacedTable | None:
    """Make the table of a grid.

    Args:
        grid: The grid.
        glyphs: The glyphs of its cells.
        on: The page.
        edges: The columns' edges by which its continuation is known.

    Returns:
        The table; None where no cell holds text.
    """
    texts = {cell: found for cell, inside in glyphs.items() if (found := form_lines(inside))}
    if not texts:
        return None
    padding = _measure_padding(texts)
    wrapped = _find_wrap_edges(texts, padding)
    lines = {(cell.row, cell.column): tuple(BodyLine(line, on) for line in found) for cell, found in texts.items()}
    (struck,), _ = share_out_glyphs(on.page.struck, [grid])
    cells = []
    for cell in grid.cells:
        made = Cell(cell.row, cell.column, "", (on.locate([cell]),), cell.row_span, cell.column_span)
        if items := lines.get((cell.row, cell.column)):
            made = write_cell(made, items, cell.x0, _find_right_edge(grid, cell, wrapped, padding), padding)
        if cell in struck:
            made = _add_struck(made, form_lines(struck[cell]), on)
        cells.append(made)
    table = Table(tuple(cells), len(grid.ys) - 1, len(grid.xs) - 1, (on.locate([grid.box]),))
    return PlacedTable(table, edges, lines, padding, grid.ys[0])


def _add_struck(cell: Cell, lines: Sequence[TextLine], on: LabelledPage) -> Cell:
    """Add to a cell what is struck out in it; its place is around both."""
    text = normalize_printed(" ".join(line.text for line in lines))
    places = (on.locate(lines), *(cell.source if cell.text else ()))
    return replace(cell, struck=text, source=merge_places(places))


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
        full = [line for line in found[:-1] if len(line.glyphs) >= PROSE and line.text[-1] not in LINE_ENDS]
        if full and cell.column_span == 1:
            columns[cell.column] += [(line, cell.x1 - padding) for line in full]
    ends: dict[int, float] = {}
    for column, ending in columns.items():
        furthest, limit = max((line.x1, limit) for line, limit in ending)
        size = max(line.size for line, _ in ending)
        near = [line.x1 for line, _ in ending if furthest - line.x1 <= size]
        if len(near) >= ALIKE and size < limit - furthest <= SHORT * size:
            ends[column] = min(near)
    return ends


def write_cell(cell: Cell, items: Sequence[BodyLine], x0: float, x1: float, padding: float) -> Cell:
    """Write lines into a cell.

    Args:
        cell: The cell, whatever it holds.
        items: Its lines, of one page or of several; at least one.
        x0: The left side of its room, in points.
        x1: The right side.
        padding: How far text stays away from the sides in this table.

    Returns:
        The cell with text, place and paragraphs of the lines; the marks of foot notes are apart.
    """
    own = min(min(item.line.x0 - x0, x1 - item.line.x1) for item in items)
    padding = own if 0 <= own - padding <= UNEVEN else padding
    groups = form_cell_paragraphs(items, x0, x1) if len(items) > 1 else []
    text, marks = split_off_marks(normalize_printed(join_lines([item.line for item in items], x1 - x0 - 2 * padding)))
    paragraphs = tuple(map(join_paragraph, groups))
    return replace(cell, text=text, source=locate_lines(items), paragraphs=paragraphs, marks=marks)


def make_boxed_paragraphs(filled: FilledGrid, on: LabelledPage) -> tuple[Paragraph, ...]:
    """Make the paragraph of a single ruled box: a title bar, a framed note.

    Args:
        filled: The box, a grid of one cell, with its glyphs.
        on: The page.

    Returns:
        The paragraph, which is strong; two where something stands at the right end of its line, none where it is empty.
    """
    found = filled.list_lines()
    if not found:
        return ()
    (cell,) = filled.grid.cells
    room = width_of(cell) - 2 * _measure_padding({cell: found})
    parts = [[part] for part in split_title_line(found[0], cell)] if len(found) == 1 else []
    return tuple(
        Paragraph(normalize_printed(join_lines(part, room)), (on.locate(part),), strong=True, label=find_label(part[0]))
        for part in parts or [found]
    )

"""Tables: the text of each grid cell, and tables that run over a page's end made one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.fold import printed
from extractor.lay_out.grid import Grid, GridCell
from extractor.lay_out.lines import Line, lines
from extractor.lay_out.paragraphs import LINE_ENDS, SENTENCE_ENDS, BodyLine, in_cell, text_of
from extractor.lay_out.place import box_of
from extractor.lay_out.wrap import join
from extractor.model.layout import Cell, Paragraph, Table
from extractor.model.page import Glyph
from extractor.model.record import PageBox, Source

# Column edges of a table and of its continuation on the next page agree within this (points).
SAME_EDGE = 3.0

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
    kept = {
        (cell.row, cell.column): tuple(BodyLine(line, page, 0.0) for line in inside) for cell, inside in texts.items()
    }
    wrapped = _wrapped_at(texts, padding)
    cells = []
    for cell in grid.cells:
        blank = Cell(cell.row, cell.column, "", (_cell_box(cell, page, label),), cell.row_span, cell.column_span)
        items = kept.get((cell.row, cell.column), ())
        alone = grid.rooms and cell.column_span == 1
        right = cell.x0 + grid.rooms[cell.column] + 2 * padding if alone else cell.x1
        # A program that fills its lines less than they hold leaves as much room at the right of each.
        if cell.column_span == 1 and not alone:
            right = min(right, wrapped.get(cell.column, right) + padding)
        cells.append(_written(blank, items, cell.x0, right, padding, {page: label}) if items else blank)
    place = PageBox(page=page, page_label=label, bbox=_rounded(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
    whole = Table(tuple(cells), len(grid.ys) - 1, len(grid.xs) - 1, (place,))
    return PlacedTable(whole, grid.ys[0], grid.xs, kept, padding, {page: label})


def _wrapped_at(texts: dict[GridCell, list[Line]], padding: float) -> dict[int, float]:
    """Where the lines of prose of a column end, by its number, where they all end somewhat before its cells do.

    Spreadsheets break lines by the widths of the screen's letters, so that on paper the full ones end up to a few
    letters before the cell does, and differ by one.
    """
    columns: dict[int, list[tuple[Line, float]]] = defaultdict(list)
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


def _written(
    cell: Cell, items: Sequence[BodyLine], x0: float, x1: float, padding: float, labels: Mapping[int, str | None]
) -> Cell:
    """A cell between two x with the text of these lines, of one page or of several."""
    own = min(min(item.line.x0 - x0, x1 - item.line.x1) for item in items)
    padding = own if 0 <= own - padding <= UNEVEN else padding
    groups = in_cell(items, x0, x1) if len(items) > 1 else []
    return replace(
        cell,
        text=printed(join([item.line for item in items], x1 - x0 - 2 * padding)),
        source=_places(items, labels),
        paragraphs=tuple(Paragraph(printed(text_of(group)), _places(group, labels)) for group in groups),
    )


def _places(items: Sequence[BodyLine], labels: Mapping[int, str | None]) -> Source:
    pages = sorted({item.page for item in items})
    return tuple(box_of([item.line for item in items if item.page == page], page, labels[page]) for page in pages)


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
    """Whether a table on the next page has the same columns, or begins with the rest of a row cut by the page's end."""
    return _same(before.edges, after.edges) or _rest_of_row(before, after) is not None


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= SAME_EDGE for x, y in zip(a, b, strict=True))


def _sides(placed: PlacedTable, cell: Cell) -> tuple[float, float]:
    return placed.edges[cell.column], placed.edges[cell.column + cell.column_span]


def _rest_of_row(before: PlacedTable, after: PlacedTable) -> list[tuple[Cell, Cell]] | None:
    """The cells of a row cut by a page's end, each with what is left of it; None where the first row is one of its own.

    A cell that goes on does so in the middle of a paragraph; another of the row, that had text, has none left, or it is
    a label set one letter a line beside a sentence that was cut. So a row with a name and a value is never a rest.
    """
    if not _same((before.edges[0], before.edges[-1]), (after.edges[0], after.edges[-1])):
        return None
    bottom = [cell for cell in before.table.cells if cell.row + cell.row_span == before.table.rows]
    pairs = []
    for rest in after.table.row(0):
        above = next((cell for cell in bottom if _same(_sides(before, cell), _sides(after, rest))), None)
        if above is None:
            return None
        pairs.append((above, rest))
    more = [(above, rest) for above, rest in pairs if rest.text and not _upright(before, above, after, rest)]
    if not more or len(pairs) != len(bottom) or not all(_goes_on(before, above, after, rest) for above, rest in more):
        return None
    ended = any(above.text and not rest.text for above, rest in pairs)
    parted = len(more) < sum(bool(rest.text) for _, rest in pairs) and not any(
        above.text[-1] in SENTENCE_ENDS for above, _ in more
    )
    alone = not any(above.text or rest.text for above, rest in pairs if not rest.text)
    return pairs if ended or parted or alone else None


def _goes_on(before: PlacedTable, above: Cell, after: PlacedTable, rest: Cell) -> bool:
    """Whether the first line of a cell goes on with the paragraph with which the one above it ends."""
    upper = before.lines.get((above.row, above.column), ())
    lower = after.lines.get((rest.row, rest.column), ())
    if not upper or not lower:
        return False
    groups = in_cell([*upper, *lower], *_sides(before, above))
    return any(upper[-1] in group and lower[0] in group for group in groups)


def _upright(before: PlacedTable, above: Cell, after: PlacedTable, rest: Cell) -> bool:
    """Whether the texts of two cells are both set down them, one letter a line."""
    upper = before.lines.get((above.row, above.column), ())
    lower = after.lines.get((rest.row, rest.column), ())
    return bool(upper and lower) and all(len(item.line.glyphs) == 1 for item in (*upper, *lower))


def appended(before: PlacedTable, after: PlacedTable) -> PlacedTable:
    """One table of both. A head that is repeated stays in it: what a head is, a later step knows."""
    cut = _rest_of_row(before, after) or []
    edges = before.edges if _same(before.edges, after.edges) else _all_edges(before.edges, after.edges)
    shift = before.table.rows - (1 if cut else 0)
    labels = {**before.labels, **after.labels}
    rests = {id(above): rest for above, rest in cut}
    cells: list[Cell] = []
    lines: dict[tuple[int, int], tuple[BodyLine, ...]] = {}
    for cell in before.table.cells:
        moved = _moved(cell, before.edges, edges, 0)
        own = before.lines.get((cell.row, cell.column), ())
        if (rest := rests.get(id(cell))) is not None:
            moved = replace(moved, row_span=moved.row_span + rest.row_span - 1)
            if rest.text:
                own = (*own, *after.lines[(rest.row, rest.column)])
                moved = _written(moved, own, *_sides(before, cell), before.padding, labels)
        cells.append(moved)
        lines[(moved.row, moved.column)] = own
    for cell in after.table.cells:
        if not any(cell is rest for _, rest in cut):
            moved = _moved(cell, after.edges, edges, shift)
            cells.append(moved)
            lines[(moved.row, moved.column)] = after.lines.get((cell.row, cell.column), ())
    whole = Table(tuple(cells), shift + after.table.rows, len(edges) - 1, before.table.source + after.table.source)
    return PlacedTable(whole, before.top, edges if cut else after.edges, lines, before.padding, labels)


def _all_edges(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    """The edges of both, those that agree once."""
    return tuple(sorted([*a, *(x for x in b if all(abs(x - y) > SAME_EDGE for y in a))]))


def _moved(cell: Cell, own: Sequence[float], edges: Sequence[float], rows: int) -> Cell:
    """A cell of a table with its own column edges in one with these, further down by so many rows."""
    first = _nearest(edges, own[cell.column])
    last = _nearest(edges, own[cell.column + cell.column_span])
    return replace(cell, row=cell.row + rows, column=first, column_span=last - first)


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - x))

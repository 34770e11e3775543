"""Joined: a table that runs over the end of its page becomes one with what it goes on as on the next."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.layout import Cell, Table
from extractor.layout.paragraphs import SENTENCE_ENDS, BodyLine, form_cell_paragraphs
from extractor.layout.ruled.cells import PlacedTable, write_cell
from extractor.layout.ruled.grid import find_nearest
from extractor.records.report import PageBox, Place

# Column edges of a table and of its continuation on the next page agree within this (points).
SAME_EDGE = 3.0

BodyLines = tuple[BodyLine, ...]
# What is left of a cell on the next page: which cell it is (by its place in the table's), the rest, and its lines.
Rest = tuple[int, Cell, BodyLines]


class JoinedTable:
    """A table as far as it is put together.

    A further page's cells are added; those there are not touched again.
    """

    def __init__(self, first: PlacedTable) -> None:
        self._cells = list(first.table.cells)
        self._lines = [_lines_of(first, cell) for cell in self._cells]
        self._rows, self._columns, self._source = first.table.rows, first.table.columns, list(first.table.source)
        self._edges, self._padding, self._labels = first.edges, first.padding, dict(first.labels)
        self._bottom = self._at_bottom(range(len(self._cells)))

    def build_table(self) -> Table:
        """Return all of the table."""
        return Table(tuple(self._cells), self._rows, self._columns, tuple(self._source))

    def append_if_continued(self, after: PlacedTable) -> bool:
        """Append a table of a later page, if it goes on with this one.

        It does if it has the same columns, or begins with the rest of a row cut by the page's end. A repeated head
        stays in it: what a head is, a later step knows.
        """
        same = _are_same_edges(self._edges, after.edges)
        if not _page_of(self._source[-1]) < _page_of(after.table.source[-1]):
            return False
        cut = self._rest_of_row(after)
        if not cut and not same:
            return False
        self._labels |= after.labels
        for index, rest, lines in cut:
            self._lengthen_cell(index, rest, lines)
        edges = self._edges if same else _merge_edges(self._edges, after.edges)
        if len(edges) > len(self._edges):
            self._cells = [_move_cell(cell, self._edges, edges, 0) for cell in self._cells]
        shift, known = self._rows - (1 if cut else 0), len(self._cells)
        for cell in after.table.cells:
            if not any(cell is rest for _, rest, _ in cut):
                self._cells.append(_move_cell(cell, after.edges, edges, shift))
                self._lines.append(_lines_of(after, cell))
        self._rows, self._columns = shift + after.table.rows, len(edges) - 1
        self._source += after.table.source
        self._edges = edges if cut else after.edges
        self._bottom = self._at_bottom([*self._bottom, *range(known, len(self._cells))])
        return True

    def _at_bottom(self, indices: Sequence[int]) -> list[int]:
        """Find which of these cells reach down to the table's end."""
        return [at for at in indices if self._cells[at].row + self._cells[at].row_span == self._rows]

    def _find_own_sides(self, cell: Cell) -> tuple[float, float]:
        return _find_sides(self._edges, cell)

    def _lengthen_cell(self, index: int, rest: Cell, lines: BodyLines) -> None:
        """Add what is left of a cell on the next page."""
        cell = self._cells[index]
        longer = replace(cell, row_span=cell.row_span + rest.row_span - 1)
        if rest.text:
            self._lines[index] += lines
            longer = write_cell(longer, self._lines[index], *self._find_own_sides(cell), self._padding, self._labels)
        self._cells[index] = longer

    def _rest_of_row(self, after: PlacedTable) -> list[Rest]:
        """Find what is left of the cells of a row cut by a page's end; empty where the first row is one of its own.

        A cell that goes on does so in the middle of a paragraph; another of the row, that had text, has none left, or
        it is a label set one letter a line beside a sentence that was cut. So a row with a name and a value is never a
        rest.
        """
        if not _are_same_edges((self._edges[0], self._edges[-1]), (after.edges[0], after.edges[-1])):
            return []
        rests: list[Rest] = []
        for rest in after.table.find_row(0):
            sides = _find_sides(after.edges, rest)
            index = next(
                (at for at in self._bottom if _are_same_edges(self._find_own_sides(self._cells[at]), sides)), None
            )
            if index is None:
                return []
            rests.append((index, rest, _lines_of(after, rest)))
        with_text = [one for one in rests if one[1].text]
        more = [one for one in with_text if not _are_set_upright(self._lines[one[0]], one[2])]
        if not more or len(rests) != len(self._bottom) or not all(self._goes_on(at, lines) for at, _, lines in more):
            return []
        texts = [(self._cells[at].text, rest.text) for at, rest, _ in rests]
        ended = any(above and not rest for above, rest in texts)
        parted = len(more) < len(with_text) and not any(self._cells[at].text[-1] in SENTENCE_ENDS for at, _, _ in more)
        alone = not any(above or rest for above, rest in texts if not rest)
        return rests if ended or parted or alone else []

    def _goes_on(self, index: int, lower: BodyLines) -> bool:
        """Tell whether a first line goes on with the paragraph with which a cell ends."""
        upper = self._lines[index]
        if not upper or not lower:
            return False
        groups = form_cell_paragraphs([*upper, *lower], *self._find_own_sides(self._cells[index]))
        return any(upper[-1] in group and lower[0] in group for group in groups)


def _lines_of(placed: PlacedTable, cell: Cell) -> BodyLines:
    return placed.lines.get((cell.row, cell.column), ())


def _page_of(place: Place) -> int:
    return place.page if isinstance(place, PageBox) else 0


def _are_same_edges(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= SAME_EDGE for x, y in zip(a, b, strict=True))


def _find_sides(edges: Sequence[float], cell: Cell) -> tuple[float, float]:
    return edges[cell.column], edges[cell.column + cell.column_span]


def _are_set_upright(upper: BodyLines, lower: BodyLines) -> bool:
    """Tell whether the texts of two cells are both set down them, one letter a line."""
    return bool(upper and lower) and all(len(item.line.glyphs) == 1 for item in (*upper, *lower))


def _merge_edges(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    """Merge the edges of both; those that agree are kept once."""
    return tuple(sorted([*a, *(x for x in b if all(abs(x - y) > SAME_EDGE for y in a))]))


def _move_cell(cell: Cell, own: Sequence[float], edges: Sequence[float], rows: int) -> Cell:
    """Move a cell from its own column edges to these, and down by so many rows."""
    first = find_nearest(edges, own[cell.column])
    last = find_nearest(edges, own[cell.column + cell.column_span])
    return replace(cell, row=cell.row + rows, column=first, column_span=last - first)

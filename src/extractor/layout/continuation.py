"""Joined: a table that runs over the end of its page becomes one with what it goes on as on the next."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.document.layout import Cell, Table
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex
from extractor.layout.paragraphs import BodyLine, form_cell_paragraphs
from extractor.layout.ruled.cells import PlacedTable, write_cell
from extractor.layout.ruled.grid import find_nearest
from extractor.records.report import PageBox, Place

# Column edges of a table and of its continuation on the next page agree within this (points).
SAME_EDGE = 3.0

# A whole value (延べ 423名): two of them are no halves of one.
_VALUE = re.compile(r"[^0-9]{0,4}[0-9][0-9,.]*[^0-9]{0,4}")

BodyLines = tuple[BodyLine, ...]


def join_continued_tables(tables: Iterable[PlacedTable]) -> list[Table]:
    """Join tables with nothing between them, where one goes on over a page's end."""
    joined: list[_JoinedTable] = []
    for table in tables:
        if not (joined and joined[-1].append_if_continued(table)):
            joined.append(_JoinedTable(table))
    return [table.build_table() for table in joined]


@dataclass(frozen=True, slots=True)
class _CellRest:
    """What is left of a cell on the next page: the cell's index, the rest, and the lines of both."""

    index: int
    cell: Cell
    above: BodyLines
    lines: BodyLines

    def is_set_upright(self) -> bool:
        """Tell whether the texts of both are set down them, one letter a line."""
        lines = (*self.above, *self.lines)
        return bool(self.above and self.lines) and all(len(item.line.glyphs) == 1 for item in lines)


class _JoinedTable:
    """A table as far as it is put together.

    A further page's cells are added; those there are not touched again.
    """

    def __init__(self, first: PlacedTable) -> None:
        self._cells = list(first.table.cells)
        self._lines = list(map(first.find_lines, self._cells))
        self._rows, self._columns, self._source = first.table.rows, first.table.columns, first.table.source
        self._edges, self._padding = first.edges, first.padding

    def build_table(self) -> Table:
        """Return all of the table."""
        return Table(tuple(self._cells), self._rows, self._columns, self._source)

    def append_if_continued(self, after: PlacedTable) -> bool:
        """Append a table of a later page, if it goes on with this one.

        It does if it has the same columns, or begins with the rest of a row cut by the page's end. A repeated head
        stays in it: what a head is, a later step knows.
        """
        if _page_of(self._source[-1]) >= _page_of(after.table.source[-1]):
            return False
        cut, same = self._find_rest_of_row(after), _are_same_edges(self._edges, after.edges)
        if not cut and not same:
            return False
        for rest in cut:
            self._lengthen_cell(rest)
        self._append_cells(after, cut, self._edges if same else _merge_edges(self._edges, after.edges))
        return True

    def _append_cells(self, after: PlacedTable, cut: Sequence[_CellRest], edges: tuple[float, ...]) -> None:
        """Append the cells of a table but for those that are rests, in the columns between these edges."""
        if len(edges) > len(self._edges):
            self._cells = [_move_cell(cell, self._edges, edges, 0) for cell in self._cells]
        shift, rests = self._rows - bool(cut), {id(rest.cell) for rest in cut}
        added = [cell for cell in after.table.cells if id(cell) not in rests]
        self._cells += [_move_cell(cell, after.edges, edges, shift) for cell in added]
        self._lines += map(after.find_lines, added)
        self._rows, self._columns = shift + after.table.rows, len(edges) - 1
        self._source += after.table.source
        self._edges = edges if cut else after.edges

    def _find_own_sides(self, cell: Cell) -> tuple[float, float]:
        return _find_sides(self._edges, cell)

    def _lengthen_cell(self, rest: _CellRest) -> None:
        """Add what is left of a cell on the next page."""
        cell = self._cells[rest.index]
        longer = replace(cell, row_span=cell.row_span + rest.cell.row_span - 1)
        if rest.cell.text:
            self._lines[rest.index] += rest.lines
            longer = write_cell(longer, self._lines[rest.index], *self._find_own_sides(cell), self._padding)
        self._cells[rest.index] = longer

    def _find_rest_of_row(self, after: PlacedTable) -> list[_CellRest]:
        """Find what is left of the cells of a row cut by a page's end; empty where the first row is one of its own.

        Each cell that has text left goes on in the middle of a paragraph, but for labels set one letter a line beside
        it; or a cell awaits what its rest begins with (延べ and 423名). So a row with a value is no rest.
        """
        rests = self._pair_with_last_row(after)
        more = [rest for rest in rests if rest.cell.text and not rest.is_set_upright()]
        pairs = [(self._cells[rest.index].text, rest.cell.text) for rest in more]
        # Two whole values are those of two rows, however narrow their column is.
        if not more or any(_VALUE.fullmatch(above) and _VALUE.fullmatch(below) for above, below in pairs):
            return []
        awaits = all(above for above, _ in pairs) and any(_awaits_value(*pair) for pair in pairs)
        return rests if awaits or all(map(self._goes_on, more)) else []

    def _pair_with_last_row(self, after: PlacedTable) -> list[_CellRest]:
        """Pair the first row of a table with the cells that reach down to this one's end; empty where some differ."""
        if not _are_same_edges((self._edges[0], self._edges[-1]), (after.edges[0], after.edges[-1])):
            return []
        bottom = [at for at, cell in enumerate(self._cells) if cell.row + cell.row_span == self._rows]
        rests = [
            _CellRest(at, cell, self._lines[at], after.find_lines(cell))
            for cell in after.table.find_row(0)
            if (at := self._find_over(cell, after.edges, bottom)) is not None
        ]
        return rests if len(rests) == len(bottom) == len(after.table.find_row(0)) else []

    def _find_over(self, cell: Cell, edges: Sequence[float], bottom: Sequence[int]) -> int | None:
        """Find which of these cells has the sides of a cell on the next page."""
        sides = _find_sides(edges, cell)
        return next((at for at in bottom if _are_same_edges(self._find_own_sides(self._cells[at]), sides)), None)

    def _goes_on(self, rest: _CellRest) -> bool:
        """Tell whether the first line of a rest goes on with the paragraph with which its cell ends."""
        if not rest.above or not rest.lines:
            return False
        items = [*rest.above, *rest.lines]
        groups = form_cell_paragraphs(items, *self._find_own_sides(self._cells[rest.index]))
        return any(rest.above[-1] in group and rest.lines[0] in group for group in groups)


def _awaits_value(above: str, below: str) -> bool:
    """Tell whether a cell holds nothing but words of qualifying, and its rest begins with the figure that is due."""
    words = words_to_regex(load_vocabulary().qualifiers.before)
    return bool(re.fullmatch(rf"(?:{words}|\s)+", above) and re.match(r"[0-9０-９]", below))


def _page_of(place: Place) -> int:
    return place.page if isinstance(place, PageBox) else 0


def _are_same_edges(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= SAME_EDGE for x, y in zip(a, b, strict=True))


def _find_sides(edges: Sequence[float], cell: Cell) -> tuple[float, float]:
    return edges[cell.column], edges[cell.column + cell.column_span]


def _merge_edges(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    """Merge the edges of both; those that agree are kept once."""
    return tuple(sorted([*a, *(x for x in b if all(abs(x - y) > SAME_EDGE for y in a))]))


def _move_cell(cell: Cell, own: Sequence[float], edges: Sequence[float], rows: int) -> Cell:
    """Move a cell from its own column edges to these, and down by so many rows."""
    first = find_nearest(edges, own[cell.column])
    last = find_nearest(edges, own[cell.column + cell.column_span])
    return replace(cell, row=cell.row + rows, column=first, column_span=last - first)

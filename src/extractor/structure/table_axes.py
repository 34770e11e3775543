"""Table axes: a table that is written otherwise becomes one with items down and years across.

In: any table. Out: further tables of the same cells, each as one way of reading it puts them. Which way is right is not
told here: `metric_tables` takes the one that explains most cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Cell, Table
from extractor.grammar.eras import names_year, split_year_pair
from extractor.grammar.normalize import comparison_key

# What begins with a figure, or holds signs alone, names no item.
_FIGURE = re.compile(r"^[^\w]*[0-9]|^[^\w]*$")
_PAIR = re.compile(r"^(?P<first>[^()（）]+?)\s*[(（](?P<second>[^()（）]+)[)）]$")


def arrange_table(table: Table) -> Iterator[Table]:
    """Arrange a table in all ways that may put its items down and its years across.

    Args:
        table: Any table.

    Yields:
        The table as it is, then each other arrangement that its heads allow. Cells keep their text and place.
    """
    yield table
    for arrange in (_turn_years_down, _spread_years_column, _stack_sets, _split_year_pairs):
        if (arranged := arrange(table)) is not None:
            yield arranged


def _make_table(table: Table, cells: Sequence[Cell]) -> Table:
    """Make a table of these cells, at the place of another."""
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    rows = max(cell.row + cell.row_span for cell in ordered)
    columns = max(cell.column + cell.column_span for cell in ordered)
    return Table(ordered, rows, columns, table.source)


def _turn_years_down(table: Table) -> Table | None:
    """Turn a table whose first column holds years: each row becomes a column."""
    names = [cell for row in range(table.rows) for cell in table.find_row(row) if cell.column == 0]
    years = [cell for cell in names[1:] if names_year(cell.text)]
    if not years or len(years) < len([cell for cell in names[1:] if cell.text]):
        return None
    return _make_table(
        table,
        [
            replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
            for cell in table.cells
        ],
    )


_Item = tuple[str, ...]


@dataclass(slots=True)
class _Observations:
    """A table with a row for each observation, by items and years in their order.

    `heads` are over the cells that name an item, `measures` over the values, both by column.
    """

    heads: list[Cell]
    measures: dict[int, Cell]
    items: dict[_Item, list[Cell]] = field(default_factory=dict)
    years: dict[str, Cell] = field(default_factory=dict)
    values: dict[tuple[_Item, str, int], Cell] = field(default_factory=dict)

    def add_row(self, named: list[Cell], year: Cell, values: dict[int, Cell]) -> bool:
        """Add a row; it tells whether nothing was said of this item and year before."""
        item, of_year = tuple(comparison_key(cell.text) for cell in named), comparison_key(year.text)
        self.items.setdefault(item, named)
        self.years.setdefault(of_year, year)
        added = {(item, of_year, column): cell for column, cell in values.items()}
        is_new = not added.keys() & self.values.keys()
        self.values |= added
        return is_new

    def list_cells(self) -> list[Cell]:
        """List the cells of a table with a row for each item, and a column for each measure of each year."""
        places = [(year, column) for year in self.years for column in self.measures]
        columns = {place: number for number, place in enumerate(places, len(self.heads))}
        rows = {item: number for number, item in enumerate(self.items, 1)}
        cells = [_put(head, 0, number) for number, head in enumerate(self.heads)]
        for (year, column), number in columns.items():
            text = f"{self.years[year].text} {self.measures[column].text}".strip()
            cells.append(Cell(0, number, text, self.years[year].source))
        for item, named in self.items.items():
            cells += [_put(cell, rows[item], number) for number, cell in enumerate(named)]
        return cells + [
            _put(cell, rows[item], columns[year, column]) for (item, year, column), cell in self.values.items()
        ]


def _spread_years_column(table: Table) -> Table | None:
    """Spread a table with a row for each observation (項目, 年度, 実績): each year gets its columns."""
    found = _find_years_column(table)
    if found is None:
        return None
    head, at = found
    # What stands before the years says which item a row is of: its name, a group, a unit.
    keys = range(at) if at else range(1, 2)
    measures = range(max(at, keys[-1]) + 1, table.columns)
    own = {column: cell for column in measures if (cell := _begin_at(table, head, column)) is not None}
    made = _Observations([_head_of(table, head, column) for column in keys], own)
    named: list[Cell | None] = [None] * len(keys)
    for row in range(head + 1, table.rows):
        here = [table.find_cell(row, column) for column in keys]
        named = [cell if cell is not None and cell.text else last for cell, last in zip(here, named, strict=True)]
        names, year = [cell for cell in named if cell is not None], table.find_cell(row, at)
        values = {column: cell for column in own if (cell := _begin_at(table, row, column)) is not None}
        is_whole = len(names) == len(keys) and len(values) == len(own)
        if year is None or not year.text or not is_whole or not made.add_row(names, year, values):
            return None
    return _make_table(table, made.list_cells())


def _put(cell: Cell, row: int, column: int) -> Cell:
    """Put a cell at one place of another grid."""
    return replace(cell, row=row, column=column, row_span=1, column_span=1)


def _head_of(table: Table, head: int, column: int) -> Cell:
    """Return the head of a column; an empty one where nothing stands there."""
    return table.find_cell(head, column) or Cell(head, column, "", table.source)


def _begin_at(table: Table, row: int, column: int) -> Cell | None:
    """Return the cell that begins in a place; None where none does."""
    cell = table.find_cell(row, column)
    return cell if cell is not None and (cell.row, cell.column) == (row, column) else None


def _find_years_column(table: Table) -> tuple[int, int] | None:
    """Find the row of heads, and the column in whose body only years stand, beside names of items."""
    for head in range(min(2, table.rows - 2)):
        for at in range(min(4, table.columns - 1)):
            texts, names = _list_below(table, head, at), _list_below(table, head, 0 if at else 1)
            if names_year(_head_of(table, head, at).text) or not texts or not all(map(names_year, texts)):
                continue
            if names and not any(map(_FIGURE.search, names)):
                return head, at
    return None


def _list_below(table: Table, head: int, column: int) -> list[str]:
    """List the texts of a column below its head."""
    cells = (table.find_cell(row, column) for row in range(head + 1, table.rows))
    return [cell.text for cell in cells if cell is not None and cell.text]


def _stack_sets(table: Table) -> Table | None:
    """Stack sets of columns that stand side by side under the same heads (項目 4年度 5年度 項目 4年度 5年度)."""
    heads = [comparison_key(_head_of(table, 0, column).text) for column in range(table.columns)]
    for count in (2, 3):
        width, rest = divmod(table.columns, count)
        if rest or width < 2 or any(heads[:width] != heads[width * part : width * (part + 1)] for part in range(count)):
            continue
        if not heads[0] or any(cell.column // width != _last_column(cell) // width for cell in table.cells):
            continue
        below = table.rows - 1
        return _make_table(
            table,
            [
                replace(cell, row=cell.row + part * below, column=cell.column - part * width)
                for cell in table.cells
                if (part := cell.column // width) == 0 or cell.row > 0
            ],
        )
    return None


def _last_column(cell: Cell) -> int:
    return cell.column + cell.column_span - 1


def _split_year_pairs(table: Table) -> Table | None:
    """Split columns whose cells hold two years' values (14名（22名） under 5年度（4年度）)."""
    pairs = {
        cell.column: (cell, pair)
        for cell in table.find_row(0)
        if cell.column_span == 1 and (pair := split_year_pair(cell.text)) is not None
    }
    if not pairs:
        return None
    shifted = {column: column + sum(at < column for at in pairs) for column in range(table.columns + 1)}
    cells: list[Cell] = []
    for cell in table.cells:
        column = shifted[cell.column]
        width = shifted[cell.column + cell.column_span] - column
        if cell.column not in pairs or cell.column_span > 1:
            cells.append(replace(cell, column=column, column_span=width))
            continue
        texts = pairs[cell.column][1] if cell.row == 0 else _split_pair(cell.text)
        if texts is None:
            return None
        cells += [replace(cell, column=column + number, text=text, paragraphs=()) for number, text in enumerate(texts)]
    return _make_table(table, cells)


def _split_pair(text: str) -> tuple[str, str] | None:
    """Split a cell into the value before a bracket and that within it; a cell without a figure stands for both."""
    found = _PAIR.match(text)
    if found is not None:
        return found["first"], found["second"]
    return None if re.search(r"\d", text) else (text, text)

"""Observation rows: a table with a row for each observation (項目, 年度, 実績) gets a column for each year and kind."""

import re
from dataclasses import dataclass, field, replace

from extractor.document.layout import Cell, Table
from extractor.grammar.column_heads import names_kind, names_year, says_whole, split_head, stands_beside_years
from extractor.grammar.normalize import comparison_key
from extractor.structure.regrid import make_table, put_cell
from extractor.structure.table_heads import find_metric_head_end, join_head_texts

# What begins with a figure, or holds signs alone, names no item.
_FIGURE = re.compile(r"^[^\w]*[0-9]|^[^\w]*$")


def says_axis(text: str) -> bool:
    """Tell whether a text is a year, a kind of values, a part of a year, or a comparison of such, and no item.

    >>> says_axis("令和4年度"), says_axis("実績"), says_axis("参加者数")
    (True, True, False)
    """
    return names_year(text) or names_kind(text) or says_whole(text) or stands_beside_years(text)


_Item = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Keys:
    """The columns before the values: those that name the item of a row, and those that say its year, kind or part."""

    names: tuple[int, ...]
    axes: tuple[int, ...]
    values: tuple[int, ...]


@dataclass(slots=True)
class _Observations:
    """A table with a row for each observation, by items and columns in their order.

    `heads` are over the cells that name an item, `measures` are what is said over the values, both by column. `columns`
    are the heads of the columns to be, by what they say. `titles` stand over the items that follow them.
    """

    heads: list[Cell]
    measures: dict[int, str]
    items: dict[_Item, list[Cell]] = field(default_factory=dict)
    columns: dict[str, Cell] = field(default_factory=dict)
    values: dict[tuple[_Item, str], Cell] = field(default_factory=dict)
    titles: list[tuple[int, Cell]] = field(default_factory=list)

    def add_row(self, named: list[Cell], axis: list[Cell], values: dict[int, Cell]) -> bool:
        """Add a row; it tells whether it is known what each value is of, and nothing was said of that before."""
        item = (str(len(self.titles)), *(comparison_key(cell.text) for cell in named))
        self.items.setdefault(item, named)
        for column, cell in values.items():
            shared = cell.row_span > max((one.row_span for one in axis), default=cell.row_span)
            texts = [] if shared else [one.text for one in axis]
            # The year first, as heads are written.
            texts = sorted(filter(None, (*texts, self.measures[column])), key=lambda text: not names_year(text))
            head = Cell(0, 0, " ".join(texts), (axis or named)[0].source)
            place = _fold_column(head.text)
            if (item, place) in self.values or (shared and not stands_beside_years(head.text)):
                return False
            self.columns.setdefault(place, head)
            self.values[item, place] = cell
        return True

    def list_cells(self) -> list[Cell]:
        """List the cells of a table with a row for each item, and a column for each year, kind, part and comparison."""
        columns = {place: number for number, place in enumerate(self.columns, len(self.heads))}
        cells = [put_cell(head, 0, number) for number, head in enumerate((*self.heads, *self.columns.values()))]
        rows: dict[_Item, int] = {}
        for at, (item, named) in enumerate(self.items.items()):
            rows[item] = 1 + at + sum(before <= at for before, _ in self.titles)
            cells += [put_cell(cell, rows[item], number) for number, cell in enumerate(named)]
        for count, (before, title) in enumerate(self.titles):
            cells.append(
                replace(title, row=1 + before + count, column=0, row_span=1, column_span=len([*self.heads, *columns]))
            )
        return cells + [put_cell(cell, rows[item], columns[place]) for (item, place), cell in self.values.items()]


def _fold_column(head: str) -> str:
    """Fold heads that say the same (5年度, 5年度 実績) to one."""
    words = split_head(head)
    if words is None:
        return comparison_key(head)
    year = words.year[0] if words.year else words.spans
    return f"{year} {words.kinds - {None}} {words.part} {words.unit}"


def spread_observations(table: Table) -> Table | None:
    """Spread a table with a row for each observation (項目, 年度, 実績): each year, kind and part gets its columns.

    Args:
        table: Any table.

    Returns:
        A table with a row for each item; None where the table is no such one, or says of a value twice.
    """
    for first in range(min(2, table.rows - 1)):
        head = range(first, find_metric_head_end(table, first))
        if (keys := _find_keys(table, head)) is not None:
            return _spread_rows(table, head, keys)
    return None


def _find_keys(table: Table, head: range) -> _Keys | None:
    """Find the columns before the values; None where none of them says years, kinds or parts beside names of items."""
    names: list[int] = []
    axes: list[int] = []
    for column in range(table.columns):
        texts = _list_below(table, head, column)
        over = join_head_texts(table, head, column)
        if names_year(over) or names_kind(over):
            break
        if texts and all(map(says_axis, texts)) and any(names_year(text) or names_kind(text) for text in texts):
            axes.append(column)
        elif texts and not any(map(_FIGURE.search, texts)):
            names.append(column)
        elif texts:
            break
    else:
        return None
    values = tuple(one for one in range(column, table.columns) if _list_below(table, head, one))
    return _Keys(tuple(names), tuple(axes), values) if names and axes and values else None


def _spread_rows(table: Table, head: range, keys: _Keys) -> Table | None:
    """Spread the rows below a head; None where a row is not whole, or says again what another said."""
    heads = [_head_of(table, head, column) for column in keys.names]
    made = _Observations(heads, {column: join_head_texts(table, head, column) for column in keys.values})
    carried = _CarriedKeys(keys)
    for row in range(head.stop, table.rows):
        if (title := _find_row_title(table, row, len(keys.names) + len(keys.axes))) is not None:
            made.titles.append((len(made.items), title))
            carried.forget_names()
            continue
        carried.read_row(table, row)
        names, axis = carried.list_names(), carried.list_axis()
        values = {column: cell for column in keys.values if (cell := _begin_at(table, row, column)) is not None}
        covered = all(table.find_cell(row, column) is not None for column in keys.values)
        if not covered or not _is_whole(names, axis, keys) or not made.add_row(names, axis, values):
            return None
    return make_table(table, made.list_cells()) if made.values else None


def _find_row_title(table: Table, row: int, width: int) -> Cell | None:
    """Find the only text of a row, where it goes over all columns before the values and more."""
    cells = [cell for cell in table.find_row(row) if cell.text]
    return cells[0] if len(cells) == 1 and cells[0].column_span > width else None


def _is_whole(names: list[Cell], axis: list[Cell], keys: _Keys) -> bool:
    """Tell whether a row says its item in full, and of when or what kind its values are."""
    if not names:
        return False
    is_merged = names[0].column_span > 1
    return is_merged or (len(names) == len(keys.names) and bool(axis))


class _CarriedKeys:
    """The cells before the values, row by row: an empty one says what the one above it says."""

    def __init__(self, keys: _Keys) -> None:
        self._keys = keys
        self._named: list[Cell | None] = [None] * len(keys.names)
        self._axes: list[Cell | None] = [None] * len(keys.axes)

    def forget_names(self) -> None:
        """Forget the items above: a title begins others."""
        self._named = [None] * len(self._keys.names)

    def read_row(self, table: Table, row: int) -> None:
        """Read the cells of a row. Years and kinds are carried only where the row says one of them."""
        named = [table.find_cell(row, column) for column in self._keys.names]
        self._named = [cell if cell and cell.text else above for cell, above in zip(named, self._named, strict=True)]
        axes = [table.find_cell(row, column) for column in self._keys.axes]
        if any(cell is not None and cell.text for cell in axes):
            axes = [above if cell and not cell.text else cell for cell, above in zip(axes, self._axes, strict=True)]
        self._axes = axes

    def list_names(self) -> list[Cell]:
        """List the cells that name the row's item; one that is merged over more columns once."""
        return list(dict.fromkeys(cell for cell in self._named if cell is not None))

    def list_axis(self) -> list[Cell]:
        """List the cells that say the row's year, kind or part."""
        cells = zip(self._axes, self._keys.axes, strict=True)
        return [cell for cell, column in cells if cell and cell.text and cell.column == column]


def _head_of(table: Table, head: range, column: int) -> Cell:
    """Return the head of a column; an empty one where nothing stands there."""
    cell = table.find_cell(head.start, column)
    return Cell(head.start, column, join_head_texts(table, head, column), cell.source if cell else table.source)


def _begin_at(table: Table, row: int, column: int) -> Cell | None:
    """Return the cell that begins in a place; None where none does."""
    cell = table.find_cell(row, column)
    return cell if cell is not None and (cell.row, cell.column) == (row, column) else None


def _list_below(table: Table, head: range, column: int) -> list[str]:
    """List the texts of the cells that begin in a column below its head."""
    cells = (table.find_cell(row, column) for row in range(head.stop, table.rows))
    return [cell.text for cell in cells if cell is not None and cell.text and cell.column == column]

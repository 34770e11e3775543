"""Table axes: a table that is written otherwise becomes one with items down and years across.

In: any table. Out: further tables of the same cells, each as one way of reading it puts them. Which way is right is not
told here: `metric_tables` takes the one that explains most cells.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Cell, Table
from extractor.grammar.column_heads import (
    find_part,
    find_planned_kind,
    names_kind,
    names_year,
    says_whole,
    split_head,
    split_head_pair,
    stands_beside_years,
)
from extractor.grammar.item_names import is_total_name
from extractor.grammar.normalize import comparison_key
from extractor.structure.table_heads import (
    HEAD_ROWS,
    find_metric_head_end,
    find_printed_head,
    join_head_texts,
    list_body_rows,
)

# What begins with a figure, or holds signs alone, names no item.
_FIGURE = re.compile(r"^[^\w]*[0-9]|^[^\w]*$")
_PAIRS = {
    "()": re.compile(r"^(?P<first>[^()（）]+?)\s*[(（](?P<second>[^()（）]+)[)）]$"),
    ")": re.compile(r"^[(（](?P<first>[^()（）]+)[)）]\s*(?P<second>[^()（）]+)$"),
    "/": re.compile(r"^(?P<first>[^/／]+?)\s*[/／]\s*(?P<second>[^/／]+)$"),
    "→": re.compile(r"^(?P<first>[^→]+?)\s*→\s*(?P<second>[^→]+)$"),
}


def arrange_table(table: Table) -> Iterator[Table]:
    """Arrange a table in all ways that may put its items down and its years across.

    Args:
        table: Any table.

    Yields:
        The table as it is, then each other arrangement that its heads allow. Cells keep their text and place.
    """
    arranged = [table]
    for arrange in _ARRANGEMENTS:
        arranged += [made for each in arranged if (made := arrange(each)) is not None]
    yield from arranged


def _make_table(table: Table, cells: Sequence[Cell]) -> Table:
    """Make a table of these cells, at the place of another."""
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    rows = max(cell.row + cell.row_span for cell in ordered)
    columns = max(cell.column + cell.column_span for cell in ordered)
    return Table(ordered, rows, columns, table.source)


def _drop_repeated_heads(table: Table) -> Table | None:
    """Drop the rows in which a head is printed again, as on a further page; None where none is."""
    head = find_printed_head(table)
    body = list_body_rows(table, head)
    kept = [row for row in range(table.rows) if row in head or row in body or not table.find_row(row)]
    if len(kept) == table.rows:
        return None
    return _make_table(table, [replace(cell, row=kept.index(cell.row)) for cell in table.cells if cell.row in kept])


def _turn_years_down(table: Table) -> Table | None:
    """Turn a table whose first column holds years, or kinds of values: each row becomes a column."""
    names = [cell.text for row in range(table.rows) for cell in table.find_row(row) if cell.column == 0][1:]
    said = [text for text in names if text and not text.startswith("単位")]
    if not any(map(names_year, said)) and sum(map(names_kind, said)) < 2:
        return None
    if not all(map(_says_axis, said)):
        return None
    return _move_comparisons_beside(
        _make_table(
            table,
            [
                replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
                for cell in table.cells
            ],
        )
    )


def _move_comparisons_beside(table: Table) -> Table:
    """Move rows that compare the values of the item above them (対前年度比) into columns of that item, one a year."""
    names = {cell.row: cell for cell in table.cells if cell.column == 0 and cell.row}
    compared = {row for row, cell in names.items() if stands_beside_years(cell.text)}
    items = {row: max((at for at in names if at < row and at not in compared), default=0) for row in compared}
    if not compared or not all(items.values()):
        return table
    kept = [row for row in range(table.rows) if row not in compared]
    heads = {cell.column: cell for cell in table.find_row(0) if cell.column}
    # The columns of the first, second … comparison of each item.
    order = {row: sum(items[at] == items[row] for at in compared if at < row) for row in compared}
    cells = [replace(cell, row=kept.index(cell.row)) for cell in table.cells if cell.row not in compared]
    for row in sorted(compared):
        for cell in table.find_row(row):
            if cell.column in heads:
                head, column = heads[cell.column], cell.column + (table.columns - 1) * (1 + order[row])
                cells += [replace(head, text=head.text + names[row].text, column=column), _put(cell, 0, column)]
                cells[-1] = replace(cells[-1], row=kept.index(items[row]))
    return _make_table(table, list({(cell.row, cell.column): cell for cell in cells}.values()))


def _says_axis(text: str) -> bool:
    """Tell whether a text is a year, a kind of values, a part of a year, or a comparison of such, and no item."""
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
        cells = [_put(head, 0, number) for number, head in enumerate((*self.heads, *self.columns.values()))]
        rows: dict[_Item, int] = {}
        for at, (item, named) in enumerate(self.items.items()):
            rows[item] = 1 + at + sum(before <= at for before, _ in self.titles)
            cells += [_put(cell, rows[item], number) for number, cell in enumerate(named)]
        for count, (before, title) in enumerate(self.titles):
            cells.append(
                replace(title, row=1 + before + count, column=0, row_span=1, column_span=len([*self.heads, *columns]))
            )
        return cells + [_put(cell, rows[item], columns[place]) for (item, place), cell in self.values.items()]


def _fold_column(head: str) -> str:
    """Fold heads that say the same (5年度, 5年度 実績) to one."""
    words = split_head(head)
    if words is None:
        return comparison_key(head)
    year = words.year[0] if words.year else words.spans
    return f"{year} {words.kinds - {None}} {words.part} {words.unit}"


def _spread_keys(table: Table) -> Table | None:
    """Spread a table with a row for each observation (項目, 年度, 実績): each year, kind and part gets its columns."""
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
        if texts and all(map(_says_axis, texts)) and any(names_year(text) or names_kind(text) for text in texts):
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
    named: list[Cell | None] = [None] * len(keys.names)
    before: list[Cell | None] = [None] * len(keys.axes)
    for row in range(head.stop, table.rows):
        cells = [cell for cell in table.find_row(row) if cell.text]
        if len(cells) == 1 and cells[0].column_span > len(keys.names) + len(keys.axes):
            made.titles.append((len(made.items), cells[0]))
            named = [None] * len(keys.names)
            continue
        here = [table.find_cell(row, column) for column in keys.names]
        named = [cell if cell is not None and cell.text else last for cell, last in zip(here, named, strict=True)]
        own = [table.find_cell(row, column) for column in keys.axes]
        if any(cell is not None and cell.text for cell in own):
            own = [cell if cell is None or cell.text else last for cell, last in zip(own, before, strict=True)]
        before = own
        axis = [
            cell for cell, column in zip(own, keys.axes, strict=True) if cell and cell.text and cell.column == column
        ]
        names = list(dict.fromkeys(cell for cell in named if cell is not None))
        values = {column: cell for column in keys.values if (cell := _begin_at(table, row, column)) is not None}
        covered = all(table.find_cell(row, column) is not None for column in keys.values)
        whole = len(names) == len(keys.names) or (bool(names) and names[0].column_span > 1)
        if not whole or not covered or not (axis or names[0].column_span > 1):
            return None
        if not made.add_row(names, axis, values):
            return None
    return _make_table(table, made.list_cells()) if made.values else None


def _put(cell: Cell, row: int, column: int) -> Cell:
    """Put a cell at one place of another grid."""
    return replace(cell, row=row, column=column, row_span=1, column_span=1)


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


def stack_sets(table: Table, head: range = range(1), sets: int | None = None) -> Table | None:
    """Stack sets of columns that stand side by side under the same heads (項目 4年度 5年度 項目 4年度 5年度).

    Args:
        table: Any table.
        head: The rows of its head.
        sets: How many sets there are; None: as many, two or three, as have the same heads.

    Returns:
        A table as wide as one set, the first set's rows above those of the second; None where there are no such sets.
        A cell that is merged over whole sets stands in the first one.
    """
    rows = [
        [comparison_key(join_head_texts(table, range(row, row + 1), column)) for column in range(table.columns)]
        for row in head
    ]
    for count in (sets,) if sets else (2, 3):
        width, rest = divmod(table.columns, count)
        starts = range(0, table.columns, width or 1)
        if rest or width < 2 or any(texts[:width] != texts[at : at + width] for texts in rows for at in starts):
            continue
        if rows and not any(texts[0] for texts in rows):
            continue
        cells = [_put_into_set(cell, width) for cell in table.cells]
        if all(placed is not None for placed in cells):
            below = table.rows - len(head)
            return _make_table(
                table,
                [
                    replace(cell, row=cell.row + part * below)
                    for part, cell in filter(None, cells)
                    if part == 0 or cell.row not in head
                ],
            )
    return None


def _put_into_set(cell: Cell, width: int) -> tuple[int, Cell] | None:
    """Put a cell into its set of columns, by number; None where it is of none.

    What is merged over whole sets is of the first, the name of a total before an amount that of its amount.
    """
    first, last = cell.column // width, _last_column(cell) // width
    if first == last or cell.column % width == 0 == cell.column_span % width:
        return first, replace(cell, column=cell.column % width, column_span=min(cell.column_span, width))
    if is_total_name(cell.text, at="end"):
        return last, replace(cell, column=0, column_span=_last_column(cell) % width + 1)
    return None


def _last_column(cell: Cell) -> int:
    return cell.column + cell.column_span - 1


def _stack_metrics(table: Table) -> Table | None:
    """Stack sets of columns, each with names of items and its own years."""
    return stack_sets(table, range(find_metric_head_end(table, 0)))


def _split_pairs(table: Table) -> Table | None:
    """Split columns whose cells hold two values (14名（22名） under 5年度（4年度）, 10／12 under 目標／実績)."""
    first = next(
        (row for row in range(min(2, table.rows)) if any(split_head_pair(c.text) for c in table.find_row(row))), 0
    )
    pairs = {
        cell.column: (cell, pair)
        for cell in table.find_row(first)
        if cell.column_span == 1 and (pair := split_head_pair(cell.text)) is not None
    }
    if not pairs:
        return None
    shifted = {column: column + sum(at < column for at in pairs) for column in range(table.columns + 1)}
    cells: list[Cell] = []
    for cell in table.cells:
        column = shifted[cell.column]
        width = shifted[cell.column + cell.column_span] - column
        if cell.column not in pairs or cell.column_span > 1 or cell.row < first:
            cells.append(replace(cell, column=column, column_span=width))
            continue
        *heads, joint = pairs[cell.column][1]
        texts = heads if cell.row == first else _split_pair(cell.text, joint)
        if texts is None:
            return None
        cells += [replace(cell, column=column + number, text=text, paragraphs=()) for number, text in enumerate(texts)]
    return _make_table(table, cells)


def _split_pair(text: str, joint: str) -> list[str] | None:
    """Split a cell into its two values; a cell without a figure stands for both."""
    found = _PAIRS[joint].match(text)
    if found is not None:
        return [found["first"], found["second"]]
    return None if re.search(r"\d", text) else [text, text]


def _lift_titles(table: Table) -> Table | None:
    """Lift titles over rows that say a year, kind or part (【令和4年度】) into a column before these."""
    titles = {row: text for row in range(1, table.rows) if (text := find_axis_title(table, row)) is not None}
    first = min(titles, default=0)
    # What stands over the first title is the head. Titles that say only that values are actual ones change nothing.
    if not first or first > HEAD_ROWS or any(row + 1 in titles for row in titles):
        return None
    if not any(names_year(text) or find_planned_kind(text) or find_part(text) for text in titles.values()):
        return None
    cells: list[Cell] = [Cell(0, 0, "", table.source, row_span=first)]
    rows = [row for row in range(table.rows) if row not in titles]
    over = None
    for row in range(table.rows):
        if row in titles:
            over = replace(table.find_row(row)[0], text=titles[row])
            continue
        cells += [replace(cell, row=rows.index(row), column=cell.column + 1) for cell in table.find_row(row)]
        cells += [_put(over, rows.index(row), 0)] if over is not None else []
    return _make_table(table, cells)


def find_axis_title(table: Table, row: int) -> str | None:
    """Find what the only cell of a row says, where that is a year, kind or part over the rows below it.

    Args:
        table: The table.
        row: The row, counted from 0.

    Returns:
        The text without brackets or mark (令和4年度); None where the row is any other.
    """
    cells = [cell for cell in table.find_row(row) if cell.text]
    if len(cells) != 1 or cells[0].column or cells[0].row_span > 1 or row == table.rows - 1:
        return None
    text = re.sub(r"^[【［\[＜<〈《（(■□◆◇●▼]\s*(.*?)\s*[】］\]＞>〉》）)]?$", r"\1", cells[0].text)
    return text if names_year(text) or names_kind(text) else None


_ARRANGEMENTS: tuple[Callable[[Table], Table | None], ...] = (
    _drop_repeated_heads,
    _turn_years_down,
    _stack_metrics,
    _split_pairs,
    _lift_titles,
    _spread_keys,
)

"""Table axes: a table that is written otherwise becomes one with items down and years across.

In: any table. Out: further tables of the same cells, each as one way of reading it puts them. Which way is right is not
told here: `metric_tables` takes the one that explains most cells.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extractor.document.layout import Cell, Table
from extractor.grammar.column_heads import (
    find_part,
    find_planned_kind,
    names_kind,
    names_year,
    split_head_pair,
    stands_beside_years,
)
from extractor.grammar.item_names import is_total_name
from extractor.grammar.normalize import comparison_key
from extractor.structure.observation_rows import says_axis, spread_observations
from extractor.structure.regrid import make_table, put_cell
from extractor.structure.table_heads import (
    HEAD_ROWS,
    find_metric_head_end,
    find_printed_head,
    join_head_texts,
    list_body_rows,
)

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


def _drop_repeated_heads(table: Table) -> Table | None:
    """Drop the rows in which a head is printed again, as on a further page; None where none is."""
    head = find_printed_head(table)
    body = list_body_rows(table, head)
    kept = [row for row in range(table.rows) if row in head or row in body or not table.find_row(row)]
    if len(kept) == table.rows:
        return None
    return make_table(table, [replace(cell, row=kept.index(cell.row)) for cell in table.cells if cell.row in kept])


def _turn_years_down(table: Table) -> Table | None:
    """Turn a table whose first column holds years, or kinds of values: each row becomes a column."""
    names = [cell.text for row in range(table.rows) for cell in table.find_row(row) if cell.column == 0][1:]
    said = [text for text in names if text and not text.startswith("単位")]
    if not any(map(names_year, said)) and sum(map(names_kind, said)) < 2:
        return None
    if not all(map(says_axis, said)):
        return None
    return _move_comparisons_beside(
        make_table(
            table,
            [
                replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
                for cell in table.cells
            ],
        )
    )


@dataclass(frozen=True, slots=True)
class _ComparedRow:
    """A row that compares the values of an item above it: its name, the item's row, and which comparison it is."""

    name: str
    item: int
    order: int


def _move_comparisons_beside(table: Table) -> Table:
    """Move rows that compare the values of the item above them (対前年度比) into columns of that item, one a year."""
    compared = _find_compared_rows(table)
    if not compared:
        return table
    kept = [row for row in range(table.rows) if row not in compared]
    heads = {cell.column: cell for cell in table.find_row(0) if cell.column}
    cells = {
        (kept.index(cell.row), cell.column): replace(cell, row=kept.index(cell.row))
        for cell in table.cells
        if cell.row not in compared
    }
    for row, found in sorted(compared.items()):
        for cell in table.find_row(row):
            if cell.column in heads:
                # The columns of the first, second … comparison of each item.
                column = cell.column + (table.columns - 1) * (1 + found.order)
                head = heads[cell.column]
                cells[head.row, column] = replace(head, text=head.text + found.name, column=column)
                cells[kept.index(found.item), column] = put_cell(cell, kept.index(found.item), column)
    return make_table(table, list(cells.values()))


def _find_compared_rows(table: Table) -> dict[int, _ComparedRow]:
    """Find the rows that compare; none where one of them has no item above it."""
    names = {cell.row: cell.text for cell in table.cells if cell.column == 0 and cell.row}
    found: dict[int, _ComparedRow] = {}
    item = order = 0
    for row in sorted(names):
        if not stands_beside_years(names[row]):
            item, order = row, 0
        elif not item:
            return {}
        else:
            found[row] = _ComparedRow(names[row], item, order)
            order += 1
    return found


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
            return make_table(
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
    return make_table(table, cells)


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
        cells += [put_cell(over, rows.index(row), 0)] if over is not None else []
    return make_table(table, cells)


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
    spread_observations,
)

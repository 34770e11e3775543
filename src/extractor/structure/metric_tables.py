"""Metric tables: whether a table holds a programme's metrics.

They also say where its heads, names and units stand.

In: a table and a profile. Out: a `MetricTable` of `document.outline`, or None.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.outline import MetricTable
from extractor.grammar.block_lines import gives_unit
from extractor.grammar.column_heads import find_value_columns, names_kind, names_year, split_head, stands_beside_years
from extractor.grammar.normalize import comparison_key
from extractor.grammar.quantities import looks_like_value, read_value
from extractor.grammar.vocabulary import load_vocabulary
from extractor.profiles.profile import Profile
from extractor.structure.table_axes import arrange_table, find_axis_title
from extractor.structure.table_heads import (
    HEAD_ROWS,
    find_metric_head_end,
    find_printed_head,
    join_head_texts,
    list_body_rows,
)

_UNIT_IN_BRACKETS = re.compile(r"[(（]\s*単位[^()（）]+[)）]")


def read_metric_table(table: Table, profile: Profile) -> MetricTable | None:
    """Read a table as a programme's metrics, however it is arranged.

    Args:
        table: Any table, or the part of a form's grid in which metrics may stand.
        profile: The family of reports whose heads for items and units count.

    Returns:
        The arrangement of it that explains most cells, items down and years across; of equals the first, which is the
        table as it is printed. None where no arrangement has heads of items or years.
    """
    readings = [found for arranged in arrange_table(table) if (found := _read_arranged(arranged, profile)) is not None]
    best = max(readings, key=_count_explained, default=None)
    return best if best is None or best.table is table else replace(best, printed=table, is_arranged=True)


def _count_explained(found: MetricTable) -> int:
    """Count the cells that are a named item's value, or stand beside its values, less those that are neither.

    Of columns under one head it is not known which is which: what stands in them is not explained.
    """
    heads = {column: head.text for column, head in found.heads.items()}
    said = Counter(map(comparison_key, heads.values()))
    values = {column for column in find_value_columns(heads) if said[comparison_key(heads[column])] == 1}
    beside = {column for column in heads.keys() - values if stands_beside_years(heads[column])}
    count = 0
    for row in found.body:
        name = found.table.find_cell(row, found.name_column)
        is_named = name is not None and _names_item(name.text)
        before = [found.table.find_cell(row, column) for column in range(found.name_column)]
        count -= find_axis_title(found.table, row) is not None
        count -= 2 * sum(cell is not None and split_head(cell.text) is not None for cell in before)
        for cell in found.table.find_row(row):
            if not cell.text or cell.column <= found.name_column:
                continue
            worth = 2 if cell.column in values and looks_like_value(cell.text) else int(cell.column in beside)
            count -= 2 if not worth and cell.column != found.unit_column else 0
            count += worth if is_named else 0
    return count


def _names_item(text: str) -> bool:
    """Tell whether a text is an item's name: no year or kind of values, and no value itself."""
    return bool(text) and split_head(text) is None and read_value(text, 0).status == "unreadable"


def _stands_over_years(corner: str) -> bool:
    """Tell whether a head is over years (年度（単位：人）); over items it stands in a table that was turned."""
    words = {re.sub(r"\(.*?\)", "", comparison_key(word)) for word in corner.split()}
    return not words.isdisjoint(map(comparison_key, load_vocabulary().columns.of_years))


def _read_arranged(table: Table, profile: Profile) -> MetricTable | None:
    """Read a table whose items go down and its years across; None where no head of such is found."""
    head = _find_head(table, profile)
    if head is None:
        return None
    name_column = _find_name_column(table, head, profile)
    corners = [join_head_texts(table, head, column) for column in range(name_column + 1)]
    over, rest = _find_words_over(table, range(head.start), corners[-1])
    caption = next((Paragraph(one.text, one.source) for one in rest if gives_unit(one.text)), None)
    heads = _collect_heads(table, head, name_column + 1)
    heads = {column: replace(one, text=_add_words(one.text, over)) for column, one in heads.items()}
    units = {comparison_key(word) for word in profile.metrics.unit}
    unit = next((column for column, found in heads.items() if comparison_key(found.text) in units), None)
    heads.pop(-1 if unit is None else unit, None)
    return MetricTable(
        table,
        name_column,
        _move_unit_behind(corners),
        heads,
        above=tuple(one for one in rest if caption is None or one.text != caption.text),
        body=tuple(row for row in list_body_rows(table, head) if row >= head.stop),
        unit_column=unit,
        caption=caption,
        is_known=names_items(corners[-1], profile) or _stands_over_years(corners[0]),
        first_name_column=1 + max((at for at, text in enumerate(corners) if text != corners[-1]), default=-1),
    )


def _find_head(table: Table, profile: Profile) -> range | None:
    """Find the rows of the head.

    It is the first of the `HEAD_ROWS` uppermost rows that begins with a known head for items, or has a year behind its
    first cell, or two kinds of values.
    """
    for row in range(min(HEAD_ROWS, table.rows)):
        cell = table.find_cell(row, 0)
        behind = [head.text for head in table.find_row(row) if head.column > 0]
        has_values = any(map(names_year, behind)) or sum(map(names_kind, behind)) > 1
        # Beside a figure a year says of what year that is, as in a row that goes on with the page before.
        has_values &= not any(split_head(text) is None and read_value(text, 0).status == "read" for text in behind)
        if cell is not None and (has_values or names_items(cell.text, profile)):
            return range(cell.row, find_metric_head_end(table, cell.row))
    return None


def _move_unit_behind(corners: Sequence[str]) -> str:
    """Give the head of the names with the unit behind it that any head up to it gives: 区分（単位：件） | 指標."""
    unit = next((found for text in corners if (found := _UNIT_IN_BRACKETS.search(text))), None)
    return corners[-1] if unit is None else f"{corners[-1].replace(unit[0], '')}{unit[0]}"


def _find_words_over(table: Table, rows: range, name_head: str) -> tuple[str, list[Cell]]:
    """Find the year, kind or part that is said of all columns: in a row over the head, or in its first cell.

    With it come the other cells over the head.
    """
    cells = [cell for row in rows for cell in table.find_row(row) if cell.text]
    said = [cell for cell in cells if cell.column_span == table.columns and split_head(cell.text) is not None]
    bracket = re.search(r"[(（]([^()（）]+)[)）]$", name_head)
    corner = next((text for text in (name_head, bracket[1] if bracket else "") if names_year(text)), None)
    texts = [*(cell.text for cell in said[:1]), *([corner] if corner else [])]
    return " ".join(texts), [cell for cell in cells if cell not in said[:1]]


def _add_words(head: str, over: str) -> str:
    """Add to a head what is said of all columns, where it is a head of values with it."""
    both = f"{over} {head}"
    return both if over and split_head(head) is not None and split_head(both) is not None else head


def _find_name_column(table: Table, head: range, profile: Profile) -> int:
    """Find the column of the items' names: the last whose head is one for items, before all others, or the first.

    Where the first cell of the head is over several columns, the last of them holds the names.
    """
    corner = table.find_cell(head.start, 0)
    last = corner.column_span - 1 if corner is not None else 0
    for column in range(last + 1, table.columns):
        text = join_head_texts(table, head, column)
        if not names_items(text, profile) and not (text and text == join_head_texts(table, head, last)):
            break
        last = column
    return last


def _collect_heads(table: Table, head: range, first: int) -> dict[int, Cell]:
    """Collect the heads of the columns from `first` on, each the lowest cell of its head with the text of all of it."""
    heads = {}
    for column in range(first, table.columns):
        cells = [cell for row in head if (cell := table.find_cell(row, column)) is not None and cell.column == column]
        text = join_head_texts(table, head, column)
        if cells and text:
            heads[column] = replace(cells[-1], text=text)
    return heads


def continue_metrics(table: Table, before: MetricTable, profile: Profile) -> MetricTable | None:
    """Read a table as more of a metric table whose head is not repeated.

    Args:
        table: A table that is nothing by its own head.
        before: The programme's last table.
        profile: The family of reports that it is read with.

    Returns:
        The table with the heads of the one before; None where it has another number of columns, or under these heads
        more words than values.
    """
    printed = before.printed or before.table
    if table.columns != printed.columns:
        return None
    head = find_printed_head(printed)
    cells = [replace(cell, row=cell.row - head.start) for cell in printed.cells if cell.row in head]
    cells += [replace(cell, row=cell.row + len(head)) for cell in _fill_cut_cells(table, printed)]
    found = read_metric_table(Table(tuple(cells), len(head) + table.rows, table.columns, table.source), profile)
    if found is None or _count_explained(found) <= 0:
        return None
    # The cells of the head are those of the page before.
    own = tuple(cell for cell in found.table.cells if cell.row >= min(found.body, default=0))
    body = Table(own, found.table.rows, found.table.columns, table.source)
    return replace(found, table=body, printed=printed, is_known=before.is_known, caption=before.caption, goes_on=True)


def _fill_cut_cells(table: Table, before: Table) -> list[Cell]:
    """Fill the blank cells with which a table's first row begins: they go on from the last row of the table before."""
    cells = list(table.cells)
    for column in range(table.columns - 1):
        cell, last = table.find_cell(0, column), before.find_cell(before.rows - 1, column)
        if cell is None or cell.text or last is None or not any(other.text for other in table.find_row(0)):
            break
        cells[cells.index(cell)] = replace(cell, text=last.text)
    return cells


def names_items(head: str, profile: Profile) -> bool:
    """Tell whether a head is over the names of items.

    Args:
        head: The text of the head; a bracket at its end does not count (項目名（単位：件）).
        profile: The family of reports whose words count.

    Returns:
        Whether the profile has the word.
    """
    return re.sub(r"\(.*\)$", "", comparison_key(head)) in {comparison_key(word) for word in profile.metrics.name}

"""Metric tables: whether a table holds a programme's metrics.

They also say where its heads, names and units stand.

In: a table and a profile. Out: a `MetricTable` of `document.outline`, or None.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from extractor.document.layout import Cell, Table
from extractor.document.outline import MetricTable
from extractor.grammar.eras import names_year
from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary
from extractor.profiles.profile import Profile
from extractor.structure.table_axes import arrange_table
from extractor.structure.table_heads import HEAD_ROWS, find_head_end, join_head_texts, list_body_rows

# What a value has and a head has not: a figure that is no year's, or a dash alone.
_VALUE = re.compile(r"[0-9](?!.*年度?$)|^-+$")
_UNIT = re.compile(r"^[(\[]?単位:?[^。]{1,20}$")


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
    return max(readings, key=_count_explained, default=None)


def _count_explained(found: MetricTable) -> int:
    """Count the cells that are a named item's value of a year, less those under a year that are no value.

    Of columns under one head it is not known which is which: what stands in them is not explained.
    """
    said = Counter(comparison_key(head.text) for head in found.heads.values())
    years = [column for column, head in found.heads.items() if names_year(head.text)]
    years = [column for column in years if said[comparison_key(found.heads[column].text)] == 1]
    names = {row: found.table.find_cell(row, found.name_column) for row in found.body}
    rows = [row for row, name in names.items() if name is not None and name.text and not names_year(name.text)]
    cells = {id(cell): cell for row in rows for column in years if (cell := found.table.find_cell(row, column))}
    values = [bool(_VALUE.search(comparison_key(cell.text))) for cell in cells.values() if cell.text]
    return 2 * sum(values) - len(values)


@cache
def _words_over_years() -> set[str]:
    """Make the comparison keys of heads over years, which are over items in a table that was turned."""
    return {comparison_key(word) for word in load_vocabulary().columns.of_years}


def _read_arranged(table: Table, profile: Profile) -> MetricTable | None:
    """Read a table whose items go down and its years across.

    Its head is the first of the `HEAD_ROWS` uppermost rows that begins with a known head for items, or has a year
    behind its first cell. Where that first cell is over several columns, the last of them holds the names.
    """
    for first in range(min(HEAD_ROWS, table.rows)):
        cell = table.find_cell(first, 0)
        has_years = any(names_year(head.text) for head in table.find_row(first)[1:])
        if cell is None or not (has_years or names_items(cell.text, profile)):
            continue
        head = range(first, _find_metric_head_end(table, first))
        heads = _collect_heads(table, head, cell.column_span)
        units = {comparison_key(word) for word in profile.metrics.unit}
        unit = next((column for column, found in heads.items() if comparison_key(found.text) in units), None)
        heads.pop(-1 if unit is None else unit, None)
        body = tuple(row for row in list_body_rows(table, head) if row >= head.stop)
        known = names_items(cell.text, profile) or comparison_key(cell.text) in _words_over_years()
        name_column = cell.column_span - 1
        return MetricTable(table, name_column, cell.text, heads, tuple(range(first)), body, unit, is_known=known)
    return None


def _collect_heads(table: Table, head: range, first: int) -> dict[int, Cell]:
    """Collect the heads of the columns from `first` on, each the lowest cell of its head with the text of all of it."""
    heads = {}
    for column in range(first, table.columns):
        cells = [cell for row in head if (cell := table.find_cell(row, column)) is not None and cell.column == column]
        text = join_head_texts(table, head, column)
        if cells and text:
            heads[column] = replace(cells[-1], text=text)
    return heads


def _find_metric_head_end(table: Table, first: int) -> int:
    """Find the row below a head, as `find_head_end`, and at most `HEAD_ROWS` deep.

    A row more belongs to it where that has no name and no value, as under heads that span several columns.
    """
    end = min(find_head_end(table, first), first + HEAD_ROWS)
    name = table.find_cell(end, 0)
    below = [comparison_key(cell.text) for cell in table.find_row(end)[1:]] if end < table.rows else []
    if name is not None and name.row == end and not name.text and any(below) and not any(map(_VALUE.search, below)):
        return end + 1
    return end


def continue_metrics(table: Table, before: MetricTable) -> MetricTable | None:
    """Read a table as more of a metric table whose head is not repeated.

    Args:
        table: A table that is nothing by its own head.
        before: The programme's last table.

    Returns:
        The table with the heads of the one before; None where it has another number of columns, or words in place of
        values in its first row.
    """
    values = [
        comparison_key(cell.text) for cell in table.find_row(0)[1:] if cell.text and cell.column != before.unit_column
    ]
    if table.columns != before.table.columns or not values or not all(_VALUE.search(text) for text in values):
        return None
    body = tuple(row for row in range(table.rows) if table.find_row(row))
    return replace(before, table=table, above=(), body=body, caption=None)


def gives_unit(text: str) -> bool:
    """Tell whether a line over a table gives the unit of its numbers: （単位：人）."""
    return bool(_UNIT.match(comparison_key(text)))


def names_items(head: str, profile: Profile) -> bool:
    """Tell whether a head is over the names of items.

    Args:
        head: The text of the head; a bracket at its end does not count (項目名（単位：件）).
        profile: The family of reports whose words count.

    Returns:
        Whether the profile has the word.
    """
    return re.sub(r"\(.*\)$", "", comparison_key(head)) in {comparison_key(word) for word in profile.metrics.name}

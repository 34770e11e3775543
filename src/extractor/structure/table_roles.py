"""Tables: the chapter's list, a programme's metrics, or neither; which rows are heads, which column holds what."""

import re
from dataclasses import replace
from functools import cache
from typing import Literal, get_args

from extractor.document.layout import Cell, Table
from extractor.document.outline import ListField, ListTable, MetricTable
from extractor.grammar.eras import names_year
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile

ListColumn = ListField | Literal["figures", "other"]

# What a value has and a head has not: a figure that is no year's, or a dash alone.
_VALUE = re.compile(r"[0-9](?!.*年度?$)|^-+$")
_UNIT = re.compile(r"^[(\[]?単位:?[^。]{1,20}$")
# A head is at most this many rows high.
HEAD_ROWS = 3


def _head_text(table: Table, rows: range, column: int) -> str:
    seen: list[str] = []
    for row in rows:
        cell = table.at(row, column)
        if cell is not None and cell.text and cell.text not in seen:
            seen.append(cell.text)
    return " ".join(seen)


def _row_key(table: Table, row: int) -> tuple[str, ...]:
    return tuple(key(cell.text) for cell in table.row(row))


def _head_end(table: Table, first: int) -> int:
    """The row after a head that begins at `first`: as deep as its deepest cell, for a head that is merged down."""
    return max((cell.row + cell.row_span for cell in table.row(first)), default=first + 1)


def _body(table: Table, head: range) -> tuple[int, ...]:
    """The rows that are neither head, nor head repeated on a further page, nor empty of cells."""
    heads = {_row_key(table, row) for row in head}
    return tuple(
        row for row in range(table.rows) if row not in head and _row_key(table, row) not in heads and table.row(row)
    )


def _list_field(text: str, profile: Profile) -> ListColumn | None:
    """Which column a head names: the longest known word in it."""
    plain = key(text)
    return next((name for word, name in _list_words(profile) if word in plain), None)


def named_fields(text: str, profile: Profile) -> set[ListField]:
    """All columns of the list that a head names, where each may be one: a word within a longer one names none."""
    plain = key(text)
    found: set[ListField] = set()
    for word, name in _list_words(profile):
        if word in plain:
            plain = plain.replace(word, " ")
            if name != "figures" and name != "other":
                found.add(name)
    return found


@cache
def _list_words(profile: Profile) -> tuple[tuple[str, ListColumn], ...]:
    """The keys of all words for columns of the list, longest first."""
    columns: list[ListColumn] = [*get_args(ListField), "figures", "other"]
    words = [(key(word), name) for name in columns for word in getattr(profile.list, name)]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


def list_fields(table: Table, profile: Profile) -> set[ListField]:
    """The columns of a list that a table's head names, also where it has too few to be one."""
    return {name for head in _list_heads(table) for name in _fields(table, head, profile)}


def _list_heads(table: Table) -> list[range]:
    """The rows that may be the table's head, the first of them first."""
    starts = range(min(HEAD_ROWS, table.rows))
    return [range(first, min(_head_end(table, first), first + HEAD_ROWS)) for first in starts]


def _fields(table: Table, head: range, profile: Profile) -> dict[ListField, int]:
    """The first column of each field that a head names."""
    columns: dict[ListField, int] = {}
    for column in range(table.columns):
        name = _list_field(_head_text(table, head, column), profile)
        if name is not None and name != "figures" and name != "other" and name not in columns:
            columns[name] = column
    return columns


def list_table(table: Table, profile: Profile) -> ListTable | None:
    """The table as the chapter's list: its head names the programmes and at least two columns more."""
    for head in _list_heads(table):
        columns = _fields(table, head, profile)
        if (
            "name" in columns
            and len(columns) >= 3
            and not columns.keys().isdisjoint({"budget", "page_label", "offices", "overview"})
        ):
            texts = {column: _head_text(table, head, column) for column in range(table.columns)}
            fields = {column: _list_field(text, profile) for column, text in texts.items()}
            return ListTable(
                table,
                columns,
                _body(table, head),
                budget_heads={column: texts[column] for column, name in fields.items() if name == "budget"},
                figure_heads={column: texts[column] for column, name in fields.items() if name == "figures"},
                other=frozenset(column for column, name in fields.items() if name == "other"),
            )
    return None


def list_continuation(table: Table, before: ListTable) -> ListTable | None:
    """A further table of a list whose head is not repeated: as many columns, and a number where numbers stand."""
    number = table.at(0, before.columns["number"]) if "number" in before.columns else None
    if table.columns != before.table.columns or number is None or not re.search(r"\d", number.text):
        return None
    body = tuple(row for row in range(table.rows) if table.row(row))
    return replace(before, table=table, body=body)


def metric_table(table: Table, profile: Profile) -> MetricTable | None:
    """The table as a programme's metrics: its first head names the items, or another one a year."""
    for first in range(min(HEAD_ROWS, table.rows)):
        cell = table.at(first, 0)
        years = any(names_year(one.text) for one in table.row(first)[1:])
        if cell is None or not (years or knows_items(cell.text, profile)):
            continue
        head = range(first, _metric_head_end(table, first))
        heads = _heads(table, head, cell.column_span)
        units = {key(word) for word in profile.metrics.unit}
        unit = next((column for column, one in heads.items() if key(one.text) in units), None)
        heads.pop(-1 if unit is None else unit, None)
        body = tuple(row for row in _body(table, head) if row >= head.stop)
        return MetricTable(table, 0, cell.text, heads, tuple(range(first)), body, unit)
    return None


def _heads(table: Table, head: range, first: int) -> dict[int, Cell]:
    """The heads of the columns from `first` on, each the lowest cell of its head with the text of all of it."""
    heads = {}
    for column in range(first, table.columns):
        found = [one for row in head if (one := table.at(row, column)) is not None and one.column == column]
        text = _head_text(table, head, column)
        if found and text:
            heads[column] = replace(found[-1], text=text)
    return heads


def _metric_head_end(table: Table, first: int) -> int:
    """As `_head_end`; and a row more where it has no name and no value, as under heads that span several columns."""
    end = min(_head_end(table, first), first + HEAD_ROWS)
    name = table.at(end, 0)
    below = [key(cell.text) for cell in table.row(end)[1:]] if end < table.rows else []
    if name is not None and name.row == end and not name.text and any(below) and not any(map(_VALUE.search, below)):
        return end + 1
    return end


def metric_continuation(table: Table, before: MetricTable) -> MetricTable | None:
    """A table that goes on without a head: as many columns, and values, not words, in the first row's other cells."""
    others = [key(cell.text) for cell in table.row(0)[1:] if cell.text and cell.column != before.unit_column]
    if table.columns != before.table.columns or not others or not all(_VALUE.search(text) for text in others):
        return None
    body = tuple(row for row in range(table.rows) if table.row(row))
    return replace(before, table=table, above=(), body=body, caption=None)


def gives_unit(text: str) -> bool:
    """Whether a line over a table says in what its numbers are: (単位：人)."""
    return bool(_UNIT.match(key(text)))


def knows_items(head: str, profile: Profile) -> bool:
    """Whether the profile knows this head for the column of the items' names."""
    return re.sub(r"\(.*\)$", "", key(head)) in {key(word) for word in profile.metrics.name}

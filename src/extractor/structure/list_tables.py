"""List tables: whether a table is the list of a chapter's programmes.

They also say which column holds which field.

In: a table and a profile. Out: a `ListTable` of `document.outline`, or None.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

from extractor.document.layout import Table
from extractor.document.outline import ListField, ListTable
from extractor.grammar.column_heads import stands_beside_years
from extractor.grammar.listed_cells import find_listed_kind
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.structure.table_axes import stack_sets
from extractor.structure.table_heads import HEAD_ROWS, find_head_end, join_head_texts, list_body_rows

ListColumn = ListField | Literal["figures", "other"]

# Besides the name, a list has at least two fields more, one of these among them.
LEAST_FIELDS = 3
_TELLING_FIELDS: set[ListField] = {"budget", "page_label", "offices", "overview"}


@dataclass(frozen=True, slots=True)
class ListHead:
    """Rows that may be a list's head.

    By column, it has what they say and what it names, and the first column of each field.
    """

    rows: range
    texts: tuple[str, ...]
    names: tuple[ListColumn | None, ...]
    columns: dict[ListField, int]

    def texts_naming(self, name: ListColumn) -> dict[int, str]:
        """Return the texts over all columns of this name, by column."""
        return {column: self.texts[column] for column, found in enumerate(self.names) if found == name}


def read_list_heads(table: Table, profile: Profile) -> list[ListHead]:
    """Read the rows at the top of a table as heads of a list.

    Args:
        table: Any table.
        profile: The family of reports whose column names count.

    Returns:
        A head for each of the first `HEAD_ROWS` rows that one may begin with, whether or not it names a field.
    """
    heads = []
    for first in range(min(HEAD_ROWS, table.rows)):
        rows = range(first, min(find_head_end(table, first), first + HEAD_ROWS))
        texts = tuple(join_head_texts(table, rows, column) for column in range(table.columns))
        names = tuple(_name_column(text, profile) for text in texts)
        columns: dict[ListField, int] = {}
        for column, name in enumerate(names):
            if name is not None and name != "figures" and name != "other":
                columns.setdefault(name, column)
        heads.append(ListHead(rows, texts, names, columns))
    return heads


def _name_column(text: str, profile: Profile) -> ListColumn | None:
    """Name what a column holds by its head; what is compared of years (決算額 増減) is no amount of one."""
    name = next((name for word, name in _list_words(profile) if word in comparison_key(text)), None)
    beside = name == "budget" and any(map(stands_beside_years, text.split()))
    return None if beside else name


def read_list_table(table: Table, heads: list[ListHead], profile: Profile) -> ListTable | None:
    """Read a table as a chapter's list.

    Args:
        table: Any table.
        heads: What `read_list_heads` found in it.
        profile: The family of reports whose column names count.

    Returns:
        The list under the first head that names the programmes and two fields more; None where there is none.
    """
    for head in heads:
        fields = head.columns.keys()
        if "name" in fields and len(fields) >= LEAST_FIELDS and not fields.isdisjoint(_TELLING_FIELDS):
            stacked = stack_sets(table, head.rows) if list(head.names).count("name") > 1 else None
            if stacked is not None:
                return read_list_table(stacked, read_list_heads(stacked, profile), profile)
            found = ListTable(
                table,
                head.columns,
                list_body_rows(table, head.rows),
                budget_heads=head.texts_naming("budget"),
                figure_heads=head.texts_naming("figures"),
                other=frozenset(head.texts_naming("other")),
            )
            return _add_doubtful_heads(_add_unnamed_columns(found, head), profile)
    return None


def _add_unnamed_columns(found: ListTable, head: ListHead) -> ListTable:
    """Add the columns whose heads name no field: one whose cells say 新規 or 継続 is that of new programmes."""
    unnamed = {column: text for column, text in enumerate(head.texts) if head.names[column] is None and text}
    columns = dict(found.columns)
    for column in () if "is_new" in columns else unnamed:
        cells = [cell for row in found.body if (cell := found.table.find_cell(row, column)) is not None]
        kinds = {find_listed_kind(cell.text) for cell in cells if cell.text and cell.column_span == 1}
        if kinds & {"new", "ongoing"} and kinds <= {"new", "ongoing", "repeated"}:
            columns["is_new"] = column
            break
    rest = {column: text for column, text in unnamed.items() if column != columns.get("is_new")}
    return replace(found, columns=columns, attribute_heads=rest)


def _add_doubtful_heads(found: ListTable, profile: Profile) -> ListTable:
    """Add the cells of the head that the profile does not know, and those that name what no other column holds."""
    known = {*found.columns.values(), *found.budget_heads, *found.figure_heads, *found.other}
    known |= {column for column, text in found.attribute_heads.items() if any(map(stands_beside_years, text.split()))}
    cells = [cell for cell in found.table.cells if cell.row not in found.body and comparison_key(cell.text)]
    unknown = [cell for cell in cells if known.isdisjoint(range(cell.column, cell.column + cell.column_span))]
    named = [(cell, _find_all_fields(cell.text, profile)) for cell in cells if cell not in unknown]
    # A name's cell that holds the offices too is one that the profile knows to do so.
    ambiguous = (
        () if profile.list.offices_in_name else (c for c, two in named if len(two) > 1 and two - {*found.columns})
    )
    return replace(found, unknown_heads=tuple(unknown), ambiguous_heads=tuple(ambiguous))


def _find_all_fields(text: str, profile: Profile) -> set[ListField]:
    """Find all fields that a head names; a word within a longer word names none."""
    plain = comparison_key(text)
    fields: set[ListField] = set()
    for word, name in _list_words(profile):
        if word in plain:
            plain = plain.replace(word, " ")
            if name != "figures" and name != "other":
                fields.add(name)
    return fields


@cache
def _list_words(profile: Profile) -> tuple[tuple[str, ListColumn], ...]:
    """List the comparison keys of all words for columns of the list, longest first, each with what it names."""
    columns: list[ListColumn] = [*get_args(ListField), "figures", "other"]
    words = [(comparison_key(word), name) for name in columns for word in getattr(profile.list, name)]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


def continue_list(table: Table, before: ListTable) -> ListTable | None:
    """Read a table as more of a list whose head is not repeated.

    Args:
        table: A table that is nothing by its own head.
        before: The chapter's list so far, or the last table of it.

    Returns:
        The table with the columns of the list; None where it has another number of columns, or no number in its first
        row where the list has numbers.
    """
    if table.columns != before.table.columns and before.table.columns and table.columns % before.table.columns == 0:
        table = stack_sets(table, range(0), table.columns // before.table.columns) or table
    number = table.find_cell(0, before.columns["number"]) if "number" in before.columns else None
    if table.columns != before.table.columns or number is None or not re.search(r"\d", number.text):
        return None
    body = tuple(row for row in range(table.rows) if table.find_row(row))
    return replace(before, table=table, body=body, unknown_heads=(), ambiguous_heads=())

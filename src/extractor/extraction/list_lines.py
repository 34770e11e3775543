"""List lines: the rows of a list's tables, each put together, and what kind of row it is.

In: a list table and its columns. Out: `ListLine`s. A row cut by the end of a page and the ruled parts of one
programme's row are one line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extractor.document.layout import Cell, Paragraph
from extractor.document.outline import ListField, ListTable
from extractor.extraction.list_columns import ListFieldColumns
from extractor.extraction.list_totals import find_total_word
from extractor.grammar.heading_lines import POINT_MARKS
from extractor.grammar.listed_cells import find_listed_kind
from extractor.grammar.normalize import comparison_key
from extractor.grammar.quantities import is_absent
from extractor.profiles.profile import Profile
from extractor.records.report import PageBox

LineKind = Literal["entry", "total", "group", "vacant", "empty"]
# With what a line over a group of programmes begins, and how it may end: a mark or bracket; a department.
_GROUP = re.compile(
    rf"^(?:[{POINT_MARKS}◎・▼▽▲△☆★§]|[\[<《〈「(](?![0-9]+[)\]])|[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|第[0-9一二三四五六七八九十]+|\(?[0-9ア-ン]{{1,2}}[).])"
)
_DEPARTMENT = re.compile(r"(?:部|局|課|室|委員会|本部|センター|分野|関係|会計)$")


@dataclass(frozen=True, slots=True)
class ListLine:
    """A row of a list: its table and number, its cells by field, and all its cells with a text.

    `parts` are the cells of amounts of one programme whose row is ruled into parts, the first of them among `cells`;
    `previous` is the cell of the year before's amount. `word` is the cell that says 小計, or the name of a group.
    """

    found: ListTable
    row: int
    cells: dict[ListField, Cell]
    texts: tuple[Cell, ...]
    previous: Cell | None = None
    parts: tuple[Cell, ...] = ()
    kind: LineKind = "entry"
    word: Cell | None = None

    @property
    def page(self) -> int:
        """The page on which it begins; 0 in a text file."""
        places = [place for cell in (*self.texts, *self.cells.values()) for place in cell.source]
        return min((place.page for place in places if isinstance(place, PageBox)), default=0)


def gather_list_lines(found: ListTable, columns: ListFieldColumns, profile: Profile) -> Iterator[ListLine]:
    """Gather the rows of a list's table.

    Args:
        found: The table.
        columns: Which column holds what.
        profile: The family of reports whose words for totals count.

    Yields:
        The rows in order, those without a text among them.
    """
    last: ListLine | None = None
    for row in found.body:
        cells = {name: cell for name, column in columns.fields.items() if (cell := found.table.find_cell(row, column))}
        previous = None if columns.previous is None else found.table.find_cell(row, columns.previous)
        texts = tuple(cell for cell in found.table.find_row(row) if cell.text)
        line = _tell_kind(ListLine(found, row, cells, texts, previous), profile)
        joined = None if last is None else _join_part(last, line) or _join_rest(last, line)
        if last is not None and joined is None:
            yield last
        last = joined or line
    if last is not None:
        yield last


def _tell_kind(line: ListLine, profile: Profile) -> ListLine:
    """Tell what kind of row it is."""
    cells = line.cells
    if not any(cell.text for cell in (*cells.values(), *line.texts)):
        return replace(line, kind="empty")
    if (word := find_total_word(cells, profile)) is not None:
        return replace(line, kind="total", word=word)
    name = cells.get("name")
    amounts = [cell for cell in (cells.get("budget"), line.previous) if cell is not name]
    if name is not None and _is_vacant(name.text, [cell for cell in line.texts if cell is not cells.get("number")]):
        return replace(line, kind="vacant", word=name)
    others = [cell for cell in line.texts if not any(cell is amount for amount in amounts)]
    if len(others) == 1 and _names_group(others[0], line):
        return replace(line, kind="group", word=others[0])
    return line


def _is_vacant(name: str, others: Iterable[Cell]) -> bool:
    """Tell whether a row is that of a number without a programme (欠番), or of dashes."""
    said = {find_listed_kind(cell.text) or ("vacant" if is_absent(cell.text) else None) for cell in others}
    return bool(name) and said == {"vacant"}


def _names_group(cell: Cell, line: ListLine) -> bool:
    """Tell whether the only text of a row, amounts aside, is the name of a group of programmes."""
    fields = [name for name, one in line.cells.items() if one is cell]
    if cell.row_span > 1 or not re.search(r"[^\W\d_]", cell.text):
        return False
    if len(fields) > 1:
        return True
    number = line.cells.get("number")
    key = comparison_key(cell.text)
    marked = bool(_GROUP.match(key) or _DEPARTMENT.search(key) or re.match(r"[0-9]{1,2}\s", cell.text))
    return marked and number is not None and (fields == ["number"] or (fields == ["name"] and not number.text))


def _join_part(above: ListLine, line: ListLine) -> ListLine | None:
    """Join a row to the one above, where one cell holds the name of both: a programme's row ruled into parts."""
    name = above.cells.get("name")
    if name is None or above.kind != "entry" or line.cells.get("name") is not name or not name.text:
        return None
    budget, more = above.cells.get("budget"), line.cells.get("budget")
    parts = above.parts or ((budget,) if budget else ())
    parts += (more,) if more is not None and not any(more is part for part in parts) else ()
    cells = {**above.cells, **{field: _join_cells(above.cells[field], cell) for field, cell in _differing(above, line)}}
    return replace(above, cells=cells, texts=above.texts + line.texts, parts=parts)


def _differing(above: ListLine, line: ListLine) -> Iterator[tuple[ListField, Cell]]:
    """List the cells of a further part of a row that add to a field, amounts aside."""
    for field, cell in line.cells.items():
        if field != "budget" and cell.text and field in above.cells and cell is not above.cells[field]:
            yield field, cell


def _join_rest(above: ListLine, line: ListLine) -> ListLine | None:
    """Join what is left of a row on the next page: texts alone, each under one that has begun, and no amounts."""
    number, budget = line.cells.get("number"), line.cells.get("budget")
    if above.kind != "entry" or line.kind not in {"entry", "group"} or not above.page < line.page or number is None:
        return None
    begun = {field: cell for field, cell in line.cells.items() if cell.text}
    whole = any(cell.column_span > 1 for cell in begun.values())
    if number.text or (budget is not None and budget.text) or whole or len(line.texts) != len(begun):
        return None
    if not all(above.cells[field].text for field in begun):
        return None
    rests = {field: _join_cells(above.cells[field], cell, between="") for field, cell in begun.items()}
    return replace(above, cells={**above.cells, **rests}, texts=above.texts + line.texts)


def _join_cells(first: Cell, second: Cell, between: str = " ") -> Cell:
    """Join two cells to one; of paragraphs the last goes on, or another begins."""
    paragraphs = (*first.list_paragraphs(), *second.list_paragraphs())
    if not between and first.text:
        *start, last = first.list_paragraphs()
        goes_on, *end = second.list_paragraphs()
        paragraphs = (*start, Paragraph(last.text + goes_on.text, last.source + goes_on.source), *end)
    text = between.join(filter(None, (first.text, second.text)))
    return replace(first, text=text, source=first.source + second.source, paragraphs=paragraphs)

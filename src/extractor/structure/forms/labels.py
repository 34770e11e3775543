"""Labels of forms.

A label says which words of the profile a cell is, and so what stands beside it. One that a page's end has cut in two
(事業 | 実績, one letter a line) becomes one again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from typing import Literal

from extractor.document.layout import Cell, Element, Table
from extractor.grammar.heading_lines import strip_heading_marks
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.records.report import PageBox

Label = Literal["name", "offices", "overview", "results", "number", "budget", "is_new", "values"]
PASSAGES = ("overview", "results")
# In characters: a label is no longer.
LABEL_LENGTH = 20
_YEAR_OR_BRACKET = re.compile(r"\([^()]*\)|^(?:令和|平成|[RH])?(?:[0-9]{1,4}|元)年度?(?=\D)|^[RH][0-9]{1,2}(?=\D)")


@cache
def _index_labels(profile: Profile) -> dict[str, Label]:
    """Index the labels by their comparison keys; a passage's words go before the list's."""
    words: dict[Label, Sequence[str]] = {
        "values": profile.metrics.label,
        "number": profile.list.number,
        "budget": profile.list.budget,
        "is_new": profile.list.is_new,
        "offices": (*profile.list.offices, *profile.offices.label),
        "name": profile.list.name,
        "overview": profile.headings.overview,
        "results": profile.headings.results,
    }
    return {comparison_key(word): name for name, each in words.items() for word in each}


def find_label(text: str, profile: Profile) -> Label | None:
    """Find which label a text is, whatever brackets, marks or numbers stand around it.

    Args:
        text: The text of a cell; a budget's label may have a year and a unit beside it.
        profile: The family of reports whose words count.

    Returns:
        The label; None for any other text, and for one longer than `LABEL_LENGTH`.
    """
    if not text or len(text) > LABEL_LENGTH:
        return None
    plain, known = strip_heading_marks(text), _index_labels(profile)
    if plain not in known and known.get(_YEAR_OR_BRACKET.sub("", plain)) == "budget":
        return "budget"
    return known.get(plain)


class FormLabels:
    """The labels of one table."""

    def __init__(self, table: Table, profile: Profile) -> None:
        self._table = table
        self._profile = profile
        self._marks = {comparison_key(word) for word in profile.list.new_marks}

    def find_cell_label(self, cell: Cell) -> Label | None:
        """Find which label a cell is.

        新規 is one only beside a mark or a blank; else it is the mark itself.
        """
        found = find_label(cell.text, self._profile)
        if found != "is_new":
            return found
        beside = self._table.find_cell(cell.row, cell.column + cell.column_span)
        return found if beside is not None and comparison_key(beside.text) in self._marks | {"", "-"} else None

    def marks_new(self, cell: Cell) -> bool:
        """Tell whether a cell says that the programme is new and nothing else."""
        return comparison_key(cell.text).strip("()[]") in self._marks


def list_covering_cells(table: Table, row: int) -> list[Cell]:
    """List the cells that cover a row, wherever they begin.

    Args:
        table: The table.
        row: The row, counted from 0.

    Returns:
        The cells from left to right, each once.
    """
    cells = (table.find_cell(row, column) for column in range(table.columns))
    return list({id(cell): cell for cell in cells if cell is not None}.values())


def mend_split_labels(elements: Sequence[Element], profile: Profile) -> tuple[Element, ...]:
    """Join the two halves of labels that are cut by a page's end.

    The halves are the last and the first text of the first column on two pages, with nothing between their tables.

    Args:
        elements: The whole report in reading order.
        profile: The family of reports whose labels count.

    Returns:
        The same elements; of two halves of a label that are none by themselves, the upper cell has all, the lower none.
    """
    changed: dict[int, Cell] = {}
    for upper, lower in _pair_first_column(elements):
        whole = upper.text + lower.text
        halves = find_label(upper.text, profile) or find_label(lower.text, profile)
        if halves is None and find_label(whole, profile) and _page_of(upper) < _page_of(lower):
            changed[id(upper)] = replace(upper, text=whole, source=(*upper.source, *lower.source), paragraphs=())
            changed[id(lower)] = replace(lower, text="", paragraphs=())
    return tuple(_replace_cells(element, changed) if isinstance(element, Table) else element for element in elements)


def _pair_first_column(elements: Sequence[Element]) -> Iterator[tuple[Cell, Cell]]:
    """Pair each text of the first column with the next, over all tables that stand one behind the other."""
    for _, run in groupby(elements, key=lambda element: isinstance(element, Table)):
        cells = [cell for table in run if isinstance(table, Table) for cell in table.cells]
        yield from pairwise(cell for cell in cells if cell.column == 0 and cell.text)


def _replace_cells(table: Table, changed: dict[int, Cell]) -> Table:
    """Replace the changed cells of a table, by id(); a table without any is given back itself."""
    if not any(id(cell) in changed for cell in table.cells):
        return table
    return replace(table, cells=tuple(changed.get(id(cell), cell) for cell in table.cells))


def _page_of(cell: Cell) -> int:
    """Return the page of a cell's first place; 0 in a text file."""
    place = cell.source[0]
    return place.page if isinstance(place, PageBox) else 0

"""Split labels: a form's label that a page's end has cut in two.

Such a label (事業 | 実績, one letter a line) becomes one again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extractor.document.layout import Cell, Element, Table
from extractor.profiles.profile import Profile
from extractor.records.report import PageBox
from extractor.structure.forms.labels import find_label


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
        labels = [find_label(text, profile) for text in (upper.text, lower.text, whole)]
        if labels[:2] == [None, None] and labels[2] is not None and _page_of(upper) < _page_of(lower):
            changed[id(upper)] = replace(upper, text=whole, source=(*upper.source, *lower.source), paragraphs=())
            changed[id(lower)] = replace(lower, text="", paragraphs=())
    return tuple(_replace_cells(element, changed) if isinstance(element, Table) else element for element in elements)


def _pair_first_column(elements: Sequence[Element]) -> Iterator[tuple[Cell, Cell]]:
    """Pair each text of the first column with the next, over all tables that stand one behind the other."""
    for is_table, run in groupby(elements, key=lambda element: isinstance(element, Table)):
        if is_table:
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

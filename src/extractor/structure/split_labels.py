"""Mend: a form's label that a page's end has cut in two (事業 | 実績, one letter a line) becomes one again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document.layout import Cell, Element, Table
from extractor.profiles.profile import Profile
from extractor.records.report import PageBox
from extractor.structure.forms.labels import label_of


def mended(elements: Sequence[Element], profile: Profile) -> tuple[Element, ...]:
    """The same elements; of two halves of a label that are none by themselves, the upper cell has all, the lower none.

    The halves are the last and the first text of the first column on two pages, with nothing between their tables.
    """
    changed: dict[int, Cell] = {}
    run: list[Cell] = []
    for element in [*elements, None]:
        if isinstance(element, Table):
            run += [cell for cell in element.cells if cell.column == 0 and cell.text]
            continue
        for upper, lower in pairwise(run):
            whole = upper.text + lower.text
            halves = label_of(upper.text, profile) is None and label_of(lower.text, profile) is None
            if halves and _page(upper) < _page(lower) and label_of(whole, profile) is not None:
                changed[id(upper)] = replace(upper, text=whole, source=(*upper.source, *lower.source), paragraphs=())
                changed[id(lower)] = replace(lower, text="", paragraphs=())
        run = []
    if not changed:
        return tuple(elements)
    return tuple(
        replace(one, cells=tuple(changed.get(id(cell), cell) for cell in one.cells)) if isinstance(one, Table) else one
        for one in elements
    )


def _page(cell: Cell) -> int:
    place = cell.source[0]
    return place.page if isinstance(place, PageBox) else 0

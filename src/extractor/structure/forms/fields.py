"""Pieces: a part of a form, a label with what stands beside it, and the text and pages of it."""

from dataclasses import dataclass
from typing import Literal

from extractor.document.layout import Cell, Paragraph
from extractor.document.outline import MetricTable
from extractor.records.report import PageBox, Source
from extractor.structure.forms.labels import Label

Kind = Label | Literal["metrics", "title", "loose", "unknown"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a form. `label` is None where none is printed beside it. `left` is the cell in the first column.

    A `title` is a row of one cell without a label, `loose` a cell without one, `unknown` cells by a label not known.
    """

    kind: Kind
    label: Paragraph | None = None
    cells: tuple[Cell, ...] = ()
    table: MetricTable | None = None
    left: Cell | None = None

    def lines(self) -> list[Paragraph]:
        """Its label and cells."""
        return [*([self.label] if self.label else []), *map(line_of, self.cells)]

    def first_page(self) -> int | None:
        """The page of the first thing in it that has a place; None in a text file."""
        label = self.label.source if self.label else ()
        place = next(iter((*label, *self._beside())), None)
        return place.page if isinstance(place, PageBox) else None

    def last_page(self) -> int | None:
        """The page on which it ends. Its label does not count: one cut in two by the page's end stands on both."""
        return last_page(self._beside()) or self.first_page()

    def _beside(self) -> Source:
        cells = (*self.cells, *(self.table.table.cells if self.table else ()))
        return tuple(place for cell in cells for place in cell.source)


def line_of(cell: Cell) -> Paragraph:
    """A cell as one line."""
    return Paragraph(cell.text, cell.source)


def last_page(source: Source) -> int | None:
    """The last page of these places; None in a text file."""
    return max((place.page for place in source if isinstance(place, PageBox)), default=None)

"""Fields of a form.

A field is a label with what stands beside it, and the text and pages of both.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extractor.document.layout import Cell, Paragraph, Table, gather_places
from extractor.document.outline import MetricTable
from extractor.records.report import PageBox, Source
from extractor.structure.forms.labels import Label

if TYPE_CHECKING:
    from extractor.structure.bands import BandHead

FieldKind = Label | Literal["metrics", "title", "loose", "attribute", "unknown"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A part of a form.

    `label` is None where none is printed beside it. `left` is the cell in the first column.

    A `title` is a row of one cell without a label, `loose` a cell without one, `unknown` cells by a label not known. An
    `attribute` stands in a column of its own; `head` is what stands over that.
    """

    kind: FieldKind
    label: Paragraph | None = None
    cells: tuple[Cell, ...] = ()
    table: MetricTable | None = None
    left: Cell | None = None
    head: str = ""

    def list_lines(self) -> list[Paragraph]:
        """Return the label and the cells, each as one line."""
        return [*([self.label] if self.label else []), *map(cell_to_line, self.cells)]

    def list_prose(self) -> list[Paragraph]:
        """Return the text of the cells as paragraphs."""
        return [paragraph for cell in self.cells for paragraph in cell.list_paragraphs()]

    def find_first_page(self) -> int | None:
        """Find the page of the first thing in it that has a place; None in a text file."""
        places = (*(self.label.source if self.label else ()), *self._list_places())
        return find_last_page(places[:1])

    def find_last_page(self) -> int | None:
        """Find the page on which it ends; None in a text file.

        Its label does not count: one that is cut in two by the page's end stands on both pages.
        """
        return find_last_page(self._list_places()) or self.find_first_page()

    def _list_places(self) -> Source:
        """List the places of what stands beside the label, those of a table's cells behind those of cells."""
        return gather_places((*self.cells, *(self.table.table.cells if self.table else ())))


@dataclass(frozen=True, slots=True)
class FormTable:
    """A programme's form, or the head of its block.

    The fields are in order; one table may hold several programmes. `bands` is the head of a table in which each of them
    is a band of rows.
    """

    table: Table
    fields: tuple[FormField, ...]
    bands: "BandHead | None" = None


def cell_to_line(cell: Cell) -> Paragraph:
    """Return a cell's text as one line, with its place; an empty one where the cell is blank."""
    return Paragraph(cell.text, cell.source)


def find_last_page(source: Source) -> int | None:
    """Find the last page of these places; None in a text file."""
    return max((place.page for place in source if isinstance(place, PageBox)), default=None)

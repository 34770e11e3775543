"""What the lay-out step gives: paragraphs and tables in reading order.

Each has its place; furniture is set apart.

A PDF and a transcript both become a `Layout`; nothing after this step knows which it was.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from extractor.document.geometry import Box
from extractor.document.page import Character
from extractor.records.messages import Message
from extractor.records.report import Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, lines joined.

    `strong`: set bolder or larger than the prose, or alone in a ruled box. `label`: what stands at its head in other
    type, before a gap. `is_foot`: it is an office at the foot of its page, as all pages of the kind have one.
    """

    text: str
    source: Source
    strong: bool = False
    label: str = ""
    is_foot: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell.

    `row` and `column` count from 0; a merged cell spans more than one. Blank: empty text.

    `source` is where its text stands, or the cell itself where it is blank. `paragraphs` is the same text as prose,
    where it has several lines. `marks` are those of foot notes in it (注1), which are no part of its text; `struck` is
    what stands in it crossed out, and is none either.
    """

    row: int
    column: int
    text: str
    source: Source
    row_span: int = 1
    column_span: int = 1
    paragraphs: tuple[Paragraph, ...] = ()
    marks: tuple[str, ...] = ()
    struck: str = ""

    def list_paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the text as paragraphs; none where it is blank."""
        return self.paragraphs or ((Paragraph(self.text, self.source),) if self.text else ())


@dataclass(frozen=True)
class Table:
    """Cells in row order.

    A place of the grid that no cell covers does not exist on the page.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    source: Source

    def find_row(self, number: int) -> tuple[Cell, ...]:
        """Find the cells that begin in this row, left to right."""
        return self._rows.get(number, ())

    def find_cell(self, row: int, column: int) -> Cell | None:
        """Find the cell that covers a place of the grid, wherever the cell begins.

        Args:
            row: The row of the place, counted from 0.
            column: The column of the place, counted from 0.

        Returns:
            The cell; None where no cell covers the place.
        """
        return self._slots.get((row, column))

    @cached_property
    def roles(self) -> dict[Hashable, Any]:
        """What the table is to each profile, as `structure.table_roles` found when it was first asked."""
        return {}

    @cached_property
    def _rows(self) -> dict[int, tuple[Cell, ...]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return {number: tuple(cells) for number, cells in rows.items()}

    @cached_property
    def _slots(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }


Element = Paragraph | Table


def gather_places(parts: Iterable[Paragraph | Cell | Table]) -> Source:
    """Gather the places of several parts, in their order; empty for no parts."""
    return tuple(place for part in parts for place in part.source)


FurnitureKind = Literal["page-number", "running-line", "side-mark", "watermark", "slanted", "ruby"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page and not to the report.

    It is the printed number of the page, a running head or foot, a mark in the margin beside the text, a watermark,
    what else stands slanted, or the reading of a word (ruby).
    """

    kind: FurnitureKind
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a page that can be read in two ways, was not read surely, or is not known to the profile.

    It is the finding that says so, as yet without a pointer to the record in which it ends.
    """

    message: Message
    source: Source


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file in reading order. `pages` is None for a text file.

    `damage` is what could not be read of it, `hidden` what text in it cannot be seen and was left out, with the page.
    `recognised`: some page is a picture, whose text was recognised and not read. `remarks` are what can be read in two
    ways, and what is not sure. `printed` is what the second engine reads on each page that it drew, `gutters` the white
    between what stands side by side on each page.
    """

    elements: tuple[Element, ...]
    furniture: tuple[Furniture, ...]
    pages: int | None
    damage: tuple[tuple[Message, Source], ...] = ()
    hidden: tuple[tuple[Message, Source], ...] = ()
    recognised: bool = False
    remarks: tuple[Remark, ...] = ()
    printed: Mapping[int, tuple[Character, ...]] = field(default_factory=dict)
    gutters: Mapping[int, Sequence[Box]] = field(default_factory=dict)

"""Forms: a table in which labels (事業名, 担当課, 事業概要, 事業実績) stand beside what they name, as pieces in order.

A label stands to the left of its text, or over it and as wide as the table. The programme's metrics may stand in the
same grid, so that its columns are finer than the form's. What has no label, or one that is not known, is said to be so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.outline import MetricTable
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile
from extractor.structure.forms.fields import Kind, Piece
from extractor.structure.forms.labels import LABEL_LENGTH, PASSAGES, Label, Labels, across
from extractor.structure.forms.metrics import FormMetrics
from extractor.structure.headings import kind, run_in
from extractor.structure.titles import TitleWords

# A table of no more rows may be the head of a block alone.
HEAD_OF_BLOCK = 3
# A row without labels that holds a number, a name and an office, and no values of metrics, has no more cells than this.
SHORT_ROW = 3
_NUMBER = re.compile(r"[(\[]?(?:No\.?)?[0-9]{1,3}[)\].]?")


def form_of(table: Table, profile: Profile) -> tuple[Piece, ...] | None:
    """The pieces of a table that is a form: two of its labels are known, one of them a passage's.

    Something stands beside both; or, where the page's end cuts the form behind a label, beside a passage's on the left.
    """
    pieces = pieces_of(table, profile)
    known = _known(pieces)
    if len(known) > 1 and not known.isdisjoint(PASSAGES):
        return pieces
    left = any(
        piece.kind in PASSAGES and piece.label and piece.cells and piece.left and piece.label.text in piece.left.text
        for piece in pieces
    )
    return (
        pieces if left and len({piece.kind for piece in pieces if piece.label is not None} - {"unknown"}) > 1 else None
    )


def head_of_block(table: Table, profile: Profile) -> tuple[Piece, ...] | None:
    """The pieces of a small table that has the name of a programme, and no more than stands beside one."""
    if table.rows > HEAD_OF_BLOCK:
        return None
    pieces = pieces_of(table, profile)
    plain = all(piece.kind not in {"title", "loose", "unknown", "metrics", *PASSAGES} for piece in pieces)
    names = [piece for piece in pieces if piece.kind == "name"]
    return pieces if plain and "name" in _known(pieces) and len(names) == 1 else None


def rest_of_form(table: Table, profile: Profile, before: MetricTable | None) -> tuple[Piece, ...] | None:
    """The pieces of a table behind a form that goes on with it.

    It has one of its labels, or a blank in place of one, or goes on with its text or its metrics. A table of metrics
    and nothing else is none.
    """
    pieces = pieces_of(table, profile, before)
    if not pieces:
        return None
    first = pieces[0]
    blank = first.left is not None and not first.left.text
    if not blank and all(piece.kind == "metrics" for piece in pieces):
        return None
    goes_on = first.kind == "metrics" or (first.kind == "title" and re.search("[。※]", first.cells[0].text))
    labelled = any(piece.label is not None and piece.kind != "unknown" for piece in pieces)
    return pieces if labelled or blank or goes_on else None


def _known(pieces: Sequence[Piece]) -> set[Kind]:
    """The kinds of known labels that something stands beside or under: else they may be the heads of columns."""
    filled: set[Kind] = {piece.kind for piece in pieces if piece.cells}
    filled |= {before.kind for before, after in pairwise(pieces) if after.kind == "metrics"}
    printed: set[Kind] = {one.kind for one in pieces if one.label is not None and one.kind != "unknown"}
    return printed & filled


def pieces_of(table: Table, profile: Profile, before: MetricTable | None = None) -> tuple[Piece, ...]:
    """The pieces of any table, in order; `before` is a table of metrics that its first rows may go on with."""
    return tuple(_Reader(table, profile, before).pieces())


class _Reader:
    def __init__(self, table: Table, profile: Profile, before: MetricTable | None) -> None:
        self._table = table
        self._profile = profile
        self._before = before
        self._words = TitleWords(profile)
        self._labels = Labels(table, profile)
        self._metrics = FormMetrics(table, profile, self._labels)
        # The label over the whole width that the rows below belong to.
        self._band: Label | None = None
        self._band_filled = False

    def pieces(self) -> Iterator[Piece]:
        row = 0
        while row < self._table.rows:
            found = self._metrics.at(row, self._before)
            if found is None:
                yield from self._row(row)
                row += 1
                continue
            metrics, first, end = found
            yield from self._groups(row, [cell for cell in across(self._table, row) if cell.column < first])
            yield Piece("metrics", table=metrics, left=self._table.at(row, 0))
            self._before = metrics
            row = end

    def _row(self, row: int) -> Iterator[Piece]:
        cells = across(self._table, row)
        if not cells:
            return
        first, *rest = cells
        wide = first.row == row and not any(cell.text for cell in rest) and not (rest and self._labels.of(first))
        if wide and first.text:
            yield from self._wide(first)
        else:
            yield from self._groups(row, cells)

    def _wide(self, cell: Cell) -> Iterator[Piece]:
        """A row of one cell: a label for those below, or a title, or text with its label in it."""
        label = self._labels.of(cell)
        if label is not None:
            self._band, self._band_filled = label, False
            yield Piece(label, _paragraph(cell), left=cell)
        elif self._words.is_footer(_paragraph(cell)):
            self._band = None
            yield Piece("offices", cells=(cell,), left=cell)
        elif self._band is not None and self._band_filled and self._like_label(cell):
            self._band = None
            yield Piece("title", cells=(cell,), left=cell)
        else:
            yield from self._headed(cell, self._band if self._band is not None else "title")
            self._band_filled = True

    def _like_label(self, cell: Cell) -> bool:
        """Whether a row behind a label's text may be another label, and is no text."""
        return len(cell.text) <= LABEL_LENGTH and "。" not in cell.text and not cell.text.startswith("※")

    def _headed(self, cell: Cell, without: Label | Literal["title"]) -> Iterator[Piece]:
        """The text of a cell parted at headings that stand in it; what stands before them is of the kind `without`."""
        if not any(self._passage(paragraph) for paragraph in cell.prose()):
            yield Piece(without, cells=(cell,), left=cell)
            return
        self._band = None
        label: Paragraph | None = None
        now: Label | Literal["title"] = without
        held: list[Paragraph] = []

        def piece() -> Piece:
            text = " ".join(one.text for one in held)
            places = tuple(place for one in held for place in one.source)
            cells = (replace(cell, text=text, source=places, paragraphs=tuple(held)),) if held else ()
            return Piece(now, label, cells, left=cell)

        for paragraph in cell.prose():
            opened = self._passage(paragraph)
            if opened is None:
                held.append(paragraph)
                continue
            if held or label is not None:
                yield piece()
            now, label = opened
            within = run_in(paragraph, self._profile)
            held = [within.rest] if within is not None and within.heading == label else []
        yield piece()

    def _passage(self, paragraph: Paragraph) -> tuple[Literal["overview", "results"], Paragraph] | None:
        """The passage that a paragraph within a cell opens, and its heading."""
        found = kind(paragraph, self._profile)
        if found == "overview" or found == "results":
            return found, paragraph
        within = run_in(paragraph, self._profile)
        return (within.kind, within.heading) if within is not None and within.marked else None

    def _groups(self, row: int, cells: Sequence[Cell]) -> Iterator[Piece]:
        """A row's cells, each label with the cells behind it."""
        left = self._table.at(row, 0)
        label: tuple[Label, Cell] | None = None
        values: list[Cell] = []
        for cell in cells:
            found = self._labels.of(cell)
            if found is not None:
                self._band = None
                yield from self._group(label, values, row, left, last=False)
                label, values = (found, cell), []
            elif cell.row == row and cell.text:
                values.append(cell)
        yield from self._group(label, values, row, left, last=label is None)

    def _group(
        self, label: tuple[Label, Cell] | None, values: list[Cell], row: int, left: Cell | None, *, last: bool
    ) -> Iterator[Piece]:
        if label is None:
            yield from self._without_label(values, left, alone=last)
            return
        name, cell = label
        said = _paragraph(cell) if cell.row == row else None
        if said is None and not values:
            return
        if name in PASSAGES:
            if len(values) < 2:
                yield Piece(name, said, tuple(values), left=left)
            else:
                yield Piece(name, said, left=left)
                yield Piece("unknown", None, tuple(values), left=left)
            return
        own, others = self._own(name, values)
        numbers = [value for value in others if name == "name" and _NUMBER.fullmatch(key(value.text))]
        marks = [value for value in others if name == "name" and self._labels.marks_new(value)]
        yield Piece(name, said, tuple(own), left=left)
        yield from (Piece("number", cells=(value,), left=left) for value in numbers)
        yield from (Piece("is_new", cells=(value,), left=left) for value in marks)
        strange = [value for value in others if value not in numbers and value not in marks]
        if strange:
            yield Piece("unknown", _paragraph(strange[0]), tuple(strange[1:]), left=left)

    def _own(self, name: Label, values: list[Cell]) -> tuple[list[Cell], list[Cell]]:
        """Which of the cells behind a label it names: all that are offices, else the first that may be it."""
        if name == "offices":
            own = [value for value in values if self._words.is_offices(_paragraph(value))] or values[:1]
        elif name == "name":
            plain = [v for v in values if not _NUMBER.fullmatch(key(v.text)) and not self._labels.marks_new(v)]
            own = plain[:1]
        else:
            own = values[:1]
        return own, [value for value in values if value not in own]

    def _without_label(self, values: list[Cell], left: Cell | None, *, alone: bool) -> Iterator[Piece]:
        """Cells before all labels of a row, or of a row that has none (`alone`)."""
        rest = []
        numbers = [cell for cell in values if _NUMBER.fullmatch(key(cell.text))]
        for cell in values:
            if len(numbers) == 1 and len(values) <= SHORT_ROW and cell is numbers[0]:
                yield Piece("number", cells=(cell,), left=left)
            elif self._labels.marks_new(cell):
                yield Piece("is_new", cells=(cell,), left=left)
            elif self._words.is_footer(_paragraph(cell)):
                yield Piece("offices", cells=(cell,), left=left)
            else:
                rest.append(cell)
        if len(rest) == 1:
            blank = left is not None and not left.text
            yield Piece("title" if alone and not blank else "loose", cells=(rest[0],), left=left)
        elif rest:
            yield Piece("unknown", _paragraph(rest[0]), tuple(rest[1:]), left=left)


def _paragraph(cell: Cell) -> Paragraph:
    return Paragraph(cell.text, cell.source, strong=True)

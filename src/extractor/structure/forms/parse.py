"""Forms: tables in which labels stand beside what they name.

The labels are 事業名, 担当課, 事業概要 and 事業実績. A form is read as fields in order.

A label stands to the left of its text, or over it and as wide as the table. The programme's metrics may stand in the
same grid, so that its columns are finer than the form's. What has no label, or one that is not known, is said to be so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from extractor.document.layout import Cell, Paragraph, Table, gather_places
from extractor.document.outline import MetricTable
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.structure.forms.fields import FieldKind, FormField, FormTable
from extractor.structure.forms.labels import LABEL_LENGTH, PASSAGES, FormLabels, Label, list_covering_cells
from extractor.structure.forms.metrics import FormMetrics
from extractor.structure.headings import find_heading_kind, split_run_in_heading
from extractor.structure.titles import TitleWords

# A table of no more rows may be the head of a block alone.
HEAD_OF_BLOCK = 3
# A row without labels that holds a number, a name and an office, and no values of metrics, has no more cells than this.
SHORT_ROW = 3
_NUMBER = re.compile(r"[(\[]?(?:No\.?)?[0-9]{1,3}[)\].]?")
_NOT_IN_A_BLOCK_HEAD: set[FieldKind] = {"title", "loose", "unknown", "metrics", "overview", "results"}


def read_form(table: Table, profile: Profile) -> FormTable | None:
    """Read a table as a programme's form, or as the head of its block.

    Args:
        table: Any table.
        profile: The family of reports whose labels count.

    Returns:
        The fields of the form; None where the table is none.
    """
    fields = read_fields(table, profile)
    is_head = table.rows <= HEAD_OF_BLOCK and _is_block_head(fields)
    return FormTable(table, fields) if is_head or _is_form(fields) else None


def continue_form(table: Table, profile: Profile, before: MetricTable | None) -> FormTable | None:
    """Read a table as more of the form before it.

    Args:
        table: A table behind a form.
        profile: The family of reports whose labels count.
        before: The form's last table of metrics, which the first rows may go on with.

    Returns:
        The fields, where the table has a label, a blank in place of one, or goes on with the form's text or metrics.
        None where it has nothing of these, or is a table of metrics and nothing else.
    """
    fields = read_fields(table, profile, before)
    if not fields:
        return None
    first = fields[0]
    if first.left is None or first.left.text:
        labelled = any(field.label is not None and field.kind != "unknown" for field in fields)
        if all(field.kind == "metrics" for field in fields) or not (labelled or _goes_on(first)):
            return None
    return FormTable(table, fields)


def _goes_on(first: FormField) -> bool:
    """Tell whether a table's first field goes on with the one before it: metrics, or a sentence or note."""
    return first.kind == "metrics" or (first.kind == "title" and bool(re.search("[。※]", first.cells[0].text)))


def _is_form(fields: Sequence[FormField]) -> bool:
    """Tell whether fields are those of a form: two of the labels are known, one of them a passage's.

    Something stands beside both; or, where the page's end cuts the form behind a label, beside a passage's on the left.
    """
    known = _find_filled_labels(fields)
    if len(known) > 1 and not known.isdisjoint(PASSAGES):
        return True
    labels = {field.kind for field in fields if field.label is not None} - {"unknown"}
    return len(labels) > 1 and any(map(_is_passage_on_the_left, fields))


def _is_passage_on_the_left(field: FormField) -> bool:
    """Tell whether a field is a passage that is not empty, with its label in the first column."""
    if field.kind not in PASSAGES or field.label is None or field.left is None:
        return False
    return bool(field.cells) and field.label.text in field.left.text


def _is_block_head(fields: Sequence[FormField]) -> bool:
    """Tell whether fields are the name of one programme, and no more than stands beside one."""
    kinds = [field.kind for field in fields]
    plain = _NOT_IN_A_BLOCK_HEAD.isdisjoint(kinds)
    return plain and kinds.count("name") == 1 and "name" in _find_filled_labels(fields)


def _find_filled_labels(fields: Sequence[FormField]) -> set[FieldKind]:
    """Find the known labels that something stands beside or under: others may be the heads of columns."""
    filled: set[FieldKind] = {field.kind for field in fields if field.cells}
    filled |= {before.kind for before, after in pairwise(fields) if after.kind == "metrics"}
    printed: set[FieldKind] = {field.kind for field in fields if field.label is not None}
    return (printed & filled) - {"unknown"}


def read_fields(table: Table, profile: Profile, before: MetricTable | None = None) -> tuple[FormField, ...]:
    """Read any table as the fields of a form.

    Args:
        table: Any table.
        profile: The family of reports whose labels count.
        before: A table of metrics that the first rows may go on with.

    Returns:
        The fields in order, with kinds for cells without a label; empty for a table without text.
    """
    return tuple(_FieldReader(table, profile, before).read_table())


class _FieldReader:
    def __init__(self, table: Table, profile: Profile, before: MetricTable | None) -> None:
        self._table = table
        self._profile = profile
        self._before = before
        self._words = TitleWords(profile)
        self._labels = FormLabels(table, profile)
        self._metrics = FormMetrics(table, profile, self._labels)
        # The label over the whole width that the rows below belong to.
        self._band: Label | None = None
        self._band_filled = False

    def read_table(self) -> Iterator[FormField]:
        row = 0
        while row < self._table.rows:
            found = self._metrics.read_from_row(row, self._before)
            if found is None:
                yield from self._read_row(row)
                row += 1
                continue
            metrics, first, end = found
            yield from self._read_groups(
                row, [cell for cell in list_covering_cells(self._table, row) if cell.column < first]
            )
            yield FormField("metrics", table=metrics, left=self._table.find_cell(row, 0))
            self._before = metrics
            row = end

    def _read_row(self, row: int) -> Iterator[FormField]:
        cells = list_covering_cells(self._table, row)
        if not cells:
            return
        first, *rest = cells
        alone = not any(cell.text for cell in rest) and not (rest and self._labels.find_cell_label(first))
        if first.row == row and first.text and alone:
            yield from self._read_wide_cell(first)
        else:
            yield from self._read_groups(row, cells)

    def _read_wide_cell(self, cell: Cell) -> Iterator[FormField]:
        """Read a row of one cell: a label for those below, or a title, or text with its label in it."""
        label = self._labels.find_cell_label(cell)
        if label is not None:
            self._band, self._band_filled = label, False
            yield FormField(label, _set_strong(cell), left=cell)
        elif self._words.is_footer(_set_strong(cell)):
            self._band = None
            yield FormField("offices", cells=(cell,), left=cell)
        elif self._band is not None and self._band_filled and self._may_be_label(cell):
            self._band = None
            yield FormField("title", cells=(cell,), left=cell)
        else:
            yield from self._split_at_headings(cell, self._band if self._band is not None else "title")
            self._band_filled = True

    def _may_be_label(self, cell: Cell) -> bool:
        """Tell whether a row behind a label's text may be another label, and is no text."""
        return len(cell.text) <= LABEL_LENGTH and "。" not in cell.text and not cell.text.startswith("※")

    def _split_at_headings(self, cell: Cell, without: Label | Literal["title"]) -> Iterator[FormField]:
        """Split the text of a cell at headings that stand in it; what stands before them is of the kind `without`."""
        if not any(self._open_passage(paragraph) for paragraph in cell.list_paragraphs()):
            yield FormField(without, cells=(cell,), left=cell)
            return
        self._band = None
        label: Paragraph | None = None
        now: Label | Literal["title"] = without
        held: list[Paragraph] = []

        def make_field() -> FormField:
            text = " ".join(paragraph.text for paragraph in held)
            cells = (replace(cell, text=text, source=gather_places(held), paragraphs=tuple(held)),) if held else ()
            return FormField(now, label, cells, left=cell)

        for paragraph in cell.list_paragraphs():
            opened = self._open_passage(paragraph)
            if opened is None:
                held.append(paragraph)
                continue
            if held or label is not None:
                yield make_field()
            now, label = opened
            within = split_run_in_heading(paragraph, self._profile)
            held = [within.rest] if within is not None and within.heading == label else []
        yield make_field()

    def _open_passage(self, paragraph: Paragraph) -> tuple[Literal["overview", "results"], Paragraph] | None:
        """Find the passage that a paragraph within a cell opens, and its heading."""
        found = find_heading_kind(paragraph, self._profile)
        if found == "overview" or found == "results":
            return found, paragraph
        within = split_run_in_heading(paragraph, self._profile)
        return (within.kind, within.heading) if within is not None and within.marked else None

    def _read_groups(self, row: int, cells: Sequence[Cell]) -> Iterator[FormField]:
        """Read a row's cells, each label with the cells behind it."""
        left = self._table.find_cell(row, 0)
        label: tuple[Label, Cell] | None = None
        values: list[Cell] = []
        for cell in cells:
            found = self._labels.find_cell_label(cell)
            if found is not None:
                self._band = None
                yield from self._read_group(label, values, row, left, alone=False)
                label, values = (found, cell), []
            elif cell.row == row and cell.text:
                values.append(cell)
        yield from self._read_group(label, values, row, left, alone=True)

    def _read_group(
        self, labelled: tuple[Label, Cell] | None, values: list[Cell], row: int, left: Cell | None, *, alone: bool
    ) -> Iterator[FormField]:
        """Read a label with the cells behind it, or cells without one; `alone`: the row has no label at all."""
        if labelled is None:
            yield from self._read_unlabelled(values, left, alone=alone)
            return
        name, cell = labelled
        # A label that is merged down over several rows is printed beside the first of them.
        label = _set_strong(cell) if cell.row == row else None
        if label is not None or values:
            yield from self._read_labelled(name, label, values, left)

    def _read_labelled(
        self, name: Label, label: Paragraph | None, values: list[Cell], left: Cell | None
    ) -> Iterator[FormField]:
        """Read a label and the cells behind it: its own, known ones beside a name, and those that are nobody's."""
        if name in PASSAGES:
            several = len(values) > 1
            yield FormField(name, label, () if several else tuple(values), left=left)
            if several:
                yield FormField("unknown", None, tuple(values), left=left)
            return
        own = self._find_own_cells(name, values)
        others = [value for value in values if value not in own]
        yield FormField(name, label, tuple(own), left=left)
        strange = others
        if name == "name":
            beside: tuple[FieldKind, ...] = ("number", "is_new")
            for field in beside:
                yield from (FormField(field, cells=(cell,), left=left) for cell in others if self._sort(cell) == field)
            strange = [cell for cell in others if self._sort(cell) == "unknown"]
        if strange:
            yield FormField("unknown", _set_strong(strange[0]), tuple(strange[1:]), left=left)

    def _sort(self, cell: Cell) -> FieldKind:
        if _NUMBER.fullmatch(comparison_key(cell.text)):
            return "number"
        return "is_new" if self._labels.marks_new(cell) else "unknown"

    def _find_own_cells(self, name: Label, values: list[Cell]) -> list[Cell]:
        """Find which of the cells behind a label it names: all that are offices, else the first that may be it."""
        if name == "offices":
            return [value for value in values if self._words.is_offices(_set_strong(value))] or values[:1]
        if name == "name":
            return [value for value in values if self._sort(value) == "unknown"][:1]
        return values[:1]

    def _read_unlabelled(self, values: list[Cell], left: Cell | None, *, alone: bool) -> Iterator[FormField]:
        """Read cells before all labels of a row, or of a row that has none (`alone`)."""
        rest = []
        numbered = len(values) <= SHORT_ROW and [self._sort(cell) for cell in values].count("number") == 1
        for cell in values:
            sort = self._sort(cell)
            if sort == "is_new" or (sort == "number" and numbered):
                yield FormField(sort, cells=(cell,), left=left)
            elif self._words.is_footer(_set_strong(cell)):
                yield FormField("offices", cells=(cell,), left=left)
            else:
                rest.append(cell)
        if len(rest) == 1:
            blank = left is not None and not left.text
            yield FormField("title" if alone and not blank else "loose", cells=(rest[0],), left=left)
        elif rest:
            yield FormField("unknown", _set_strong(rest[0]), tuple(rest[1:]), left=left)


def _set_strong(cell: Cell) -> Paragraph:
    """Return a cell's text as a line that is set as a heading."""
    return Paragraph(cell.text, cell.source, strong=True)

"""Forms: tables in which labels stand beside what they name.

The labels are 事業名, 担当課, 事業概要 and 事業実績. A form is read as fields in order.

A label stands to the left of its text, or over it and as wide as the table. The programme's metrics may stand in the
same grid, so that its columns are finer than the form's. What has no label, or one that is not known, is said to be so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

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
            self._before, first, end = found
            before = [cell for cell in list_covering_cells(self._table, row) if cell.column < first]
            yield from self._read_groups(row, before)
            yield FormField("metrics", table=self._before, left=self._table.find_cell(row, 0))
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
        elif self._band is not None and self._band_filled and _may_be_label(cell.text):
            self._band = None
            yield FormField("title", cells=(cell,), left=cell)
        else:
            yield from self._split_at_headings(cell, self._band or "title")
            self._band_filled = True

    def _split_at_headings(self, cell: Cell, without: FieldKind) -> Iterator[FormField]:
        """Split the text of a cell at headings that stand in it; what stands before them is of the kind `without`."""
        parts: list[tuple[FieldKind, Paragraph | None, list[Paragraph]]] = [(without, None, [])]
        for paragraph in cell.list_paragraphs():
            opened = self._open_passage(paragraph)
            if opened is None:
                parts[-1][2].append(paragraph)
            else:
                kind, heading, rest = opened
                parts.append((kind, heading, [rest] if rest else []))
        if len(parts) == 1:
            yield FormField(without, cells=(cell,), left=cell)
            return
        self._band = None
        for kind, label, held in parts if parts[0][2] else parts[1:]:
            text = " ".join(paragraph.text for paragraph in held)
            cells = (replace(cell, text=text, source=gather_places(held), paragraphs=tuple(held)),) if held else ()
            yield FormField(kind, label, cells, left=cell)

    def _open_passage(self, paragraph: Paragraph) -> tuple[FieldKind, Paragraph, Paragraph | None] | None:
        """Find the passage that a paragraph within a cell opens, its heading, and the text behind that."""
        found = find_heading_kind(paragraph, self._profile)
        if found == "overview" or found == "results":
            return found, paragraph, None
        within = split_run_in_heading(paragraph, self._profile)
        return (within.kind, within.heading, within.rest) if within is not None and within.marked else None

    def _read_groups(self, row: int, cells: Sequence[Cell]) -> Iterator[FormField]:
        """Read a row's cells, each label with the cells behind it; those before all labels have none."""
        left = self._table.find_cell(row, 0)
        groups: list[tuple[Label | None, Paragraph | None, list[Cell]]] = [(None, None, [])]
        for cell in cells:
            found = self._labels.find_cell_label(cell)
            if found is not None:
                self._band = None
                # A label that is merged down over several rows is printed beside the first of them.
                groups.append((found, _set_strong(cell) if cell.row == row else None, []))
            elif cell.row == row and cell.text:
                groups[-1][2].append(cell)
        for name, label, values in groups:
            if name is None:
                yield from self._read_unlabelled(values, left, alone=len(groups) == 1)
            elif label is not None or values:
                yield from self._read_labelled(name, label, values, left)

    def _read_labelled(
        self, name: Label, label: Paragraph | None, values: list[Cell], left: Cell | None
    ) -> Iterator[FormField]:
        """Read a label and the cells behind it: its own, known ones beside a name, and those that are nobody's."""
        if name in PASSAGES and len(values) > 1:
            yield FormField(name, label, left=left)
            yield FormField("unknown", None, tuple(values), left=left)
            return
        own = self._find_own_cells(name, values)
        others = [value for value in values if value not in own]
        yield FormField(name, label, tuple(own), left=left)
        if name == "name":
            known = [(kind, cell) for cell in others if (kind := self._find_kind(cell)) != "unknown"]
            known.sort(key=lambda one: one[0] == "is_new")
            yield from (FormField(kind, cells=(cell,), left=left) for kind, cell in known)
            others = [cell for cell in others if self._find_kind(cell) == "unknown"]
        yield from _make_unknown(others, left)

    def _find_kind(self, cell: Cell) -> FieldKind:
        """Find what a cell without a label is beside a name: a number, the mark that it is new, or not known."""
        if _NUMBER.fullmatch(comparison_key(cell.text)):
            return "number"
        return "is_new" if self._labels.marks_new(cell) else "unknown"

    def _find_own_cells(self, name: Label, values: list[Cell]) -> list[Cell]:
        """Find which of the cells behind a label it names: all that are offices, else the first that may be it."""
        if name == "offices":
            return [value for value in values if self._words.is_offices(_set_strong(value))] or values[:1]
        if name == "name":
            return [value for value in values if self._find_kind(value) == "unknown"][:1]
        return values[:1]

    def _read_unlabelled(self, values: list[Cell], left: Cell | None, *, alone: bool) -> Iterator[FormField]:
        """Read cells before all labels of a row, or of a row that has none (`alone`)."""
        rest = []
        numbered = len(values) <= SHORT_ROW and [self._find_kind(cell) for cell in values].count("number") == 1
        for cell in values:
            kind = self._find_kind(cell)
            if kind == "unknown" or (kind == "number" and not numbered):
                kind = "offices" if self._words.is_footer(_set_strong(cell)) else "loose"
            if kind == "loose":
                rest.append(cell)
            else:
                yield FormField(kind, cells=(cell,), left=left)
        if len(rest) == 1:
            blank = left is not None and not left.text
            yield FormField("title" if alone and not blank else "loose", cells=(rest[0],), left=left)
        else:
            yield from _make_unknown(rest, left)


def _make_unknown(cells: Sequence[Cell], left: Cell | None) -> Iterator[FormField]:
    """Make a field of cells of which none is known: the first may be a label."""
    if cells:
        yield FormField("unknown", _set_strong(cells[0]), tuple(cells[1:]), left=left)


def _may_be_label(text: str) -> bool:
    """Tell whether a row behind a label's text may be another label, and is no text."""
    return len(text) <= LABEL_LENGTH and "。" not in text and not text.startswith("※")


def _set_strong(cell: Cell) -> Paragraph:
    """Return a cell's text as a line that is set as a heading."""
    return Paragraph(cell.text, cell.source, strong=True)

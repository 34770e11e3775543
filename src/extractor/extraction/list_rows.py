"""List rows: the rows of a chapter's list become list entries.

The list's total row becomes the 小計.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, gather_places
from extractor.document.outline import ListField, ListTable
from extractor.document.parsed import ListEntry, Problem
from extractor.extraction.foot_notes import find_named_notes
from extractor.extraction.list_amounts import read_row_amounts
from extractor.extraction.list_columns import ListFieldColumns, choose_list_columns, find_head_year
from extractor.extraction.list_lines import ListLine, gather_list_lines
from extractor.extraction.list_names import read_row_name, split_offices
from extractor.extraction.list_totals import (
    ListTotal,
    add_budgets,
    find_whole_total,
    list_leading_totals,
    list_partial_totals,
    read_total,
)
from extractor.extraction.passages import build_passage, list_unplaced
from extractor.grammar.heading_lines import parse_ordinal
from extractor.grammar.listed_cells import (
    ListedAmounts,
    find_listed_kind,
    read_listed_amounts,
    says_repeated,
    split_new_mark,
)
from extractor.grammar.normalize import comparison_key
from extractor.grammar.numerals import hides_figure
from extractor.grammar.office_names import join_footer_lines, read_offices
from extractor.grammar.quantities import is_absent
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_message
from extractor.records.report import Attribute, Note, Source, Unplaced

# What stands for the office of the row above.
_DITTO = {"〃", "同上", '"', "々"}


@dataclass(frozen=True, slots=True)
class ListEntries:
    """A list's rows, its 小計, and the cells that no record holds."""

    entries: tuple[ListEntry, ...]
    subtotal: int | None
    problems: tuple[Problem, ...]
    unplaced: tuple[Unplaced, ...]


def read_entries(lists: list[ListTable], notes: list[str], year: int, profile: Profile) -> ListEntries:
    """Read the rows of a chapter's list.

    Several total rows are sums of the rows since the one before, and the last one of all.

    Args:
        lists: All tables of the list, in order.
        notes: Lines beside it that may say the unit of its amounts (単位：百万円), or where those of last year stand.
        year: The fiscal year of the report.
        profile: The family of reports whose words count.

    Returns:
        The entries, the chapter's total in thousand yen, the problems, and the cells that no record holds.
    """
    reader = _ListReader(notes, year, profile)
    for found in lists:
        reader.read_table(found)
    return reader.finish()


class _ListReader:
    """Reads the tables of a list one after the other."""

    def __init__(self, notes: list[str], year: int, profile: Profile) -> None:
        self._notes, self._year, self._profile = notes, year, profile
        self._entries: list[ListEntry] = []
        self._problems: list[Problem] = []
        self._unplaced: list[Unplaced] = []
        self._totals: list[ListTotal] = []
        # Totals over their rows; `rows` of each is how many rows stand above it.
        self._leading: list[ListTotal] = []
        self._group: Attribute | None = None
        self._vacant: list[int] = []

    def read_table(self, found: ListTable) -> None:
        """Read the rows of a further table."""
        columns, said = choose_list_columns(found, self._notes, self._year, self._profile)
        self._problems += said
        for line in gather_list_lines(found, columns, self._profile):
            held = list(line.cells.values())
            if line.kind == "total" and line.word is not None:
                held = self._read_total(line, line.word, columns)
            elif line.kind == "group" and line.word is not None:
                held = self._read_group(line, line.word, columns)
            elif line.kind == "vacant":
                held = self._note_vacant(line)
            elif line.kind == "entry":
                held += self._read_entry(line, columns)
            self._unplaced += _list_others(line.texts, held)

    def _read_total(self, line: ListLine, word: Cell, columns: ListFieldColumns) -> list[Cell]:
        total, said = read_total(word, line.cells.get("budget"), columns, line.previous, len(self._entries))
        self._problems += said
        self._totals.append(total)
        self._group = None
        return total.list_held()

    def _read_group(self, line: ListLine, word: Cell, columns: ListFieldColumns) -> list[Cell]:
        """Read the name of a group, and the total of the rows below it, where that stands beside the name."""
        self._group = Attribute(label="", text=word.text, source=word.source)
        cell = line.cells.get("budget")
        if cell is None or cell is word or not cell.text:
            return [word]
        total, said = read_total(word, cell, columns, line.previous, len(self._entries))
        self._problems += said
        self._leading.append(total)
        return total.list_held()

    def _note_vacant(self, line: ListLine) -> list[Cell]:
        """Note a number that no programme has, for the programme after it."""
        number = _parse_number(cell.text) if (cell := line.cells.get("number")) else None
        self._vacant += [number] if number is not None else []
        texts = [cell for cell in line.texts if not is_absent(cell.text)]
        self._unplaced.append(Unplaced(text=" ".join(cell.text for cell in texts), source=gather_places(texts)))
        return list(line.texts)

    def _read_entry(self, line: ListLine, columns: ListFieldColumns) -> list[Cell]:
        """Read a programme's row; it gives the cells besides those of its fields that the entry holds."""
        found, profile = line.found, self._profile
        entry = _EntryReader(line, columns, profile).read()
        metrics, said = read_row_amounts(found, line.row, columns.unit, self._year)
        place = () if profile.has_blocks else merge_places(gather_places(line.texts))
        if self._entries and comparison_key(text.text if (text := line.cells.get("offices")) else "") in _DITTO:
            above = [problem for problem in entry.problems if problem.path != "/listed_offices"]
            entry = replace(entry, offices=self._entries[-1].offices, problems=tuple(above))
        attributes = [self._group] if self._group else []
        attributes += entry.attributes
        beside = [(head, cell) for column, head in found.attribute_heads.items() for cell in _find_cells(line, column)]
        attributes += [Attribute(label=head, text=cell.text, source=cell.source) for head, cell in beside]
        problems = (*entry.problems, *said)
        self._entries.append(
            replace(
                entry,
                metrics=tuple(metrics),
                problems=problems,
                place=place,
                attributes=tuple(attributes),
                skipped=tuple(self._vacant),
            )
        )
        self._vacant = []
        figures = [cell for column in found.figure_heads if (cell := found.table.find_cell(line.row, column))]
        return [*figures, *(cell for _, cell in beside), *line.parts, *([line.previous] if line.previous else [])]

    def finish(self) -> ListEntries:
        """Check the totals, give those of parts to their rows, and return all."""
        whole = find_whole_total(self._totals, self._entries)
        words = {comparison_key(word) for word in self._profile.list.subtotal}
        kept = {id(total): total for total in (*self._totals, *self._leading) if total is not whole}
        parts = list_partial_totals(self._totals, whole) + list_leading_totals(self._leading, len(self._entries))
        for rows, total in parts:
            entries = self._entries[rows.start : rows.stop]
            if total.amount is not None and not total.is_sum_of(entries):
                said = {"printed": total.amount, "total": add_budgets(entries)}
                self._problems.append(Problem(make_message("subtotal-mismatch.part", **said), total.source))
            elif total.amount is not None:
                del kept[id(total)]
                self._keep_with_rows(rows, total)
        self._keep_last_years(whole, kept.values())
        if whole is None or not whole.is_sum_of(self._entries):
            self._entries = [_take_back_sum(entry) for entry in self._entries]
        # A chapter's record has room for one total; what no row holds is kept, so that nothing is lost.
        cells = [cell for total in kept.values() for cell in total.cells]
        self._unplaced += list_unplaced(cell for cell in cells if comparison_key(cell.text) not in words)
        amount = whole.amount if whole else None
        return ListEntries(tuple(self._entries), amount, tuple(self._problems), tuple(self._unplaced))

    def _keep_with_rows(self, rows: range, total: ListTotal) -> None:
        """Keep the total of some rows with each of them, and that of the year before."""
        parts = [Attribute(label=total.cells[0].text, text=total.cells[-1].text, source=total.source)]
        if total.before is not None and total.before.text:
            label = f"{total.cells[0].text} {total.before_head}".strip()
            parts.append(Attribute(label=label, text=total.before.text, source=total.before.source))
        for at in rows:
            entry = self._entries[at]
            self._entries[at] = replace(entry, attributes=(*entry.attributes, *parts), is_summed=not entry.repeated)

    def _keep_last_years(self, whole: ListTotal | None, kept: Iterable[ListTotal]) -> None:
        """Keep the year before's amounts of totals that no row holds, each as one text with its name."""
        for total in (*([whole] if whole else []), *kept):
            if total.before is not None and total.before.text and not is_absent(total.before.text):
                text = " ".join(filter(None, (total.cells[0].text, total.before_head, total.before.text)))
                self._unplaced.append(Unplaced(text=text, source=total.before.source))


def _take_back_sum(entry: ListEntry) -> ListEntry:
    """Take back a budget that was added from the parts of a row, where no total confirms the sum."""
    if not entry.parts:
        return entry
    message = make_message("unreadable-value.cell", text=entry.parts, why=make_message("unreadable.several-rows"))
    problem = Problem(message, entry.sources["budget"], "/budget_thousand_yen")
    return replace(entry, budget_thousand_yen=None, problems=(*entry.problems, problem))


def _find_cells(line: ListLine, column: int) -> list[Cell]:
    """Find the texts of a programme in a column that is no field's, in all parts of its row."""
    own = line.found.table.find_cell(line.row, column)
    cells = [own] if own is not None and own.text else []
    return cells + [cell for cell in line.texts if cell.column == column and cell is not own]


def _list_others(cells: Iterable[Cell], held: list[Cell]) -> list[Unplaced]:
    """List the texts of a row that do not stand in the columns of those that a record holds."""
    columns = {cell.column for cell in held}
    return list_unplaced(cell for cell in cells if cell.column not in columns)


class _EntryReader:
    """Reads the cells of one row, by field, as a list entry."""

    def __init__(self, line: ListLine, columns: ListFieldColumns, profile: Profile) -> None:
        cells = line.cells
        self._line, self._columns, self._cells = line, columns, cells
        self._profile = profile
        self._problems: list[Problem] = []
        self._attributes: list[Attribute] = []
        self._sources: dict[str, Source] = {name: cell.source for name, cell in cells.items()}
        self._texts: dict[str, str] = {name: cell.text for name, cell in cells.items()}
        self._is_named_new = False
        if "name" in cells:
            self._texts["name"], self._is_named_new = split_new_mark(
                read_row_name(cells["name"]), profile.list.new_marks
            )

    def read(self) -> ListEntry:
        """Read all fields."""
        number = self._read_number()
        amounts = self._read_budget()
        name = self._read_name()
        is_new = self._read_mark()
        overview = self._cells.get("overview")
        offices = read_offices(self._join_office_lines(), self._profile.offices)
        if offices.unknown:
            message = make_message("layout-drift.listed-office", offices=tuple(offices.unknown))
            self._problems.append(Problem(message, self._sources["offices"], "/listed_offices"))
        kinds = {amounts.kind, find_listed_kind(self._texts.get("is_new", ""))}
        return ListEntry(
            notes=self._list_notes(),
            number=number,
            name=name,
            budget_thousand_yen=amounts.amount,
            previous_budget_thousand_yen=amounts.previous,
            is_new=is_new,
            page_label=_read_page_label(self._texts.get("page_label", "")),
            offices=offices.offices,
            sources=self._sources,
            problems=tuple(self._problems),
            overview=build_passage(overview.list_paragraphs()) if overview and overview.text else None,
            attributes=tuple(self._attributes),
            repeated="repeated" in kinds or says_repeated(name or ""),
            parts=" / ".join(part.text for part in self._line.parts) if len(self._own_parts()) > 1 else "",
        )

    def _list_notes(self) -> tuple[Note, ...]:
        """List the marks in the row's cells. Their notes stand below the list, beside no programme."""
        return tuple(note for cell in self._cells.values() for note in find_named_notes(cell.marks, (), cell.source))

    def _join_office_lines(self) -> str:
        """Join the lines of the cell of offices, of which one may be wrapped in the middle of a name."""
        lines = cell.list_paragraphs() if (cell := self._cells.get("offices")) is not None else ()
        if len(lines) < 2:
            return self._texts.get("offices", "")
        return join_footer_lines([line.text for line in lines], self._profile.offices)

    def _report_unreadable(self, name: ListField, path: str, why: Message, text: str | None = None) -> None:
        message = make_message("unreadable-value.cell", text=self._texts[name] if text is None else text, why=why)
        self._problems.append(Problem(message, self._sources[name], path))

    def _read_number(self) -> int | None:
        number = _parse_number(self._texts.get("number", ""))
        if number is None and self._texts.get("number"):
            self._report_unreadable("number", "/number", make_message("unreadable.not-number"))
        return number

    def _read_budget(self) -> ListedAmounts:
        """Read the budget and that of the year before, in thousand yen; None where there is none to read."""
        if "budget" not in self._texts:
            return ListedAmounts(None)
        unit, place = self._columns.unit, self._columns.previous_place
        own, before = self._own_parts(), self._list_parts(-1)
        read = [read_listed_amounts(part.text, unit, place) for part in own] or [ListedAmounts(None, is_blank=True)]
        if len(own) > 1:
            self._sources["budget"] = tuple(box for part in own for box in part.source)
        amounts = read[0] if len(read) == 1 else _add_amounts(read)
        name, budget = self._cells.get("name"), self._cells["budget"]
        if name is not None and budget.text and budget.row_span > name.row_span:
            amounts = ListedAmounts(None, why=make_message("unreadable.beside-programmes"))
        if amounts.why is not None:
            self._report_unreadable("budget", "/budget_thousand_yen", amounts.why)
        elif amounts.is_blank:
            message = make_message("blank-cell.budget", name=self._texts.get("name"))
            self._problems.append(Problem(message, self._sources["budget"], "/budget_thousand_yen"))
        elif amounts.kind is not None:
            head = self._line.found.budget_heads.get(self._columns.fields["budget"], "")
            said = Attribute(label=head, text=self._texts["budget"], source=self._sources["budget"])
            self._attributes.append(said)
        if (previous := self._line.previous or next(iter(before), None)) is not None:
            amounts = replace(amounts, previous=self._read_previous(previous, name))
        return amounts

    def _read_previous(self, cell: Cell, name: Cell | None) -> int | None:
        """Read the year before's budget in its own cell."""
        read = read_listed_amounts(cell.text, self._columns.unit, None)
        beside = name is not None and cell.text and cell.row_span > name.row_span
        why = make_message("unreadable.beside-programmes") if beside else read.why
        if why is not None:
            path = "/previous_budget_thousand_yen"
            self._problems.append(
                Problem(make_message("unreadable-value.cell", text=cell.text, why=why), cell.source, path)
            )
        return None if why else read.amount

    def _own_parts(self) -> list[Cell]:
        """List the cells of the budget: one, or those of the parts of the row that are not of the year before."""
        return self._list_parts(0)

    def _list_parts(self, distance: int) -> list[Cell]:
        """List the amounts of the row's parts that are of the report's year, or of one so far from it.

        A part is of a year where a cell beside it says so (前年度); other parts are of the report's.
        """
        budget = self._cells.get("budget")
        parts = [part for part in self._line.parts or (budget,) if part is not None and part.text]
        return [part for part in parts if self._find_distance(part) == distance]

    def _find_distance(self, part: Cell) -> int:
        year = self._columns.year
        beside = [cell.text for cell in self._line.texts if cell.row == part.row and cell is not part]
        years = [found for text in beside if (found := find_head_year(text, year)) is not None]
        return years[0] - year if years and self._line.parts else 0

    def _read_mark(self) -> bool | None:
        """Read whether the programme is new; None where the list has no column for it, or the cell is unreadable."""
        text = self._texts.get("is_new", "")
        kind = find_listed_kind(text)
        if kind is not None and comparison_key(text) not in {comparison_key(w) for w in self._profile.list.new_marks}:
            head = self._line.found.table.find_cell(0, self._columns.fields["is_new"])
            label = "" if head is None else head.text
            self._attributes.append(Attribute(label=label, text=text, source=self._sources["is_new"]))
        if self._is_named_new:
            return True
        if "is_new" not in self._texts:
            return None
        is_new = _parse_new_mark(text, self._profile)
        if is_new is None:
            self._report_unreadable("is_new", "/is_new", make_message("unreadable.mark"))
        return is_new

    def _read_name(self) -> str | None:
        """Read the name, and part it from the offices where both stand in one cell."""
        texts, sources = self._texts, self._sources
        if (brackets := self._profile.list.offices_in_name) and "offices" not in texts and "name" in texts:
            texts["name"], texts["offices"] = split_offices(texts["name"], brackets)
            sources["offices"] = sources["name"]
        if texts.get("name") and not re.search(r"[^\W\d_]", texts["name"]):
            self._report_unreadable("name", "/name", make_message("unreadable.letters"))
        return texts.get("name") or None


def _add_amounts(parts: Iterable[ListedAmounts]) -> ListedAmounts:
    """Add the amounts of the parts of a row; one that could not be read makes the sum unreadable."""
    read = list(parts)
    why = next((part.why for part in read if part.why is not None), None)
    previous = [part.previous for part in read if part.previous is not None]
    total = sum(part.amount or 0 for part in read)
    return ListedAmounts(None if why else total, sum(previous) if previous and not why else None, why)


def _parse_number(text: str) -> int | None:
    plain = text if re.match(r"[①-⑳]", text) else unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[()\[\].、]", "", plain).strip()
    return parse_ordinal(plain) if re.fullmatch(r"\d{1,4}|[①-⑳]", plain) and not _hides_another(text) else None


def _hides_another(text: str) -> bool:
    """Tell whether a number in a circle or bracket, or a raised one, stands beside one that it would join."""
    return len(text.strip()) > 1 and hides_figure(text)


def _parse_new_mark(mark: str, profile: Profile) -> bool | None:
    plain = comparison_key(mark)
    if not plain or is_absent(mark):
        return False
    if plain in {comparison_key(word) for word in profile.list.new_marks}:
        return True
    kind = find_listed_kind(mark)
    return None if kind not in {"new", "ongoing", "repeated"} else kind == "new"


def _read_page_label(text: str) -> str | None:
    """Read the printed page number that the list gives, without P. or 頁 around it."""
    if _hides_another(text):
        return text.strip()
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(?:[pP]\.?\s*)?([0-9]+|[ivxlc]+)\s*(?:頁|ページ)?", plain)
    return found[1] if found else (plain or None)

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
from extractor.extraction.list_amounts import read_row_amounts
from extractor.extraction.list_names import read_row_name, split_new_mark, split_offices
from extractor.extraction.passages import build_passage, list_unplaced
from extractor.grammar.eras import find_stated_fiscal_year
from extractor.grammar.heading_lines import parse_ordinal
from extractor.grammar.item_names import is_total_name
from extractor.grammar.normalize import comparison_key
from extractor.grammar.numerals import hides_figure
from extractor.grammar.office_names import read_offices
from extractor.grammar.quantities import is_absent, read_budget
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_message
from extractor.records.report import Source, Unplaced


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
        notes: Lines beside it that may say the unit of its amounts (単位：百万円).
        year: The fiscal year of the report.
        profile: The family of reports whose words count.

    Returns:
        The entries, the chapter's total in thousand yen, the problems, and the cells that no record holds.
    """
    entries: list[ListEntry] = []
    problems: list[Problem] = []
    unplaced: list[Unplaced] = []
    totals: list[_Total] = []
    for found in lists:
        columns, said = _choose_columns(found, year)
        problems += said
        unit = _find_unit(found.budget_heads.get(columns.get("budget", -1), ""), notes, profile)
        for row in found.body:
            cells = {name: cell for name, column in columns.items() if (cell := found.table.find_cell(row, column))}
            held = list(cells.values())
            if (word := _find_total_word(cells, profile)) is not None:
                total, said = _read_total(word, cells, unit, len(entries))
                problems += said
                totals.append(total)
                held = list(total.cells)
            elif any(cell.text for cell in held):
                entries.append(_add_amounts(_EntryReader(cells, profile).read(unit), found, row, unit, year, profile))
                held += [cell for column in found.figure_heads if (cell := found.table.find_cell(row, column))]
            unplaced += _list_others(found.table.find_row(row), held)
    problems += _report_partial_totals(totals, entries)
    whole = _find_whole_total(totals, entries)
    # A chapter's record has room for one total; the sums of its parts are checked, and kept where nothing is lost.
    words = {comparison_key(word) for word in profile.list.subtotal}
    kept = [cell for total in totals if total is not whole for cell in total.cells]
    unplaced += list_unplaced(cell for cell in kept if comparison_key(cell.text) not in words)
    return ListEntries(tuple(entries), whole.amount if whole else None, tuple(problems), tuple(unplaced))


def _list_others(cells: Iterable[Cell], held: list[Cell]) -> list[Unplaced]:
    """List the texts of the cells of a row that are not among those that a record holds."""
    return list_unplaced(cell for cell in cells if not any(cell is part for part in held))


@dataclass(frozen=True, slots=True)
class _Total:
    """A total row: its amount in thousand yen, how many rows stand above it, the cells of its name and amount."""

    amount: int | None
    rows: int
    cells: tuple[Cell, ...]

    @property
    def source(self) -> Source:
        """Where its amount is printed."""
        return self.cells[-1].source


def _choose_columns(found: ListTable, year: int) -> tuple[dict[ListField, int], list[Problem]]:
    """Choose which column holds what: of several with amounts that of the report's year, of these what was spent."""
    heads = found.budget_heads
    if len(heads) < 2:
        return found.columns, []
    of_year = [column for column, head in heads.items() if (find_stated_fiscal_year(head) or (None,))[0] == year]
    chosen = of_year or list(heads)
    chosen = [column for column in chosen if "決算" in heads[column]] or chosen
    if len(chosen) == 1:
        return {**found.columns, "budget": chosen[0]}, []
    message = make_message("layout-drift.budget-column", heads=tuple(heads.values()))
    columns: dict[ListField, int] = {name: column for name, column in found.columns.items() if name != "budget"}
    return columns, [Problem(message, found.table.source)]


def _add_budgets(entries: list[ListEntry]) -> int:
    return sum(entry.budget_thousand_yen or 0 for entry in entries)


def _find_whole_total(totals: list[_Total], entries: list[ListEntry]) -> _Total | None:
    """Find the total of the chapter: the last one, unless it is the last of several parts' and there is none of all.

    Where the last is no sum of the rows and one right before it is, that is the list's, and the last of more than it.
    """
    if not totals:
        return None
    last, everything = totals[-1], _add_budgets(entries)
    if last.amount == everything:
        return last
    under = [total for total in totals if total.rows == last.rows and total.amount == everything]
    if under:
        return under[-1]
    is_part = len(totals) > 1 and last.amount == _add_budgets(entries[totals[-2].rows :])
    return None if is_part else last


def _report_partial_totals(totals: list[_Total], entries: list[ListEntry]) -> list[Problem]:
    """Report total rows that are no sum of the rows since the one before; the last is left to the checks."""
    problems = []
    for first, total in zip([0, *(total.rows for total in totals)], totals[:-1], strict=False):
        added = _add_budgets(entries[first : total.rows])
        if total.amount is not None and total.amount != added:
            message = make_message("subtotal-mismatch.part", printed=total.amount, total=added)
            problems.append(Problem(message, total.source))
    return problems


def _find_unit(head: str, notes: list[str], profile: Profile) -> str:
    """Find the unit of the budget column: what its head says, or a note beside the table, or else the profile."""
    said = (re.search(r"[百千万億]*円", comparison_key(text)) for text in (head, *notes))
    return next((found[0] for found in said if found), profile.list.budget_unit)


def _find_total_word(cells: dict[ListField, Cell], profile: Profile) -> Cell | None:
    """Find the cell that says 小計, 計(37事業) or 基本方針①計, where the row has no number and no page of its own."""
    own = (cells.get("number"), cells.get("page_label"))
    words = {comparison_key(word) for word in profile.list.subtotal}
    said = [cell for cell in cells.values() if re.sub(r"\(.*\)$", "", comparison_key(cell.text)) in words]
    if any(re.search(r"[0-9]", comparison_key(cell.text)) for cell in own if cell is not None and cell not in said):
        return None
    return said[0] if said else next((cell for cell in cells.values() if is_total_name(cell.text, at="end")), None)


def _read_total(word: Cell, cells: dict[ListField, Cell], unit: str, rows: int) -> tuple[_Total, list[Problem]]:
    cell = cells.get("budget")
    if cell is None:
        return _Total(None, rows, (word,)), []
    amount, why = read_budget(cell.text, unit)
    problems = []
    if why is not None:
        message = make_message("unreadable-value.total", text=cell.text, why=why)
        problems.append(Problem(message, cell.source, "/subtotal_thousand_yen"))
    return _Total(None if why else amount, rows, (word, cell)), problems


def _add_amounts(entry: ListEntry, found: ListTable, row: int, unit: str, year: int, profile: Profile) -> ListEntry:
    """Add the row's other amounts to the entry; and its place, where the row is all that is printed of a programme."""
    metrics, said = read_row_amounts(found, row, unit, year)
    place = () if profile.has_blocks else merge_places(gather_places(found.table.find_row(row)))
    return replace(entry, metrics=tuple(metrics), problems=(*entry.problems, *said), place=place)


class _EntryReader:
    """Reads the cells of one row, by field, as a list entry."""

    def __init__(self, cells: dict[ListField, Cell], profile: Profile) -> None:
        self._cells = cells
        self._profile = profile
        self._problems: list[Problem] = []
        self._sources: dict[str, Source] = {name: cell.source for name, cell in cells.items()}
        self._texts: dict[str, str] = {name: cell.text for name, cell in cells.items()}
        self._is_named_new = False
        if "name" in cells:
            self._texts["name"], self._is_named_new = split_new_mark(
                read_row_name(cells["name"]), profile.list.new_marks
            )

    def read(self, unit: str) -> ListEntry:
        """Read all fields; `unit` is that of the column of budgets."""
        number = self._read_number()
        amount = self._read_budget(unit)
        name = self._read_name()
        is_new = self._read_mark()
        overview = self._cells.get("overview")
        offices = read_offices(self._texts.get("offices", ""), self._profile.offices)
        if offices.unknown:
            message = make_message("layout-drift.listed-office", offices=tuple(offices.unknown))
            self._problems.append(Problem(message, self._sources["offices"], "/listed_offices"))
        return ListEntry(
            number=number,
            name=name,
            budget_thousand_yen=amount,
            is_new=is_new,
            page_label=_read_page_label(self._texts.get("page_label", "")),
            offices=offices.offices,
            sources=self._sources,
            problems=tuple(self._problems),
            overview=build_passage(overview.list_paragraphs()) if overview and overview.text else None,
        )

    def _report_unreadable(self, name: ListField, path: str, why: Message) -> None:
        message = make_message("unreadable-value.cell", text=self._texts[name], why=why)
        self._problems.append(Problem(message, self._sources[name], path))

    def _read_number(self) -> int | None:
        number = _parse_number(self._texts.get("number", ""))
        if number is None and self._texts.get("number"):
            self._report_unreadable("number", "/number", make_message("unreadable.not-number"))
        return number

    def _read_budget(self, unit: str) -> int | None:
        """Read the budget in thousand yen; None where there is none to read."""
        if "budget" not in self._texts:
            return None
        amount, why = read_budget(self._texts["budget"], unit)
        name, budget = self._cells.get("name"), self._cells["budget"]
        if name is not None and budget.text and budget.row_span > name.row_span:
            amount, why = None, make_message("unreadable.beside-programmes")
        if why is not None:
            self._report_unreadable("budget", "/budget_thousand_yen", why)
        elif not self._texts["budget"]:
            message = make_message("blank-cell.budget", name=self._texts.get("name"))
            self._problems.append(Problem(message, self._sources["budget"], "/budget_thousand_yen"))
        return amount

    def _read_mark(self) -> bool | None:
        """Read whether the programme is new; None where the list has no column for it, or the cell is unreadable."""
        if self._is_named_new:
            return True
        if "is_new" not in self._texts:
            return None
        is_new = _parse_new_mark(self._texts["is_new"], self._profile)
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
    return True if plain in {comparison_key(word) for word in profile.list.new_marks} else None


def _read_page_label(text: str) -> str | None:
    """Read the printed page number that the list gives, without P. or 頁 around it."""
    if _hides_another(text):
        return text.strip()
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(?:[pP]\.?\s*)?([0-9]+|[ivxlc]+)\s*(?:頁|ページ)?", plain)
    return found[1] if found else (plain or None)

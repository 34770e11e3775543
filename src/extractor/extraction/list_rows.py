"""Entries: the rows of a chapter's list become list entries; its total row the 小計."""

import re
import unicodedata
from dataclasses import dataclass, replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell
from extractor.document.outline import ListField, ListTable
from extractor.document.parsed import ListEntry, Problem
from extractor.extraction.list_amounts import read_figures
from extractor.extraction.list_names import row_name, split_offices
from extractor.extraction.passages import passage
from extractor.grammar.eras import stated_fiscal_year
from extractor.grammar.item_names import is_total_name
from extractor.grammar.normalize import key
from extractor.grammar.numerals import hides_figure
from extractor.grammar.office_names import read_offices
from extractor.grammar.quantities import is_absent, read_amount
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_message
from extractor.records.report import Source, Unplaced
from extractor.structure.headings import ordinal


@dataclass(frozen=True, slots=True)
class Entries:
    """A list's rows, its 小計, and the cells that no record holds."""

    entries: tuple[ListEntry, ...]
    subtotal: int | None
    problems: tuple[Problem, ...]
    unplaced: tuple[Unplaced, ...]


def read_entries(lists: list[ListTable], notes: list[str], year: int, profile: Profile) -> Entries:
    """The entries of all tables of one list. `notes` are lines beside it that may say the unit (単位：百万円).

    Several total rows are sums of the rows since the one before, and the last one of all.
    """
    entries: list[ListEntry] = []
    problems: list[Problem] = []
    unplaced: list[Unplaced] = []
    totals: list[_Total] = []
    for found in lists:
        columns, said = _columns(found, year)
        problems += said
        unit = _unit(found.budget_heads.get(columns.get("budget", -1), ""), notes, profile)
        for row in found.body:
            cells = {name: cell for name, column in columns.items() if (cell := found.table.at(row, column))}
            held = list(cells.values())
            if (word := _total(cells, profile)) is not None:
                total, said = _subtotal(word, cells, unit, len(entries))
                problems += said
                totals.append(total)
                held = [cell for cell in (word, cells.get("budget")) if cell is not None]
            elif any(cell.text for cell in held):
                entries.append(_with_figures(_entry(cells, unit, profile), found, row, unit, year, profile))
                held += [cell for column in found.figure_heads if (cell := found.table.at(row, column))]
            loose = [cell for cell in found.table.row(row) if cell.text and not any(cell is one for one in held)]
            unplaced += [Unplaced(text=cell.text, source=cell.source) for cell in loose]
    problems += _partial_totals(totals, entries)
    whole = _whole(totals, entries)
    # A chapter's record has room for one total; the sums of its parts are checked, and kept where nothing is lost.
    for total in totals:
        if total is not whole:
            unplaced += [
                Unplaced(text=cell.text, source=cell.source) for cell in total.cells if _says_more(cell, profile)
            ]
    return Entries(tuple(entries), whole.amount if whole else None, tuple(problems), tuple(unplaced))


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


def _columns(found: ListTable, year: int) -> tuple[dict[ListField, int], list[Problem]]:
    """Which column holds what; of several columns of amounts that of the report's year, and of these what was spent."""
    heads = found.budget_heads
    if len(heads) < 2:
        return found.columns, []
    of_year = [column for column, head in heads.items() if (stated := stated_fiscal_year(head)) and stated[0] == year]
    chosen = of_year or list(heads)
    spent = [column for column in chosen if "決算" in heads[column]]
    chosen = spent or chosen
    if len(chosen) == 1:
        return {**found.columns, "budget": chosen[0]}, []
    columns: dict[ListField, int] = {name: column for name, column in found.columns.items() if name != "budget"}
    message = make_message("layout-drift.budget-column", heads=tuple(heads.values()))
    return columns, [Problem(message, found.table.source)]


def _whole(totals: list[_Total], entries: list[ListEntry]) -> _Total | None:
    """The total of the chapter: the last one, unless it is the last of several parts' and there is none of all.

    Where the last is no sum of the rows and one right before it is, that is the list's, and the last of more than it.
    """
    if not totals:
        return None
    last = totals[-1]
    rest = sum(entry.budget_thousand_yen or 0 for entry in entries[totals[-2].rows :]) if len(totals) > 1 else None
    everything = sum(entry.budget_thousand_yen or 0 for entry in entries)
    if last.amount != everything:
        under = [total for total in totals if total.rows == last.rows and total.amount == everything]
        if under:
            return under[-1]
    return None if rest is not None and last.amount == rest != everything else last


def _partial_totals(totals: list[_Total], entries: list[ListEntry]) -> list[Problem]:
    """Total rows before the last: each must be the sum of the rows since the one before. (The last the checks take.)"""
    problems = []
    first = 0
    for total in totals[:-1]:
        added = sum(entry.budget_thousand_yen or 0 for entry in entries[first : total.rows])
        first = total.rows
        if total.amount is not None and total.amount != added:
            message = make_message("subtotal-mismatch.part", printed=total.amount, total=added)
            problems.append(Problem(message, total.source))
    return problems


def _unit(head: str, notes: list[str], profile: Profile) -> str:
    """The unit of the budget column: what its head says, or a note beside the table, or else the profile."""
    for text in (head, *notes):
        found = re.search(r"[百千万億]*円", key(text))
        if found:
            return found[0]
    return profile.list.budget_unit


def _says_more(cell: Cell, profile: Profile) -> bool:
    """Whether a cell of a total row holds more than the word for a total."""
    return bool(cell.text) and key(cell.text) not in {key(word) for word in profile.list.subtotal}


def _total(cells: dict[ListField, Cell], profile: Profile) -> Cell | None:
    """The cell that says 小計, 計(37事業) or 基本方針①計, where the row has no number and no page of its own."""
    own = (cells.get("number"), cells.get("page_label"))
    words = {key(word) for word in profile.list.subtotal}
    said = [cell for cell in cells.values() if re.sub(r"\(.*\)$", "", key(cell.text)) in words]
    if any(re.search(r"[0-9]", key(cell.text)) for cell in own if cell is not None and cell not in said):
        return None
    return said[0] if said else next((cell for cell in cells.values() if is_total_name(cell.text, at="end")), None)


def _subtotal(word: Cell, cells: dict[ListField, Cell], unit: str, rows: int) -> tuple[_Total, list[Problem]]:
    cell = cells.get("budget")
    if cell is None:
        return _Total(None, rows, (word,)), []
    amount, why = read_amount(cell.text, unit)
    if why is None:
        return _Total(amount, rows, (word, cell)), []
    message = make_message("unreadable-value.total", text=cell.text, why=why)
    problem = Problem(message, cell.source, "/subtotal_thousand_yen")
    return _Total(None, rows, (word, cell)), [problem]


def _with_figures(entry: ListEntry, found: ListTable, row: int, unit: str, year: int, profile: Profile) -> ListEntry:
    """The entry with the row's other figures; and its place, where the row is all that is printed of a programme."""
    metrics, said = read_figures(found, row, unit, year)
    place = () if profile.has_blocks else merge_places(place for cell in found.table.row(row) for place in cell.source)
    return replace(entry, metrics=tuple(metrics), problems=(*entry.problems, *said), place=place)


def _shared(cells: dict[ListField, Cell]) -> bool:
    """Whether a budget is printed in a cell that is merged down over more rows than its programme's name."""
    budget, name = cells.get("budget"), cells.get("name")
    return budget is not None and name is not None and bool(budget.text) and budget.row_span > name.row_span


def _entry(cells: dict[ListField, Cell], unit: str, profile: Profile) -> ListEntry:
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    texts: dict[str, str] = {}
    for name, cell in cells.items():
        sources[name] = cell.source
        texts[name] = row_name(cell) if name == "name" else cell.text

    def unreadable(name: ListField, path: str, why: Message) -> None:
        message = make_message("unreadable-value.cell", text=texts[name], why=why)
        problems.append(Problem(message, sources[name], path))

    number = _number(texts.get("number", ""))
    if number is None and texts.get("number"):
        unreadable("number", "/number", make_message("unreadable.not-number"))
    amount, why = read_amount(texts.get("budget", ""), unit)
    if _shared(cells):
        amount, why = None, make_message("unreadable.beside-programmes")
    if why is not None:
        unreadable("budget", "/budget_thousand_yen", why)
    elif "budget" in texts and not texts["budget"]:
        message = make_message("blank-cell.budget", name=texts.get("name"))
        problems.append(Problem(message, sources["budget"], "/budget_thousand_yen"))
    mark = texts.get("is_new")
    is_new = None if mark is None else _is_new(mark, profile)
    if mark is not None and is_new is None:
        unreadable("is_new", "/is_new", make_message("unreadable.mark"))
    if (brackets := profile.list.offices_in_name) and "offices" not in texts and "name" in texts:
        texts["name"], texts["offices"] = split_offices(texts["name"], brackets)
        sources["offices"] = sources["name"]
    if texts.get("name") and not re.search(r"[^\W\d_]", texts["name"]):
        unreadable("name", "/name", make_message("unreadable.letters"))
    offices = read_offices(texts.get("offices", ""), profile.offices)
    if offices.unknown:
        message = make_message("layout-drift.listed-office", offices=tuple(offices.unknown))
        problems.append(Problem(message, sources["offices"], "/listed_offices"))
    return ListEntry(
        number=number,
        name=texts.get("name") or None,
        budget_thousand_yen=amount,
        is_new=is_new,
        page_label=_page_label(texts.get("page_label", "")),
        offices=offices.offices,
        sources=sources,
        problems=tuple(problems),
        overview=passage(list(cells["overview"].prose())) if texts.get("overview") else None,
    )


def _number(text: str) -> int | None:
    plain = re.sub(
        r"[()\[\].、]", "", unicodedata.normalize("NFKC", text) if not re.match(r"[①-⑳]", text) else text
    ).strip()
    if re.fullmatch(r"\d{1,4}|[①-⑳]", plain) and not _hides_another(text):
        return ordinal(plain)
    return None


def _hides_another(text: str) -> bool:
    """Whether a number in a circle or bracket, or a raised one, stands beside another that it would be joined to."""
    return len(text.strip()) > 1 and hides_figure(text)


def _is_new(mark: str, profile: Profile) -> bool | None:
    plain = key(mark)
    if not plain or is_absent(mark):
        return False
    return True if plain in {key(word) for word in profile.list.new_marks} else None


def _page_label(text: str) -> str | None:
    """The printed page number that the list gives, without P. or 頁 around it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(?:[pP]\.?\s*)?([0-9]+|[ivxlc]+)\s*(?:頁|ページ)?", plain)
    if _hides_another(text):
        return text.strip()
    return found[1] if found else (plain or None)

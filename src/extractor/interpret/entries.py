"""Entries: the rows of a chapter's list become list entries; its total row the 小計."""

import re
import unicodedata
from dataclasses import dataclass

from extractor.fold import key
from extractor.interpret.offices import read_offices
from extractor.interpret.values import read_amount
from extractor.model.layout import Cell
from extractor.model.outline import ListField, ListTable
from extractor.model.parts import ListEntry, Problem
from extractor.model.record import Source, Unplaced
from extractor.profile import Profile
from extractor.segment.headings import ordinal

_DASH = re.compile(r"^[-‐‑–—―−－ー]*$")


@dataclass(frozen=True, slots=True)
class Entries:
    """A list's rows, its 小計, and the cells that no record holds."""

    entries: tuple[ListEntry, ...]
    subtotal: int | None
    problems: tuple[Problem, ...]
    unplaced: tuple[Unplaced, ...]


def read_entries(lists: list[ListTable], notes: list[str], profile: Profile) -> Entries:
    """The entries of all tables of one list. `notes` are lines beside it that may say the unit (単位：百万円)."""
    entries: list[ListEntry] = []
    problems: list[Problem] = []
    unplaced: list[Unplaced] = []
    subtotal: int | None = None
    for found in lists:
        unit = _unit(found.budget_head, notes, profile)
        for row in found.body:
            cells = {name: cell for name, column in found.columns.items() if (cell := found.table.at(row, column))}
            loose = [
                cell for cell in found.table.row(row) if cell.text and not any(cell is one for one in cells.values())
            ]
            total = _total(cells, profile)
            if total is not None and subtotal is None:
                subtotal, said = _subtotal(cells, unit)
                problems += said
                loose += [cell for name, cell in cells.items() if name != "budget" and cell.text and cell is not total]
            elif total is not None:
                loose = [cell for cell in found.table.row(row) if cell.text]
            elif any(cell.text for cell in cells.values()):
                entries.append(_entry(cells, unit, profile))
            unplaced += [Unplaced(text=cell.text, source=cell.source) for cell in loose]
    return Entries(tuple(entries), subtotal, tuple(problems), tuple(unplaced))


def _unit(head: str, notes: list[str], profile: Profile) -> str:
    """The unit of the budget column: what its head says, or a note beside the table, or else the profile."""
    for text in (head, *notes):
        found = re.search(r"[百千万億]*円", key(text))
        if found:
            return found[0]
    return profile.list.budget_unit


def _total(cells: dict[ListField, Cell], profile: Profile) -> Cell | None:
    """The cell that says 小計, where the row has no number of its own."""
    if "number" in cells and re.search(r"\d", key(cells["number"].text)):
        return None
    words = {key(word) for word in profile.list.subtotal}
    return next((cell for cell in cells.values() if key(cell.text) in words), None)


def _subtotal(cells: dict[ListField, Cell], unit: str) -> tuple[int | None, list[Problem]]:
    cell = cells.get("budget")
    if cell is None:
        return None, []
    amount, why = read_amount(cell.text, unit)
    if why is None:
        return amount, []
    message = f"total {cell.text} cannot be read: {why}"
    return None, [Problem("unreadable-value", "error", message, cell.source, "/subtotal_thousand_yen")]


def _entry(cells: dict[ListField, Cell], unit: str, profile: Profile) -> ListEntry:
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    texts: dict[str, str] = {}
    for name, cell in cells.items():
        sources[name] = cell.source
        texts[name] = cell.text

    def unreadable(name: ListField, path: str, why: str) -> None:
        message = f"{texts[name]} cannot be read: {why}"
        problems.append(Problem("unreadable-value", "error", message, sources[name], path))

    number = _number(texts.get("number", ""))
    if number is None and texts.get("number"):
        unreadable("number", "/number", "it is not a number")
    amount, why = read_amount(texts.get("budget", ""), unit)
    if why is not None:
        unreadable("budget", "/budget_thousand_yen", why)
    elif "budget" in texts and not texts["budget"]:
        message = f"the budget of {texts.get('name') or 'a row'} is blank"
        problems.append(Problem("blank-cell", "warning", message, sources["budget"], "/budget_thousand_yen"))
    mark = texts.get("is_new")
    is_new = None if mark is None else _is_new(mark, profile)
    if mark is not None and is_new is None:
        unreadable("is_new", "/is_new", "it is neither a mark nor blank")
    offices = read_offices(texts.get("offices", ""), profile.offices)
    if offices.unknown:
        message = f"the list's office {', '.join(offices.unknown)} ends as no known office does"
        problems.append(Problem("layout-drift", "warning", message, sources["offices"], "/listed_offices"))
    return ListEntry(
        number=number,
        name=texts.get("name") or None,
        budget_thousand_yen=amount,
        is_new=is_new,
        page_label=_page_label(texts.get("page_label", "")),
        offices=offices.offices,
        sources=sources,
        problems=tuple(problems),
    )


def _number(text: str) -> int | None:
    plain = re.sub(
        r"[()\[\].、]", "", unicodedata.normalize("NFKC", text) if not re.match(r"[①-⑳]", text) else text
    ).strip()
    if re.fullmatch(r"\d{1,4}|[①-⑳]", plain):
        return ordinal(plain)
    return None


def _is_new(mark: str, profile: Profile) -> bool | None:
    plain = key(mark)
    if not plain or _DASH.match(plain):
        return False
    return True if plain in {key(word) for word in profile.list.new_marks} else None


def _page_label(text: str) -> str | None:
    """The printed page number that the list gives, without P. or 頁 around it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(?:[pP]\.?\s*)?([0-9]+|[ivxlc]+)\s*(?:頁|ページ)?", plain)
    return found[1] if found else (plain or None)

"""List totals: the total rows of a list, which of them is the chapter's, and of which rows the others are sums."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.layout import Cell
from extractor.document.outline import ListField
from extractor.document.parsed import ListEntry, Problem
from extractor.extraction.list_columns import ListFieldColumns
from extractor.grammar.item_names import is_total_name
from extractor.grammar.listed_cells import read_listed_amounts
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message
from extractor.records.report import Source


@dataclass(frozen=True, slots=True)
class ListTotal:
    """A total row: its amount in thousand yen, how many rows stand above it, the cells of its name and amount.

    `before` is the cell of the year before's amount, and `before_head` what stands over that.
    """

    amount: int | None
    rows: int
    cells: tuple[Cell, ...]
    before: Cell | None = None
    before_head: str = ""

    def list_held(self) -> list[Cell]:
        """List its cells, that of the year before among them."""
        return [*self.cells, *([self.before] if self.before is not None else [])]

    @property
    def source(self) -> Source:
        """Where its amount is printed."""
        return self.cells[-1].source

    def is_sum_of(self, entries: Sequence[ListEntry]) -> bool:
        """Tell whether the amount is the sum of rows, those that are repeated from elsewhere left out or not."""
        return self.amount in {add_budgets(entries), add_budgets([one for one in entries if not one.repeated])}


def add_budgets(entries: Sequence[ListEntry]) -> int:
    """Add the budgets of rows, in thousand yen; one that is not known adds nothing."""
    return sum(entry.budget_thousand_yen or 0 for entry in entries)


def find_total_word(cells: dict[ListField, Cell], profile: Profile) -> Cell | None:
    """Find the cell that says 小計, 計(37事業) or 基本方針①計.

    Args:
        cells: The cells of a row, by field.
        profile: The family of reports whose words for totals count.

    Returns:
        The cell; None where there is none, or the row has a number or a page of its own.
    """
    own = (cells.get("number"), cells.get("page_label"))
    words = {comparison_key(word) for word in profile.list.subtotal}
    said = [cell for cell in cells.values() if re.sub(r"\(.*\)$", "", comparison_key(cell.text)) in words]
    if any(re.search(r"[0-9]", comparison_key(cell.text)) for cell in own if cell is not None and cell not in said):
        return None
    return said[0] if said else next((cell for cell in cells.values() if is_total_name(cell.text, at="end")), None)


def read_total(
    word: Cell, cell: Cell | None, columns: ListFieldColumns, before: Cell | None, rows: int
) -> tuple[ListTotal, list[Problem]]:
    """Read a total row.

    Args:
        word: The cell of its name.
        cell: The cell of its amount; None: there is none.
        columns: The columns of the list.
        before: The cell of the year before's amount; None: there is none.
        rows: How many rows stand above it.

    Returns:
        The total, and the problem that its amount could not be read.
    """
    if cell is None:
        return ListTotal(None, rows, (word,), before, columns.previous_head), []
    read = read_listed_amounts(cell.text, columns.unit, columns.previous_place)
    problems = []
    if read.why is not None:
        message = make_message("unreadable-value.total", text=cell.text, why=read.why)
        problems.append(Problem(message, cell.source, "/subtotal_thousand_yen"))
    return ListTotal(None if read.why else read.amount, rows, (word, cell), before, columns.previous_head), problems


def find_whole_total(totals: list[ListTotal], entries: list[ListEntry]) -> ListTotal | None:
    """Find the total of the chapter: the last one, unless it is the last of several parts' and there is none of all.

    Where the last is no sum of the rows and one right before it is, that is the list's, and the last of more than it.

    Args:
        totals: The total rows in order.
        entries: The rows of the list.

    Returns:
        The total; None where there is none of all rows.
    """
    if not totals:
        return None
    last = totals[-1]
    if last.is_sum_of(entries):
        return last
    under = [total for total in totals if total.rows == last.rows and total.is_sum_of(entries)]
    if under:
        return under[-1]
    is_part = len(totals) > 1 and last.is_sum_of(entries[totals[-2].rows :])
    return None if is_part else last


def list_partial_totals(totals: list[ListTotal], whole: ListTotal | None) -> list[tuple[range, ListTotal]]:
    """List the totals of parts of the list, each with its rows: those since the total before it, counted from 0."""
    firsts = [0, *(total.rows for total in totals)]
    return [
        (range(first, total.rows), total)
        for first, total in zip(firsts, totals, strict=False)
        if total is not whole and first < total.rows
    ]


def list_leading_totals(totals: list[ListTotal], count: int) -> list[tuple[range, ListTotal]]:
    """List the totals that stand over their rows, each with these: up to the next, or to the last of `count` rows."""
    ends = [*(total.rows for total in totals[1:]), count]
    return [(range(total.rows, end), total) for total, end in zip(totals, ends, strict=False)]

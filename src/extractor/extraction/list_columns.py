"""List columns: which column of a list holds the budget of the report's year, and which that of the year before.

In: a list and the report's year. Out: the columns, and in which unit and where in a cell amounts stand.
"""

import re
from dataclasses import dataclass
from functools import cache

from extractor.document.outline import ListField, ListTable
from extractor.document.parsed import Problem
from extractor.grammar.eras import find_stated_fiscal_years, parse_column_year
from extractor.grammar.listed_cells import PreviousPlace, find_previous_place
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message


@dataclass(frozen=True, slots=True)
class ListFieldColumns:
    """The columns of a list by field.

    `year` is the report's, `unit` that of the amounts. `previous` is the column of the year before's budget,
    `previous_head` what stands over it, `previous_place` where that amount stands in the budget's own cells.
    """

    fields: dict[ListField, int]
    unit: str
    year: int
    previous: int | None = None
    previous_place: PreviousPlace | None = None
    previous_head: str = ""


def choose_list_columns(
    found: ListTable, notes: list[str], year: int, profile: Profile
) -> tuple[ListFieldColumns, list[Problem]]:
    """Choose which column holds what.

    Of several with amounts that of the report's year holds the budget, of these what was spent.

    Args:
        found: The list.
        notes: Lines beside it that may say the unit of its amounts, and where in a cell those of last year stand.
        year: The fiscal year of the report.
        profile: The family of reports whose unit counts where none is printed.

    Returns:
        The columns, without a budget where it is not known which it is; and what there is to say of that.
    """
    heads = found.budget_heads
    fields: dict[ListField, int] = dict(found.columns)
    years = {column: find_head_year(head, year) for column, head in heads.items()}
    chosen = _find_own_columns(heads, years, year)
    if len(chosen) != 1 and heads:
        fields.pop("budget", None)
        message = make_message("layout-drift.budget-column", heads=tuple(heads.values()))
        return ListFieldColumns(fields, profile.list.budget_unit, year), [Problem(message, found.table.source)]
    if chosen:
        fields["budget"] = chosen[0]
    head = heads.get(fields.get("budget", -1), "")
    others = [column for column in heads if years[column] == year - 1 and column not in chosen]
    before = _prefer_like(head, others, heads)
    previous = before[0] if len(before) == 1 else None
    return ListFieldColumns(
        fields,
        _find_unit(head, notes, profile),
        year,
        previous=previous,
        previous_head="" if previous is None else heads[previous],
        previous_place=None if before else find_previous_place([head, *notes], year),
    ), []


def _find_own_columns(heads: dict[int, str], years: dict[int, int | None], year: int) -> list[int]:
    """Find the columns with amounts of a year; where none names it, those that name none. What was spent goes first."""
    own = [column for column in heads if years[column] == year]
    own = own or [column for column in heads if years[column] is None or len(heads) == 1]
    return [column for column in own if "決算" in heads[column]] or own


def _prefer_like(head: str, columns: list[int], heads: dict[int, str]) -> list[int]:
    """Prefer the columns that say as a head does what was spent, or as it does what was planned."""
    return [column for column in columns if ("決算" in heads[column]) == ("決算" in head)] or columns


@cache
def find_head_year(head: str, report_year: int) -> int | None:
    """Find the fiscal year that the head of a column of amounts names, perhaps by 本年度 or 前年度.

    >>> [find_head_year(head, 2023) for head in ("決算額 R4", "R5事業費 (千円)", "前年度予算額", "事業費")]
    [2022, 2023, 2022, None]
    """
    stated = [year for year, _ in find_stated_fiscal_years(head)]
    for part in re.split(r"[\s()（）]+", head):
        plain = re.sub(
            r"の?(?:当初|最終|補正後|現計)?(?:予算|決算|事業費|実績)?(?:見込)?額?$", "", comparison_key(part)
        )
        year = parse_column_year(plain, report_year)
        stated += [year] if year is not None else []
    return stated[0] if stated else None


def _find_unit(head: str, notes: list[str], profile: Profile) -> str:
    """Find the unit of the budget column: what its head says, or a note beside the table, or else the profile."""
    said = (re.search(r"[百千万億]*円", comparison_key(text)) for text in (head, *notes))
    return next((found[0] for found in said if found), profile.list.budget_unit)

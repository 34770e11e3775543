"""Columns: which columns of a metric table hold which years' values.

They also say what stands beside these columns.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, gather_places
from extractor.document.outline import MetricTable
from extractor.document.parsed import Problem
from extractor.grammar.column_heads import (
    ColumnHead,
    find_dated_kind,
    find_value_columns,
    parse_column_head,
    says_whole,
    stands_beside_years,
)
from extractor.records.messages import make_message


@dataclass(frozen=True, slots=True)
class YearColumns:
    """The columns of a table by what they hold.

    `heads` are those of values (a year may have one of each kind: 目標, 実績), of which `unstated` name no year.
    `beside` are the heads of columns that hold no year's values; `dated` are the kinds of values whose years a column
    holds (目標年度).
    """

    heads: dict[int, ColumnHead]
    beside: dict[int, str]
    unstated: frozenset[int]
    dated: dict[int, str]

    @property
    def known(self) -> Collection[int]:
        """All columns that are understood."""
        return self.heads.keys() | self.beside.keys() | self.dated.keys()


def read_year_heads(found: MetricTable, report_year: int) -> tuple[YearColumns, list[Problem]]:
    """Read the heads of a table's columns of years and of those beside them.

    Args:
        found: The table with its axes.
        report_year: The fiscal year of the report, for heads that leave the era out.

    Returns:
        The columns that are understood; problems of these and of all others.
    """
    heads: dict[int, ColumnHead] = {}
    beside: dict[int, str] = {}
    dated: dict[int, str] = {}
    problems = []
    unknown: list[Cell] = []
    stated = find_value_columns({column: cell.text for column, cell in found.heads.items()})
    for column, cell in found.heads.items():
        default = None if stated.get(column, True) else report_year
        head = parse_column_head(cell.text, report_year, default) if column in stated else None
        if head is not None and not any(replace(head, unit=one.unit) == one for one in heads.values()):
            heads[column] = head
        elif head is not None:
            problems.append(Problem(make_message("unknown-year-column.twice", text=cell.text), cell.source))
        elif (kind := find_dated_kind(cell.text)) is not None:
            dated[column] = kind
        elif stands_beside_years(cell.text) or (stated and says_whole(cell.text)):
            beside[column] = cell.text
            problems.append(Problem(make_message("column-beside-years.column", text=cell.text), cell.source))
        else:
            unknown.append(cell)
    unstated = frozenset(column for column in heads if not stated[column])
    problems += _report_unknown(unknown, has_years=bool(heads)) + _report_unstated(found, unstated, report_year)
    return YearColumns(heads, beside, unstated, dated), problems


def date_heads(
    found: MetricTable, row: int, columns: YearColumns, kind: str | None, report_year: int
) -> dict[int, ColumnHead]:
    """Add to the heads of values what a row says of them.

    Args:
        found: The table with its axes.
        row: The row, counted from 0.
        columns: The columns of the table.
        kind: The kind of values of which the row is by its name (参加者数（目標）); None: it does not say.
        report_year: The fiscal year of the report.

    Returns:
        The heads; those that name no year have the one beside their value: 10名（R7）, or in a column 目標年度.
    """
    heads = {column: replace(head, planned=head.planned or kind) for column, head in columns.heads.items()}
    for column in columns.unstated:
        cells = [at for at, dated in columns.dated.items() if dated == heads[column].planned]
        texts = [cell.text for at in cells if (cell := found.table.find_cell(row, at)) is not None]
        value = found.table.find_cell(row, column)
        texts += re.findall(r"[(（]([^()（）]+)[)）]$", value.text) if value is not None else []
        said = [dated.year for text in texts if (dated := parse_column_head(f"{text} 目標", report_year)) is not None]
        heads[column] = replace(heads[column], year=said[0]) if said else heads[column]
    return heads


def _report_unknown(cells: Sequence[Cell], *, has_years: bool) -> list[Problem]:
    """Report the columns that are not understood: once for a table of which none is."""
    if has_years or len(cells) < 2:
        return [Problem(make_message("unknown-year-column.none", text=cell.text), cell.source) for cell in cells]
    message = make_message("unknown-year-column.all", heads=tuple(cell.text for cell in cells))
    return [Problem(message, merge_places(gather_places(cells)), "/metrics")]


def _report_unstated(found: MetricTable, columns: Collection[int], year: int) -> list[Problem]:
    """Report, once, columns over which no year is printed: they are taken for the report's."""
    heads = [found.heads[column] for column in sorted(columns)]
    message = make_message("layout-drift.no-year", heads=tuple(cell.text for cell in heads), year=year)
    return [Problem(message, merge_places(gather_places(heads)), "/metrics")] if heads else []


def find_year_cells(
    found: MetricTable, row: int, name: Cell, heads: dict[int, ColumnHead]
) -> list[tuple[Cell, tuple[ColumnHead, ...]]]:
    """Find a row's cells under the columns of years.

    Args:
        found: The table with its axes.
        row: The row, counted from 0.
        name: The cell of the row's name, whose place a missing cell gets.
        heads: The columns of years.

    Returns:
        Each cell once, with the heads that it stands under, in the order of their years.
    """
    cells: list[tuple[Cell, tuple[ColumnHead, ...]]] = []
    for column in sorted(heads):
        # A row of a transcript may end before its last columns: nothing is printed there. Of a table that was arranged
        # otherwise an item may have had no row for this year or kind.
        cell = found.table.find_cell(row, column) or (None if found.is_arranged else Cell(row, column, "", name.source))
        if cell is None:
            continue
        if not any(cell is seen for seen, _ in cells):
            span = range(cell.column, cell.column + cell.column_span)
            covered = [heads[one] for one in span if one in heads] or [heads[column]]
            cells.append((cell, tuple(sorted(covered, key=lambda head: head.year))))
    return cells


def list_cells_outside(found: MetricTable, row: int, known: Collection[int]) -> list[Cell]:
    """List a row's cells with text outside the known columns.

    Known are the columns of the name and of a unit, too.

    Args:
        found: The table with its axes.
        row: The row, counted from 0.
        known: The columns of years, and those beside them.

    Returns:
        The cells from left to right.
    """
    return [
        cell
        for cell in found.table.find_row(row)
        if cell.text
        and cell.column > found.name_column
        and cell.column != found.unit_column
        and not any(cell.column <= column < cell.column + cell.column_span for column in known)
    ]

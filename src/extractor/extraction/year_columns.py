"""Columns: which columns of a metric table hold which years' values.

They also say what stands beside these columns.
"""

from collections.abc import Collection

from extractor.document.layout import Cell
from extractor.document.outline import MetricTable
from extractor.document.parsed import Problem
from extractor.grammar.eras import ColumnHead, parse_column_head, stands_beside_years
from extractor.records.messages import make_message


def read_year_heads(
    found: MetricTable, report_year: int
) -> tuple[dict[int, ColumnHead], dict[int, str], list[Problem]]:
    """Read the heads of a table's columns of years and of those beside them.

    Args:
        found: The table with its axes.
        report_year: The fiscal year of the report, for heads that leave the era out.

    Returns:
        What each head of a year says, by column (a year may have a column of each kind: 目標, 実績); the heads of
        columns that hold no year's values, by column; problems of these and of all others.
    """
    heads: dict[int, ColumnHead] = {}
    beside: dict[int, str] = {}
    problems = []
    for column, cell in found.heads.items():
        head = parse_column_head(cell.text, report_year)
        if head is None and stands_beside_years(cell.text):
            beside[column] = cell.text
            variant = "column-beside-years.column"
        elif head is None:
            variant = "unknown-year-column.none"
        elif any((head.year, head.planned) == (one.year, one.planned) for one in heads.values()):
            variant = "unknown-year-column.twice"
        else:
            heads[column] = head
            continue
        problems.append(Problem(make_message(variant, text=cell.text), cell.source))
    return heads, beside, problems


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
        # A row of a transcript may end before its last columns: nothing is printed there.
        cell = found.table.find_cell(row, column) or Cell(row, column, "", name.source)
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

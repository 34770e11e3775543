"""Columns: which columns of a metric table hold the values of which years, and what stands beside them."""

from extractor.document.layout import Cell
from extractor.document.outline import MetricTable
from extractor.document.parsed import Problem
from extractor.grammar.eras import ColumnHead, beside_years, column_head
from extractor.records.messages import make_message


def year_heads(found: MetricTable, report_year: int) -> tuple[dict[int, ColumnHead], list[Problem]]:
    """What the heads of the columns of years say, by column. A year may have a column of each kind (目標, 実績)."""
    heads: dict[int, ColumnHead] = {}
    problems = []
    for column, cell in found.heads.items():
        head = column_head(cell.text, report_year)
        if head is None and beside_years(cell.text):
            problems.append(Problem(make_message("column-beside-years.column", text=cell.text), cell.source))
            continue
        if head is None:
            message = make_message("unknown-year-column.none", text=cell.text)
        elif any((head.year, head.planned) == (one.year, one.planned) for one in heads.values()):
            message = make_message("unknown-year-column.twice", text=cell.text)
        else:
            heads[column] = head
            continue
        problems.append(Problem(message, cell.source))
    return heads, problems


def year_cells(
    found: MetricTable, row: int, name: Cell, heads: dict[int, ColumnHead]
) -> list[tuple[Cell, tuple[ColumnHead, ...]]]:
    """A row's cells under the columns of years, each once, with the heads that it stands under, by year."""
    cells: list[tuple[Cell, tuple[ColumnHead, ...]]] = []
    for column in sorted(heads):
        # A row of a transcript may end before its last columns: nothing is printed there.
        cell = found.table.at(row, column) or Cell(row, column, "", name.source)
        if not any(cell is seen for seen, _ in cells):
            span = range(cell.column, cell.column + cell.column_span)
            covered = [heads[one] for one in span if one in heads] or [heads[column]]
            cells.append((cell, tuple(sorted(covered, key=lambda head: head.year))))
    return cells


def outside(found: MetricTable, row: int, heads: dict[int, ColumnHead]) -> list[Cell]:
    """Cells of a row in columns that are neither the name's nor a unit's nor a year's."""
    return [
        cell
        for cell in found.table.row(row)
        if cell.text
        and cell.column not in {found.name_column, found.unit_column}
        and not any(cell.column <= column < cell.column + cell.column_span for column in heads)
    ]

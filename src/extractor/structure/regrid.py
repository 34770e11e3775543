"""Regrid: cells of a table put at other places of a grid."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.layout import Cell, Table


def make_table(table: Table, cells: Sequence[Cell]) -> Table:
    """Make a table of these cells, at the place of another.

    Args:
        table: The table whose place on the page it has.
        cells: The cells, in any order; at least one.

    Returns:
        A table just as large as its cells need.
    """
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    rows = max(cell.row + cell.row_span for cell in ordered)
    columns = max(cell.column + cell.column_span for cell in ordered)
    return Table(ordered, rows, columns, table.source)


def put_cell(cell: Cell, row: int, column: int) -> Cell:
    """Put a cell at one place of another grid.

    Args:
        cell: The cell.
        row: Its row there, counted from 0.
        column: Its column there, counted from 0.

    Returns:
        The cell, merged over no others.
    """
    return replace(cell, row=row, column=column, row_span=1, column_span=1)

"""Heads of tables.

They say how deep a head is, what it says over a column, and which rows are under it.
"""

from extractor.document.layout import Table
from extractor.grammar.normalize import comparison_key

# A head begins within so many rows from the top, and is at most so many rows high.
HEAD_ROWS = 3


def join_head_texts(table: Table, head: range, column: int) -> str:
    """Join the texts of a head over one column, each once.

    Args:
        table: The table.
        head: The rows of its head.
        column: The column, counted from 0.

    Returns:
        The texts from top to bottom with blanks between them; empty where nothing stands over the column.
    """
    cells = (table.find_cell(row, column) for row in head)
    return " ".join(dict.fromkeys(cell.text for cell in cells if cell is not None and cell.text))


def find_head_end(table: Table, first: int) -> int:
    """Find the row below a head.

    The head is as deep as its deepest cell, for a head that is merged down.

    Args:
        table: The table.
        first: The first row of the head.

    Returns:
        The number of the row, which may be that below the table's last.
    """
    return max((cell.row + cell.row_span for cell in table.find_row(first)), default=first + 1)


def list_body_rows(table: Table, head: range) -> tuple[int, ...]:
    """List the rows of the body, which are not empty of cells.

    Neither the head nor a repetition of it (as on a further page) is among them.

    Args:
        table: The table.
        head: The rows of its head.

    Returns:
        The numbers of the rows in order, those over the head among them.
    """
    keys = [tuple(comparison_key(cell.text) for cell in table.find_row(row)) for row in range(table.rows)]
    heads = {keys[row] for row in head}
    return tuple(row for row in range(table.rows) if row not in head and keys[row] and keys[row] not in heads)

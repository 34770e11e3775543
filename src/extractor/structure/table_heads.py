"""Heads of tables.

They say how deep a head is, what it says over a column, and which rows are under it.
"""

from dataclasses import replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, Paragraph, Table
from extractor.grammar.column_heads import names_kind, says_whole, split_head, stands_beside_years
from extractor.grammar.normalize import comparison_key
from extractor.grammar.quantities import looks_like_value

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


def find_metric_head_end(table: Table, first: int) -> int:
    """Find the row below the head of metrics, as `find_head_end`, and at most `HEAD_ROWS` deep.

    A row more belongs to it where that says only kinds of values, parts of a year or comparisons; or has no name and no
    value, as under heads that span several columns.

    Args:
        table: The table.
        first: The first row of the head.

    Returns:
        The number of the row.
    """
    end = min(find_head_end(table, first), first + HEAD_ROWS)
    while end < min(table.rows - 1, first + HEAD_ROWS) and _continues_head(table, end):
        end += 1
    return end


def find_printed_head(table: Table) -> range:
    """Find the rows of the head of a table of metrics, however it is arranged.

    Args:
        table: The table as it is printed.

    Returns:
        The rows from the first that says a year, kind or part; those over years that stand in the first column.
    """
    for row in range(min(HEAD_ROWS, table.rows)):
        said = [cell for cell in table.find_row(row) if split_head(cell.text) is not None]
        if said:
            return range(row) if row and said[0].column == 0 else range(row, find_metric_head_end(table, row))
    return range(find_metric_head_end(table, 0))


def _continues_head(table: Table, row: int) -> bool:
    name = table.find_cell(row, 0)
    if name is None or name.row != row:
        return False
    texts = [cell.text for cell in table.find_row(row)[1:] if cell.text]
    says_kinds = any(map(names_kind, texts)) and all(map(_says_kind, texts))
    return says_kinds or (not name.text and bool(texts) and not any(map(looks_like_value, texts)))


def _says_kind(text: str) -> bool:
    return names_kind(text) or says_whole(text) or stands_beside_years(text)


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


def split_off_bar(table: Table) -> tuple[Paragraph, Table] | None:
    """Split off the first row of a table, where it is one cell over all columns: a bar set directly upon the table.

    Args:
        table: The table.

    Returns:
        The bar's text, and the table without it; None where the first row is another.
    """
    first = table.find_row(0)
    if len(first) != 1 or first[0].column_span < table.columns or first[0].row_span > 1 or not first[0].text:
        return None
    rest: list[Cell] = [replace(cell, row=cell.row - 1) for cell in table.cells if cell.row]
    source = tuple(place for cell in rest for place in cell.source)
    below = Table(tuple(rest), table.rows - 1, table.columns, merge_places(source))
    return (Paragraph(first[0].text, first[0].source, strong=True), below) if rest else None

"""List amounts: the amounts of a list beside the budget.

They become metrics of the row's programme.
"""

import re

from extractor.document.layout import Cell
from extractor.document.outline import ListTable
from extractor.document.parsed import Problem
from extractor.extraction.observations import build_observation
from extractor.grammar.column_heads import ColumnHead
from extractor.grammar.eras import find_stated_fiscal_year
from extractor.grammar.item_names import is_total_name, parse_item_name
from extractor.grammar.numerals import SIGNED_FIGURE
from extractor.grammar.quantities import CellValue, read_value
from extractor.records.messages import make_message
from extractor.records.report import Metric


def read_row_amounts(found: ListTable, row: int, unit: str, year: int) -> tuple[list[Metric], list[Problem]]:
    """Read the amounts of a row besides the budget.

    Each is a metric with the name of its column.

    Args:
        found: The list.
        row: The row, counted from 0.
        unit: The unit of amounts that are printed without one.
        year: The report's fiscal year; a head that states a year of its own tells the year of its column.

    Returns:
        A metric without an id for each amount (a blank cell is none), and what there is to say of them; the paths of
        problems begin at the row: `/figures/0` …
    """
    metrics: list[Metric] = []
    problems: list[Problem] = []
    for column, head in found.figure_heads.items():
        cell = found.table.find_cell(row, column)
        if cell is None or not cell.text:
            continue
        stated = find_stated_fiscal_year(head)
        own = stated[0] if stated else year
        value = _read_amount_cell(cell, row, unit, own)
        if value.status == "unreadable":
            message = make_message("unreadable-value.cell", text=cell.text, why=value.why)
            path = f"/figures/{len(metrics)}/observations/0"
            problems.append(Problem(message, cell.source, path))
        metrics.append(_build_metric(head, cell, value, own))
    return metrics, problems


def _read_amount_cell(cell: Cell, row: int, unit: str, year: int) -> CellValue:
    if cell.row_span > 1 or cell.row != row:
        return CellValue("unreadable", why=make_message("unreadable.beside-programmes"))
    return read_value(_append_unit(cell.text, unit), year)


def _append_unit(text: str, unit: str) -> str:
    """Append the column's unit to each number that has no unit.

    >>> _append_unit("(債) 10,800 繰入金 30,000", "千円"), _append_unit("5件", "千円"), _append_unit("12,5", "")
    ('(債) 10,800千円 繰入金 30,000千円', '5件', '12,5')
    """
    return re.sub(rf"({SIGNED_FIGURE.pattern})(?=$|[\s)）])", rf"\g<1>{unit}", text)


def _build_metric(head: str, cell: Cell, value: CellValue, year: int) -> Metric:
    name = parse_item_name(head)
    return Metric(
        id="",
        name=head,
        label=name.label,
        note=name.note,
        part_of=None,
        row=1,
        is_total=is_total_name(name.label, at="whole"),
        observations=(build_observation(cell, value, (ColumnHead(year),)),),
        source=cell.source,
    )

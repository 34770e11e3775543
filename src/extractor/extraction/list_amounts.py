"""Figures: amounts that a list has beside the budget become metrics of the row's programme."""

import re

from extractor.document.layout import Cell
from extractor.document.outline import ListTable
from extractor.document.parsed import Problem
from extractor.grammar.eras import stated_fiscal_year
from extractor.grammar.item_names import is_total_name, item_name
from extractor.grammar.numerals import RUN
from extractor.grammar.quantities import Value, read_value
from extractor.records.messages import make_message
from extractor.records.report import Metric, Observation


def read_figures(found: ListTable, row: int, unit: str, year: int) -> tuple[list[Metric], list[Problem]]:
    """A metric for each figure of a row, named as its column is; a blank cell is none, as its programme has none.

    `unit` counts what nothing else counts. A head that states a year of its own tells the year of its column. The
    paths of problems begin at the row: `/figures/0` …
    """
    metrics: list[Metric] = []
    problems: list[Problem] = []
    for column, head in found.figure_heads.items():
        cell = found.table.at(row, column)
        if cell is None or not cell.text:
            continue
        stated = stated_fiscal_year(head)
        own = stated[0] if stated else year
        value = _value(cell, row, unit, own)
        if value.status == "unreadable":
            message = make_message("unreadable-value.cell", text=cell.text, why=value.why)
            path = f"/figures/{len(metrics)}/observations/0"
            problems.append(Problem(message, cell.source, path))
        metrics.append(_metric(head, cell, value, own))
    return metrics, problems


def _value(cell: Cell, row: int, unit: str, year: int) -> Value:
    if cell.row_span > 1 or cell.row != row:
        return Value("unreadable", why=make_message("unreadable.beside-programmes"))
    return read_value(_counted(cell.text, unit), year)


def _counted(text: str, unit: str) -> str:
    """The text with the column's unit behind each figure that nothing counts.

    >>> _counted("(債) 10,800 繰入金 30,000", "千円"), _counted("5件", "千円"), _counted("12,5", "")
    ('(債) 10,800千円 繰入金 30,000千円', '5件', '12,5')
    """
    return re.sub(rf"({RUN.pattern})(?=$|[\s)）])", rf"\g<1>{unit}", text)


def _metric(head: str, cell: Cell, value: Value, year: int) -> Metric:
    name = item_name(head)
    observation = Observation(
        fiscal_year=year,
        spans=None,
        raw=cell.text,
        status=value.status,
        quantities=value.quantities,
        period=value.period.text if value.period else None,
        period_edtf=value.period.edtf if value.period else None,
        source=cell.source,
    )
    is_total = is_total_name(name.label, at="whole")
    return Metric(
        id="",
        name=head,
        label=name.label,
        note=name.note,
        part_of=None,
        row=1,
        is_total=is_total,
        observations=(observation,),
        source=cell.source,
    )

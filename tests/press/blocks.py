"""What stands in programmes' blocks: offices, and the head and rows of a table."""

from press.model import MetricModel, OfficeModel, ProgrammeModel, ReportModel, value_cells
from press.style import Style, year_head
from press.tables import Cell


def office_text(office: OfficeModel) -> str:
    """An office as it is printed in footers and in the list."""
    bureau = f"（{office.bureau}）" if office.bureau else ""
    return " ".join([office.division, "、".join(office.groups)]).strip() + bureau


def footer_text(one: ProgrammeModel) -> str:
    """All offices of a block."""
    return "、".join(office_text(office) for office in one.offices)


def metric_head(model: ReportModel, style: Style) -> list[tuple[Cell, ...]]:
    """The head's row, or two where years stand over 目標 and 実績."""
    deep = 2 if style.targets == "merged" else 1
    first = [Cell(0, style.item_head, rows=deep, align="center", strong=style.shaded_head)]
    if style.unit_column:
        first.append(Cell(1, "単位", rows=deep, align="center", strong=style.shaded_head))
    second: list[Cell] = []
    at = len(first)
    for year in model.years:
        text = year_head(year, style.year_head)
        parts = {"none": [text], "columns": [f"{text} 目標", f"{text} 実績"], "merged": ["目標", "実績"]}[style.targets]
        if style.targets == "merged":
            first.append(Cell(at, text, columns=2, align="center", strong=style.shaded_head))
        row = second if style.targets == "merged" else first
        row += [Cell(at + index, part, align="center", strong=style.shaded_head) for index, part in enumerate(parts)]
        at += len(parts)
    return [tuple(first), tuple(second)] if second else [tuple(first)]


def metric_rows(model: ReportModel, one: ProgrammeModel, style: Style) -> list[tuple[Cell, ...]]:
    """The rows of values; a name that has several rows is merged down."""
    rows = []
    for index, metric in enumerate(one.metrics):
        cells: list[Cell] = []
        if metric.row == 1:
            cells.append(Cell(0, metric.name, rows=_deep(one.metrics, index)))
        unit = metric.unit()
        if style.unit_column:
            cells.append(Cell(1, unit or "", align="center"))
        column = 2 if style.unit_column else 1
        for years, _, cell in value_cells(model, metric, style):
            text = cell.text(bare=style.unit_column and unit is not None)
            align = "center" if len(years) > 1 or not cell.amounts else style.value_align
            cells.append(Cell(column, text, columns=len(years), align=align))
            column += len(years)
        rows.append(tuple(cells))
    return rows


def _deep(metrics: tuple[MetricModel, ...], index: int) -> int:
    """How many rows the name of a row has."""
    end = index + 1
    while end < len(metrics) and metrics[end].row > 1:
        end += 1
    return end - index

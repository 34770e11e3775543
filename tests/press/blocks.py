"""Programmes' blocks on the sheets: flowing under a title, or as a form in one ruled table."""

from press.model import MetricModel, OfficeModel, PassageModel, ProgrammeModel, ReportModel, value_cells
from press.sheet import Sheets
from press.style import Style, year_head
from press.tables import Cell, Grid, draw_table

# The share of the width that a form's labels have.
LABEL_SHARE = 0.16


def office_text(office: OfficeModel) -> str:
    """An office as it is printed in footers and in the list."""
    bureau = f"（{office.bureau}）" if office.bureau else ""
    return " ".join([office.division, "、".join(office.groups)]).strip() + bureau


def footer_text(one: ProgrammeModel) -> str:
    """All offices of a block."""
    return "、".join(office_text(office) for office in one.offices)


def draw_block(sheets: Sheets, model: ReportModel, one: ProgrammeModel) -> None:
    """A programme's block."""
    if sheets.style.form:
        draw_table(sheets, form(sheets, model, one))
        return
    style = sheets.style
    _title(sheets, one)
    for heading, passage in ((style.overview, one.overview), (style.results, one.results)):
        sheets.need(3.2 * style.size * style.leading)
        sheets.paragraph(heading, strong=style.bold_headings)
        for paragraph in passage.paragraphs:
            sheets.paragraph(paragraph, indent=True)
        for note in passage.notes:
            sheets.paragraph(note)
    if one.metrics:
        sheets.y += 2
        draw_table(sheets, metric_grid(sheets, model, one))
        sheets.y += 2
    sheets.paragraph(style.footer.format(offices=footer_text(one)), align=style.footer_align)


def _title(sheets: Sheets, one: ProgrammeModel) -> None:
    style, size = sheets.style, sheets.style.size
    sheets.need(7 * size * style.leading)
    if style.title == "none":
        return
    text = style.title_text.format(number=one.number, name=one.name)
    if style.title in {"bold", "plain"}:
        sheets.paragraph(text, strong=style.title == "bold")
        return
    lines = sheets.broken(text, sheets.right - sheets.left - 8, size, strong=True)
    top, bottom = sheets.y, sheets.y + len(lines) * size * 1.3 + 6
    if style.title == "bar":
        sheets.shade(sheets.left, top, sheets.right, bottom)
    sheets.box(sheets.left, top, sheets.right, bottom)
    for index, line in enumerate(lines):
        at = top + 3 + (index * 1.3 + 0.15) * size
        sheets.set_line(line, sheets.left + 4, sheets.right - 4, at, size, align="left", strong=True)
    sheets.y = bottom + 3


def _widths(sheets: Sheets, count: int) -> tuple[float, ...]:
    """Widths of the name's column, the unit's, and those of the values."""
    style, whole = sheets.style, sheets.right - sheets.left
    unit = (0.09 * whole,) if style.unit_column else ()
    name = style.name_share * whole
    return (name, *unit, *[(whole - name - sum(unit)) / count] * count)


def metric_grid(sheets: Sheets, model: ReportModel, one: ProgrammeModel) -> Grid:
    """A programme's table."""
    style = sheets.style
    widths = _widths(sheets, len(model.years) * (1 if style.targets == "none" else 2))
    head = metric_head(model, style)
    return Grid(
        widths=widths,
        rows=(*head, *metric_rows(model, one, style)),
        head=len(head),
        rules=style.rules,
        size=style.size - 1,
        padding=style.row_padding,
        shaded_head=style.shaded_head,
        repeated_head=style.repeated_head,
    )


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


def _prose(passage: PassageModel, style: Style) -> str:
    """A passage in a form's cell: a line feed behind each paragraph, a blank of full width before it."""
    blank = "\u3000" if style.indent else ""
    return "\n".join([*(blank + one for one in passage.paragraphs), *passage.notes])


def form(sheets: Sheets, model: ReportModel, one: ProgrammeModel) -> Grid:
    """A block as one table: labels in the left cells, prose beside them, the rows of values beneath."""
    style, whole = sheets.style, sheets.right - sheets.left
    name, *values = _widths(sheets, len(model.years) * (1 if style.targets == "none" else 2))
    label = LABEL_SHARE * whole
    texts = (
        ("事業名", style.title_text.format(number=one.number, name=one.name)),
        ("担当課", style.footer.format(offices=footer_text(one))),
        (style.overview, _prose(one.overview, style)),
        (style.results, _prose(one.results, style)),
    )
    rows: list[tuple[Cell, ...]] = [
        (Cell(0, word, align="center"), Cell(1, text, columns=1 + len(values))) for word, text in texts
    ]
    below = metric_head(model, style) + metric_rows(model, one, style) if one.metrics else []
    for row in below:
        # The names stand under the labels and a column more.
        rows.append(
            tuple(
                Cell(0, cell.text, columns=2, rows=cell.rows, align=cell.align)
                if cell.column == 0
                else Cell(cell.column + 1, cell.text, cell.columns, cell.rows, cell.align)
                for cell in row
            )
        )
    return Grid(
        widths=(label, name - label, *values),
        rows=tuple(rows),
        head=0,
        rules=style.rules,
        size=style.size - 0.5,
        padding=style.row_padding,
        repeated_head=False,
        parted=frozenset({2, 3}),
    )

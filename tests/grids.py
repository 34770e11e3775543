"""Tables drawn with bars, for tests of how their axes are read."""

from dataclasses import dataclass, replace

from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.outline import MetricTable
from extractor.extraction.metric_rows import TableMetrics, read_metrics
from extractor.profiles.profile import load_profile
from extractor.records.report import PageBox
from extractor.structure.metric_tables import read_metric_table

AOMORI = load_profile()


def draw_grid(drawing: str, page: int = 1) -> Table:
    """A table of a drawing: a line a row, `|` between cells; `<` goes on with the cell before, `^` with that above."""
    rows = [[text.strip() for text in line.split("|")] for line in drawing.strip().splitlines()]
    columns = max(map(len, rows))
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in {"<", "^"}:
                continue
            wide = 1 + next((n for n, other in enumerate(texts[column + 1 :]) if other != "<"), columns - column - 1)
            below = ((*other, *[""] * columns)[column] for other in rows[row + 1 :])
            high = 1 + next((n for n, other in enumerate(below) if other != "^"), len(rows) - row - 1)
            cells.append(Cell(row, column, text, (_box(page, column, row, wide, high),), high, wide))
    return Table(tuple(cells), len(rows), columns, (_box(page, 0, 0, columns, len(rows)),))


def _box(page: int, column: int, row: int, wide: int, high: int) -> PageBox:
    sides = (column * 50.0, row * 20.0, (column + wide) * 50.0, (row + high) * 20.0)
    return PageBox(page=page, page_label=None, bbox=sides)


@dataclass(frozen=True)
class Said:
    """What a table says: its metrics, in lines; the codes of problems; cells left over."""

    values: list[str]
    codes: list[str]
    unplaced: list[str]


def read_grid(drawing: str, year: int = 2023, caption: str | None = None) -> Said:
    """Read a drawn table as one of a report of this year."""
    table = draw_grid(drawing)
    found = read_metric_table(table, AOMORI)
    assert found is not None
    if caption:
        found = replace(found, caption=Paragraph(caption, table.source))
    return tell(found, year)


def tell(found: MetricTable, year: int = 2023) -> Said:
    """What a table says in a report of this year."""
    read = read_metrics(found, year, 0)
    codes = [one.message.key for one in read.problems if one.message.severity != "info"]
    return Said(list_values(read), codes, [one.text for one in read.unplaced])


def list_values(read: TableMetrics) -> list[str]:
    """The values as lines: item, year, kind, part, what is printed or how it stands; then what is beside."""
    lines = []
    for metric in read.metrics:
        name = f"{metric.group}>{metric.name}" if metric.group else metric.name
        for one in metric.observations:
            amounts = [f"{each.value}{each.unit or ''}" for each in one.quantities] or [one.status]
            kind = {"actual": ""}.get(one.measure, one.measure)
            lines.append(" ".join(filter(None, (name, str(one.fiscal_year), kind, one.part, *amounts))))
        lines += [f"{name} {other.head}: {other.raw}" for other in metric.others]
    return lines

"""Metrics: the rows of a programme's table become metrics with an observation for each year."""

import re
from dataclasses import dataclass

from extractor.fold import key
from extractor.interpret.names import components, is_total_name, item_name, own_part
from extractor.interpret.periods import Period, as_of
from extractor.interpret.values import Value, read_value
from extractor.model.layout import Cell
from extractor.model.outline import MetricTable
from extractor.model.parts import Problem
from extractor.model.places import around
from extractor.model.record import Metric, Observation, Quantity, Unplaced
from extractor.vocabulary import vocabulary
from extractor.years import column_year

_UNIT = re.compile(r"\((?:単位:?)?([^()]+)\)$")
_TOTALS = {"計", "合計", "総計"}
_SHARED = Value("unreadable", why="one cell stands beside several items")


@dataclass(frozen=True, slots=True)
class Metrics:
    """A table's rows, what there is to say of them (paths begin at the programme), and cells that no record holds."""

    metrics: tuple[Metric, ...]
    problems: tuple[Problem, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """The name cell of a row, and which of its rows this is, from 1. `assumed`: the row's own name cell is empty."""

    cell: Cell
    row: int
    assumed: bool = False


def read_metrics(found: MetricTable, report_year: int, first: int) -> Metrics:
    """The metrics of a table; `first` is how many the programme has already (for paths)."""
    years: dict[int, int] = {}
    problems: list[Problem] = []
    unplaced: list[Unplaced] = []
    for column, head in found.heads.items():
        year = column_year(head.text, report_year)
        if year is None or year in years.values():
            message = f"column {head.text} is none of a year" if year is None else f"column {head.text} stands twice"
            problems.append(Problem("unknown-year-column", "error", message, head.source))
        else:
            years[column] = year
    over = [cell for row in found.above for cell in found.table.row(row) if cell.text]
    unplaced += [Unplaced(text=cell.text, source=cell.source) for cell in over]
    metrics: list[Metric] = []
    name: _Name | None = None
    for row in found.body:
        name = _row_name(found, row, name)
        if name is None:
            unplaced += [Unplaced(text=cell.text, source=cell.source) for cell in found.table.row(row) if cell.text]
            continue
        metric, said = _metric(found, row, name, years, metrics, first + len(metrics))
        metrics.append(metric)
        problems += said
        unplaced += _outside(found, row, years)
    return Metrics(tuple(metrics), tuple(problems), tuple(unplaced))


def _row_name(found: MetricTable, row: int, before: _Name | None) -> _Name | None:
    """The name that a row goes by: its own, or that of the row above where the cell spans both or is left empty."""
    cell = found.table.at(row, found.name_column)
    if cell is None or not cell.text:
        return _Name(before.cell, before.row + 1, assumed=True) if before else None
    if before is not None and cell is before.cell:
        return _Name(cell, before.row + 1)
    return _Name(cell, 1)


def _outside(found: MetricTable, row: int, years: dict[int, int]) -> list[Unplaced]:
    """Cells of a row in columns that are neither the name's nor a year's."""
    return [
        Unplaced(text=cell.text, source=cell.source)
        for cell in found.table.row(row)
        if cell.text
        and cell.column != found.name_column
        and not any(cell.column <= column < cell.column + cell.column_span for column in years)
    ]


def _metric(
    found: MetricTable, row: int, name: _Name, years: dict[int, int], above: list[Metric], number: int
) -> tuple[Metric, list[Problem]]:
    text = name.cell.text
    parts = item_name(text)
    part_of = parts.part_of
    if part_of is None and own_part(text):
        part_of = next((metric.label for metric in reversed(above) if not own_part(metric.name)), None)
    cells = _year_cells(found, row, name, years)
    problems: list[Problem] = []
    observations = []
    for index, (cell, covered) in enumerate(cells):
        value = _SHARED if _shared(found, cell) else _value(cell.text, covered[0], found.name_head)
        path = f"/metrics/{number}/observations/{index}"
        problems += _said(value, cell, path)
        observations.append(_observation(value, cell, covered, parts.label, parts.note))
        problems += _component_count(observations[-1], value, parts.label, path)
    is_total = is_total_name(text) or any(
        _TOTALS & set(quantity.qualifiers) for one in observations for quantity in one.quantities
    )
    if name.assumed and not is_total:
        message = f"a row without a name is taken for another of {text}"
        problems.append(Problem("blank-cell", "warning", message, found.table.row(row)[0].source, f"/metrics/{number}"))
    source = around([*name.cell.source, *(place for cell, _ in cells for place in cell.source)])
    metric = Metric(
        id="",
        name=text,
        label=parts.label,
        note=parts.note,
        part_of=part_of,
        row=name.row,
        is_total=is_total,
        observations=tuple(observations),
        source=source,
    )
    return metric, problems


def _year_cells(found: MetricTable, row: int, name: _Name, years: dict[int, int]) -> list[tuple[Cell, tuple[int, ...]]]:
    """A row's cells under the columns of years, each once, with the years that it stands under."""
    cells: list[tuple[Cell, tuple[int, ...]]] = []
    for column in sorted(years):
        # A row of a transcript may end before its last columns: nothing is printed there.
        cell = found.table.at(row, column) or Cell(row, column, "", name.cell.source)
        if not any(cell is seen for seen, _ in cells):
            span = range(cell.column, cell.column + cell.column_span)
            cells.append((cell, tuple(sorted(years[one] for one in span if one in years))))
    return cells


def _value(text: str, year: int, head: str) -> Value:
    """What a cell says; a number that nothing counts is in the unit that the head gives (項目名（単位：千円）)."""
    value = read_value(text, year)
    unit = _UNIT.search(key(head))
    if unit and len(value.quantities) == 1 and value.quantities[0].unit is None:
        return read_value(f"{text}{unit[1]}", year)
    return value


def _shared(found: MetricTable, cell: Cell) -> bool:
    """Whether a cell that is merged down stands beside several items, so that it is not known whose value it is."""
    beside = {id(found.table.at(row, found.name_column)) for row in range(cell.row, cell.row + cell.row_span)}
    return bool(cell.text) and len(beside) > 1


def _observation(value: Value, cell: Cell, covered: tuple[int, ...], label: str, note: str | None) -> Observation:
    when = value.period
    if when is None and note and value.status == "read":
        when = _noted_period(note, covered[-1])
    return Observation(
        fiscal_year=covered[0],
        spans=covered if len(covered) > 1 else None,
        raw=cell.text,
        status=value.status,
        quantities=_named(value.quantities, label, note),
        period=when.text if when else None,
        period_edtf=when.edtf if when else None,
        source=cell.source,
    )


def _noted_period(note: str, year: int) -> Period | None:
    """The moment that a name's note gives (…R6.2.29現在), where it lies in this year and so is about its figure."""
    found = as_of(note, year)
    return found[0] if found and found[1] == year else None


def _named(quantities: tuple[Quantity, ...], label: str, note: str | None) -> tuple[Quantity, ...]:
    """The amounts with the component that each answers, and with the unit that the name's note gives for all."""
    things = components(label)
    if len(things) == len(quantities):
        quantities = tuple(
            quantity.model_copy(update={"component": thing}) for quantity, thing in zip(quantities, things, strict=True)
        )
    if note in vocabulary().counters.words:
        quantities = tuple(
            quantity if quantity.unit else quantity.model_copy(update={"unit": note}) for quantity in quantities
        )
    return quantities


def _said(value: Value, cell: Cell, path: str) -> list[Problem]:
    if value.status == "unreadable":
        return [Problem("unreadable-value", "error", f"{cell.text} cannot be read: {value.why}", cell.source, path)]
    return []


def _component_count(observation: Observation, value: Value, label: str, path: str) -> list[Problem]:
    """A name that counts n things against a cell with another number of amounts."""
    count = len(observation.quantities)
    things = components(label)
    if observation.status != "read" or count == (len(things) or 1) or (not things and not value.bare):
        return []
    wanted = f"{len(things)} things" if things else "one thing"
    message = f"{label} counts {wanted}, but {observation.raw} holds {count} amount{'s' if count != 1 else ''}"
    return [Problem("component-count", "warning", message, observation.source, path)]

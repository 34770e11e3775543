"""Metrics: the rows of a programme's table become metrics with an observation for each year."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell
from extractor.document.outline import MetricTable
from extractor.document.parsed import Problem
from extractor.extraction.units import base, caption_unit, counted, differs, head_unit, note_unit, row_unit
from extractor.extraction.year_columns import outside, year_cells, year_heads
from extractor.grammar.eras import ColumnHead, beside_years
from extractor.grammar.item_names import components, is_total_name, item_name, own_part
from extractor.grammar.periods import Period, as_of
from extractor.grammar.quantities import Value, is_absent, read_value
from extractor.records.messages import make_message
from extractor.records.report import Metric, Observation, Quantity, Unplaced

_SHARED = Value("unreadable", why=make_message("unreadable.beside-items"))
_NAMED = Value("unreadable", why=make_message("unreadable.name-and-value"))
_MIXED = Value("unreadable", why=make_message("unreadable.mixed-columns"))


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
    heads, problems = year_heads(found, report_year)
    loose = [cell for row in found.above for cell in found.table.row(row) if cell.text]
    metrics: list[Metric] = []
    name: _Name | None = None
    for row in found.body:
        name = _row_name(found, row, name)
        if name is None:
            loose += [cell for cell in found.table.row(row) if cell.text]
            continue
        metric, said = _metric(found, row, name, heads, metrics, first + len(metrics))
        metrics.append(metric)
        problems += said
        loose += outside(found, row, heads)
    loose += _unused_units(found, metrics)
    unplaced = [Unplaced(text=cell.text, source=cell.source) for cell in loose]
    if found.caption and not _counted_in(caption_unit(found), metrics):
        unplaced.insert(0, Unplaced(text=found.caption.text, source=found.caption.source))
    return Metrics(tuple(metrics), tuple(problems), tuple(unplaced))


def _counted_in(unit: str | None, metrics: Sequence[Metric]) -> bool:
    """Whether an amount of these rows is in a unit, so that a record holds it."""
    one = base(unit) if unit else None
    return one is not None and any(
        quantity.unit == one.unit
        for metric in metrics
        for observation in metric.observations
        for quantity in observation.quantities
    )


def _unused_units(found: MetricTable, metrics: Sequence[Metric]) -> list[Cell]:
    """Cells of the unit column in whose unit no amount is, of rows that are metrics (in order).

    Where a row says in print that it has no amounts, its unit is that of none, and as good as a head.
    """
    rows = dict(zip(found.body[len(found.body) - len(metrics) :], metrics, strict=True))
    beside: dict[int, tuple[Cell, list[Metric]]] = {}
    for row, metric in rows.items():
        cell = None if found.unit_column is None else found.table.at(row, found.unit_column)
        if cell is not None and cell.text and not is_absent(cell.text):
            beside.setdefault(id(cell), (cell, []))[1].append(metric)
    return [
        cell
        for cell, held in beside.values()
        if not _counted_in(said[0] if (said := row_unit(found, cell.row)) else None, held) and not _of_none(held)
    ]


def _of_none(metrics: Sequence[Metric]) -> bool:
    return all(one.status in {"absent", "blank"} for metric in metrics for one in metric.observations)


def _row_name(found: MetricTable, row: int, before: _Name | None) -> _Name | None:
    """The name that a row goes by: its own, or that of the row above where the cell spans both or is left empty."""
    cell = found.table.at(row, found.name_column)
    if cell is None or not cell.text:
        return _Name(before.cell, before.row + 1, assumed=True) if before else None
    if before is not None and cell is before.cell:
        return _Name(cell, before.row + 1)
    return _Name(cell, 1)


def _metric(
    found: MetricTable, row: int, name: _Name, heads: dict[int, ColumnHead], above: list[Metric], number: int
) -> tuple[Metric, list[Problem]]:
    text = name.cell.text
    parts = item_name(text)
    part_of = parts.part_of
    if part_of is None and own_part(text):
        part_of = next((metric.label for metric in reversed(above) if not own_part(metric.name)), None)
    cells = year_cells(found, row, name.cell, heads)
    unit = row_unit(found, row)
    units = (unit[0] if unit else None, note_unit(parts.note), head_unit(found.name_head), caption_unit(found))
    problems: list[Problem] = []
    observations = []
    for index, (cell, covered) in enumerate(cells):
        value = _SHARED if _shared(found, cell) else _NAMED if cell is name.cell else _value(cell.text, covered, units)
        path = f"/metrics/{number}/observations/{index}"
        problems += _said(value, cell, path) + _headless(found, cell, heads, path)
        if unit:
            problems += _other_unit(read_value(cell.text, covered[0].year), cell, unit[0], text, path)
        observations.append(_observation(value, cell, covered, parts.label, parts.note))
        problems += _component_count(observations[-1], value, parts.label, path)
    says_total = any(
        is_total_name(word, at="whole")
        for one in observations
        for quantity in one.quantities
        for word in quantity.qualifiers
    )
    if name.assumed and not says_total:
        message = make_message("blank-cell.name", name=text)
        problems.append(Problem(message, found.table.row(row)[0].source, f"/metrics/{number}"))
    source = merge_places([*name.cell.source, *(place for cell, _ in cells for place in cell.source)])
    metric = Metric(
        id="",
        name=text,
        label=parts.label,
        note=parts.note,
        part_of=part_of,
        row=name.row,
        is_total=says_total or is_total_name(text),
        observations=tuple(observations),
        source=source,
    )
    return metric, problems


def _value(text: str, covered: Sequence[ColumnHead], units: Sequence[str | None]) -> Value:
    """What a cell says, under these heads; units of the row and its name go before the column's, the table's behind."""
    column = {head.unit for head in covered}
    own = column.pop() if len(column) == 1 else None
    value = counted(text, covered[0].year, (*units[:2], own, *units[2:]))
    return _MIXED if value.quantities and len({head.planned for head in covered}) > 1 else value


def _shared(found: MetricTable, cell: Cell) -> bool:
    """Whether a cell that is merged down stands beside several items, so that it is not known whose value it is."""
    beside = {id(found.table.at(row, found.name_column)) for row in range(cell.row, cell.row + cell.row_span)}
    return bool(cell.text) and len(beside) > 1


def _observation(value: Value, cell: Cell, covered: Sequence[ColumnHead], label: str, note: str | None) -> Observation:
    years = tuple(dict.fromkeys(head.year for head in covered))
    when = value.period
    if when is None and note and value.status == "read":
        when = noted_period(note, years[-1])
    return Observation(
        fiscal_year=years[0],
        spans=years if len(years) > 1 else None,
        raw=cell.text,
        status=value.status,
        quantities=_named(value.quantities, label, covered[0].planned),
        period=when.text if when else None,
        period_edtf=when.edtf if when else None,
        source=cell.source,
    )


def noted_period(note: str, year: int) -> Period | None:
    """The moment that a name's note gives (…R6.2.29現在), where it lies in this year and so is about its figure."""
    found = as_of(note, year)
    return found[0] if found and found[1] == year else None


def _named(quantities: tuple[Quantity, ...], label: str, planned: str | None) -> tuple[Quantity, ...]:
    """The amounts with the component that each answers; of a column that holds no actual values, its word first."""
    things = components(label)
    if len(things) == len(quantities):
        quantities = tuple(
            quantity.model_copy(update={"component": thing}) for quantity, thing in zip(quantities, things, strict=True)
        )
    if planned is None:
        return quantities
    return tuple(
        quantity.model_copy(
            update={"qualifiers": (planned, *(word for word in quantity.qualifiers if word != planned))}
        )
        for quantity in quantities
    )


def _other_unit(value: Value, cell: Cell, unit: str, name: str, path: str) -> list[Problem]:
    """An amount with a counter of its own in a row whose unit column says another."""
    own = [quantity for quantity in value.quantities if quantity.unit is not None]
    if not own or not all(differs(quantity, cell.text, unit) for quantity in own):
        return []
    message = make_message("counter-mismatch.row", name=name, unit=unit, text=cell.text)
    return [Problem(message, cell.source, path)]


def _said(value: Value, cell: Cell, path: str) -> list[Problem]:
    if value.status == "unreadable":
        message = make_message("unreadable-value.cell", text=cell.text, why=value.why)
        return [Problem(message, cell.source, path)]
    return []


def _headless(found: MetricTable, cell: Cell, heads: dict[int, ColumnHead], path: str) -> list[Problem]:
    """A cell that is merged over a column without a head too, or over one that holds no year's values: then it is not
    known what of it is of which years."""
    others = [one for one in range(cell.column, cell.column + cell.column_span) if one not in heads]
    if cell.column <= found.name_column:
        return []
    if any(one not in found.heads for one in others):
        message = make_message("unknown-year-column.headless", text=cell.text)
    elif (beside := [one for one in others if beside_years(found.heads[one].text)]) and not _says_nothing(cell.text):
        message = make_message("unknown-year-column.beside", text=cell.text, head=found.heads[beside[0]].text)
    else:
        return []
    return [Problem(message, cell.source, path)]


def _says_nothing(text: str) -> bool:
    return not text or is_absent(text)


def _component_count(observation: Observation, value: Value, label: str, path: str) -> list[Problem]:
    """A name that counts n things against a cell with another number of amounts."""
    count = len(observation.quantities)
    things = components(label)
    if observation.status != "read" or count == (len(things) or 1) or (not things and not value.bare):
        return []
    variant = "several" if things else "one"
    said = {"label": label, "text": observation.raw, "count": count} | ({"things": len(things)} if things else {})
    return [Problem(make_message(f"component-count.{variant}", **said), observation.source, path)]

"""Metrics: the rows of a programme's table become metrics.

Each has an observation for each year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, gather_places
from extractor.document.outline import MetricTable
from extractor.document.parsed import Problem
from extractor.extraction.foot_notes import find_named_notes
from extractor.extraction.observations import build_observation, complete_value
from extractor.extraction.passages import list_unplaced
from extractor.extraction.units import (
    find_row_unit,
    has_other_unit,
    parse_unit,
    read_caption_unit,
    read_head_unit,
    read_in_unit,
    read_note_unit,
)
from extractor.extraction.year_columns import (
    YearColumns,
    date_heads,
    find_year_cells,
    list_cells_outside,
    read_year_heads,
)
from extractor.grammar.column_heads import ColumnHead, find_planned_kind, names_year, stands_beside_years
from extractor.grammar.item_names import is_own_part, is_total_name, parse_item_name, split_components
from extractor.grammar.quantities import CellValue, is_absent, read_value
from extractor.records.messages import make_message
from extractor.records.report import Metric, Note, Observation, OtherValue, Unplaced

_SHARED = CellValue("unreadable", why=make_message("unreadable.beside-items"))
_NAMED = CellValue("unreadable", why=make_message("unreadable.name-and-value"))
# A title of rows stands in brackets of its own, or behind a mark.
_GROUP_TITLE = re.compile(r"[【［\[＜<〈《].+[】］\]＞>〉》]|[■□◆◇●▼].+")
_MIXED = CellValue("unreadable", why=make_message("unreadable.mixed-columns"))


@dataclass(frozen=True, slots=True)
class TableMetrics:
    """A table's rows as metrics, and what is left of it.

    That is what there is to say of the rows (paths begin at the programme), and cells that no record holds. `group` is
    the title over its last rows, which holds for more of the table elsewhere.
    """

    metrics: tuple[Metric, ...]
    problems: tuple[Problem, ...]
    unplaced: tuple[Unplaced, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class _RowName:
    """The name cell of a row, and which of its rows this is, from 1. `assumed`: the row's own name cell is empty."""

    cell: Cell
    row: int
    assumed: bool = False


def read_metrics(
    found: MetricTable,
    report_year: int,
    first: int,
    notes: Sequence[Note] = (),
    *,
    group: str = "",
    is_continued: bool = False,
) -> TableMetrics:
    """Read the rows of a table as metrics.

    Args:
        found: The table with its axes.
        report_year: The fiscal year of the report, for heads that leave the era out.
        first: How many metrics the programme has already, for the paths of problems.
        notes: The foot notes of the block.
        group: The title over the first rows, where it stands in the part of the table before; empty: none does.
        is_continued: Whether more of the table stands elsewhere: a title at its end is over rows there.

    Returns:
        The metrics without ids, the problems, and the cells that no record holds.
    """
    columns, problems = read_year_heads(found, report_year)
    loose = list(found.above)
    metrics: list[Metric] = []
    name: _RowName | None = None
    last = len(found.body) if is_continued else -1
    titles = {row: title for row in found.body[:last] if (title := _find_group_title(found, row)) is not None}
    for number, row in enumerate(found.body, start=1):
        if row in titles:
            # A title with another one right below has no rows that could hold it.
            loose += [titles[row]] if found.body[number : number + 1] and found.body[number] in titles else []
            problems += _report_dated_title(titles[row])
            group, name = titles[row].text, None
            continue
        name = _find_row_name(found, row, name)
        if name is None:
            loose += [cell for cell in found.table.find_row(row) if cell.text]
            continue
        metric, said = _read_row(found, row, name, columns, metrics, first + len(metrics), report_year)
        metric = _add_notes(metric, found, row, name.cell, notes)
        others = _list_others(found, row, columns)
        both = " ".join(filter(None, (group, metric.group)))
        metrics.append(metric.model_copy(update={"group": both or None, "others": others}))
        problems += said
        loose += list_cells_outside(found, row, columns.known)
    caption = None if found.goes_on else found.caption
    unused = [caption] if caption and not _has_unit(read_caption_unit(found), metrics) else []
    return TableMetrics(tuple(metrics), tuple(problems), tuple(list_unplaced([*unused, *loose])), group)


def _add_notes(metric: Metric, found: MetricTable, row: int, name: Cell, notes: Sequence[Note]) -> Metric:
    """Add the foot notes that marks in the name's cell and in the cells of the values name."""
    cells = (found.table.find_cell(row, column) for column in range(found.table.columns))
    named = {cell.source: find_named_notes(cell.marks, notes, cell.source) for cell in (name, *cells) if cell}
    observations = tuple(
        observation.model_copy(update={"notes": named.get(observation.source, ())})
        for observation in metric.observations
    )
    return metric.model_copy(update={"observations": observations, "notes": named[name.source]})


def _list_others(found: MetricTable, row: int, columns: YearColumns) -> tuple[OtherValue, ...]:
    """List a row's cells in the columns beside those of years, without those that reach into one of these."""
    cells = {column: found.table.find_cell(row, column) for column in columns.beside}
    return tuple(
        OtherValue(head=columns.beside[column], raw=cell.text, source=cell.source)
        for column, cell in cells.items()
        if cell is not None
        and cell.text
        and cell.column == column
        and not any(one in columns.heads for one in range(column, column + cell.column_span))
    )


def _has_unit(unit: str | None, metrics: Sequence[Metric]) -> bool:
    """Tell whether an amount of these rows is in a unit, so that a record holds it."""
    known = parse_unit(unit) if unit else None
    return known is not None and any(
        quantity.unit == known.unit
        for metric in metrics
        for observation in metric.observations
        for quantity in observation.quantities
    )


def _find_row_name(found: MetricTable, row: int, before: _RowName | None) -> _RowName | None:
    """Find the name that a row goes by: its own, or that of the row above where the cell spans both or is empty."""
    cell = found.table.find_cell(row, found.name_column)
    if cell is None or not cell.text:
        return _RowName(before.cell, before.row + 1, assumed=True) if before else None
    return _RowName(cell, before.row + 1 if before is not None and cell is before.cell else 1)


def _find_group_title(found: MetricTable, row: int) -> Cell | None:
    """Find the title of the rows below, which a row holds alone: over all columns, or within brackets."""
    cells = [cell for cell in found.table.find_row(row) if cell.text]
    if len(cells) != 1 or cells[0].row_span > 1 or cells[0].column > found.name_column:
        return None
    over_all = cells[0].column_span >= found.table.columns > 1
    return cells[0] if over_all or _GROUP_TITLE.fullmatch(cells[0].text) else None


def _find_group(found: MetricTable, row: int, first: int = 0) -> str:
    """Find what stands before the name of a row, in the columns from `first` on; empty where nothing does."""
    cells = (found.table.find_cell(row, column) for column in range(first, found.name_column))
    return " ".join(dict.fromkeys(cell.text for cell in cells if cell is not None and cell.text))


def _report_dated_title(title: Cell) -> list[Problem]:
    """Report a title over rows that says another year or kind of values than the columns do, or may do so."""
    text = title.text.strip("【】［］[]＜＞<>〈〉《》（）()■□◆◇●▼ ")
    if not names_year(text) and find_planned_kind(text) is None:
        return []
    return [Problem(make_message("unknown-year-column.title", text=title.text), title.source, "/metrics")]


def _read_row(
    found: MetricTable,
    row: int,
    name: _RowName,
    columns: YearColumns,
    above: list[Metric],
    number: int,
    report_year: int,
) -> tuple[Metric, list[Problem]]:
    text, parts, group = name.cell.text, parse_item_name(name.cell.text), _find_group(found, row)
    kind = find_planned_kind(parts.note or "") or find_planned_kind(parts.label.rpartition(" ")[2])
    heads = date_heads(found, row, columns, kind, report_year)
    part_of = parts.part_of
    if part_of is None and is_own_part(text):
        part_of = next((metric.label for metric in reversed(above) if not is_own_part(metric.name)), None)
    own, note = find_row_unit(found, row), read_note_unit(parts.note)
    units = (own, note, read_head_unit(found.name_head), read_caption_unit(found))
    cells = find_year_cells(found, row, name.cell, heads)
    problems: list[Problem] = []
    observations = []
    for index, (cell, covered) in enumerate(cells):
        value = _NAMED if cell is name.cell else _read_cell(cell.text, covered, units)
        value = _SHARED if _is_shared(found, cell) else value
        completed = complete_value(value, parts.label, parts.note, covered[-1].year, covered[0].planned)
        observations.append(build_observation(cell, completed, covered))
        path = f"/metrics/{number}/observations/{index}"
        problems += _report_unreadable(value, cell, path) + _report_headless(found, cell, heads, path)
        problems += _report_other_unit(cell, covered[0].year, own, text, path)
        problems += _report_component_count(observations[-1], value, parts.label, path)
    says_total = any(map(_says_total, observations))
    if name.assumed and not says_total:
        message = make_message("blank-cell.name", name=text)
        problems.append(Problem(message, found.table.find_row(row)[0].source, f"/metrics/{number}"))
    metric = Metric(
        id="",
        name=" ".join(filter(None, (_find_group(found, row, found.first_name_column), text))),
        label=parts.label,
        note=parts.note,
        part_of=part_of,
        row=name.row,
        is_total=says_total or is_total_name(text),
        observations=tuple(observations),
        source=merge_places(gather_places([name.cell, *(cell for cell, _ in cells)])),
        unit=own,
        group=group or None,
    )
    return metric, problems


def _says_total(observation: Observation) -> bool:
    """Tell whether a value says of itself that it is a total (計 22名)."""
    qualifiers = (word for quantity in observation.quantities for word in quantity.qualifiers)
    return any(is_total_name(word, at="whole") for word in qualifiers)


def _read_cell(text: str, covered: Sequence[ColumnHead], units: Sequence[str | None]) -> CellValue:
    """Read a cell under these heads; units of the row and its name go before the column's, the table's behind."""
    column = {head.unit for head in covered}
    own = column.pop() if len(column) == 1 else None
    value = read_in_unit(text, covered[0].year, (*units[:2], own, *units[2:]))
    return _MIXED if value.quantities and len({head.planned for head in covered}) > 1 else value


def _is_shared(found: MetricTable, cell: Cell) -> bool:
    """Tell whether a cell that is merged down stands beside several items: it is not known whose value it is."""
    beside = {id(found.table.find_cell(row, found.name_column)) for row in range(cell.row, cell.row + cell.row_span)}
    return bool(cell.text) and len(beside) > 1


def _report_other_unit(cell: Cell, year: int, unit: str | None, name: str, path: str) -> list[Problem]:
    """Report an amount with a counter of its own in a row whose unit column says another."""
    amounts = read_value(cell.text, year).quantities if unit else ()
    own = [quantity for quantity in amounts if quantity.unit is not None]
    if not own or unit is None or not all(has_other_unit(quantity, cell.text, unit) for quantity in own):
        return []
    message = make_message("counter-mismatch.row", name=name, unit=unit, text=cell.text)
    return [Problem(message, cell.source, path)]


def _report_unreadable(value: CellValue, cell: Cell, path: str) -> list[Problem]:
    if value.status != "unreadable":
        return []
    return [Problem(make_message("unreadable-value.cell", text=cell.text, why=value.why), cell.source, path)]


def _report_headless(found: MetricTable, cell: Cell, heads: dict[int, ColumnHead], path: str) -> list[Problem]:
    """Report a cell that is merged over a column without a head too, or over one that holds no year's values.

    It is not known what of it is of which years.
    """
    others = [one for one in range(cell.column, cell.column + cell.column_span) if one not in heads]
    headless = any(one not in found.heads for one in others)
    beside = [head for one in others if (head := found.heads.get(one)) and stands_beside_years(head.text)]
    if cell.column <= found.name_column or not (headless or (beside and cell.text and not is_absent(cell.text))):
        return []
    if headless:
        message = make_message("unknown-year-column.headless", text=cell.text)
    else:
        message = make_message("unknown-year-column.beside", text=cell.text, head=beside[0].text)
    return [Problem(message, cell.source, path)]


def _report_component_count(observation: Observation, value: CellValue, label: str, path: str) -> list[Problem]:
    """Report a name that counts n things against a cell with another number of amounts."""
    # うち says of an amount that it is a part of the one before it.
    count = sum("うち" not in quantity.qualifiers for quantity in observation.quantities)
    things = split_components(label)
    if observation.status != "read" or count == (len(things) or 1) or (not things and not value.bare):
        return []
    variant = "several" if things else "one"
    said = {"label": label, "text": observation.raw, "count": count} | ({"things": len(things)} if things else {})
    return [Problem(make_message(f"component-count.{variant}", **said), observation.source, path)]

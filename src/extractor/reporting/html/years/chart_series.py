"""Chart series: a metric's statements as what charts show: points, bars over several years, and why a year has none.

Nothing is reckoned here: each number is one that a report says. A line joins two points only where they are of years
that follow on each other, and a year without a number is a gap with its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extractor.records.report import Quantity
from extractor.records.trends import Statement
from extractor.trends.metric_series import find_plan_word, unify_unit

# now: what the latest report says; restated: what an earlier one said, and a later one gives otherwise; earlier: what
# an earlier one said of other terms (another period, another note).
State = Literal["now", "restated", "earlier"]
# Why a year has no point: as its status says; several: a cell of several numbers; other: of another unit or component;
# unsaid: no amount is printed; paused: the report of the year does not have the programme, and a later one has.
Gap = Literal["absent", "blank", "unreadable", "several", "other", "unsaid", "paused"]
# What a series counts: the component of the metric, and the unit, the same for those that say the same.
Counted = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A number of one year, or with `last` a number of all years up to that one."""

    year: int
    last: int
    value: int | Decimal
    qualifiers: tuple[str, ...]
    unit: str | None
    state: State
    statement: Statement | None

    @property
    def spans(self) -> bool:
        """Whether it is of several years."""
        return self.last != self.year


@dataclass(frozen=True, slots=True)
class ChartJoin:
    """Two points that a line joins. `sure`: both are of one programme for certain."""

    before: ChartPoint
    after: ChartPoint
    sure: bool


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """All that one chart shows. `gaps`: why a year has no number."""

    component: str | None
    points: tuple[ChartPoint, ...]
    gaps: Mapping[int, Gap]
    joins: tuple[ChartJoin, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units as printed, each once, in the order of the years; empty where no number has one."""
        return tuple(dict.fromkeys(point.unit for point in self.points if point.unit))

    @property
    def qualifiers(self) -> tuple[str, ...] | None:
        """The qualifiers that all numbers have; None: they have others."""
        found = {point.qualifiers for point in self.points}
        return found.pop() if len(found) == 1 else None


def build_chart_series(
    statements: Sequence[Statement],
    order: Mapping[str, int],
    restated: Collection[tuple[str, str, int]],
    stretches: Mapping[tuple[str, str], int],
    paused: Collection[int],
) -> list[ChartSeries]:
    """Build a metric's series, one for each thing counted and unit.

    Units never share a chart.

    Args:
        statements: What all reports say of the metric.
        order: The place of each report by year, by its id.
        restated: What a later report gives otherwise, by report, pointer and year.
        stretches: For a statement by report and pointer, the number of the run of years in which the programme is one.
        paused: The years whose reports do not have the programme, though a later one has it again.

    Returns:
        The series; none where no number is known for what it is.
    """
    latest: dict[tuple[int, int, str | None], int] = {}
    for statement in statements:
        for year, last in _find_runs(statement):
            about = (year, last, find_plan_word(statement))
            latest[about] = max(latest.get(about, 0), order[statement.report])

    def make_point(statement: Statement, number: Quantity, year: int, last: int) -> ChartPoint:
        state: State = "earlier"
        if order[statement.report] == latest[year, last, find_plan_word(statement)]:
            state = "now"
        elif any((statement.report, statement.pointer, one) in restated for one in range(year, last + 1)):
            state = "restated"
        return ChartPoint(year, last, number.value, number.qualifiers, number.unit, state, statement)

    series = []
    for component, numbers in _group_numbers(statements):
        points = [make_point(*said, *run) for said in numbers for run in _find_runs(said[0])]
        now = [point for point in points if point.state == "now"]
        shown = sorted(_drop_repeated(points), key=lambda point: (point.year, point.last, point.state))
        gaps: dict[int, Gap] = {year: "paused" for year in sorted(paused) if year not in _list_years(now)}
        gaps |= _find_gaps(statements, now, order)
        series.append(ChartSeries(component, tuple(shown), gaps, tuple(_join_points(now, stretches))))
    return series


def _group_numbers(statements: Sequence[Statement]) -> list[tuple[str | None, list[tuple[Statement, Quantity]]]]:
    """Group the numbers of statements by what they count, with the component that it is."""
    said: dict[Counted, list[tuple[Statement, Quantity]]] = defaultdict(list)
    for statement in filter(_is_plain, statements):
        for quantity in statement.quantities:
            said[quantity.component, unify_unit(quantity.unit)].append((statement, quantity))
    return [(component, numbers) for (component, _), numbers in said.items()]


def _is_plain(statement: Statement) -> bool:
    """Tell whether it is known of each of a statement's numbers what it is of."""
    counted = [(quantity.component, unify_unit(quantity.unit)) for quantity in statement.quantities]
    alone = len(counted) == 1 or (len(set(counted)) == len(counted) and all(component for component, _ in counted))
    return statement.status == "read" and alone


def _find_runs(statement: Statement) -> list[tuple[int, int]]:
    """Find the years that a statement is of, those that follow on each other together: first and last."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(statement.spans or (statement.fiscal_year,))):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _drop_repeated(points: Sequence[ChartPoint]) -> list[ChartPoint]:
    """Drop what earlier reports said if the latest says it too, and each of their numbers but once."""
    kept = [point for point in points if point.state == "now"]
    said = {(point.year, point.last, point.value) for point in kept}
    for point in points:
        if (number := (point.year, point.last, point.value)) not in said:
            said.add(number)
            kept.append(point)
    return kept


def _find_gaps(statements: Sequence[Statement], now: Sequence[ChartPoint], order: Mapping[str, int]) -> dict[int, Gap]:
    """Find why the latest report gives no number for a year that it tells of."""
    there = _list_years(now)
    last: dict[int, Statement] = {}
    # Sorting is stable: of one report, its last statement counts.
    for statement in sorted(statements, key=lambda statement: order[statement.report]):
        last |= dict.fromkeys(statement.spans or (statement.fiscal_year,), statement)
    return {year: _explain_gap(statement) for year, statement in sorted(last.items()) if year not in there}


def _list_years(points: Sequence[ChartPoint]) -> set[int]:
    return {year for point in points for year in range(point.year, point.last + 1)}


def _explain_gap(statement: Statement) -> Gap:
    if statement.status != "read":
        return statement.status
    return "other" if _is_plain(statement) else "several"


def _join_points(now: Sequence[ChartPoint], stretches: Mapping[tuple[str, str], int]) -> list[ChartJoin]:
    """Join points of years that follow on each other and say one kind of number, where there is one such for each."""
    singles = [point for point in now if not point.spans]
    counts = Counter((point.year, point.qualifiers) for point in singles)
    of_kind: dict[tuple[str, ...], list[ChartPoint]] = defaultdict(list)
    for point in sorted(singles, key=lambda point: point.year):
        if counts[point.year, point.qualifiers] == 1:
            of_kind[point.qualifiers].append(point)
    return [
        ChartJoin(before, after, _find_stretch(before, stretches) == _find_stretch(after, stretches))
        for points in of_kind.values()
        for before, after in pairwise(points)
        if after.year == before.year + 1
    ]


def _find_stretch(point: ChartPoint, stretches: Mapping[tuple[str, str], int]) -> int | None:
    return stretches.get((point.statement.report, point.statement.pointer)) if point.statement else None

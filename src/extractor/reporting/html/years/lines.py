"""Lines: a metric's statements as what a chart shows: points, bars over several years, and why a year has none.

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
# unsaid: no amount is printed.
Gap = Literal["absent", "blank", "unreadable", "several", "other", "unsaid"]
# What a line counts: the component of the metric, and the unit, the same for those that say the same.
What = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Point:
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
class Join:
    """Two points that a line joins. `sure`: both are of one programme for certain."""

    before: Point
    after: Point
    sure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """All that one chart shows."""

    component: str | None
    points: tuple[Point, ...]
    gaps: Mapping[int, Gap]
    joins: tuple[Join, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units as printed, in the order of the years."""
        return tuple(dict.fromkeys(one.unit for one in self.points if one.unit))

    @property
    def qualifiers(self) -> tuple[str, ...] | None:
        """Those that all numbers have; None: they have others."""
        found = {one.qualifiers for one in self.points}
        return found.pop() if len(found) == 1 else None


def lines_of(
    statements: Sequence[Statement],
    order: Mapping[str, int],
    restated: Collection[tuple[str, str, int]],
    stretches: Mapping[tuple[str, str], int],
) -> list[Line]:
    """A metric's lines, one for each thing counted and unit: units never share a chart.

    `order`: the reports by year. `restated`: what a later report gives otherwise, by report, pointer and year.
    `stretches`: for a statement by report and pointer, the number of the run of years in which the programme is one.
    """
    wholes: dict[What, list[tuple[Statement, Quantity]]] = defaultdict(list)
    for one in statements:
        for quantity in one.quantities if _plain(one) else ():
            wholes[quantity.component, unify_unit(quantity.unit)].append((one, quantity))
    return [_line(what, said, statements, order, restated, stretches) for what, said in wholes.items()]


def _plain(one: Statement) -> bool:
    """Whether it is known of each of its numbers what it is of."""
    whats = [(quantity.component, unify_unit(quantity.unit)) for quantity in one.quantities]
    alone = len(whats) == 1 or (len(set(whats)) == len(whats) and all(component for component, _ in whats))
    return one.status == "read" and alone


def _line(
    what: What,
    said: Sequence[tuple[Statement, Quantity]],
    statements: Sequence[Statement],
    order: Mapping[str, int],
    restated: Collection[tuple[str, str, int]],
    stretches: Mapping[tuple[str, str], int],
) -> Line:
    latest: dict[tuple[int, int, str | None], int] = {}
    for one in statements:
        for year, last in _runs(one):
            at = (year, last, find_plan_word(one))
            latest[at] = max(latest.get(at, 0), order[one.report])
    now: list[Point] = []
    old: list[Point] = []
    for one, quantity in said:
        for year, last in _runs(one):
            current = order[one.report] == latest[year, last, find_plan_word(one)]
            is_restated = any((one.report, one.pointer, each) in restated for each in range(year, last + 1))
            state: State = "restated" if is_restated else "earlier"
            point = Point(
                year, last, quantity.value, quantity.qualifiers, quantity.unit, "now" if current else state, one
            )
            (now if current else old).append(point)
    points = tuple(sorted([*now, *_once(old, now)], key=lambda point: (point.year, point.last, point.state)))
    return Line(what[0], points, _gaps(statements, now, order), tuple(_joins(now, stretches)))


def _runs(one: Statement) -> list[tuple[int, int]]:
    """The years that a statement is of, those that follow on each other together: first and last."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(one.spans or (one.fiscal_year,))):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _once(old: Sequence[Point], now: Sequence[Point]) -> list[Point]:
    """What earlier reports said, without what the latest says too, and each number once."""
    said = {(one.year, one.last, one.value) for one in now}
    found = []
    for one in old:
        if (one.year, one.last, one.value) not in said:
            said.add((one.year, one.last, one.value))
            found.append(one)
    return found


def _gaps(statements: Sequence[Statement], now: Sequence[Point], order: Mapping[str, int]) -> dict[int, Gap]:
    """Why the latest report gives no number for a year that it tells of."""
    there = {year for point in now for year in range(point.year, point.last + 1)}
    last: dict[int, Statement] = {}
    for one in statements:
        for year in one.spans or (one.fiscal_year,):
            if year not in last or order[one.report] >= order[last[year].report]:
                last[year] = one
    found: dict[int, Gap] = {}
    for year, one in sorted(last.items()):
        if year not in there:
            found[year] = one.status if one.status != "read" else "other" if _plain(one) else "several"
    return found


def _joins(now: Sequence[Point], stretches: Mapping[tuple[str, str], int]) -> list[Join]:
    """Points of years that follow on each other and say the same kind of number, where there is one such for each."""
    singles = [one for one in now if not one.spans]
    counts = Counter((one.year, one.qualifiers) for one in singles)
    of_kind: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    for one in sorted(singles, key=lambda one: one.year):
        if counts[one.year, one.qualifiers] == 1:
            of_kind[one.qualifiers].append(one)
    joins = []
    for those in of_kind.values():
        for before, after in pairwise(those):
            if after.year == before.year + 1:
                runs = [stretches.get(_place(one)) for one in (before, after)]
                joins.append(Join(before, after, runs[0] == runs[1]))
    return joins


def _place(point: Point) -> tuple[str, str]:
    return ("", "") if point.statement is None else (point.statement.report, point.statement.pointer)

"""Figures: metrics followed over all reports, and what a later report says otherwise."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import vocabulary
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Metric, Observation, Report
from extractor.records.trends import MetricSeries, Note, Restated, Statement
from extractor.trends.features import Traits
from extractor.trends.transition import Step

# By what two metrics of a programme are one, the surest first.
_KEYS: tuple[Callable[[Metric], Hashable], ...] = (
    lambda one: (key(one.name), key(one.part_of or "")),
    lambda one: (key(one.label), key(one.part_of or "")),
)


@dataclass(slots=True)
class Told:
    """A metric in one report: of which programme it is, and its place. `sure`: it is the same as before for certain."""

    report: Report
    pointer: str
    programme: str | None
    metric: Metric
    sure: bool = True


@dataclass(slots=True)
class Line:
    """A metric over the reports, in their order."""

    told: list[Told] = field(default_factory=list)


def lines(reports: Sequence[Report], steps: Sequence[Step]) -> list[Line]:
    """All metrics of all reports, each followed as far as its programme goes on."""
    by_place: dict[tuple[int, str], Line] = {}
    found: list[Line] = []
    for index, report in enumerate(reports):
        came = _came(steps[index - 1], by_place, index - 1) if index else {}
        for p, policy in enumerate(report.policies):
            for n, programme in enumerate(policy.programmes):
                for m, metric in enumerate(programme.metrics):
                    pointer = f"/policies/{p}/programmes/{n}/metrics/{m}"
                    line, sure = came.get(pointer, (None, True))
                    if line is None:
                        line = Line()
                        found.append(line)
                    line.told.append(Told(report, pointer, programme.name, metric, sure))
                    by_place[index, pointer] = line
    return found


def _came(step: Step, by_place: dict[tuple[int, str], Line], before: int) -> dict[str, tuple[Line, bool]]:
    """For metrics of the later report by their pointers: the line that they go on with."""
    came: dict[str, tuple[Line, bool]] = {}
    used: set[str] = set()
    for tie in step.ties:
        for one, other in _pairs(tie.left, tie.right):
            left, right = f"{tie.left.at.pointer}/metrics/{one}", f"{tie.right.at.pointer}/metrics/{other}"
            if left not in used and right not in came:
                used.add(left)
                came[right] = (by_place[before, left], tie.sure)
    return came


def _pairs(left: Traits, right: Traits) -> list[tuple[int, int]]:
    """Which metrics of a programme are one in both years. Of several of one name, those that say the same of a year
    that both tell of, and then those of one row, if there are as many rows as before: where one has come or gone, the
    others have other numbers. Where that does not tell them apart, they stay apart."""
    lefts, rights = dict(enumerate(left.programme.metrics)), dict(enumerate(right.programme.metrics))
    pairs: list[tuple[int, int]] = []
    for by in _KEYS:
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, metrics in enumerate((lefts, rights)):
            for index, metric in metrics.items():
                groups[by(metric)][side].append(index)
        for one, other in groups.values():
            for pair in _settled(one, other, lefts, rights):
                pairs.append(pair)
                del lefts[pair[0]], rights[pair[1]]
    return sorted(pairs)


def _settled(
    one: list[int], other: list[int], lefts: dict[int, Metric], rights: dict[int, Metric]
) -> list[tuple[int, int]]:
    if len(one) == len(other) == 1:
        return [(one[0], other[0])]
    agree = [(a, b) for a in one for b in other if _agree(lefts[a], rights[b])]
    row = [(a, b) for a in one for b in other if lefts[a].row == rights[b].row] if len(one) == len(other) else []
    pairs: list[tuple[int, int]] = []
    for those in ([pair for pair in agree if pair in row], agree, row):
        free = [(a, b) for a, b in those if not any(a == c or b == d for c, d in pairs)]
        pairs += [(a, b) for a, b in free if sum(a == c or b == d for c, d in free) == 1]
    rest = [a for a in one if a not in {a for a, _ in pairs}], [b for b in other if b not in {b for _, b in pairs}]
    as_many = len(one) == len(other)
    return pairs + ([(rest[0][0], rest[1][0])] if as_many and len(rest[0]) == len(rest[1]) == 1 else [])


def _agree(left: Metric, right: Metric) -> bool:
    """Whether two rows say the same of every year that both tell of, and tell of one."""
    one, other = ({o.fiscal_year: amounts(o) for o in metric.observations if o.quantities} for metric in (left, right))
    common = one.keys() & other.keys()
    return bool(common) and all(one[year] == other[year] for year in common)


def amounts(observation: Observation | Statement) -> list[object]:
    """What an observation says in numbers."""
    return [one.value for one in observation.quantities]


def series_of(line: Line) -> MetricSeries:
    """A line as a record."""
    last = line.told[-1]
    statements = [_statement(told, index) for told in line.told for index in range(len(told.metric.observations))]
    return MetricSeries(
        programme=last.programme,
        name=last.metric.name,
        label=last.metric.label,
        part_of=last.metric.part_of,
        row=last.metric.row,
        # Sorting is stable: of one year, in the order of the reports.
        statements=tuple(sorted(statements, key=lambda one: one.fiscal_year)),
    )


def _statement(told: Told, index: int) -> Statement:
    one = told.metric.observations[index]
    return Statement(
        report=told.report.report.id,
        fiscal_year=one.fiscal_year,
        spans=one.spans,
        status=one.status,
        raw=one.raw,
        quantities=one.quantities,
        pointer=f"{told.pointer}/observations/{index}",
        source=one.source,
    )


def restated_of(line: Line) -> list[Restated]:
    """What a report gives otherwise than the one before it that told of the same year."""
    last: dict[tuple[int, str | None], tuple[Told, int]] = {}
    found: dict[tuple[str, str], tuple[Restated, list[int]]] = {}
    # From the first doubtful link on, what was said before is another's, perhaps.
    for told in line.told:
        said = {}
        for index, one in enumerate(told.metric.observations):
            if one.status != "read":
                continue
            for year in one.spans or (one.fiscal_year,):
                what = (year, planned(one))
                said[what] = (told, index)
                if what in last and _otherwise(*last[what], told, index):
                    restated = _restated(last[what], (told, index), line)
                    pair = (
                        restated.before.report + restated.before.pointer,
                        restated.after.report + restated.after.pointer,
                    )
                    found.setdefault(pair, (restated, []))[1].append(year)
        last |= said
    return [one.model_copy(update={"fiscal_years": tuple(sorted(years))}) for one, years in found.values()]


def planned(one: Observation | Statement) -> str | None:
    """目標, 計画 and the like, where the values are such ones."""
    words = (word for quantity in one.quantities for word in quantity.qualifiers)
    return next((word for word in words if word in vocabulary().columns.planned), None)


def _otherwise(before: Told, at: int, after: Told, index: int) -> bool:
    """Whether two statements of one year are of the same thing and give other numbers.

    They are not where they name other periods (R3.6～, R4.6～), or where one of them is of several years and the rows
    have other notes (2023年度採用分, 2024年度採用分).
    """
    one, other = before.metric.observations[at], after.metric.observations[index]
    if one.period and other.period and key(one.period) != key(other.period):
        return False
    notes = [key(told.metric.note or "") for told in (before, after)]
    if (one.spans or other.spans) and all(notes) and notes[0] != notes[1]:
        return False
    return [common_unit(q.unit) for q in one.quantities] == [common_unit(q.unit) for q in other.quantities] and amounts(
        one
    ) != amounts(other)


def common_unit(unit: str | None) -> str | None:
    """A unit, the same for those that say the same (名, 人)."""
    same = next((units for units in vocabulary().narrative.same_units if unit in units), None)
    return same[0] if same else unit


def _restated(before: tuple[Told, int], after: tuple[Told, int], line: Line) -> Restated:
    first, last = line.told.index(before[0]), line.told.index(after[0])
    return Restated(
        programme=after[0].programme,
        metric=after[0].metric.name,
        fiscal_years=(),
        before=_statement(*before),
        after=_statement(*after),
        doubtful=not all(told.sure for told in line.told[first + 1 : last + 1]),
    )


def note_of(one: Restated) -> Note:
    """A restated figure as a finding of the later report."""
    message = make_message(
        "restated-value.value",
        metric=one.metric,
        after=one.after.raw,
        years=tuple(map(str, one.fiscal_years)),
        report=one.before.report,
        before=one.before.raw,
    )
    return Note(**dict(make_finding(message, one.after.pointer, one.after.source)), report=one.after.report)

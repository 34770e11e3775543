"""Metric series: metrics followed over all reports, and what a later report says otherwise."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Metric, Observation, Report
from extractor.records.trends import MetricSeries, Restated, Statement, YearsFinding
from extractor.trends.programmes import iterate_programmes
from extractor.trends.transition import ProgrammeTie, YearTransition

# By what two metrics of a programme are one, the surest first.
_KEYS: tuple[Callable[[Metric], Hashable], ...] = (
    lambda metric: (comparison_key(metric.name), comparison_key(metric.part_of or "")),
    lambda metric: (comparison_key(metric.label), comparison_key(metric.part_of or "")),
)
# Two metrics by their indices: in the earlier programme and in the later one.
_Indices = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class MetricAppearance:
    """A metric in one report.

    `sure`: it is certainly the one of the appearance before.
    """

    report: Report
    pointer: str
    programme: str | None
    metric: Metric
    sure: bool


# A metric by the id of its report and its pointer there.
_MetricPlace = tuple[str, str]
# A metric over the reports, an appearance each, in their order.
MetricHistory = list[MetricAppearance]
# A year, and 目標, 計画 and the like where a value is such a one: what two statements must share to be compared.
_About = tuple[int, str | None]
# A statement of a report: the metric's appearance, and the index of the observation.
_Place = tuple[MetricAppearance, int]


def follow_metrics(reports: Sequence[Report], transitions: Sequence[YearTransition]) -> list[MetricHistory]:
    """Follow all metrics of all reports, each as far as its programme goes on.

    Args:
        reports: The reports by year.
        transitions: From each to the next: one fewer.

    Returns:
        The histories, in the order of the first appearances.
    """
    histories: list[MetricHistory] = []
    # By the report and the pointer there: a programme may go on with that of any earlier report.
    before: dict[_MetricPlace, MetricHistory] = {}
    for index, report in enumerate(reports):
        continued = _continue_histories(transitions[index - 1].ties, before) if index else {}
        for at, _, programme in iterate_programmes(report):
            for number, metric in enumerate(programme.metrics):
                pointer = f"{at.pointer}/metrics/{number}"
                history, sure = continued.get(pointer, (None, True))
                if history is None:
                    history = []
                    histories.append(history)
                history.append(MetricAppearance(report, pointer, programme.name, metric, sure))
                before[report.report.id, pointer] = history
    return histories


def _continue_histories(
    ties: Sequence[ProgrammeTie], before: Mapping[_MetricPlace, MetricHistory]
) -> dict[str, tuple[MetricHistory, bool]]:
    """Find for metrics of the later report, by their pointers, the history that they go on with, and how surely."""
    continued: dict[str, tuple[MetricHistory, bool]] = {}
    used: set[_MetricPlace] = set()
    for tie in ties:
        for one, other in _pair_metrics(tie.left.programme.metrics, tie.right.programme.metrics):
            left = tie.left.at.report, f"{tie.left.at.pointer}/metrics/{one}"
            right = f"{tie.right.at.pointer}/metrics/{other}"
            if left not in used and right not in continued:
                used.add(left)
                continued[right] = (before[left], tie.sure)
    return continued


def _pair_metrics(left: Sequence[Metric], right: Sequence[Metric]) -> list[_Indices]:
    """Pair the metrics of a programme that are one in both years, by their names and then by their labels."""
    lefts, rights = dict(enumerate(left)), dict(enumerate(right))
    pairs: list[_Indices] = []
    for key_of in _KEYS:
        groups: dict[Hashable, tuple[dict[int, Metric], dict[int, Metric]]] = defaultdict(lambda: ({}, {}))
        for side, metrics in enumerate((lefts, rights)):
            for index, metric in metrics.items():
                groups[key_of(metric)][side][index] = metric
        pairs += [pair for group in groups.values() for pair in _pair_same_named(*group)]
        for one, other in pairs:
            lefts.pop(one, None)
            rights.pop(other, None)
    return sorted(pairs)


def _pair_same_named(lefts: Mapping[int, Metric], rights: Mapping[int, Metric]) -> list[_Indices]:
    """Pair metrics of one name.

    Those are one that say the same of a year that both tell of, and then those of one row, if there are as many rows as
    before: where one has come or gone, the others have other numbers. Where that does not tell them apart, they stay
    apart, unless a single one is left.
    """
    every = list(product(lefts, rights))
    agreeing = {(one, other) for one, other in every if _tell_the_same(lefts[one], rights[other])}
    of_one_row: set[_Indices] = set()
    if as_many := len(lefts) == len(rights):
        of_one_row = {(one, other) for one, other in every if lefts[one].row == rights[other].row}
    pairs: list[_Indices] = []
    for likely in (agreeing & of_one_row, agreeing, of_one_row, set(every) if as_many else set()):
        pairs += _take_unambiguous(likely, pairs)
    return pairs


def _take_unambiguous(likely: set[_Indices], pairs: Sequence[_Indices]) -> list[_Indices]:
    """Take the likely pairs of metrics that are in no pair yet, and in no other likely one."""
    used = {(side, index) for pair in pairs for side, index in enumerate(pair)}
    free = sorted(pair for pair in likely if used.isdisjoint(enumerate(pair)))
    counts = Counter((side, index) for pair in free for side, index in enumerate(pair))
    return [pair for pair in free if all(counts[place] == 1 for place in enumerate(pair))]


def _tell_the_same(left: Metric, right: Metric) -> bool:
    """Tell whether two rows say the same of every year that both tell of, and tell of one."""
    one, other = (
        {said.fiscal_year: _amounts_of(said) for said in metric.observations if said.quantities}
        for metric in (left, right)
    )
    common = one.keys() & other.keys()
    return bool(common) and all(one[year] == other[year] for year in common)


def _amounts_of(observation: Observation) -> list[object]:
    return [quantity.value for quantity in observation.quantities]


def build_metric_series(history: MetricHistory) -> MetricSeries:
    """Build the record of a metric.

    It is named as the latest report does, and has all statements by year and report.
    """
    last = history[-1]
    statements = [
        _build_statement((appearance, index))
        for appearance in history
        for index in range(len(appearance.metric.observations))
    ]
    return MetricSeries(
        programme=last.programme,
        name=last.metric.name,
        label=last.metric.label,
        part_of=last.metric.part_of,
        row=last.metric.row,
        # Sorting is stable: of one year, in the order of the reports.
        statements=tuple(sorted(statements, key=lambda statement: statement.fiscal_year)),
    )


def _build_statement(place: _Place) -> Statement:
    appearance, index = place
    observation = appearance.metric.observations[index]
    pointer = f"{appearance.pointer}/observations/{index}"
    return Statement(
        report=appearance.report.report.id,
        fiscal_year=observation.fiscal_year,
        spans=observation.spans,
        status=observation.status,
        raw=observation.raw,
        quantities=observation.quantities,
        pointer=pointer,
        source=observation.source,
        correct=_find_corrected_text(appearance.report, pointer),
    )


def _find_corrected_text(report: Report, pointer: str) -> str | None:
    """Find the text that was read in the place of what is printed, where a person corrected it."""
    right = (str(one.correct) for one in report.corrections if one.pointer.removesuffix("/raw") == pointer)
    return next(right, None)


def find_restated(history: MetricHistory) -> list[Restated]:
    """Find what a report restates.

    It gives this otherwise than the one before it that told of the same year.
    """
    last: dict[_About, _Place] = {}
    years_of: dict[tuple[str, int, str, int], tuple[_Place, _Place, list[int]]] = {}
    for appearance in history:
        said = _list_read_statements(appearance)
        for about, after in said:
            before = last.get(about)
            if before and _is_restated(before, after):
                ids = before[0].report.report.id, before[1], appearance.report.report.id, after[1]
                years_of.setdefault(ids, (before, after, []))[2].append(about[0])
        last |= dict(said)
    return [_build_restated(before, after, years, history) for before, after, years in years_of.values()]


def _list_read_statements(appearance: MetricAppearance) -> list[tuple[_About, _Place]]:
    """List what was read, once for each year that an observation is of."""
    return [
        ((year, find_plan_word(observation)), (appearance, index))
        for index, observation in enumerate(appearance.metric.observations)
        if observation.status == "read"
        for year in observation.spans or (observation.fiscal_year,)
    ]


def find_plan_word(observation: Observation | Statement) -> str | None:
    """Find the 目標, 計画 or the like of values that are such ones.

    It gives None where they are not.
    """
    words = (word for quantity in observation.quantities for word in quantity.qualifiers)
    return next((word for word in words if word in load_vocabulary().columns.planned), None)


def _is_restated(before: _Place, after: _Place) -> bool:
    """Tell whether two statements of one year are of the same thing and give other numbers.

    They are not where they name other periods (R3.6～, R4.6～), or where one of them is of several years and the rows
    have other notes (2023年度採用分, 2024年度採用分).
    """
    one, other = (appearance.metric.observations[index] for appearance, index in (before, after))
    notes = (appearance.metric.note for appearance, _ in (before, after))
    if _say_otherwise(one.period, other.period) or ((one.spans or other.spans) and _say_otherwise(*notes)):
        return False
    units = [[unify_unit(quantity.unit) for quantity in said.quantities] for said in (one, other)]
    return units[0] == units[1] and _amounts_of(one) != _amounts_of(other)


def find_terms(statement: Observation | Statement) -> tuple[str, ...]:
    """Find the words that stand with the numbers of a statement: 延べ, 約."""
    return tuple(dict.fromkeys(word for quantity in statement.quantities for word in quantity.qualifiers))


def _say_otherwise(one: str | None, other: str | None) -> bool:
    """Tell whether both texts say something, and not the same."""
    keys = comparison_key(one or ""), comparison_key(other or "")
    return all(keys) and keys[0] != keys[1]


def unify_unit(unit: str | None) -> str | None:
    """Return the first of the units that say the same (名, 人), or the unit itself."""
    same = next((units for units in load_vocabulary().narrative.same_units if unit in units), None)
    return same[0] if same else unit


def _build_restated(before: _Place, after: _Place, years: Sequence[int], history: MetricHistory) -> Restated:
    first, last = (history.index(appearance) for appearance, _ in (before, after))
    said = _build_statement(before), _build_statement(after)
    return Restated(
        programme=after[0].programme,
        metric=after[0].metric.name,
        fiscal_years=tuple(sorted(years)),
        before=said[0],
        after=said[1],
        # From the first doubtful link on, what was said before is another's, perhaps.
        doubtful=not all(appearance.sure for appearance in history[first + 1 : last + 1]),
        other_terms=find_terms(said[0]) != find_terms(said[1]),
    )


def make_restated_note(one: Restated) -> YearsFinding:
    """Make a restated figure a finding of the later report."""
    terms = {"terms": find_terms(one.before), "later": find_terms(one.after)} if one.other_terms else {}
    message = make_message(
        "restated-value.terms" if terms else "restated-value.value",
        metric=one.metric,
        after=one.after.correct or one.after.raw,
        years=tuple(map(str, one.fiscal_years)),
        report=one.before.report,
        before=one.before.correct or one.before.raw,
        **terms,
    )
    return YearsFinding(**dict(make_finding(message, one.after.pointer, one.after.source)), report=one.after.report)

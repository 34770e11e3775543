"""Checks of values: blank cells, counters, parts and wholes, rates, jumps."""

from collections.abc import Iterator
from itertools import pairwise

from extractor.checks.guard import run_check
from extractor.grammar.item_names import counter_fits, split_components
from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_message, report_finding
from extractor.records.report import Finding, Metric, Observation, Programme, Quantity, Report
from extractor.records.walk import walk_records

# A value ten times last year's, or a tenth: what one digit or comma slipped makes of it.
JUMP = 10
_PERCENT = {"%", "％"}
# Rates that may be over 100 % or under 0 %: comparisons and growth.
_UNBOUNDED = ("増", "減", "伸び", "前年", "達成", "対比", "比率", "倍率", "充足")


def check_metrics(report: Report) -> Iterator[Finding]:
    """Check the values of all metrics of a report."""
    for pointer, programme in walk_records(report, Programme):
        for index, metric in enumerate(programme.metrics):
            here = f"{pointer}/metrics/{index}"
            name = make_message("check.metric", name=metric.name)
            yield from run_check(name, (here, metric.source), _check_metric, metric, programme, here)


def _check_metric(metric: Metric, programme: Programme, pointer: str) -> Iterator[Finding]:
    for index, observation in enumerate(metric.observations):
        here = f"{pointer}/observations/{index}"
        if observation.status == "blank":
            said = {"name": metric.name, "year": observation.fiscal_year}
            yield report_finding("blank-cell.value", here, observation.source, **said)
        for number, quantity in enumerate(observation.quantities):
            yield from _check_quantity(quantity, metric, observation, f"{here}/quantities/{number}")
    yield from _check_part(metric, programme, pointer)
    yield from _find_jumps(metric, pointer)


def _check_quantity(quantity: Quantity, metric: Metric, observation: Observation, pointer: str) -> Iterator[Finding]:
    """Check that an amount is counted as its name says, and that a rate is one."""
    name, unit, source = quantity.component or metric.label, quantity.unit, observation.source
    # Where a cell tells more than the name counts, or less, it is not known what is counted.
    named = quantity.component is not None or (len(observation.quantities) == 1 and not split_components(metric.label))
    if named and unit and not counter_fits(name, unit):
        yield report_finding("counter-mismatch.name", pointer, source, name=name, unit=unit, text=observation.raw)
    bounded = unit in _PERCENT and not any(word in name + observation.raw for word in _UNBOUNDED)
    if bounded and not 0 <= quantity.value <= 100:
        yield report_finding("rate-out-of-range.rate", pointer, source, name=name, text=observation.raw)


def _single_amount(observation: Observation) -> Quantity | None:
    """Give the one amount of an observation; None where it has none or several."""
    return observation.quantities[0] if len(observation.quantities) == 1 else None


def _planned_word(quantity: Quantity) -> str | None:
    """Give what an amount is that is no actual one: 目標, 計画, 見込."""
    return next((word for word in quantity.qualifiers if word in load_vocabulary().columns.planned), None)


def _exceeds(part: Quantity | None, whole: Quantity | None) -> bool:
    """Tell whether an amount is more than another in the same unit, both of them actual or both aimed at."""
    if part is None or whole is None or part.unit != whole.unit or _planned_word(part) != _planned_word(whole):
        return False
    return part.value > whole.value


def _check_part(metric: Metric, programme: Programme, pointer: str) -> Iterator[Finding]:
    """Find a part (〜のうち…) that is more than its whole in the same year."""
    if metric.part_of is None:
        return
    wholes = [
        observation
        for whole in programme.metrics
        if whole is not metric and comparison_key(whole.label) == comparison_key(metric.part_of)
        for observation in whole.observations
    ]
    for index, part in enumerate(metric.observations):
        for whole in wholes:
            same_year = whole.fiscal_year == part.fiscal_year
            if same_year and _exceeds(_single_amount(part), _single_amount(whole)):
                said = {"label": metric.label, "text": part.raw, "whole_label": metric.part_of, "whole": whole.raw}
                yield report_finding("part-exceeds-whole.part", f"{pointer}/observations/{index}", part.source, **said)


def _find_jumps(metric: Metric, pointer: str) -> Iterator[Finding]:
    """Find values ten times the year before's, or less than a tenth of it; goals are compared with goals only."""
    by_year = sorted(enumerate(metric.observations), key=lambda item: item[1].fiscal_year)
    singles = [(index, seen, amount) for index, seen in by_year if (amount := _single_amount(seen)) is not None]
    for planned in (None, *load_vocabulary().columns.planned):
        alike = [single for single in singles if _planned_word(single[2]) == planned]
        for (_, before, last), (index, after, now) in pairwise(alike):
            next_year = after.fiscal_year - (before.spans or (before.fiscal_year,))[-1] == 1
            if next_year and _is_jump(last, now):
                said = {"name": metric.name, "before": before.raw, "after": after.raw}
                yield report_finding("magnitude-jump.jump", f"{pointer}/observations/{index}", after.source, **said)


def _is_jump(before: Quantity, after: Quantity) -> bool:
    """Tell whether one of two amounts above zero in one unit is ten times the other or more."""
    low, high = sorted((before.value, after.value))
    return before.unit == after.unit and low > 0 and high >= JUMP * low

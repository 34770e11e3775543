"""Checks of values: blank cells, counters, parts and wholes, rates, jumps."""

from collections.abc import Iterator
from itertools import pairwise

from extractor.checks.guard import run_check
from extractor.grammar.item_counters import counter_fits
from extractor.grammar.item_names import components
from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import vocabulary
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Finding, Metric, Observation, Programme, Quantity, Report

# A value ten times last year's, or a tenth: what one digit or comma slipped makes of it.
JUMP = 10
_PERCENT = {"%", "％"}
# Rates that may be over 100 % or under 0 %: comparisons and growth.
_UNBOUNDED = ("増", "減", "伸び", "前年", "達成", "対比", "比率", "倍率", "充足")


def check_metrics(report: Report) -> Iterator[Finding]:
    """All findings of the metrics of a report."""
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            for m, metric in enumerate(programme.metrics):
                here = f"/policies/{p}/programmes/{n}/metrics/{m}"
                name = make_message("check.metric", name=metric.name)
                yield from run_check(name, (here, metric.source), _metric, metric, programme, here)


def _metric(metric: Metric, programme: Programme, pointer: str) -> Iterator[Finding]:
    for index, observation in enumerate(metric.observations):
        yield from _observation(metric, observation, f"{pointer}/observations/{index}")
    yield from _part(metric, programme, pointer)
    yield from _jump(metric, pointer)


def _observation(metric: Metric, observation: Observation, pointer: str) -> Iterator[Finding]:
    if observation.status == "blank":
        message = make_message("blank-cell.value", name=metric.name, year=observation.fiscal_year)
        yield make_finding(message, pointer, observation.source)
    for index, quantity in enumerate(observation.quantities):
        name = quantity.component or metric.label
        here = f"{pointer}/quantities/{index}"
        # Where a cell tells more than the name counts, or less, it is not known what is counted.
        named = quantity.component is not None or (len(observation.quantities) == 1 and not components(metric.label))
        if named and quantity.unit and not counter_fits(name, quantity.unit):
            message = make_message("counter-mismatch.name", name=name, unit=quantity.unit, text=observation.raw)
            yield make_finding(message, here, observation.source)
        if (
            quantity.unit in _PERCENT
            and not any(word in name + observation.raw for word in _UNBOUNDED)
            and not 0 <= quantity.value <= 100
        ):
            message = make_message("rate-out-of-range.rate", name=name, text=observation.raw)
            yield make_finding(message, here, observation.source)


def _single(observation: Observation) -> Quantity | None:
    """The one amount of an observation; None where it has none or several."""
    return observation.quantities[0] if len(observation.quantities) == 1 else None


def _planned(quantity: Quantity) -> str | None:
    """What an amount is that is no actual one: 目標, 計画, 見込."""
    return next((word for word in quantity.qualifiers if word in vocabulary().columns.planned), None)


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts can be compared: in one unit, and both actual or both aimed at."""
    return a.unit == b.unit and _planned(a) == _planned(b)


def _part(metric: Metric, programme: Programme, pointer: str) -> Iterator[Finding]:
    """A part (〜のうち…) that is more than its whole in the same year."""
    if metric.part_of is None:
        return
    wholes = [one for one in programme.metrics if one is not metric and key(one.label) == key(metric.part_of)]
    for index, observation in enumerate(metric.observations):
        part = _single(observation)
        for whole in (
            one for metric_ in wholes for one in metric_.observations if one.fiscal_year == observation.fiscal_year
        ):
            amount = _single(whole)
            if part and amount and _alike(part, amount) and part.value > amount.value:
                said = {
                    "label": metric.label,
                    "text": observation.raw,
                    "whole_label": metric.part_of,
                    "whole": whole.raw,
                }
                message = make_message("part-exceeds-whole.part", **said)
                yield make_finding(message, f"{pointer}/observations/{index}", observation.source)


def _jump(metric: Metric, pointer: str) -> Iterator[Finding]:
    """A value ten times the year before's, or less than a tenth of it; goals are compared with goals only."""
    by_year = sorted(enumerate(metric.observations), key=lambda pair: pair[1].fiscal_year)
    singles = [(index, one, amount) for index, one in by_year if (amount := _single(one)) is not None]
    for planned in (None, *vocabulary().columns.planned):
        kind = [each for each in singles if _planned(each[2]) == planned]
        for (_, before, a), (index, after, b) in pairwise(kind):
            next_year = after.fiscal_year - (before.spans or (before.fiscal_year,))[-1] == 1
            if not next_year or a.unit != b.unit or a.value <= 0 or b.value <= 0:
                continue
            if max(a.value, b.value) >= JUMP * min(a.value, b.value):
                message = make_message("magnitude-jump.jump", name=metric.name, before=before.raw, after=after.raw)
                yield make_finding(message, f"{pointer}/observations/{index}", after.source)

"""Checks of values: blank cells, counters, parts and wholes, rates, jumps."""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.checks.amounts import PERCENT, single_amount
from extractor.checks.guard import run_check
from extractor.grammar.item_names import counter_fits, split_components
from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_message, report_finding
from extractor.records.pointer import parent_pointer
from extractor.records.proofs import Proof
from extractor.records.report import Finding, Metric, Observation, Programme, Quantity, Report
from extractor.records.walk import walk_records

# A value ten times last year's, or a tenth: what one digit or comma slipped makes of it.
JUMP = 10

# Rates that may be over 100 % or under 0 %: comparisons and growth.
_UNBOUNDED = re.compile("増|減|伸び|前年|達成|対比|比率|倍率|充足")


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
    name, unit, raw = quantity.component or metric.label, quantity.unit, observation.raw
    place = pointer, observation.source
    # Where a cell tells more than the name counts, or less, it is not known what is counted.
    alone = len(observation.quantities) == 1 and not split_components(metric.label)
    if unit and (quantity.component is not None or alone) and not counter_fits(name, unit):
        yield report_finding("counter-mismatch.name", *place, name=name, unit=unit, text=raw)
    if unit in PERCENT and not 0 <= quantity.value <= 100 and not _UNBOUNDED.search(name + raw):
        yield report_finding("rate-out-of-range.rate", *place, name=name, text=raw)


def _planned_word(quantity: Quantity) -> str | None:
    """Give what an amount is that is no actual one: 目標, 計画, 見込."""
    return next((word for word in quantity.qualifiers if word in load_vocabulary().columns.planned), None)


def _can_compare(part: Quantity | None, whole: Quantity | None) -> bool:
    """Tell whether two amounts are in the same unit, both of them actual or both aimed at."""
    return bool(part and whole and part.unit == whole.unit and _planned_word(part) == _planned_word(whole))


def _check_part(metric: Metric, programme: Programme, pointer: str) -> Iterator[Finding]:
    """Find a part (〜のうち…) that is more than its whole in the same year."""
    for here, part, _, whole in _pair_with_wholes(metric, programme, pointer):
        if _exceeds(part, whole):
            said = {"label": metric.label, "text": part.raw, "whole_label": metric.part_of, "whole": whole.raw}
            yield report_finding("part-exceeds-whole.part", here, part.source, **said)


def find_parts_within(report: Report) -> Iterator[Proof]:
    """Find the parts that are no more than their wholes: `whole` for both values."""
    for pointer, programme in walk_records(report, Programme):
        for index, metric in enumerate(programme.metrics):
            for here, part, place, whole in _pair_with_wholes(metric, programme, f"{pointer}/metrics/{index}"):
                alike = (whole.measure, whole.part, whole.spans) == (part.measure, part.part, part.spans)
                if alike and not _exceeds(part, whole):
                    yield from (Proof(here, "whole"), Proof(place, "whole"))


def _pair_with_wholes(
    metric: Metric, programme: Programme, pointer: str
) -> Iterator[tuple[str, Observation, str, Observation]]:
    """Pair the values of a part with those of its whole that can be compared, each with its pointer."""
    if metric.part_of is None:
        return
    wholes = [
        (f"{parent_pointer(pointer)}/{number}/observations/{index}", value)
        for number, whole in enumerate(programme.metrics)
        if whole is not metric and comparison_key(whole.label) == comparison_key(metric.part_of)
        for index, value in enumerate(whole.observations)
    ]
    for index, part in enumerate(metric.observations):
        for place, whole in wholes:
            if whole.fiscal_year == part.fiscal_year and _can_compare(single_amount(part), single_amount(whole)):
                yield f"{pointer}/observations/{index}", part, place, whole


def _exceeds(part: Observation, whole: Observation) -> bool:
    return part.quantities[0].value > whole.quantities[0].value


def _find_jumps(metric: Metric, pointer: str) -> Iterator[Finding]:
    """Find values ten times the year before's, or less than a tenth of it; goals are compared with goals only."""
    by_year = sorted(enumerate(metric.observations), key=lambda item: item[1].fiscal_year)
    singles = [(index, seen, amount) for index, seen in by_year if (amount := single_amount(seen)) is not None]
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

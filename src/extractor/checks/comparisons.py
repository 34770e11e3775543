"""Checks of what is printed beside values: differences, rates and totals must be what the values give.

Where they are, it is proved that the columns are of the years and kinds that they were taken for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from extractor.checks.amounts import PERCENT
from extractor.checks.drift import FEW
from extractor.grammar.column_heads import parse_comparison
from extractor.grammar.normalize import comparison_key
from extractor.grammar.quantities import read_value
from extractor.records.messages import Message, make_finding, make_message, report_finding
from extractor.records.proofs import Proof
from extractor.records.report import Finding, Metric, Observation, OtherValue, Report, Source
from extractor.records.walk import walk_records

# Two halves, four quarters, twelve months.
_PARTS = {2, 4, 12}
# What is printed beside values, the pointer to it, and what there is to say of it, or what it proves.
_Checked = tuple[OtherValue, str, Message | list[Proof]]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as printed: its value, the unit of its last place, and what it counts (None: nothing is printed)."""

    value: Fraction
    place: Fraction
    unit: str | None

    @property
    def slack(self) -> Fraction:
        """How far it may be off: what is not counted in whole things was rounded itself."""
        return self.place if self.place != 1 else Fraction(0)


@dataclass(frozen=True, slots=True)
class _Result:
    """What two or more values give, how far it may be off, and these values."""

    value: Fraction
    slack: Fraction
    values: tuple[Observation, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the values."""
        return tuple(value.raw for value in self.values)


def check_comparisons(report: Report, place: Source) -> Iterator[Finding | Proof]:
    """Check what is printed beside the values of a report, and that the parts of a year add up.

    Args:
        report: The report.
        place: Where its chapters stand.

    Yields:
        A finding for each comparison that none of the values that it may be of gives. Where most under one head do not
        agree, one finding says so, and those of the rows are no warnings. Where they agree, the proof `change` or `sum`
        for each of the values that give it.
    """
    heads: dict[str, list[_Checked]] = defaultdict(list)
    for pointer, metric in walk_records(report, Metric):
        for checked in _compare_others(metric, pointer, report.report.fiscal_year):
            heads[comparison_key(checked[0].head)].append(checked)
        yield from _check_parts(metric, pointer)
    for found in heads.values():
        yield from _judge_column(found, place)


def _judge_column(found: Sequence[_Checked], place: Source) -> Iterator[Finding | Proof]:
    """Judge all that stands under one head: where most of it does not agree, it may not be what it was taken for."""
    wrong = [(other, pointer, said) for other, pointer, said in found if isinstance(said, Message)]
    as_most = len(wrong) > max(FEW, len(found) / 2)
    if as_most:
        counts = {"many": len(wrong), "all": len(found)}
        yield report_finding("comparison-mismatch.many", "/policies", place, head=wrong[0][0].head, **counts)
    else:
        yield from (proof for _, _, said in found if not isinstance(said, Message) for proof in said)
    for other, pointer, said in wrong:
        message = replace(said, key="comparison-mismatch.as-most") if as_most else said
        yield make_finding(message, pointer, other.source)


def _compare_others(metric: Metric, pointer: str, report_year: int) -> Iterator[_Checked]:
    """Compare what is printed beside a metric's values with these: what there is to say of each, or what it proves."""
    for index, other in enumerate(metric.others):
        printed, comparison = _read_figure(other.raw), parse_comparison(other.head, report_year)
        if printed is None or comparison is None:
            continue
        here = f"{pointer}/others/{index}"
        results = list(_list_results(*comparison, metric, index))
        agreed = next((result for result in results if _agrees(printed, result)), None)
        if agreed is not None:
            kind = "sum" if comparison[0] == "sum" else "change"
            yield other, here, list(_prove_values(agreed.values, metric, pointer, kind))
        elif results:
            given = {"values": results[0].texts, "result": f"{float(results[0].value):.4g}"}
            named = {"head": other.head, "name": metric.name, "text": other.raw}
            yield other, here, make_message("comparison-mismatch.beside", **named, **given)


def _read_figure(raw: str) -> _Figure | None:
    """Read the one figure that a text holds, as it is printed: without a unit that stands elsewhere."""
    value = read_value(raw, 0)
    if len(value.quantities) != 1:
        return None
    (amount,) = value.quantities
    exponent = amount.value.as_tuple().exponent if isinstance(amount.value, Decimal) else 0
    scale = 1000 if re.search("[千万億]", raw) else 1
    return _Figure(Fraction(amount.value), scale * Fraction(10) ** int(exponent), amount.unit)


def _agrees(printed: _Figure, result: _Result) -> bool:
    """Tell whether a figure is what values give, rounded either way at its last place."""
    place = printed.place if printed.place < 1 or result.value.denominator > 1 else Fraction(0)
    return abs(printed.value - result.value) <= place + result.slack


def _list_results(kind: str, year: int | None, metric: Metric, index: int) -> Iterator[_Result]:
    """List what the values of a metric give that a comparison may be, the likeliest first.

    `kind` and `year` are those of its head, `index` its place in `others`. 進捗率 may be how far a value is from that
    at the start to the goal.
    """
    head = metric.others[index].head
    whole = [value for value in metric.observations if (value.part, value.spans) == (None, None)]
    actual = {value.fiscal_year: value for value in whole if value.measure == "actual"}
    if kind == "sum":
        yield from _add_up(list(actual.values()))
        return
    for now in _choose_compared(list(actual.values()), year, metric, index):
        earlier = _take_latest(actual[at] for at in actual if at < now.fiscal_year)
        for base in _list_bases(kind, head, earlier, _list_goals(whole, now.fiscal_year)):
            yield from _compare(kind, now, base, earlier if "進捗" in head else ())


def _choose_compared(
    actual: Sequence[Observation], year: int | None, metric: Metric, index: int
) -> Sequence[Observation]:
    """Choose the value that a comparison is of: that of its year, or the latest.

    Of several under one head, each is of the year beside it.
    """
    heads = [other.head for other in metric.others]
    if heads.count(heads[index]) > 1:
        return actual[heads[:index].count(heads[index]) :][:1]
    if year is None:
        return _take_latest(actual)
    return [value for value in actual if value.fiscal_year == year]


def _take_latest(values: Iterable[Observation]) -> list[Observation]:
    """Take the value of the latest year; none of none."""
    return sorted(values, key=lambda value: value.fiscal_year)[-1:]


def _list_goals(values: Sequence[Observation], year: int) -> list[Observation]:
    """List the values aimed at for a year, or where there are none, those of later years."""
    goals = [value for value in values if value.measure in {"target", "plan"}]
    of_year = [value for value in goals if value.fiscal_year == year]
    return of_year or [value for value in goals if value.fiscal_year > year]


def _list_bases(
    kind: str, head: str, last: Sequence[Observation], goals: Sequence[Observation]
) -> Sequence[Observation]:
    """List what a value may be compared with: last year's value, or the goals.

    A difference may be one from a goal where last year's value is printed, too, or the head says so: else it may be one
    from what is not printed.
    """
    if kind in {"ratio", "growth"}:
        return last
    if kind != "difference":
        return goals
    return [*last, *goals] if last or ("差" in head and "前" not in head) else []


def _compare(kind: str, now: Observation, base: Observation, start: Sequence[Observation]) -> Iterator[_Result]:
    """Compare two values in all ways that a head of this kind may mean; `start`: the value from which progress is."""
    left, right = _read_figure(now.raw), _read_figure(base.raw)
    if left is None or right is None or left.unit != right.unit:
        return
    values = (now, base)
    slack = max(left.slack, right.slack)
    if kind != "achievement":
        yield _Result(left.value - right.value, slack, values)
    if kind == "difference" and left.unit in PERCENT:
        return
    if right.value:
        loose = slack / abs(right.value) * (1 + abs(left.value / right.value))
        for rate in _list_rates(kind, left.value / right.value):
            yield _Result(rate * 100, loose * 100, values)
            yield _Result(rate, loose, values)
    for begun in start:
        yield from _measure_progress(left, right, begun, _Result(left.value, slack, (*values, begun)))


def _measure_progress(left: _Figure, right: _Figure, begun: Observation, result: _Result) -> Iterator[_Result]:
    figure = _read_figure(begun.raw)
    if figure is not None and right.value != figure.value:
        yield replace(result, value=(left.value - figure.value) / (right.value - figure.value) * 100)


def _list_rates(kind: str, ratio: Fraction) -> tuple[Fraction, ...]:
    """List the rates that a head of this kind may mean of two values, the likeliest first."""
    growth = ratio - 1
    rates = {"difference": (growth,), "growth": (growth, ratio), "achievement": (ratio,)}
    return rates.get(kind, (ratio, growth))


def _add_up(observations: Sequence[Observation]) -> Iterator[_Result]:
    """Add up values in one unit that is no rate; nothing where one of them is not a single figure."""
    figures = [_read_figure(value.raw) for value in observations if value.status != "absent"]
    read = list(filter(None, figures))
    units = {figure.unit for figure in read}
    if len(read) < max(2, len(figures)) or len(units) > 1 or units & PERCENT:
        return
    total, slack = (sum(parts, Fraction(0)) for parts in zip(*((one.value, one.slack) for one in read), strict=True))
    yield _Result(total, slack, tuple(observations))


def _prove_values(values: Sequence[Observation], metric: Metric, pointer: str, kind: str) -> Iterator[Proof]:
    """Prove those values of a metric, known by their identity."""
    proved = set(map(id, values))
    for index, value in enumerate(metric.observations):
        if id(value) in proved:
            yield Proof(f"{pointer}/observations/{index}", kind)


def _check_parts(metric: Metric, pointer: str) -> Iterator[Finding | Proof]:
    """Find a year whose whole is neither the sum of its halves, quarters or months nor the last of them."""
    for index, whole in enumerate(metric.observations):
        printed, parts = _read_figure(whole.raw), _list_parts(metric, whole)
        if printed is None or len(parts) not in _PARTS:
            continue
        last = _read_figure(parts[-1].raw)
        for result in _add_up(parts):
            if _agrees(printed, result):
                yield from _prove_values((whole, *parts), metric, pointer, "sum")
            elif last is None or last.value != printed.value:
                said = {"name": metric.name, "year": whole.fiscal_year, "text": whole.raw}
                given = f"{float(result.value):.10g}"
                here = f"{pointer}/observations/{index}"
                yield report_finding("comparison-mismatch.parts", here, whole.source, **said, sum=given)


def _list_parts(metric: Metric, whole: Observation) -> list[Observation]:
    """List the values of parts of a year; none where the value is itself one of a part."""
    when = whole.fiscal_year, whole.measure
    alike = [value for value in metric.observations if (value.fiscal_year, value.measure) == when]
    return [value for value in alike if value.part is not None] if whole.part is None else []

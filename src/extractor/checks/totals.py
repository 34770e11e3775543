"""Totals: rows of sums (計, 小計, 合計) of a programme's table that are what the rows around them give."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from extractor.checks.amounts import PERCENT, single_amount
from extractor.records.proofs import Proof
from extractor.records.report import Metric, Observation, Report
from extractor.records.walk import list_programmes, walk_records

_Row = tuple[str, Metric]


def find_true_totals(report: Report) -> Iterator[Proof]:
    """Find the total rows that are sums.

    Args:
        report: The report.

    Yields:
        `sum` for the value of each total row, and for each value that is added up.
    """
    rows: list[_Row] = list(walk_records(report, Metric))
    for programme in list_programmes(report):
        count = len(programme.metrics)
        yield from _find_in_table(rows[:count])
        del rows[:count]


def _find_in_table(rows: Sequence[_Row]) -> Iterator[Proof]:
    for at, (pointer, total) in enumerate(rows):
        if not total.is_total:
            continue
        groups = list(_list_addends(rows, at))
        for index, value in enumerate(total.observations):
            for group in groups:
                if addends := _find_addends(value, group):
                    here = f"{pointer}/observations/{index}"
                    yield from (Proof(place, "sum") for place in (here, *addends))
                    break


def _list_addends(rows: Sequence[_Row], at: int) -> Iterator[list[_Row]]:
    """List the rows of which a total may be the sum.

    They are those above it since the last total, all above it, all totals above it, or those below it.
    """
    above = rows[:at]
    yield _leave_out_parts(_take_until_total(reversed(above)))
    yield _leave_out_parts(row for row in above if not row[1].is_total)
    yield [row for row in above if row[1].is_total]
    yield _leave_out_parts(_take_until_total(rows[at + 1 :]))


def _take_until_total(rows: Iterable[_Row]) -> Iterator[_Row]:
    return takewhile(lambda row: not row[1].is_total, rows)


def _leave_out_parts(rows: Iterable[_Row]) -> list[_Row]:
    return [row for row in rows if row[1].part_of is None]


def _find_addends(total: Observation, rows: Sequence[_Row]) -> list[str]:
    """Find the values of rows that add up to a total in its year; none where they do not, or one cannot be added."""
    amount = single_amount(total)
    if amount is None or amount.unit in PERCENT or len(rows) < 2:
        return []
    found, added = [], Fraction(0)
    for pointer, metric in rows:
        alike = [(i, seen) for i, seen in enumerate(metric.observations) if _say_when(seen) == _say_when(total)]
        addend = _find_addend(alike[0][1], amount.unit) if len(alike) == 1 else None
        if addend is None:
            return []
        added += addend
        found.append(f"{pointer}/observations/{alike[0][0]}")
    return found if added == Fraction(amount.value) else []


def _find_addend(value: Observation, unit: str | None) -> Fraction | None:
    """Find what a value adds to a total in a unit: 0 for a dash; None: it cannot be added."""
    if value.status == "absent":
        return Fraction(0)
    amount = single_amount(value)
    return Fraction(amount.value) if amount is not None and amount.unit == unit else None


def _say_when(value: Observation) -> tuple[object, ...]:
    return value.fiscal_year, value.spans, value.measure, value.part

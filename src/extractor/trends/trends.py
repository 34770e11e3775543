"""Follow: reports of one jurisdiction, each of another fiscal year, become what changed in the world between them.

Programmes are followed by all that is known of them (docs/years.md), never by their number or place.
"""

from collections.abc import Sequence
from itertools import pairwise

from extractor.records.comparison import Side
from extractor.records.report import Report
from extractor.records.trends import (
    Budget,
    Continuity,
    ContinuityKind,
    DivisionChange,
    ProgrammeAt,
    YearsReport,
)
from extractor.trends.divisions import division_changes
from extractor.trends.metric_series import lines, note_of, restated_of, series_of
from extractor.trends.transition import Known, Step, step

__all__ = ["CannotFollow", "Known", "follow"]


class CannotFollow(Exception):  # noqa: N818 - the choice of reports is at fault, not the program
    """Reports that are not one jurisdiction's, each of another fiscal year; the message says why on one line."""


def follow(reports: Sequence[Report], known: Known | None = None) -> YearsReport:
    """What became of all programmes, figures and divisions. `known`: the series of programmes that a person accepted.

    The reports may come in any order. Raises CannotFollow.
    """
    ordered = sorted(reports, key=lambda one: one.report.fiscal_year)
    _check(ordered)
    steps = [step(before, after, known or {}) for before, after in pairwise(ordered)]
    followed = lines(ordered, steps)
    restated = [one for line in followed for one in restated_of(line)]
    every = [one for each in steps for one in each.continuities]
    order = {report.report.id: index for index, report in enumerate(ordered)}
    notes = [note for each in steps for note in each.notes] + [note_of(one) for one in restated]
    return YearsReport(
        reports=tuple(Side.of(one.report, one.source) for one in ordered),
        continued=_of(every, "continued"),
        renamed=_of(every, "renamed"),
        new=_of(every, "new"),
        ended=_of(every, "ended"),
        split=_of(every, "split"),
        merged=_of(every, "merged"),
        notes=tuple(sorted(notes, key=lambda one: order[one.report])),
        restated=tuple(sorted(restated, key=lambda one: order[one.after.report])),
        budgets=tuple(_budget(one, ordered) for one in every if one.before and one.after),
        divisions=tuple(_divisions(ordered, steps)),
        metrics=tuple(series_of(line) for line in followed),
    )


def _check(reports: Sequence[Report]) -> None:
    if len(reports) < 2:
        raise CannotFollow("two reports or more are needed")
    names = {one.report.jurisdiction.code: one.report.jurisdiction.name for one in reports}
    if len(names) > 1:
        raise CannotFollow(
            f"the reports are of different jurisdictions: {', '.join(names[code] for code in sorted(names))}"
        )
    for one, other in pairwise(reports):
        if one.report.fiscal_year == other.report.fiscal_year:
            both = f"{one.source.file} and {other.source.file}"
            raise CannotFollow(f"{both} are both of fiscal {one.report.fiscal_year}")
    by_id: dict[str, Report] = {}
    for one in reports:
        # By its id it is said what is from which report: of two with one id, one would be taken for the other.
        other = by_id.setdefault(one.report.id, one)
        if other is not one:
            raise CannotFollow(f"{other.source.file} and {one.source.file} both have the id {one.report.id}")


def _of(every: Sequence[Continuity], kind: ContinuityKind) -> tuple[Continuity, ...]:
    return tuple(one for one in every if one.kind == kind)


def _divisions(reports: Sequence[Report], steps: Sequence[Step]) -> list[DivisionChange]:
    return [
        change
        for (before, after), each in zip(pairwise(reports), steps, strict=True)
        for change in division_changes(before, after, each.ties)
    ]


def _budget(one: Continuity, reports: Sequence[Report]) -> Budget:
    before, after = _amount(one.before, reports), _amount(one.after, reports)
    change = after - before if before is not None and after is not None else None
    return Budget(
        before=one.before,
        after=one.after,
        amount_before=before,
        amount_after=after,
        change=change,
        percent=_percent(before, after) if before is not None and after is not None else None,
        doubtful=one.doubtful,
    )


def _percent(before: int, after: int) -> float | None:
    """The change in per cent; None where it cannot be told: of 0 or less, or above all that a float holds."""
    try:
        return round(100 * (after - before) / before, 1) if before > 0 else None
    except OverflowError:
        return None


def _amount(programmes: Sequence[ProgrammeAt], reports: Sequence[Report]) -> int | None:
    """What programmes of a report cost together."""
    total = 0
    for at in programmes:
        report = next(one for one in reports if one.report.fiscal_year == at.fiscal_year)
        _, _, policy, _, programme = at.pointer.split("/")
        amount = report.policies[int(policy)].programmes[int(programme)].budget_thousand_yen
        if amount is None:
            return None
        total += amount
    return total

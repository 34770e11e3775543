"""Trends: what changed in the world between the reports of one jurisdiction, each of another fiscal year.

Programmes are followed by all that is known of them (docs/years.md), never by their number or place.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, pairwise
from typing import get_args

from extractor.errors import RequestRefused
from extractor.records.comparison import Side
from extractor.records.messages import make_message
from extractor.records.report import Report
from extractor.records.trends import Budget, Continuity, ContinuityKind, DivisionChange, ProgrammeAt, YearsReport
from extractor.trends.divisions import find_division_changes
from extractor.trends.metric_series import build_metric_series, find_restated, follow_metrics, make_restated_note
from extractor.trends.pauses import join_pauses
from extractor.trends.programmes import iterate_programmes
from extractor.trends.series_ids import (
    ProgrammeId,
    SeriesRegister,
    find_known_series,
    find_said_new,
    list_programme_places,
    programme_id_of,
)
from extractor.trends.transition import YearTransition, build_transition

# Amounts in thousand yen by the id of the report and the pointer to the programme; None: not printed.
_Amounts = Mapping[tuple[str, str], int | None]


class CannotFollow(RequestRefused):
    """Reports that are not one jurisdiction's, each of another fiscal year.

    The message says why on one line.
    """


def build_trends(reports: Sequence[Report], identities: SeriesRegister | None = None) -> YearsReport:
    """Build what became of all programmes, figures and divisions over the years.

    Args:
        reports: Two reports or more of one jurisdiction, each of another fiscal year, in any order.
        identities: The series of programmes that a person has accepted; None: there are none.

    Returns:
        The trends, in the order of the years.

    Raises:
        CannotFollow: The reports are not such reports.
    """
    ordered = sorted(reports, key=lambda report: report.report.fiscal_year)
    _check_reports(ordered)
    identities = identities or SeriesRegister()
    known = find_known_series(identities, list_programme_places(ordered))
    new = find_said_new(identities, known)
    steps = list(pairwise(ordered))
    transitions = join_pauses(ordered, [build_transition(*step, known, new) for step in steps], known)
    histories = follow_metrics(ordered, transitions)
    restated = list(chain.from_iterable(map(find_restated, histories)))
    told = chain.from_iterable(transition.continuities for transition in transitions)
    continuities = [_tell_as_said(one, new) for one in told]
    notes = chain(*(transition.notes for transition in transitions), map(make_restated_note, restated))
    order = {report.report.id: index for index, report in enumerate(ordered)}
    return YearsReport.model_validate(
        _group_by_kind(continuities)
        | {
            "reports": [Side.from_report(report.report, report.source) for report in ordered],
            "doubtful": sum(one.doubtful for one in continuities),
            "notes": sorted(notes, key=lambda note: order[note.report]),
            "restated": sorted(restated, key=lambda figure: order[figure.after.report]),
            "budgets": _build_budgets(continuities, ordered),
            "divisions": list(chain.from_iterable(map(_find_division_changes, steps, transitions))),
            "metrics": list(map(build_metric_series, histories)),
        }
    )


def _group_by_kind(continuities: Sequence[Continuity]) -> dict[str, object]:
    return {kind: [one for one in continuities if one.kind == kind] for kind in get_args(ContinuityKind)}


def _tell_as_said(one: Continuity, new: Collection[ProgrammeId]) -> Continuity:
    """Tell that a programme is new since a person said so, where one did, and not for want of one that is like it."""
    if one.kind != "new" or one.doubtful or programme_id_of(one.after[0]) not in new:
        return one
    reason = make_message("continuity.said-new")
    return one.model_copy(update={"reason": str(reason), "reason_ja": reason.render("ja")})


def _check_reports(reports: Sequence[Report]) -> None:
    """Check that reports in the order of their years are of one jurisdiction, and each of its own year and id."""
    if len(reports) < 2:
        raise CannotFollow(make_message("follow.one"))
    names = {report.report.jurisdiction.code: report.report.jurisdiction.name for report in reports}
    if len(names) > 1:
        raise CannotFollow(make_message("follow.jurisdictions", names=tuple(names[code] for code in sorted(names))))
    for before, after in pairwise(reports):
        if before.report.fiscal_year == after.report.fiscal_year:
            both = {"one": before.source.file, "other": after.source.file}
            raise CannotFollow(make_message("follow.same-year", year=before.report.fiscal_year, **both))
    by_id: dict[str, Report] = {}
    for report in reports:
        # By its id it is said what is from which report: of two with one id, one would be taken for the other.
        first = by_id.setdefault(report.report.id, report)
        if first is not report:
            both = {"one": first.source.file, "other": report.source.file}
            raise CannotFollow(make_message("follow.same-id", id=report.report.id, **both))


def _find_division_changes(step: tuple[Report, Report], transition: YearTransition) -> list[DivisionChange]:
    # Over a gap it is not known when a division changed.
    return find_division_changes(*step, [tie for tie in transition.ties if tie.left.at.report == step[0].report.id])


def _build_budgets(continuities: Sequence[Continuity], reports: Sequence[Report]) -> list[Budget]:
    """Build what became of the budget of each programme that goes on, was split or merged."""
    amounts = {
        (at.report, at.pointer): programme.budget_thousand_yen
        for report in reports
        for at, _, programme in iterate_programmes(report)
    }
    return [_build_budget(one, amounts) for one in continuities if one.before and one.after]


def _build_budget(continuity: Continuity, amounts: _Amounts) -> Budget:
    before, after = (_add_up_amounts(side, amounts) for side in (continuity.before, continuity.after))
    return Budget(
        before=continuity.before,
        after=continuity.after,
        amount_before=before,
        amount_after=after,
        change=after - before if before is not None and after is not None else None,
        percent=_reckon_percent(before, after) if before is not None and after is not None else None,
        doubtful=continuity.doubtful,
    )


def _add_up_amounts(programmes: Sequence[ProgrammeAt], amounts: _Amounts) -> int | None:
    """Add up what programmes cost, in thousand yen; None where an amount is not printed."""
    printed = [amounts[at.report, at.pointer] for at in programmes]
    known = [amount for amount in printed if amount is not None]
    return sum(known) if len(known) == len(printed) else None


def _reckon_percent(before: int, after: int) -> float | None:
    """Reckon the change in per cent; None where it cannot be told: of 0 or less, or above all that a float holds."""
    try:
        return round(100 * (after - before) / before, 1) if before > 0 else None
    except OverflowError:
        return None

"""Pauses: programmes that a report does not have and a later one has again.

In: the transitions from each report to the next. Out: the same, in which what returned after a gap has not ended and is
not new. All earlier reports are looked at, not only the one before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.records.messages import make_message
from extractor.records.report import Report
from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.evidence import ReportEvidence
from extractor.trends.features import extract_features, find_common_years
from extractor.trends.pairing import ProgrammePair, ProgrammePairing, pair_programmes
from extractor.trends.transition import (
    KnownSeries,
    ProgrammeTie,
    YearTransition,
    find_series,
    tell_continuity,
    tell_new_or_ended,
    tell_pair,
)

# A programme by the id of its report and its pointer there.
_Place = tuple[str, str]


def join_pauses(
    reports: Sequence[Report], transitions: Sequence[YearTransition], known: KnownSeries
) -> list[YearTransition]:
    """Join programmes over the reports that do not have them.

    Args:
        reports: The reports by year.
        transitions: From each to the next: one fewer.
        known: The series of programmes that a person has accepted.

    Returns:
        The transitions, in which such programmes have paused and were resumed.
    """
    joined = list(transitions)
    for step in range(1, len(joined)):
        ended = _select_places(joined[:step], "ended")
        new = _select_places(joined[step : step + 1], "new")
        if ended and new:
            _join_step(reports[: step + 2], joined, (ended, new), known)
    return joined


def _select_places(transitions: Sequence[YearTransition], kind: str) -> set[_Place]:
    told = (one for transition in transitions for one in transition.continuities if one.kind == kind)
    return {_place_of(at) for one in told for at in (*one.before, *one.after)}


def _place_of(at: ProgrammeAt) -> _Place:
    return at.report, at.pointer


def _join_step(
    reports: Sequence[Report], joined: list[YearTransition], places: tuple[set[_Place], set[_Place]], known: KnownSeries
) -> None:
    """Look for what is new in the last of some reports among all that has ended before; tell what was found."""
    *earlier, _ = reports
    step = len(earlier) - 1
    evidence, paired = _pair_new_with_ended(reports, places, known)
    said = {_place_of(at): one for one in joined[step].continuities if one.kind == "new" for at in one.after}
    told: dict[_Place, Continuity] = {}
    ties = []
    for found in paired.pairs:
        left, right = evidence.lefts[found.left], evidence.rights[found.right]
        pair = _add_nearer_doubt(found, said[_place_of(right.at)])
        gap = tuple(one.report.fiscal_year for one in earlier if one.report.fiscal_year > left.at.fiscal_year)
        told[_place_of(right.at)] = tell_pair(evidence, pair, gap)
        told[_place_of(left.at)] = _tell_pause(left.at, right.at, gap)
        ties.append(ProgrammeTie(left, right, not pair.doubts))
    for index in paired.rights:
        place = _place_of(evidence.rights[index].at)
        # What is nearly like a programme of the year before is asked about already.
        if not said[place].doubtful:
            since = earlier[0].report.fiscal_year
            told[place] = tell_new_or_ended(evidence, paired, index, left=False, since=since)
    joined[: step + 1] = [_replace_told(transition, told) for transition in joined[: step + 1]]
    joined[step] = replace(joined[step], ties=(*joined[step].ties, *ties))


def _pair_new_with_ended(
    reports: Sequence[Report], places: tuple[set[_Place], set[_Place]], known: KnownSeries
) -> tuple[ReportEvidence, ProgrammePairing]:
    """Pair what is new in the last report with what ended in those before; `places`: of both, ended first."""
    ended, new = places
    *earlier, last = reports
    years = {report.report.id: find_common_years([report, last]) for report in earlier}
    features = (one for report in earlier for one in extract_features(report, years[report.report.id]))
    lefts = [programme for programme in features if _place_of(programme.at) in ended]
    evidence = ReportEvidence(lefts, extract_features(last, frozenset().union(*years.values())))
    free = [index for index, programme in enumerate(evidence.rights) if _place_of(programme.at) in new]
    return evidence, pair_programmes(evidence, find_series(lefts, known), find_series(evidence.rights, known), free)


def _add_nearer_doubt(pair: ProgrammePair, said: Continuity) -> ProgrammePair:
    """Keep the doubt that a programme of the year before is nearly like it, unless name or a person decides."""
    if said.nearest is None or pair.known or pair.verdict.same_name:
        return pair
    doubt = make_message("continuity.rival", name=said.nearest.name or "", score=said.score)
    return replace(pair, doubts=(*pair.doubts, doubt), rival=said.nearest)


def _tell_pause(before: ProgrammeAt, after: ProgrammeAt, gap: tuple[int, ...]) -> Continuity:
    reason = make_message("continuity.returns", name=after.name or after.id, year=after.fiscal_year)
    return tell_continuity("paused", [before], [], reason, score=None, gap=gap)


def _replace_told(transition: YearTransition, told: Mapping[_Place, Continuity]) -> YearTransition:
    """Tell otherwise what became of programmes that were told to be new or to have ended."""
    continuities = tuple(
        told.get(_place_of((*one.before, *one.after)[0]), one) if one.kind in ("new", "ended") else one
        for one in transition.continuities
    )
    resumed = {f"{one.after[0].pointer}/is_new" for one in continuities if one.kind == "resumed"}
    # A report of the year before that has it not says nothing against its own mark.
    notes = tuple(note for note in transition.notes if note.pointer not in resumed)
    return replace(transition, continuities=continuities, notes=notes)

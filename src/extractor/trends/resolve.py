"""Resolve: a person says of programmes which ones of an earlier year they were, or that they are new."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.errors import RequestRefused
from extractor.grammar.normalize import comparison_key
from extractor.records.decisions import ProgrammeOf, Settlement
from extractor.records.messages import Message, make_message
from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.series_ids import (
    ProgrammeId,
    SeriesMember,
    SeriesRegister,
    assign_series,
    find_known_series,
    programme_id_of,
)

# Characters of a name that does not fit which are quoted.
LONGEST = 100


class CannotSettle(RequestRefused):
    """What was said cannot be; the message says why on one line."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A programme, the one that it was, and the series that it has now.

    The one that it was is None where the programme is new.
    """

    after: ProgrammeAt
    before: ProgrammeAt | None
    series: str


# A programme, and the one of an earlier report that it is said to have been (None: it is new).
_Pair = tuple[ProgrammeAt, ProgrammeAt | None]


def resolve_series(
    identities: SeriesRegister,
    programmes: Sequence[ProgrammeAt],
    told: Sequence[Continuity],
    wanted: Sequence[Settlement],
) -> tuple[SeriesRegister, list[Settled]]:
    """Take what a person says of programmes into the series; all of it or nothing.

    Args:
        identities: The series that there are.
        programmes: The programmes of all reports of a family, by year.
        told: What became of them.
        wanted: What the person says.

    Returns:
        The new series, and what was said as it was taken.

    Raises:
        CannotSettle: Something of it cannot be.
    """
    by_id = {programme_id_of(at): at for at in programmes}
    pairs = [_find_pair(by_id, settlement) for settlement in wanted]
    _check_once(pairs)
    earlier = find_known_series(identities, programmes)
    settled = {programme_id_of(after): None if before is None else programme_id_of(before) for after, before in pairs}
    asked = {programme_id_of(at) for one in told if one.doubtful for at in one.after} - earlier.keys() - settled.keys()
    made = assign_series(identities, programmes, told, settled)
    series_of = find_known_series(made, programmes)
    for after, before in pairs:
        if before is None:
            years = {at.report: at.fiscal_year for at in programmes}
            _check_new(made, years, series_of.get(programme_id_of(after)), after)
        elif (
            programme_id_of(before) in asked
            or not {programme_id_of(after), programme_id_of(before)} <= series_of.keys()
        ):
            raise CannotSettle(make_message("settle.unsettled", programme=_describe(before)))
        elif series_of[programme_id_of(before)] != series_of[programme_id_of(after)]:
            raise CannotSettle(_explain_contradiction(made, earlier, after, before))
    return made, [Settled(after, before, series_of[programme_id_of(after)]) for after, before in pairs]


def _describe(at: ProgrammeAt | SeriesMember) -> Message:
    return make_message("settle.programme", programme=at.id, report=at.report)


def _find_pair(by_id: Mapping[ProgrammeId, ProgrammeAt], settlement: Settlement) -> _Pair:
    """Find the programmes that are meant."""
    after = _find_programme(by_id, settlement)
    before = None if settlement.was is None else _find_programme(by_id, settlement.was)
    if before is not None and before.fiscal_year >= after.fiscal_year:
        key = "settle.same-year" if before.fiscal_year == after.fiscal_year else "settle.later-year"
        raise CannotSettle(make_message(key, after=_describe(after), before=_describe(before)))
    return after, before


def _find_programme(by_id: Mapping[ProgrammeId, ProgrammeAt], wanted: ProgrammeOf) -> ProgrammeAt:
    at = by_id.get((wanted.report, wanted.programme))
    if at is None:
        if any(report == wanted.report for report, _ in by_id):
            raise CannotSettle(make_message("settle.no-programme", programme=wanted.programme, report=wanted.report))
        raise CannotSettle(make_message("settle.no-such-report", report=wanted.report))
    if wanted.name is not None and comparison_key(wanted.name) != comparison_key(at.name or ""):
        raise CannotSettle(make_message("settle.renamed", programme=_describe(at), name=wanted.name[:LONGEST]))
    return at


def _check_once(pairs: Sequence[_Pair]) -> None:
    """Check that each programme is settled once, and goes on as one."""
    said: Counter[ProgrammeId] = Counter()
    claimed: dict[ProgrammeId, ProgrammeAt] = {}
    for after, before in pairs:
        said[programme_id_of(after)] += 1
        if said[programme_id_of(after)] > 1:
            raise CannotSettle(make_message("settle.twice", programme=_describe(after)))
        if before is not None and (first := claimed.setdefault(programme_id_of(before), after)) is not after:
            both = {"one": _describe(first), "other": _describe(after)}
            raise CannotSettle(make_message("settle.both", before=_describe(before), **both))


def _check_new(made: SeriesRegister, years: Mapping[str, int], series: str | None, at: ProgrammeAt) -> None:
    """Check that a programme has a series, and that this has no programme of an earlier year.

    It has none where a later programme may be the same one. The year of a report that is not there any more is not
    known: it counts as earlier.
    """
    if series is None:
        raise CannotSettle(make_message("settle.became", programme=_describe(at)))
    members = next(one.programmes for one in made.series if one.id == series)
    for member in members:
        if member.report != at.report and years.get(member.report, 0) < at.fiscal_year:
            said = {"programme": _describe(at), "series": series, "member": _describe(member)}
            raise CannotSettle(make_message("settle.not-new", **said))


def _explain_contradiction(
    made: SeriesRegister, earlier: Mapping[ProgrammeId, str], after: ProgrammeAt, before: ProgrammeAt
) -> Message:
    """Say why two programmes cannot have one series: each has its own, or another has it in a report of theirs."""
    own, other = earlier.get(programme_id_of(after)), earlier.get(programme_id_of(before))
    if own is not None and other is not None:
        both = {"after": _describe(after), "before": _describe(before), "own": own, "other": other}
        return make_message("settle.two-series", **both)
    at, name = (before, own) if own is not None else (after, other)
    members = (member for series in made.series if series.id == name for member in series.programmes)
    there = next((member.id for member in members if member.report == at.report), None)
    return make_message("settle.taken", programme=_describe(at), series=name, other=there)

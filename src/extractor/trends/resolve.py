"""Settle: a person says of programmes which ones of an earlier year they were, or that they are new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import key
from extractor.records.decisions import ProgrammeOf, Settlement
from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.series_ids import Identities, Programme, keep, known

# So much of a name that does not fit is quoted.
LONGEST = 100


class CannotSettle(Exception):  # noqa: N818 - what was said is at fault, not the program
    """What was said cannot be; the message says why on one line."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A programme, the one that it was (None: it is new), and the series that it has now."""

    after: ProgrammeAt
    before: ProgrammeAt | None
    series: str


def settle(
    identities: Identities,
    programmes: Sequence[ProgrammeAt],
    told: Sequence[Continuity],
    wanted: Sequence[Settlement],
) -> tuple[Identities, list[Settled]]:
    """The identities with what is `wanted`, and that as it was taken; all of it or, raising CannotSettle, nothing.

    `programmes` are those of all reports of a family, by year, of which the continuities are `told`.
    """
    at = {(one.report, one.id): one for one in programmes}
    pairs = [_pair(at, one) for one in wanted]
    _check_once(pairs)
    has = known(identities, programmes)
    settled = {_of(after): None if before is None else _of(before) for after, before in pairs}
    asked = {_of(at) for one in told if one.doubtful for at in one.after} - has.keys() - settled.keys()
    made = keep(identities, programmes, told, settled)
    now = known(made, programmes)
    years = {one.report: one.fiscal_year for one in programmes}
    for after, before in pairs:
        if before is None:
            _check_new(made, years, now[_of(after)], after)
        elif _of(before) in asked or not {_of(after), _of(before)} <= now.keys():
            raise CannotSettle(f"what {_named(before)} was is not settled itself: say that too")
        elif now[_of(after)] != now[_of(before)]:
            raise CannotSettle(_contradiction(made, has, after, before))
    return made, [Settled(after, before, now[_of(after)]) for after, before in pairs]


def _of(at: ProgrammeAt) -> Programme:
    return at.report, at.id


def _named(at: ProgrammeAt) -> str:
    return f"{at.id} of {at.report}"


def _pair(at: Mapping[Programme, ProgrammeAt], one: Settlement) -> tuple[ProgrammeAt, ProgrammeAt | None]:
    """The programmes that are meant."""
    after, before = _found(at, one), None if one.was is None else _found(at, one.was)
    if before is not None and before.fiscal_year >= after.fiscal_year:
        same = "the same" if before.fiscal_year == after.fiscal_year else "a later"
        raise CannotSettle(f"{_named(after)} cannot have been {_named(before)}, which is of {same} year")
    return after, before


def _found(at: Mapping[Programme, ProgrammeAt], one: ProgrammeOf) -> ProgrammeAt:
    found = at.get((one.report, one.programme))
    if found is None:
        known = any(report == one.report for report, _ in at)
        raise CannotSettle(
            f"there is no programme {one.programme} in the accepted report {one.report}"
            if known
            else f"no report {one.report} of the same reports over the years was accepted"
        )
    if one.name is not None and key(one.name) != key(found.name or ""):
        raise CannotSettle(f"{_named(found)} is not called {one.name[:LONGEST]} any more: look at the page again")
    return found


def _check_once(pairs: Sequence[tuple[ProgrammeAt, ProgrammeAt | None]]) -> None:
    """Each programme is settled once, and goes on as one."""
    said: set[Programme] = set()
    claimed: dict[Programme, ProgrammeAt] = {}
    for after, before in pairs:
        if _of(after) in said:
            raise CannotSettle(f"{_named(after)} is there twice")
        said.add(_of(after))
        if before is not None and (other := claimed.setdefault(_of(before), after)) is not after:
            raise CannotSettle(f"{_named(other)} and {_named(after)} cannot both have been {_named(before)}")


def _check_new(made: Identities, years: Mapping[str, int], series: str, at: ProgrammeAt) -> None:
    """Its series has no programme of an earlier year. Of a report that is not there any more, the year is not known."""
    members = next(one.programmes for one in made.series if one.id == series)
    for one in members:
        if one.report != at.report and years.get(one.report, 0) < at.fiscal_year:
            raise CannotSettle(f"{_named(at)} is not new: its series {series} has {one.id} of {one.report}")


def _contradiction(made: Identities, has: Mapping[Programme, str], after: ProgrammeAt, before: ProgrammeAt) -> str:
    """Why two programmes cannot have one series: each has its own, or another has it in a report of theirs."""
    own, other = has.get(_of(after)), has.get(_of(before))
    if own is not None and other is not None:
        return f"{_named(after)} has series {own} already, and {_named(before)} has {other}"
    at, series = (before, own) if own is not None else (after, other)
    there = next(
        (
            one.id
            for member in made.series
            if member.id == series
            for one in member.programmes
            if one.report == at.report
        ),
        None,
    )
    return f"{_named(at)} cannot have series {series}, which {there} has in the same report"

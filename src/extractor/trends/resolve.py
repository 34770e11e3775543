"""Resolve: a person says of programmes which ones of an earlier year they were, or that they are new.

In: the series that there are, and what the person says. Out: the series as they then are, and a record of each decision
with what was accepted before. A series that was accepted wrongly is cut before the programme that is meant; that one
and what it became go to the series of the programme that it was, or to a new one.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from extractor.errors import RequestRefused
from extractor.grammar.normalize import comparison_key
from extractor.records.decisions import ProgrammeOf, Settlement
from extractor.records.messages import Message, make_message
from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.series_ids import (
    ProgrammeId,
    SeriesDecision,
    SeriesMember,
    SeriesRegister,
    find_known_series,
    programme_id_of,
)
from extractor.trends.series_minting import assign_series, link_programmes

# Characters of a name that does not fit which are quoted.
LONGEST = 100


class CannotSettle(RequestRefused):
    """What was said cannot be; the message says why on one line."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A programme, the one that it was, and the series that it has now.

    The one that it was is None where the programme is new. `note`: what the person wrote.
    """

    after: ProgrammeAt
    before: ProgrammeAt | None
    series: str
    note: str


class _Chains:
    """The accepted series of programmes: of each its programmes by year, and which one comes before which."""

    def __init__(self, identities: SeriesRegister, programmes: Sequence[ProgrammeAt]) -> None:
        self.series_of = find_known_series(identities, programmes)
        self.at = {programme_id_of(at): at for at in programmes}
        self._members: dict[str, list[ProgrammeId]] = {}
        for at in programmes:
            if series := self.series_of.get(programme_id_of(at)):
                self._members.setdefault(series, []).append(programme_id_of(at))

    def find_before(self, here: ProgrammeId) -> ProgrammeId | None:
        """Find the programme of the series that comes before one; None where it is the first, or has no series."""
        members = self._members.get(self.series_of.get(here, ""), [here])
        at = members.index(here)
        return members[at - 1] if at else None

    def find_rest(self, here: ProgrammeId) -> list[ProgrammeId]:
        """Find a programme and those of its series that come after it; none where it has no series."""
        members = self._members.get(self.series_of.get(here, ""), [here])
        return members[members.index(here) :] if here in self.series_of else []

    def is_otherwise(self, here: ProgrammeId, was: ProgrammeId | None) -> bool:
        """Tell whether a series was accepted in which a programme was another one than it is said to have been."""
        series = self.series_of.get(was) if was is not None else None
        if here not in self.series_of or series is None:
            return self.find_before(here) is not None
        return series != self.series_of[here]


def resolve_series(
    identities: SeriesRegister,
    programmes: Sequence[ProgrammeAt],
    told: Sequence[Continuity],
    wanted: Sequence[Settlement],
    day: datetime.date,
) -> tuple[SeriesRegister, list[Settled]]:
    """Take what a person says of programmes into the series; all of it or nothing.

    Args:
        identities: The series that there are.
        programmes: The programmes of all reports of a family, by year.
        told: What became of them.
        wanted: What the person says.
        day: When the person said so.

    Returns:
        The new series, and what was said as it was taken.

    Raises:
        CannotSettle: Something of it cannot be.
    """
    chains = _Chains(identities, programmes)
    pairs = [_find_pair(chains.at, settlement) for settlement in wanted]
    _check_once(after for after, _ in pairs)
    _check_claimed_once(pairs)
    said = {programme_id_of(after): None if before is None else programme_id_of(before) for after, before in pairs}
    cut = [chains.find_rest(here) for here, was in said.items() if chains.is_otherwise(here, was)]
    # What comes after a programme in its series stays with it.
    kept = {later: here for rest in cut for here, later in pairwise(rest)}
    links = link_programmes(told).settle_programmes(kept | said)
    made = assign_series(_cut_series(identities, set(chain.from_iterable(cut)), said, chains), programmes, links)
    series_of = find_known_series(made, programmes)
    _check_pairs(pairs, series_of, chains, links.doubtful - chains.series_of.keys())
    settled = [
        Settled(after, before, series_of[programme_id_of(after)], settlement.note)
        for (after, before), settlement in zip(pairs, wanted, strict=True)
    ]
    return _keep_decisions(_rename_origins(made, chains, series_of), settled, chains, day), settled


def _describe_programme(at: ProgrammeAt) -> Message:
    return make_message("settle.programme", programme=at.id, report=at.report)


def _find_pair(
    by_id: Mapping[ProgrammeId, ProgrammeAt], settlement: Settlement
) -> tuple[ProgrammeAt, ProgrammeAt | None]:
    """Find the programmes that are meant: one, and the one that it is said to have been (None: it is new)."""
    after = _find_programme(by_id, settlement)
    before = None if settlement.was is None else _find_programme(by_id, settlement.was)
    if before is not None and before.fiscal_year >= after.fiscal_year:
        key = "settle.same-year" if before.fiscal_year == after.fiscal_year else "settle.later-year"
        raise CannotSettle(make_message(key, after=_describe_programme(after), before=_describe_programme(before)))
    return after, before


def _find_programme(by_id: Mapping[ProgrammeId, ProgrammeAt], wanted: ProgrammeOf) -> ProgrammeAt:
    at = by_id.get((wanted.report, wanted.programme))
    if at is None:
        if any(report == wanted.report for report, _ in by_id):
            raise CannotSettle(make_message("settle.no-programme", programme=wanted.programme, report=wanted.report))
        raise CannotSettle(make_message("settle.no-such-report", report=wanted.report))
    if wanted.name is not None and comparison_key(wanted.name) != comparison_key(at.name or ""):
        raise CannotSettle(
            make_message("settle.renamed", programme=_describe_programme(at), name=wanted.name[:LONGEST])
        )
    return at


def _check_once(programmes: Iterable[ProgrammeAt]) -> None:
    """Check that each programme is settled once."""
    for at, count in Counter(_describe_programme(at) for at in programmes).items():
        if count > 1:
            raise CannotSettle(make_message("settle.twice", programme=at))


def _check_claimed_once(pairs: Sequence[tuple[ProgrammeAt, ProgrammeAt | None]]) -> None:
    """Check that each programme goes on as one."""
    claimed: dict[ProgrammeId, ProgrammeAt] = {}
    for after, before in pairs:
        if before is not None and (first := claimed.setdefault(programme_id_of(before), after)) is not after:
            both = {"one": _describe_programme(first), "other": _describe_programme(after)}
            raise CannotSettle(make_message("settle.both", before=_describe_programme(before), **both))


def _cut_series(
    identities: SeriesRegister,
    cut: set[ProgrammeId],
    said: Mapping[ProgrammeId, ProgrammeId | None],
    chains: _Chains,
) -> SeriesRegister:
    """Take programmes out of their series, which have one programme a report.

    What such a series, and one that begins anew, came from is found again from what became of those that are left.
    """
    new = {here for here, was in said.items() if was is None}
    touched = {chains.series_of.get(here) for here in cut | new}
    places = {(chains.series_of[here], here[0]) for here in cut}
    series = (
        one.model_copy(
            update={
                "programmes": tuple(member for member in one.programmes if (one.id, member.report) not in places),
                "came_from": () if one.id in touched else one.came_from,
            }
        )
        for one in identities.series
    )
    return identities.model_copy(update={"series": tuple(series)})


def _check_pairs(
    pairs: Sequence[tuple[ProgrammeAt, ProgrammeAt | None]],
    series_of: Mapping[ProgrammeId, str],
    chains: _Chains,
    asked: set[ProgrammeId],
) -> None:
    """Check that all that was said holds in the series that were made."""
    for after, before in pairs:
        if before is None:
            _check_new(after, series_of, chains)
            continue
        here, was = programme_id_of(after), programme_id_of(before)
        if was in asked or not {here, was} <= series_of.keys():
            raise CannotSettle(make_message("settle.unsettled", programme=_describe_programme(before)))
        if series_of[was] != series_of[here]:
            raise CannotSettle(_explain_contradiction(series_of, chains, after, before))


def _check_new(after: ProgrammeAt, series_of: Mapping[ProgrammeId, str], chains: _Chains) -> None:
    """Check that a programme that is said to be new has a series, and is the first of it."""
    series, said = series_of.get(programme_id_of(after)), {"programme": _describe_programme(after)}
    if series is None:
        raise CannotSettle(make_message("settle.became", **said))
    for at in chains.at.values():
        if at.fiscal_year < after.fiscal_year and series_of.get(programme_id_of(at)) == series:
            raise CannotSettle(make_message("settle.not-new", **said, series=series, member=_describe_programme(at)))


def _explain_contradiction(
    series_of: Mapping[ProgrammeId, str], chains: _Chains, after: ProgrammeAt, before: ProgrammeAt
) -> Message:
    """Say why two programmes cannot have one series: another programme of one of their reports has it."""
    said: dict[str, Any] = {"after": _describe_programme(after), "before": _describe_programme(before)}
    for at, other in ((after, before), (before, after)):
        series = series_of[programme_id_of(other)]
        holders = (here for here, its in series_of.items() if here[0] == at.report and its == series)
        if holder := next(holders, None):
            return make_message("settle.claimed", other=_describe_programme(chains.at[holder]), series=series, **said)
    both = {"own": series_of[programme_id_of(after)], "other": series_of[programme_id_of(before)]}
    return make_message("settle.two-series", **said, **both)


def _rename_origins(made: SeriesRegister, chains: _Chains, series_of: Mapping[ProgrammeId, str]) -> SeriesRegister:
    """Let `from` name the series that there are: where all of one went to another, that one."""
    left = {one.id for one in made.series}
    went = {old: series_of[here] for here, old in reversed(chains.series_of.items()) if here in series_of}
    series = []
    for one in made.series:
        origins = (name if name in left else went.get(name, name) for name in one.came_from)
        kept = tuple(dict.fromkeys(name for name in origins if name != one.id))
        series.append(one.model_copy(update={"came_from": kept}))
    return made.model_copy(update={"series": tuple(series)})


def _keep_decisions(
    made: SeriesRegister, settled: Sequence[Settled], chains: _Chains, day: datetime.date
) -> SeriesRegister:
    """Keep what was said with what was accepted before; what was said last already is not kept again."""
    decisions = list(made.decision)
    last = {(one.report, one.id): (one.was, one.series, one.note) for one in decisions}
    for one in settled:
        here = programme_id_of(one.after)
        was = None if one.before is None else _make_member(one.before)
        if last.get(here, ()) == (was, one.series, one.note):
            continue
        before = chains.find_before(here)
        decisions.append(
            SeriesDecision(
                date=day,
                report=one.after.report,
                id=one.after.id,
                name=one.after.name,
                series=one.series,
                was=was,
                series_before=chains.series_of.get(here),
                was_before=None if before is None else _make_member(chains.at[before]),
                note=one.note,
            )
        )
    return made.model_copy(update={"decision": tuple(decisions)})


def _make_member(at: ProgrammeAt) -> SeriesMember:
    return SeriesMember(report=at.report, id=at.id, name=at.name)

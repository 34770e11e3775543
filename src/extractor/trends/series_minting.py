"""Series minting: programmes are given the series of those that they were, and new ones are minted.

In: what became of programmes, and the series that there are. Out: the series with their members.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.series_ids import (
    ProgrammeId,
    Series,
    SeriesMember,
    SeriesRegister,
    find_known_series,
    programme_id_of,
)


@dataclass(frozen=True, slots=True)
class SeriesLinks:
    """How programmes are linked over the years.

    `before`: what each was in an earlier year. `came_from`: what else it was made of. `doubtful`: those of which it is
    not decided what they were. `waiting`: of those that may have become a later programme, which ones.
    """

    before: dict[ProgrammeId, ProgrammeId] = field(default_factory=dict)
    came_from: dict[ProgrammeId, list[ProgrammeId]] = field(default_factory=dict)
    doubtful: set[ProgrammeId] = field(default_factory=set)
    waiting: dict[ProgrammeId, set[ProgrammeId]] = field(default_factory=dict)

    def settle_programmes(self, settled: Mapping[ProgrammeId, ProgrammeId | None]) -> Self:
        """Link programmes as a person says: each to the one that it was, or (None: it is new) to none."""
        before = {here: was for here, was in self.before.items() if here not in settled}
        return replace(
            self,
            before=before | {here: was for here, was in settled.items() if was is not None},
            came_from={here: others for here, others in self.came_from.items() if here not in settled},
            doubtful=self.doubtful - settled.keys(),
            waiting={here: later - settled.keys() for here, later in self.waiting.items()},
        )

    def is_undecided(self, here: ProgrammeId, series_of: Mapping[ProgrammeId, str]) -> bool:
        """Tell whether it is open which series a programme has.

        A report of an earlier year may come later: what the programme is asked to be one with has a series already.

        Args:
            here: The programme.
            series_of: The series of the programmes that have one.

        Returns:
            Whether a person has still to say it.
        """
        before = self.before.get(here)
        asked = here in self.doubtful or not self.waiting.get(here, set()).isdisjoint(series_of)
        return asked or (before is not None and before not in series_of)


def link_programmes(told: Sequence[Continuity]) -> SeriesLinks:
    """Link programmes as it was found what became of them."""
    links = SeriesLinks()
    for one in told:
        wholes, parts = list(map(programme_id_of, one.before)), list(map(programme_id_of, one.after))
        if one.doubtful:
            links.doubtful.update(parts)
            for earlier in (*wholes, *([programme_id_of(one.nearest)] if one.nearest else ())):
                links.waiting.setdefault(earlier, set()).update(parts)
        elif wholes and parts:
            links.before[parts[0]] = wholes[0]
            # A split has one whole, and a merger one part.
            links.came_from.update(dict.fromkeys(parts[1:], wholes[:1]))
            if one.kind == "merged":
                links.came_from[parts[0]] = wholes[1:]
    return links


def assign_series(identities: SeriesRegister, programmes: Sequence[ProgrammeAt], links: SeriesLinks) -> SeriesRegister:
    """Give programmes their series, and mint new ones.

    A programme that goes on keeps its series, whatever it is called; what is new gets one, and so does each part of a
    split but the first. What is doubtful is left without one.

    Args:
        identities: The series that there are.
        programmes: All programmes of the reports, by year.
        links: What each was in an earlier year.

    Returns:
        The series with their members; reports that are not among those of `programmes` keep theirs.
    """
    minting = _Minting(identities, find_known_series(identities, programmes))
    after = {before: here for here, before in links.before.items()}
    # Back from what is known of later years, and then on from year to year.
    for at in reversed(programmes):
        minting.hand_over(programme_id_of(at), after.get(programme_id_of(at)))
    for at in programmes:
        here = programme_id_of(at)
        minting.hand_over(here, links.before.get(here))
        if not links.is_undecided(here, minting.series_of):
            minting.mint_series(here)
    return _write_register(identities, minting, programmes, links.came_from)


class _Minting:
    """The series of programmes while they are handed over and minted. A series has one programme a report."""

    def __init__(self, identities: SeriesRegister, series_of: dict[ProgrammeId, str]) -> None:
        self.series_of = series_of
        self.next = identities.next
        self.names = [series.id for series in identities.series]

    def hand_over(self, here: ProgrammeId, other: ProgrammeId | None) -> None:
        """Give a programme the series of the one that it was, or became.

        This is done if it can have it.
        """
        series = None if other is None or here in self.series_of else self.series_of.get(other)
        if series and not any(one[0] == here[0] and series == its for one, its in self.series_of.items()):
            self.series_of[here] = series

    def mint_series(self, here: ProgrammeId) -> None:
        """Mint a series for a programme that has none."""
        if here not in self.series_of:
            while (name := f"S{self.next:04}") in self.names:
                self.next += 1
            self.series_of[here] = name
            self.names.append(name)
            self.next += 1


def _write_register(
    identities: SeriesRegister,
    minting: _Minting,
    programmes: Sequence[ProgrammeAt],
    came_from: Mapping[ProgrammeId, Iterable[ProgrammeId]],
) -> SeriesRegister:
    """Make the record of all series that have members; reports that were not read again keep theirs."""
    reports = {at.report for at in programmes}
    members: dict[str, list[SeriesMember]] = {name: [] for name in minting.names}
    origins: dict[str, list[str]] = defaultdict(list)
    for old in identities.series:
        members[old.id] += [member for member in old.programmes if member.report not in reports]
        origins[old.id] += old.came_from
    for at in programmes:
        here = programme_id_of(at)
        if name := minting.series_of.get(here):
            members[name].append(SeriesMember(report=at.report, id=at.id, name=at.name))
            origins[name] += filter(None, map(minting.series_of.get, came_from.get(here, ())))
    series = tuple(
        Series.model_validate(
            {
                "id": name,
                "from": tuple(dict.fromkeys(origins[name])),
                "programmes": tuple(sorted(those, key=lambda member: member.report)),
            }
        )
        for name, those in members.items()
        if those
    )
    return identities.model_copy(update={"next": minting.next, "series": series})

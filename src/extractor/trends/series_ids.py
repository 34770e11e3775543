"""Series ids: which programmes of which years are one, as `golden/series.toml` keeps them.

A series has an id that is minted once and says nothing: a programme that is renamed or renumbered, or whose report is
read anew, keeps it. `accept` alone writes the file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import Field, model_validator

from extractor.grammar.normalize import comparison_key
from extractor.records.report import Record, Report
from extractor.records.trends import Continuity, ProgrammeAt
from extractor.trends.programmes import iterate_programmes

# A programme: the id of its report, and its own.
ProgrammeId = tuple[str, str]


class SeriesMember(Record):
    """A programme of one year's report."""

    report: str
    id: str
    name: str | None = None


class Series(Record):
    """A programme over the years, a member a report.

    `came_from`: what else it was made of.
    """

    id: str
    came_from: tuple[str, ...] = Field(default=(), alias="from")
    programmes: tuple[SeriesMember, ...] = ()


class SeriesRegister(Record):
    """All series, in the order in which they were minted.

    `next` is the number of the next one's id.
    """

    next: int = 1
    series: tuple[Series, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> "SeriesRegister":
        """Check that an id is one series, and a programme is of one."""
        ids = Counter(series.id for series in self.series)
        members = Counter(programme_id_of(member) for series in self.series for member in series.programmes)
        if twice := [name for name, count in ids.items() if count > 1]:
            raise ValueError(f"{twice[0]} is there twice")
        if shared := [name for name, count in members.items() if count > 1]:
            raise ValueError(f"{shared[0][1]} of {shared[0][0]} is in two series")
        return self


def programme_id_of(programme: ProgrammeAt | SeriesMember) -> ProgrammeId:
    """Return the id of a programme with that of its report."""
    return programme.report, programme.id


def _name_of(programme: ProgrammeAt | SeriesMember) -> tuple[str, str]:
    """Return the folded name of a programme with the id of its report; "" where it has none."""
    return programme.report, comparison_key(programme.name or "")


def list_programmes(reports: Iterable[Report]) -> list[ProgrammeAt]:
    """List all programmes of reports, by year and in their order."""
    ordered = sorted(reports, key=lambda report: report.report.fiscal_year)
    return [at for report in ordered for at, _, _ in iterate_programmes(report)]


def find_known_series(identities: SeriesRegister, programmes: Sequence[ProgrammeAt]) -> dict[ProgrammeId, str]:
    """Find the series of programmes as they are read now.

    A programme is the member that has its id and name; else, since an id goes with the number in a list, the one of its
    name; else the one of its id, if the name of neither is anything else's.

    Args:
        identities: The series that were accepted.
        programmes: All programmes of the reports that are asked about.

    Returns:
        The id of the series of each programme that has one.
    """
    members = [(member, series.id) for series in identities.series for member in series.programmes]
    exact = {(programme_id_of(member), _name_of(member)): series for member, series in members}
    by_name = {_name_of(member): series for member, series in members}
    count_of_members = Counter(_name_of(member) for member, _ in members)
    names = {_name_of(at) for at in programmes if at.name}
    by_id = {programme_id_of(member): series for member, series in members if _name_of(member) not in names}
    count_of_programmes = Counter(map(_name_of, programmes))

    def find_series(at: ProgrammeAt) -> str | None:
        name = _name_of(at)
        if series := exact.get((programme_id_of(at), name)):
            return series
        if name not in by_name:
            return by_id.get(programme_id_of(at))
        alone = name[1] and count_of_programmes[name] == count_of_members[name] == 1
        return by_name[name] if alone else None

    found = ((programme_id_of(at), find_series(at)) for at in programmes)
    return {programme: series for programme, series in found if series}


def make_series_lookup(identities: SeriesRegister) -> Callable[[Report], dict[str, str]]:
    """Make what tells of a report the series of its programmes, by their pointers.

    It tells of those whose names are the accepted ones. Of one that has another name now, its id alone would say it;
    there likeness knows more.
    """
    names = {(_name_of(member), series.id) for series in identities.series for member in series.programmes}

    def series_of(report: Report) -> dict[str, str]:
        programmes = list_programmes([report])
        series = find_known_series(identities, programmes)
        return {
            at.pointer: series[programme_id_of(at)]
            for at in programmes
            if (_name_of(at), series.get(programme_id_of(at))) in names
        }

    return series_of


def assign_series(
    identities: SeriesRegister,
    programmes: Sequence[ProgrammeAt],
    told: Sequence[Continuity] = (),
    settled: Mapping[ProgrammeId, ProgrammeId | None] | None = None,
) -> SeriesRegister:
    """Give programmes their series, and mint new ones.

    A programme that goes on keeps its series, whatever it is called; what is new gets one, and so does each part of a
    split but the first. What is doubtful is left without one, unless it is settled.

    Args:
        identities: The series that there are.
        programmes: All programmes of the reports, by year.
        told: What became of them.
        settled: What a person says: for a programme the one that it was in an earlier report, or None: it is new.

    Returns:
        The series with their members; reports that are not among those of `programmes` keep theirs.
    """
    minting = _Minting(identities, find_known_series(identities, programmes))
    links = _link_programmes(told, settled or {})
    after = {before: here for here, before in links.before.items()}
    # Back from what is known of later years, and then on from year to year.
    for at in reversed(programmes):
        minting.hand_over(programme_id_of(at), after.get(programme_id_of(at)))
    for at in programmes:
        here = programme_id_of(at)
        minting.hand_over(here, links.before.get(here))
        if not links.is_undecided(here, minting.series_of):
            minting.mint(here)
    return minting.write(programmes, links.came_from)


class _Minting:
    """The series of programmes while they are handed over and minted. A series has one programme a report."""

    def __init__(self, identities: SeriesRegister, series_of: dict[ProgrammeId, str]) -> None:
        self.series_of = series_of
        self._next = identities.next
        self._old = {series.id: series for series in identities.series}
        self._minted: list[str] = []

    def hand_over(self, here: ProgrammeId, other: ProgrammeId | None) -> None:
        """Give a programme the series of the one that it was, or became.

        This is done if it can have it.
        """
        series = None if other is None or here in self.series_of else self.series_of.get(other)
        if series and not any(one[0] == here[0] and series == its for one, its in self.series_of.items()):
            self.series_of[here] = series

    def mint(self, here: ProgrammeId) -> None:
        """Mint a series for a programme that has none."""
        if here not in self.series_of:
            while f"S{self._next:04}" in self._old:
                self._next += 1
            self.series_of[here] = f"S{self._next:04}"
            self._minted.append(self.series_of[here])
            self._next += 1

    def write(
        self, programmes: Sequence[ProgrammeAt], came_from: Mapping[ProgrammeId, Sequence[ProgrammeId]]
    ) -> SeriesRegister:
        """Make the record of all series that have members.

        Reports that were not read again keep theirs.
        """
        reports = {at.report for at in programmes}
        members: dict[str, list[SeriesMember]] = {series: [] for series in (*self._old, *self._minted)}
        for series in self._old.values():
            members[series.id] += [member for member in series.programmes if member.report not in reports]
        for at in programmes:
            if mine := self.series_of.get(programme_id_of(at)):
                members[mine].append(SeriesMember(report=at.report, id=at.id, name=at.name))
        origins = {
            self.series_of[here]: [self.series_of[other] for other in others if other in self.series_of]
            for here, others in came_from.items()
            if here in self.series_of
        }
        series_list = []
        for name, those in members.items():
            came = [*(self._old[name].came_from if name in self._old else ()), *origins.get(name, ())]
            if those:
                by_report = tuple(sorted(those, key=lambda member: member.report))
                data = {"id": name, "from": tuple(dict.fromkeys(came)), "programmes": by_report}
                series_list.append(Series.model_validate(data))
        return SeriesRegister(next=self._next, series=tuple(series_list))


@dataclass(slots=True)
class _Links:
    """How programmes are linked over the years.

    `before`: what each was in the year before. `came_from`: what else it was made of. `doubtful`: those of which it is
    not decided what they were. `waiting`: of those that may have become a later programme, which ones.
    """

    before: dict[ProgrammeId, ProgrammeId] = field(default_factory=dict)
    came_from: dict[ProgrammeId, list[ProgrammeId]] = field(default_factory=dict)
    doubtful: set[ProgrammeId] = field(default_factory=set)
    waiting: dict[ProgrammeId, set[ProgrammeId]] = field(default_factory=dict)

    def is_undecided(self, here: ProgrammeId, series_of: Mapping[ProgrammeId, str]) -> bool:
        """Tell whether it is open which series a programme has.

        A report of an earlier year may come later: what the programme is asked to be one with has a series already.
        """
        before = self.before.get(here)
        asked = here in self.doubtful or not self.waiting.get(here, set()).isdisjoint(series_of)
        return asked or (before is not None and before not in series_of)


def _link_programmes(told: Sequence[Continuity], settled: Mapping[ProgrammeId, ProgrammeId | None]) -> _Links:
    links = _Links()
    new = [
        (programme_id_of(at), at.fiscal_year) for one in told if one.kind == "new" and one.doubtful for at in one.after
    ]
    for one in told:
        wholes, parts = list(map(programme_id_of, one.before)), list(map(programme_id_of, one.after))
        if one.doubtful:
            links.doubtful.update(parts)
            later = parts or [programme for programme, year in new if year > one.before[0].fiscal_year]
            links.waiting |= dict.fromkeys(wholes, set(later) - settled.keys())
        elif wholes and parts:
            links.before[parts[0]] = wholes[0]
            # A split has one whole, and a merger one part.
            links.came_from |= dict.fromkeys(parts[1:], wholes[:1])
            links.came_from |= {parts[0]: wholes[1:]} if one.kind == "merged" else {}
    links.doubtful -= settled.keys()
    links.before = {here: before for here, before in links.before.items() if here not in settled}
    links.before |= {here: before for here, before in settled.items() if before is not None}
    return links

"""Series ids: which programmes of which years are one, as `golden/series.toml` keeps them.

A series has an id that is minted once and says nothing: a programme that is renamed or renumbered, or whose report is
read anew, keeps it. `accept` alone writes the file.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from pydantic import Field, model_validator

from extractor.grammar.normalize import comparison_key
from extractor.records.report import Record, Report
from extractor.records.trends import ProgrammeAt
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


class SeriesDecision(Record):
    """What a person said on a day of a programme, and what was accepted of it before.

    `was`: the programme of an earlier report that it was; None: it is new. `series_before`: None, where it had none;
    `was_before`: None, where it was new or nothing was accepted of it.
    """

    date: date
    report: str
    id: str
    name: str | None = None
    series: str
    was: SeriesMember | None = None
    series_before: str | None = None
    was_before: SeriesMember | None = None
    note: str = ""


class SeriesRegister(Record):
    """All series, in the order in which they were minted.

    `next` is the number of the next one's id. `decision`: all that persons have said, in the order in which they did.
    """

    next: int = 1
    series: tuple[Series, ...] = ()
    decision: tuple[SeriesDecision, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> "SeriesRegister":
        """Check that an id is one series, and a programme is of one."""
        (name, count), *_ = (*Counter(series.id for series in self.series).most_common(1), ("", 0))
        if count > 1:
            raise ValueError(f"{name} is there twice")
        members = Counter(programme_id_of(member) for series in self.series for member in series.programmes)
        ((report, programme), count), *_ = (*members.most_common(1), (("", ""), 0))
        if count > 1:
            raise ValueError(f"{programme} of {report} is in two series")
        return self


def programme_id_of(programme: ProgrammeAt | SeriesMember) -> ProgrammeId:
    """Return the id of a programme with that of its report."""
    return programme.report, programme.id


def _name_of(programme: ProgrammeAt | SeriesMember) -> tuple[str, str]:
    """Return the folded name of a programme with the id of its report; "" where it has none."""
    return programme.report, comparison_key(programme.name or "")


def list_programme_places(reports: Iterable[Report]) -> list[ProgrammeAt]:
    """List all programmes of reports, by year and in their order."""
    ordered = sorted(reports, key=lambda report: report.report.fiscal_year)
    return [at for report in ordered for at, _, _ in iterate_programmes(report)]


def find_known_series(identities: SeriesRegister, programmes: Sequence[ProgrammeAt]) -> dict[ProgrammeId, str]:
    """Find the series of programmes as they are read now.

    A programme is the member that has its id and name; else, since an id goes with the number in a list, the one of its
    name; else the one of its id, if the name of neither is anything else's. Of several programmes of one name, none is
    known where their ids are not those of the members of that name: which is which, only their texts tell.

    Args:
        identities: The series that were accepted.
        programmes: All programmes of the reports that are asked about.

    Returns:
        The id of the series of each programme that has one.
    """
    members = [(member, series.id) for series in identities.series for member in series.programmes]
    exact, by_name = {}, {}
    for member, series_id in members:
        exact[programme_id_of(member), _name_of(member)] = by_name[_name_of(member)] = series_id
    ids_of_members = _group_ids_by_name(member for member, _ in members)
    ids_of_programmes = _group_ids_by_name(programmes)
    by_id = {programme_id_of(member): series for member, series in members if _name_of(member) not in ids_of_programmes}

    def find_series(at: ProgrammeAt) -> str | None:
        here, name = programme_id_of(at), _name_of(at)
        mine, theirs = ids_of_programmes[name], ids_of_members.get(name)
        if theirs is None:
            return by_id.get(here)
        if mine == theirs or not name[1]:
            return exact.get((here, name))
        return by_name[name] if len(mine) == len(theirs) == 1 else None

    found = ((programme_id_of(at), find_series(at)) for at in programmes)
    return {programme: series for programme, series in found if series}


def find_said_new(identities: SeriesRegister, series_of: Mapping[ProgrammeId, str]) -> set[ProgrammeId]:
    """Find the programmes of which a person has said that they are new, and nothing else since.

    Args:
        identities: The series, with what persons have said.
        series_of: The series of programmes as they are read now.

    Returns:
        Those programmes. They are known by their series, for ids go by place.
    """
    said = {(one.report, one.series): one.was is None for one in identities.decision}
    return {here for here, series in series_of.items() if said.get((here[0], series))}


def _group_ids_by_name(programmes: Iterable[ProgrammeAt | SeriesMember]) -> dict[tuple[str, str], set[ProgrammeId]]:
    groups: dict[tuple[str, str], set[ProgrammeId]] = defaultdict(set)
    for programme in programmes:
        groups[_name_of(programme)].add(programme_id_of(programme))
    return dict(groups)


def make_series_lookup(identities: SeriesRegister) -> Callable[[Report], dict[str, str]]:
    """Make what tells of a report the series of its programmes, by their pointers.

    It tells of those whose names are the accepted ones. Of one that has another name now, its id alone would say it;
    there likeness knows more.
    """
    names = {(_name_of(member), series.id) for series in identities.series for member in series.programmes}

    def series_of(report: Report) -> dict[str, str]:
        programmes = list_programme_places([report])
        series = find_known_series(identities, programmes)
        return {
            at.pointer: series[programme_id_of(at)]
            for at in programmes
            if (_name_of(at), series.get(programme_id_of(at))) in names
        }

    return series_of

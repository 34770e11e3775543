"""Identities: which programmes of which years are one, as `golden/series.toml` keeps them.

A series has an id that is minted once and says nothing: a programme that is renamed or renumbered, or whose report is
read anew, keeps it. `accept` alone writes the file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pydantic import Field, model_validator

from extractor.grammar.normalize import key
from extractor.records.report import Record, Report
from extractor.records.trends import Continuity, ProgrammeAt, YearsReport

# A programme of a report: the report's id and its own.
Programme = tuple[str, str]


class Member(Record):
    """A programme of one year's report."""

    report: str
    id: str
    name: str | None = None


class Series(Record):
    """A programme over the years, a member a report. `came_from`: what else it was made of."""

    id: str
    came_from: tuple[str, ...] = Field(default=(), alias="from")
    programmes: tuple[Member, ...] = ()


class Identities(Record):
    """All series, in the order in which they were minted; `next` is the number of the next one's id."""

    next: int = 1
    series: tuple[Series, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> "Identities":
        """An id is one series, and a programme is of one."""
        ids = Counter(one.id for one in self.series)
        members = Counter((member.report, member.id) for one in self.series for member in one.programmes)
        if twice := [name for name, count in ids.items() if count > 1]:
            raise ValueError(f"{twice[0]} is there twice")
        if shared := [name for name, count in members.items() if count > 1]:
            raise ValueError(f"{shared[0][1]} of {shared[0][0]} is in two series")
        return self


def programmes_of(reports: Iterable[Report]) -> list[ProgrammeAt]:
    """All programmes of reports, by year and in their order."""
    return [
        ProgrammeAt(
            report=report.report.id,
            fiscal_year=report.report.fiscal_year,
            pointer=f"/policies/{p}/programmes/{n}",
            id=programme.id,
            number=programme.number,
            name=programme.name,
            source=programme.sources.name or programme.source,
        )
        for report in sorted(reports, key=lambda one: one.report.fiscal_year)
        for p, policy in enumerate(report.policies)
        for n, programme in enumerate(policy.programmes)
    ]


def known(identities: Identities, programmes: Sequence[ProgrammeAt]) -> dict[Programme, str]:
    """The series of programmes as they are read now.

    A programme is the member that has its id and name; else, since an id goes with the number in a list, the one of its
    name; else the one of its id, if the name of neither is anything else's.
    """
    names = {(one.report, key(one.name)) for one in programmes if one.name}
    ids = {(one.report, one.id) for one in programmes}
    twice = Counter((one.report, key(one.name or "")) for one in programmes)
    exact: dict[tuple[str, str, str], str] = {}
    by_name: dict[tuple[str, str], str | None] = {}
    by_id: dict[Programme, str] = {}
    for series in identities.series:
        for one in series.programmes:
            name = key(one.name or "")
            exact[one.report, one.id, name] = series.id
            by_name[one.report, name] = None if (one.report, name) in by_name else series.id
            if (one.report, name) not in names and (one.report, one.id) in ids:
                by_id[one.report, one.id] = series.id
    found: dict[Programme, str] = {}
    for at in programmes:
        name = key(at.name or "")
        one_name = by_name.get((at.report, name)) if name and twice[at.report, name] == 1 else None
        unknown = (at.report, name) not in by_name
        series_id = (
            exact.get((at.report, at.id, name)) or one_name or (by_id.get((at.report, at.id)) if unknown else None)
        )
        if series_id:
            found[at.report, at.id] = series_id
    return found


def series_in(identities: Identities) -> Callable[[Report], dict[str, str]]:
    """What tells of a report the series of its programmes, by their pointers, as far as their names are those accepted.

    Of one that has another name now, its id alone would say it; there likeness knows more.
    """
    names = {(one.report, key(one.name or ""), series.id) for series in identities.series for one in series.programmes}

    def series_of(report: Report) -> dict[str, str]:
        programmes = programmes_of([report])
        found = known(identities, programmes)
        series = [(at, found.get((at.report, at.id), "")) for at in programmes]
        return {at.pointer: one for at, one in series if (at.report, key(at.name or ""), one) in names}

    return series_of


def update(identities: Identities, years: YearsReport, settled: Mapping[Programme, Programme | None]) -> Identities:
    """The identities with those of all programmes that the years tell of.

    A programme that goes on keeps its series, whatever it is called; what is new gets one, and so does each part of a
    split but the first. What is doubtful is left without one, unless it is `settled`: for a programme of a later
    report the one that it was before, or None where it is new.
    """
    told = told_of(years)
    programmes = sorted(
        {(at.report, at.id): at for one in told for at in (*one.before, *one.after)}.values(),
        key=lambda at: (at.fiscal_year, [int(part) for part in at.pointer.split("/")[2::2]]),
    )
    return keep(identities, programmes, told, settled)


def told_of(years: YearsReport) -> list[Continuity]:
    """All that became of programmes."""
    kinds = (years.continued, years.renamed, years.split, years.merged, years.new, years.ended)
    return [one for those in kinds for one in those]


def keep(
    identities: Identities,
    programmes: Sequence[ProgrammeAt],
    told: Sequence[Continuity] = (),
    settled: Mapping[Programme, Programme | None] | None = None,
) -> Identities:
    """The identities with those of `programmes`, by year, of which the continuities are `told`."""
    has = known(identities, programmes)
    before, came_from, left, waiting = _links(told, settled or {})
    after = {one: other for other, one in before.items()}
    number, made, taken = identities.next, list[str](), {one.id for one in identities.series}
    # Back from what is known of later years, and then on from year to year.
    for at in reversed(programmes):
        _take(has, (at.report, at.id), after.get((at.report, at.id)))
    for at in programmes:
        here = (at.report, at.id)
        _take(has, here, before.get(here))
        # A report of an earlier year may come later: what it is asked to be one with has a series already.
        asked = here in left or any(other in has for other in waiting.get(here, ()))
        undecided = asked or (before.get(here) is not None and before[here] not in has)
        if here not in has and not undecided:
            while f"S{number:04}" in taken:
                number += 1
            has[here] = f"S{number:04}"
            made.append(has[here])
            number += 1
    origins = {
        has[one]: [has[other] for other in others if other in has] for one, others in came_from.items() if one in has
    }
    return _written(identities, programmes, has, made, origins, number)


def _take(has: dict[Programme, str], here: Programme, other: Programme | None) -> None:
    """Give a programme the series of the one that it was, or became; a series has one programme a report."""
    if here in has or other is None or other not in has:
        return
    if not any(one[0] == here[0] and series == has[other] for one, series in has.items()):
        has[here] = has[other]


def _links(
    told: Sequence[Continuity], settled: Mapping[Programme, Programme | None]
) -> tuple[
    dict[Programme, Programme], dict[Programme, list[Programme]], set[Programme], dict[Programme, set[Programme]]
]:
    """What each programme was the year before; what else it was made of; those that are not decided; and of those that
    may have become one of them, which."""
    before: dict[Programme, Programme] = {}
    came_from: dict[Programme, list[Programme]] = {}
    left: set[Programme] = set()
    waiting: dict[Programme, set[Programme]] = {}
    new = {(at.report, at.id): at.fiscal_year for one in told if one.kind == "new" and one.doubtful for at in one.after}
    for one in told:
        wholes, parts = ([(at.report, at.id) for at in side] for side in (one.before, one.after))
        if one.doubtful:
            left.update(parts)
            later = parts or [each for each, year in new.items() if year > one.before[0].fiscal_year]
            waiting.update((whole, set(later) - settled.keys()) for whole in wholes)
            continue
        if wholes and parts:
            before[parts[0]] = wholes[0]
        if one.kind == "split":
            came_from.update((part, wholes[:1]) for part in parts[1:])
        if one.kind == "merged":
            came_from[parts[0]] = wholes[1:]
    for programme, was in settled.items():
        left.discard(programme)
        before.pop(programme, None)
        if was is not None:
            before[programme] = was
    return before, came_from, left, waiting


def _written(
    identities: Identities,
    programmes: Sequence[ProgrammeAt],
    has: Mapping[Programme, str],
    made: Sequence[str],
    origins: Mapping[str, Sequence[str]],
    number: int,
) -> Identities:
    """All series with the members that they have now; reports that were not read again keep theirs."""
    reports = {at.report for at in programmes}
    old = {one.id: one for one in identities.series}
    members: dict[str, list[Member]] = {name: [] for name in (*old, *made)}
    for one in identities.series:
        members[one.id] += [member for member in one.programmes if member.report not in reports]
    for at in programmes:
        if (at.report, at.id) in has:
            members[has[at.report, at.id]].append(Member(report=at.report, id=at.id, name=at.name))
    series = []
    for name, those in members.items():
        came = [*(old[name].came_from if name in old else ()), *origins.get(name, ())]
        if those:
            parts = tuple(sorted(those, key=lambda member: member.report))
            series.append(Series.model_validate({"id": name, "from": tuple(dict.fromkeys(came)), "programmes": parts}))
    return Identities(next=number, series=tuple(series))

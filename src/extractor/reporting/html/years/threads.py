"""Threads: each programme from the first report that has it to the last, as far as it goes on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import key
from extractor.records.report import Report
from extractor.records.trends import Continuity, ProgrammeAt, YearsReport
from extractor.trends.series_ids import programmes_of

# A programme of a report: the report's id, and the pointer to it there.
Where = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Thread:
    """A programme over the years. `at`: one a report, by year. `stretches`: a number for each; those with one number
    are one programme for certain, and others were perhaps another, or a part or a sum. `came`: what each came of;
    `left`: what became of the last.
    """

    anchor: str
    at: tuple[ProgrammeAt, ...]
    stretches: tuple[int, ...]
    came: tuple[Continuity | None, ...]
    left: Continuity | None

    @property
    def last(self) -> ProgrammeAt:
        """As the latest report that has it."""
        return self.at[-1]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its programmes: in the order of the latest report that has each."""

    anchor: str
    title: str
    threads: tuple[Thread, ...]


def all_of(years: YearsReport) -> list[Continuity]:
    """All continuities, kind by kind."""
    lists = (years.new, years.ended, years.renamed, years.split, years.merged, years.continued)
    return [one for those in lists for one in those]


def where(at: ProgrammeAt) -> Where:
    """What a programme of a report is looked up by."""
    return at.report, at.pointer


def chapters(years: YearsReport, reports: Sequence[Report]) -> list[Chapter]:
    """All programmes of all reports: each in one thread, each thread in the chapter that it is in last. Chapters are
    one by their titles; the latest report's come first."""
    titles = {(one.report.id, f"/policies/{p}"): _title(one, p) for one in reports for p in range(len(one.policies))}
    every = all_of(years)
    runs = sorted(_runs(every, programmes_of(reports)), key=lambda run: -run[-1].fiscal_year)
    threads = _threads(every, runs)
    by_chapter: dict[str, list[Thread]] = defaultdict(list)
    shown: dict[str, str] = {}
    for run in runs:
        title = titles[run[-1].report, run[-1].pointer.rsplit("/programmes/", 1)[0]]
        shown.setdefault(key(title), title)
        by_chapter[key(title)].append(threads[where(run[-1])])
    found = enumerate(by_chapter.items(), 1)
    return [Chapter(f"c{index}", shown[folded], tuple(those)) for index, (folded, those) in found]


def _title(report: Report, index: int) -> str:
    policy = report.policies[index]
    return policy.title or str(policy.number)


def _runs(every: Sequence[Continuity], programmes: Sequence[ProgrammeAt]) -> list[list[ProgrammeAt]]:
    """Programmes that go on with one another, each run by year, in the order of what each is last."""
    before: dict[Where, Where] = {}
    used: set[Where] = set()
    for one in every:
        # Of a split the first part goes on, and a merger goes on with the first of what was merged.
        if one.before and one.after and where(one.before[0]) not in used and where(one.after[0]) not in before:
            before[where(one.after[0])] = where(one.before[0])
            used.add(where(one.before[0]))
    runs: dict[Where, list[ProgrammeAt]] = {}
    for at in programmes:
        run = runs.pop(before[where(at)], []) if where(at) in before else []
        runs[where(at)] = [*run, at]
    # What is put in anew stands at the end: by the last programme of each.
    return list(runs.values())


def _threads(every: Sequence[Continuity], runs: Sequence[list[ProgrammeAt]]) -> dict[Where, Thread]:
    """The thread of each run, by its last programme."""
    came_of = {where(at): one for one in every for at in one.after}
    left_to = {where(at): one for one in every for at in one.before}
    found = {}
    for number, run in enumerate(runs, 1):
        came = tuple(came_of.get(where(at)) for at in run)
        stretches = [0]
        for one in came[1:]:
            sure = one is not None and one.kind in ("continued", "renamed") and not one.doubtful
            stretches.append(stretches[-1] + (not sure))
        left = left_to.get(where(run[-1]))
        found[where(run[-1])] = Thread(f"p{number}", tuple(run), tuple(stretches), came, left)
    return found

"""Histories: each programme from the first report that has it to the last, as far as it goes on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import comparison_key
from extractor.records.report import Report
from extractor.records.trends import Continuity, ProgrammeAt, YearsReport
from extractor.trends.programmes import iterate_programmes, list_continuities

# A programme of a report: the report's id, and the pointer to it there.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ProgrammeHistory:
    """A programme over the years.

    `at`: one a report, by year. `stretches`: a number for each; those with one number are one programme for certain,
    and others were perhaps another, or a part or a sum. `came`: what each came of; `left`: what became of the last.
    """

    anchor: str
    at: tuple[ProgrammeAt, ...]
    stretches: tuple[int, ...]
    came: tuple[Continuity | None, ...]
    left: Continuity | None

    @property
    def last(self) -> ProgrammeAt:
        """The programme as the latest report has it."""
        return self.at[-1]


@dataclass(frozen=True, slots=True)
class HistoryChapter:
    """A chapter with the histories of its programmes.

    They are in the order of the latest report that has each.
    """

    anchor: str
    title: str
    histories: tuple[ProgrammeHistory, ...]


def place_of(at: ProgrammeAt) -> Place:
    """Return what a programme of a report is looked up by."""
    return at.report, at.pointer


def group_histories_by_chapter(years: YearsReport, reports: Sequence[Report]) -> list[HistoryChapter]:
    """Group all programmes of all reports into histories, by chapter.

    The chapter is the one that each history is in last.

    Args:
        years: What became of the programmes.
        reports: The reports, by year.

    Returns:
        The chapters, the latest report's first. Those of one title are one.
    """
    found = [(at, policy) for report in reports for at, policy, _ in iterate_programmes(report)]
    chapter_of = {place_of(at): policy for at, policy in found}
    by_chapter: dict[str, list[ProgrammeHistory]] = defaultdict(list)
    shown: dict[str, str] = {}
    for history in _make_histories(list_continuities(years), [at for at, _ in found]):
        chapter = chapter_of[place_of(history.last)]
        title = chapter.title or str(chapter.number)
        shown.setdefault(comparison_key(title), title)
        by_chapter[comparison_key(title)].append(history)
    chapters = enumerate(by_chapter.items(), 1)
    return [HistoryChapter(f"c{index}", shown[folded], tuple(those)) for index, (folded, those) in chapters]


def _make_histories(
    continuities: Sequence[Continuity], programmes: Sequence[ProgrammeAt]
) -> Iterator[ProgrammeHistory]:
    """Make the histories of all programmes, the latest report's first."""
    came_of = {place_of(at): continuity for continuity in continuities for at in continuity.after}
    left_to = {place_of(at): continuity for continuity in continuities for at in continuity.before}
    runs = _join_programmes(continuities, programmes)
    for number, run in enumerate(sorted(runs, key=lambda run: -run[-1].fiscal_year), 1):
        came = tuple(came_of.get(place_of(at)) for at in run)
        left = left_to.get(place_of(run[-1]))
        yield ProgrammeHistory(f"p{number}", tuple(run), _number_stretches(came), came, left)


def _join_programmes(continuities: Sequence[Continuity], programmes: Sequence[ProgrammeAt]) -> list[list[ProgrammeAt]]:
    """Join programmes that go on with one another: runs by year, in the order of what each is last."""
    before: dict[Place, Place] = {}
    used: set[Place] = set()
    for one in continuities:
        # Of a split the first part goes on, and a merger goes on with the first of what was merged.
        if one.before and one.after:
            earlier, later = place_of(one.before[0]), place_of(one.after[0])
            if earlier not in used and later not in before:
                before[later] = earlier
                used.add(earlier)
    runs: dict[Place, list[ProgrammeAt]] = {}
    for at in programmes:
        run = runs.pop(before[place_of(at)], []) if place_of(at) in before else []
        # What is put in anew stands at the end: by the last programme of each.
        runs[place_of(at)] = [*run, at]
    return list(runs.values())


def _number_stretches(came: Sequence[Continuity | None]) -> tuple[int, ...]:
    """Give each year of a history a number: another one wherever it is not certain that the programme went on."""
    stretches = [0]
    for one in came[1:]:
        sure = one is not None and one.kind in ("continued", "renamed", "resumed") and not one.doubtful
        stretches.append(stretches[-1] + (not sure))
    return tuple(stretches)

"""Book: all that the templates look up: programmes of the reports, their chapters and pages, and places to cut out."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from extractor.grammar.eras import era_year
from extractor.records.report import PageBox, Programme, Report, Source
from extractor.records.trends import Continuity, DivisionChange, ProgrammeAt, YearsReport
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.years.threads import Thread, Where, chapters, where
from extractor.reporting.i18n import Language, words

One = TypeVar("One")


class Book:
    """What reports say of the programmes that `years` tells of. `shown`: the places to cut out, as the scripts take
    them; an element names its own by number."""

    def __init__(self, years: YearsReport, reports: Sequence[Report], cutouts: Cutouts, language: Language) -> None:
        self.language: Language = language
        self.words = words(language) | words(language)["years"]
        self.reports = sorted(reports, key=lambda one: one.report.fiscal_year)
        self.order = {one.report.id: index for index, one in enumerate(self.reports)}
        self.chapters = chapters(years, self.reports)
        self.shown: list[dict[str, Any]] = []
        self._cutouts = cutouts
        self._cut: dict[Where, int] = {}
        self._threads: dict[Where, tuple[str, Thread]] = {
            where(at): (chapter.title, thread)
            for chapter in self.chapters
            for thread in chapter.threads
            for at in thread.at
        }
        self._programmes: dict[Where, Programme] = {
            (report.report.id, f"/policies/{p}/programmes/{n}"): programme
            for report in self.reports
            for p, policy in enumerate(report.policies)
            for n, programme in enumerate(policy.programmes)
        }

    def programme(self, at: ProgrammeAt) -> Programme:
        """The record of a programme."""
        return self._programmes[where(at)]

    def thread(self, report: str, pointer: str) -> Thread:
        """The thread that holds what a pointer into a report points to, a programme or what is in one."""
        return self._threads[report, "/".join(pointer.split("/")[:5])][1]

    def thread_of(self, at: ProgrammeAt) -> Thread:
        """The thread of a programme."""
        return self._threads[where(at)][1]

    def chapter_of(self, thread: Thread) -> str:
        """The title of the chapter that a programme is in last."""
        return self._threads[where(thread.last)][0]

    def name(self, at: ProgrammeAt) -> str:
        """What a programme is called; its id where it has no name."""
        return at.name or at.id

    def find(self, thread: Thread) -> str:
        """What else a row on this programme is found by."""
        return "\n".join([self.chapter_of(thread), *(f"{self.name(at)} {at.id}" for at in thread.at)])

    def by_chapter(self, those: Sequence[One], thread: Callable[[One], Thread]) -> list[tuple[str, list[One]]]:
        """Rows under the titles of their chapters, in the order of the chapters."""
        found: dict[str, list[One]] = defaultdict(list)
        for one in those:
            found[self.chapter_of(thread(one))].append(one)
        return [(chapter.title, found[chapter.title]) for chapter in self.chapters if found[chapter.title]]

    def marked(self, at: ProgrammeAt) -> str:
        """What the report's own mark says: whether a programme is new."""
        is_new = self.programme(at).is_new
        return str(self.words["not_said" if is_new is None else "marked" if is_new else "not_marked"])

    def pages(self, source: Source) -> str:
        """On which pages something stands: by their printed numbers, where they have some."""
        found = []
        for one in source:
            if not isinstance(one, PageBox):
                lines = f"{one.line}" if one.line == one.end_line else f"{one.line}–{one.end_line}"
                found.append(self.words["on_line"].format(lines))
            elif one.page_label:
                found.append(self.words["on_label"].format(one.page_label))
            else:
                found.append(self.words["on_page"].format(one.page))
        return str(self.words["comma"]).join(dict.fromkeys(found))

    def places(self, at: ProgrammeAt) -> str:
        """Where a programme's block stands, and its row in the list."""
        block, row = self.pages(self.programme(at).source), self.pages(at.source)
        if not block or block == row:
            return block or row
        return str(self.words["listed"]).format(block, row) if row else block

    def year(self, year: int) -> str:
        """A fiscal year in words."""
        return str(self.words["fiscal"]).format(year, era_year(year))

    def era(self, year: int) -> str:
        """A fiscal year in its era: R5."""
        return era_year(year)

    def reason(self, about: Continuity | DivisionChange) -> str:
        """Why something is taken for what it is."""
        return about.reason_ja if self.language == "ja" else about.reason

    def cut(self, report: str, source: Source) -> int:
        """The number by which an element names the places that it shows."""
        sha = self.reports[self.order[report]].source.sha256
        self.shown.append({"sha": sha, "places": self._cutouts.places(sha, source)})
        return len(self.shown) - 1

    def cut_programme(self, at: ProgrammeAt) -> None:
        """Have a programme's block cut out."""
        if where(at) not in self._cut:
            self._cut[where(at)] = self.cut(at.report, self.programme(at).source or at.source)

    def cut_of(self, at: ProgrammeAt) -> int:
        """The number of the places of a programme's block that is cut out."""
        return self._cut[where(at)]

"""Programme lookup: all that the templates look up: programmes, their chapters and pages, and places to cut out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from extractor.grammar.eras import gregorian_to_era
from extractor.records.report import PageBox, Programme, Report, Source
from extractor.records.table_rows import TableRows
from extractor.records.trends import Continuity, DivisionChange, ProgrammeAt, YearsReport
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.years.histories import (
    HistoryChapter,
    Place,
    ProgrammeHistory,
    group_histories_by_chapter,
    place_of,
)
from extractor.reporting.i18n import Language, words
from extractor.trends.programmes import iterate_programmes

Row = TypeVar("Row")


class ProgrammeLookup:
    """What reports say of the programmes that `years` tells of.

    `order`: the place of each report by year, by its id. `programmes`: all of them, by year, and `index_of` the place
    of each there. `shown`: the places to cut out, as the scripts take them; an element names its own by number.
    """

    def __init__(self, years: YearsReport, reports: Sequence[Report], cutouts: Cutouts, language: Language) -> None:
        self.language: Language = language
        self.words = words(language) | words(language)["years"] | words(language)["pairings"]
        self.reports = sorted(reports, key=lambda report: report.report.fiscal_year)
        self.order = {report.report.id: index for index, report in enumerate(self.reports)}
        self.chapters = group_histories_by_chapter(years, self.reports)
        self.shown: list[dict[str, Any]] = []
        self._cutouts = cutouts
        self._cut: dict[Place, int] = {}
        self._histories = _index_histories(self.chapters)
        found = list(chain.from_iterable(map(iterate_programmes, self.reports)))
        self.programmes = [at for at, _, _ in found]
        self.index_of = {place_of(at): index for index, at in enumerate(self.programmes)}
        self._programmes: dict[Place, Programme] = {place_of(at): programme for at, _, programme in found}
        self._corrected = {
            (report.report.id, one.pointer.removesuffix("/raw")): str(one.correct)
            for report in self.reports
            for one in report.corrections
        }

    def record_of(self, at: ProgrammeAt) -> Programme:
        """Find the record of a programme."""
        return self._programmes[place_of(at)]

    def history_at(self, report: str, pointer: str) -> ProgrammeHistory:
        """Find the history that holds what a pointer points to.

        Args:
            report: The id of a report.
            pointer: A pointer into it, to a programme or to what is in one.

        Returns:
            The history of that programme.

        Raises:
            KeyError: The pointer leads into no programme.
        """
        return self._histories[report, "/".join(pointer.split("/")[:5])][1]

    def history_of(self, at: ProgrammeAt) -> ProgrammeHistory:
        """Find the history of a programme."""
        return self._histories[place_of(at)][1]

    def chapter_of(self, history: ProgrammeHistory) -> str:
        """Find the title of the chapter that a programme is in last."""
        return self._histories[place_of(history.last)][0]

    def name_of(self, at: ProgrammeAt) -> str:
        """Return what a programme is called; its id where it has no name."""
        return at.name or at.id

    def rank_programme(self, at: ProgrammeAt) -> tuple[int, int]:
        """Return what programmes are sorted by: the year, and the place in the report."""
        return self.order[at.report], self.index_of[place_of(at)]

    def name_offices(self, at: ProgrammeAt) -> str:
        """Name the divisions in charge."""
        programme = self.record_of(at)
        divisions = (office.division for office in programme.offices or programme.listed_offices)
        return str(self.words["comma"]).join(divisions)

    def describe_briefly(self, at: ProgrammeAt) -> str:
        """Say in a line by what a programme is told from others: number, divisions, budget."""
        budget = self.record_of(at).budget_thousand_yen
        amount = "" if budget is None else f"{budget:,} {self.words['thousand_yen']}"
        number = "" if at.number is None else str(at.number)
        return "　".join(filter(None, (number, self.name_offices(at), amount)))

    def text_of(self, at: ProgrammeAt, metric: int, observation: int) -> str:
        """Return what a reader is shown of a cell.

        Args:
            at: The programme.
            metric: The index of its metric.
            observation: The index of the metric's observation.

        Returns:
            Its text; the corrected one with what is printed, where a person has corrected it. Where it is blank, the
            page's word for that.
        """
        pointer = f"{at.pointer}/metrics/{metric}/observations/{observation}"
        raw = self.record_of(at).metrics[metric].observations[observation].raw
        return self.add_printed(raw, self._corrected.get((at.report, pointer)))

    def add_printed(self, raw: str, correct: str | None) -> str:
        """Add what is printed to a text that was corrected.

        Args:
            raw: As printed.
            correct: What a person says that it should be; None: it was not corrected.

        Returns:
            What holds, in words where the cell is blank.
        """
        printed = raw or str(self.words["blank"])
        return printed if correct is None else str(self.words["corrected_text"]).format(correct, printed)

    def search_text_of(self, history: ProgrammeHistory) -> str:
        """Make the text that a row on this programme is found by, besides its own."""
        return "\n".join([self.chapter_of(history), *(f"{self.name_of(at)} {at.id}" for at in history.at)])

    def group_by_chapter(
        self, rows: Sequence[Row], history_of: Callable[[Row], ProgrammeHistory]
    ) -> list[tuple[str, list[Row]]]:
        """Group rows under the titles of their chapters.

        Args:
            rows: The rows of a section.
            history_of: The history that a row is on.

        Returns:
            Titles with their rows, in the order of the chapters; no chapter without rows.
        """
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[self.chapter_of(history_of(row))].append(row)
        return [(chapter.title, found[chapter.title]) for chapter in self.chapters if found[chapter.title]]

    def mark_of(self, at: ProgrammeAt) -> str:
        """Say what the report's own mark says: whether a programme is new."""
        is_new = self.record_of(at).is_new
        return str(self.words["not_said" if is_new is None else "marked" if is_new else "not_marked"])

    def name_pages(self, source: Source) -> str:
        """Name the pages on which something stands.

        They are named by their printed numbers, where they have some.
        """
        found = []
        for part in source:
            if not isinstance(part, PageBox):
                lines = f"{part.line}" if part.line == part.end_line else f"{part.line}–{part.end_line}"
                found.append(self.words["on_line"].format(lines))
            elif part.page_label:
                found.append(self.words["on_label"].format(part.page_label))
            else:
                found.append(self.words["on_page"].format(part.page))
        return str(self.words["comma"]).join(dict.fromkeys(found))

    def name_places(self, at: ProgrammeAt) -> str:
        """Name the pages of a programme's block and of its row in the list.

        Those of the row are named where they are others.
        """
        block, row = self.name_pages(self.record_of(at).source), self.name_pages(at.source)
        if not block or block == row:
            return block or row
        return str(self.words["listed"]).format(block, row) if row else block

    def name_year(self, year: int) -> str:
        """Name a fiscal year in words."""
        return str(self.words["fiscal"]).format(year, gregorian_to_era(year))

    def name_era(self, year: int) -> str:
        """Name a fiscal year in its era: R5."""
        return gregorian_to_era(year)

    def translate_reason(self, about: Continuity | DivisionChange) -> str:
        """Say in the reader's language why something is taken for what it is."""
        return about.reason_ja if self.language == "ja" else about.reason

    def add_cutout(self, report: str, source: Source, pointer: str | None = None) -> int:
        """Have places cut out.

        Args:
            report: The id of the report that they are of.
            source: The places.
            pointer: What stands there, so that its row is shown with it; None: no row of a table.

        Returns:
            The number by which an element names them.
        """
        read = self.reports[self.order[report]]
        places = self._cutouts.places(read.source.sha256, source, TableRows(read).find_row(pointer))
        self.shown.append({"sha": read.source.sha256, "places": places})
        return len(self.shown) - 1

    def add_programme_cutout(self, at: ProgrammeAt) -> None:
        """Have a programme's block cut out, once."""
        if place_of(at) not in self._cut:
            self._cut[place_of(at)] = self.add_cutout(at.report, self.record_of(at).source or at.source)

    def cutout_of(self, at: ProgrammeAt) -> int | None:
        """Find the number in `shown` of a programme's block; None where `add_programme_cutout` has not been called."""
        return self._cut.get(place_of(at))


def _index_histories(chapters: Iterable[HistoryChapter]) -> dict[Place, tuple[str, ProgrammeHistory]]:
    """Index the histories, with the titles of their chapters, by all places of their programmes."""
    held = ((chapter.title, history) for chapter in chapters for history in chapter.histories)
    return {place_of(at): (title, history) for title, history in held for at in history.at}

"""Settle: what is doubtful, as questions that a person can answer: which programme was this the year before?"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extractor.records.trends import Continuity, ProgrammeAt, YearsReport
from extractor.reporting.html.years.book import Book
from extractor.reporting.html.years.threads import Where, all_of, where


@dataclass(frozen=True, slots=True)
class Question:
    """One programme of a later report of which it is doubtful what it was. `candidates`: all of the report before that
    it may have been, the proposed ones first; `proposed`: how many of them are."""

    about: Continuity
    at: ProgrammeAt
    candidates: tuple[ProgrammeAt, ...]
    proposed: int
    key: str

    @property
    def data(self) -> dict[str, Any]:
        """As the scripts take it."""
        candidates = [_told(one) for one in self.candidates]
        return {"key": self.key, **_told(self.at), "candidates": candidates}


def _told(at: ProgrammeAt) -> dict[str, str | None]:
    """A programme as the file that is saved names it."""
    return {"report": at.report, "programme": at.id, "name": at.name}


def to_settle(years: YearsReport, book: Book) -> list[Question]:
    """All questions, by year and in the order of the reports. What has ended is settled with what is new."""
    every = all_of(years)
    doubtful = [one for one in every if one.doubtful and one.after]
    # Whatever else is not certain of the year before, or has ended, it may have been.
    free: dict[int, list[ProgrammeAt]] = {}
    for one in every:
        if one.before and (one.doubtful or not one.after):
            free.setdefault(book.order[one.before[0].report] + 1, []).extend(one.before)
    asked = []
    for one in doubtful:
        step = book.order[one.after[0].report]
        others = [at for at in free.get(step, ()) if at not in one.before]
        for at in one.after:
            alike = sorted(others, key=lambda other: _unlike(other, at, one.rival, book))
            candidates = (*one.before, *alike)
            asked.append(Question(one, at, candidates, len(one.before), _key(at, step, book)))
    return sorted(asked, key=lambda one: _rank(one.at, book))


def profiled(questions: Sequence[Question], book: Book) -> list[ProgrammeAt]:
    """All candidates, each once."""
    found: dict[Where, ProgrammeAt] = {where(at): at for one in questions for at in one.candidates}
    return sorted(found.values(), key=lambda at: _rank(at, book))


def _unlike(
    other: ProgrammeAt, at: ProgrammeAt, rival: str | None, book: Book
) -> tuple[bool, float, tuple[int, list[int]]]:
    """What candidates are ordered by: first the one that the reason names, then those that are called alike."""
    name = other.name or ""
    return not name or name != rival, -fuzz.ratio(at.name or "", name), _rank(other, book)


def _rank(at: ProgrammeAt, book: Book) -> tuple[int, list[int]]:
    return book.order[at.report], [int(part) for part in at.pointer.split("/")[2::2]]


def _key(at: ProgrammeAt, step: int, book: Book) -> str:
    """What names a question in the browser: of reports that were read from other files it is another."""
    files = [book.reports[index].source.sha256 for index in (step - 1, step)]
    told = json.dumps([at.report, at.id, at.name, *files])
    return hashlib.sha256(told.encode()).hexdigest()[:20]

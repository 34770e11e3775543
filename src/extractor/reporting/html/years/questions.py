"""Questions: what is doubtful, so that a person can answer: which programme was this the year before?"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extractor.records.trends import Continuity, ProgrammeAt, YearsReport
from extractor.reporting.html.years.histories import place_of
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.trends.programmes import list_continuities


@dataclass(frozen=True, slots=True)
class Question:
    """One programme of a later report of which it is doubtful what it was.

    `candidates`: all of the report before that it may have been, the proposed ones first; `proposed`: how many of them
    are. `key`: what names the question in the browser.
    """

    about: Continuity
    at: ProgrammeAt
    candidates: tuple[ProgrammeAt, ...]
    proposed: int
    key: str

    @property
    def data(self) -> dict[str, Any]:
        """The question as the scripts take it."""
        return {"key": self.key, **_name_programme(self.at), "candidates": list(map(_name_programme, self.candidates))}


def _name_programme(at: ProgrammeAt) -> dict[str, str | None]:
    """Name a programme as the file that is saved does."""
    return {"report": at.report, "programme": at.id, "name": at.name}


def ask_questions(years: YearsReport, lookup: ProgrammeLookup) -> list[Question]:
    """Ask what is doubtful. What has ended is settled with what is new.

    Args:
        years: What became of the programmes.
        lookup: The reports.

    Returns:
        The questions, by year and in the order of the reports.
    """
    continuities = list_continuities(years)
    # Whatever else is not certain of the year before, or has ended, it may have been.
    free: dict[int, list[ProgrammeAt]] = {}
    for one in continuities:
        if one.before and (one.doubtful or not one.after):
            free.setdefault(lookup.order[one.before[0].report] + 1, []).extend(one.before)
    questions = []
    for one in continuities:
        for at in one.after if one.doubtful else ():
            others = [other for other in free.get(lookup.order[at.report], ()) if other not in one.before]
            others = sorted(others, key=lambda other: _rank_candidate(other, at, one.rival, lookup))
            candidates = (*one.before, *others)
            questions.append(Question(one, at, candidates, len(one.before), _make_key(at, lookup)))
    return sorted(questions, key=lambda question: _rank_programme(question.at, lookup))


def list_candidates(questions: Sequence[Question], lookup: ProgrammeLookup) -> list[ProgrammeAt]:
    """List all candidates, each once, in the order of the reports.

    Args:
        questions: What is asked.
        lookup: The reports.

    Returns:
        The programmes.
    """
    found = {place_of(at): at for question in questions for at in question.candidates}
    return sorted(found.values(), key=lambda at: _rank_programme(at, lookup))


def _rank_candidate(
    other: ProgrammeAt, at: ProgrammeAt, rival: str | None, lookup: ProgrammeLookup
) -> tuple[bool, float, tuple[int, list[int]]]:
    """Rank a candidate: first the one that the reason names, then those that are called alike."""
    name = other.name or ""
    return not name or name != rival, -fuzz.ratio(at.name or "", name), _rank_programme(other, lookup)


def _rank_programme(at: ProgrammeAt, lookup: ProgrammeLookup) -> tuple[int, list[int]]:
    return lookup.order[at.report], [int(part) for part in at.pointer.split("/")[2::2]]


def _make_key(at: ProgrammeAt, lookup: ProgrammeLookup) -> str:
    """Make what names a question in the browser: of reports that were read from other files it is another."""
    step = lookup.order[at.report]
    files = [report.source.sha256 for report in lookup.reports[step - 1 : step + 1]]
    told = json.dumps([at.report, at.id, at.name, *files])
    return hashlib.sha256(told.encode()).hexdigest()[:20]

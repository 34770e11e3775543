"""Questions: of each programme, which one of an earlier year it was, so that a person can answer and correct.

What is doubtful is asked first; all else can be corrected.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.records.trends import Continuity, ProgrammeAt, YearsReport
from extractor.reporting.html.years.histories import Place, place_of
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.trends.programmes import list_continuities


@dataclass(frozen=True, slots=True)
class Question:
    """What a programme was in an earlier report, or of one that ended, what it became.

    `offered`: the programmes that one click chooses, the likeliest first. `pairing`: the number of what it is about,
    for the parts of a split are asked about one by one. `key`: what names the question in the browser.
    """

    about: Continuity
    at: ProgrammeAt
    offered: tuple[ProgrammeAt, ...]
    pairing: int
    key: str

    @property
    def ending(self) -> bool:
        """Whether it is asked what the programme became."""
        return not self.about.after


def ask_questions(years: YearsReport, lookup: ProgrammeLookup) -> list[Question]:
    """Ask of all programmes what they were, or became.

    Args:
        years: What became of the programmes.
        lookup: The reports.

    Returns:
        The questions, the doubtful ones first, by year and in the order of the reports.
    """
    returned = {place_of(one.before[0]): one.after[0] for one in years.resumed}
    questions = [
        Question(one, at, _list_offered(one, at, returned), number, _make_key(at, lookup))
        for number, one in enumerate(list_continuities(years))
        for at in one.after or one.before
    ]
    return sorted(questions, key=lambda question: (not question.about.doubtful, *lookup.rank_programme(question.at)))


def _list_offered(one: Continuity, at: ProgrammeAt, returned: dict[Place, ProgrammeAt]) -> tuple[ProgrammeAt, ...]:
    """List what a programme is taken for, and what else is likely: of the other side in time."""
    if not one.after:
        likely = (returned.get(place_of(at)), one.nearest)
        return tuple(other for other in likely if other and other.fiscal_year > at.fiscal_year)
    nearest = (one.nearest,) if one.nearest and one.nearest.fiscal_year < at.fiscal_year else ()
    return tuple({place_of(other): other for other in (*one.before, *nearest)}.values())


def describe_questions(questions: Sequence[Question], lookup: ProgrammeLookup) -> dict[str, Any]:
    """Describe questions and programmes as the scripts take them.

    Args:
        questions: What is asked.
        lookup: The reports.

    Returns:
        `programmes`: all of them, by year; `questions`: with the places of programmes in that list. `was`: the one
        that it goes on with, as far as that is not doubtful; of several parts of one, the first goes on.
    """
    index = lookup.index_of
    return {
        "programmes": [
            {
                "key": _hash([at.report, at.id, at.name, lookup.reports[lookup.order[at.report]].source.sha256]),
                "report": at.report,
                "programme": at.id,
                "name": at.name,
                "year": at.fiscal_year,
                "shown": lookup.name_of(at),
                "said": lookup.describe_briefly(at),
            }
            for at in lookup.programmes
        ],
        "questions": [
            {
                "key": one.key,
                "pairing": one.pairing,
                "at": index[place_of(one.at)],
                "was": index[place_of(one.about.before[0])] if _goes_on(one) else None,
                "ending": one.ending,
                "doubtful": one.about.doubtful,
            }
            for one in questions
        ],
    }


def _goes_on(question: Question) -> bool:
    about = question.about
    return bool(about.before and about.after) and not about.doubtful and question.at == about.after[0]


def _make_key(at: ProgrammeAt, lookup: ProgrammeLookup) -> str:
    """Make what names a question in the browser: of reports that were read from other files it is another."""
    step = lookup.order[at.report]
    files = [report.source.sha256 for report in lookup.reports[max(step - 1, 0) : step + 1]]
    return _hash([at.report, at.id, at.name, *files])


def _hash(told: Sequence[str | None]) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]

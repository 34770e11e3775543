"""Template context: what the template of the years page shows, section by section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.records.comparison import Side
from extractor.records.trends import Budget, Continuity, Restated, YearsFinding, YearsReport
from extractor.reporting.html.years.histories import ProgrammeHistory, place_of
from extractor.reporting.html.years.programme_cards import build_cards
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.reporting.html.years.questions import Question
from extractor.reporting.i18n import message_in
from extractor.reporting.text_diff import TextPiece, mark_differences
from extractor.trends.programmes import list_continuities

# In the order in which a person should look at them.
KINDS = ("new", "ended", "paused", "resumed", "renamed", "split", "merged", "continued")
FLAGS = ("doubtful", "restated", "new", "ended", "paused", "resumed", "renamed", "split", "merged", "note")


@dataclass(frozen=True, slots=True)
class ShownTransition:
    """The transition from one report to the next.

    It shows what became of programmes, by kind and chapter, and what they cost.
    """

    from_year: int
    to_year: int
    kinds: Mapping[str, list[tuple[str, list[Continuity]]]]
    counts: Mapping[str, int]
    budgets: list[tuple[str, list[Budget]]]


@dataclass(frozen=True, slots=True)
class ShownRestatement:
    """A restated figure: both texts in pieces, and the places of both to cut out."""

    one: Restated
    history: ProgrammeHistory
    texts: tuple[list[TextPiece], list[TextPiece]]
    cuts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note in the reader's language.

    `cut`: its place, where it is shown; a restated figure is shown by itself.
    """

    note: YearsFinding
    history: ProgrammeHistory
    text: str
    cut: int | None


def build_template_context(
    years: YearsReport, lookup: ProgrammeLookup, questions: Sequence[Question]
) -> dict[str, Any]:
    """Build all that the template is given besides the lookup itself.

    Args:
        years: What became of the programmes.
        lookup: The reports; what is shown of them will be cut out.
        questions: What a person is asked.

    Returns:
        The variables of the template, by name.
    """
    # Pictures are of what is asked: with those of all programmes the file would be too large.
    for question in questions:
        if question.about.doubtful:
            for at in (question.at, *question.offered):
                lookup.add_programme_cutout(at)
    numbers = {(place_of(one.at), one.ending): number for number, one in enumerate(questions)}
    first, last = years.reports[0].fiscal_year, years.reports[-1].fiscal_year
    return {
        "years": years,
        "steps": _show_transitions(years, lookup),
        "kinds": KINDS,
        "flags": FLAGS,
        "restated": lookup.group_by_chapter(_show_restated(years, lookup), lambda shown: shown.history),
        "notes": _show_notes(years, lookup),
        "questions": questions,
        "question_of": lambda at, ending: numbers[place_of(at), ending],
        "cards": {card.history.anchor: card for card in build_cards(years, lookup)},
        "title": lookup.words["heading"].format(lookup.reports[-1].report.jurisdiction.name, first, last),
    }


def _show_transitions(years: YearsReport, lookup: ProgrammeLookup) -> list[ShownTransition]:
    return [_show_transition(before, after, years, lookup) for before, after in pairwise(years.reports)]


def _show_transition(before: Side, after: Side, years: YearsReport, lookup: ProgrammeLookup) -> ShownTransition:
    told = [one for one in list_continuities(years) if _later_report(one, lookup) == lookup.order[after.id]]
    kinds = {kind: [one for one in told if one.kind == kind] for kind in KINDS}
    counts = {kind: len(those) for kind, those in kinds.items()}
    counts["doubtful"] = sum(one.doubtful for one in told)
    counts["restated"] = sum(one.after.report == after.id for one in years.restated)

    def history_of(one: Continuity | Budget) -> ProgrammeHistory:
        return lookup.history_of((one.after or one.before)[0])

    return ShownTransition(
        before.fiscal_year,
        after.fiscal_year,
        kinds={kind: lookup.group_by_chapter(those, history_of) for kind, those in kinds.items()},
        counts=counts,
        budgets=lookup.group_by_chapter(_sort_costs(years, after), history_of),
    )


def _sort_costs(years: YearsReport, after: Side) -> list[Budget]:
    """Sort the budgets of a report's programmes: the largest changes first; what cannot be told is last."""
    costs = [budget for budget in years.budgets if budget.after[0].report == after.id]
    return sorted(costs, key=lambda budget: (budget.change is None, -abs(budget.change or 0)))


def _later_report(one: Continuity, lookup: ProgrammeLookup) -> int:
    """Return the place by year of the report in which it is told what became of a programme."""
    return lookup.order[one.after[0].report] if one.after else lookup.order[one.before[0].report] + 1


def _show_restated(years: YearsReport, lookup: ProgrammeLookup) -> list[ShownRestatement]:
    return [
        ShownRestatement(
            one,
            lookup.history_at(one.after.report, one.after.pointer),
            mark_differences(
                *(lookup.add_printed(statement.raw, statement.correct) for statement in (one.before, one.after))
            ),
            (
                lookup.add_cutout(one.before.report, one.before.source, one.before.pointer),
                lookup.add_cutout(one.after.report, one.after.source, one.after.pointer),
            ),
        )
        for one in years.restated
    ]


def _show_notes(years: YearsReport, lookup: ProgrammeLookup) -> list[ShownNote]:
    restated = {(one.after.report, one.after.pointer): one for one in years.restated}
    shown = []
    for note in years.notes:
        history = lookup.history_at(note.report, note.pointer)
        one = restated.get((note.report, note.pointer))
        cut = None if one else lookup.add_cutout(note.report, note.source, note.pointer)
        shown.append(ShownNote(note, history, message_in(note, lookup.language), cut))
    return shown

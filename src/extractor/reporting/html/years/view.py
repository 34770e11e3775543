"""View: what the template shows, section by section."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.records.trends import Budget, Continuity, Note, Restated, YearsReport
from extractor.reporting.html.years.book import Book
from extractor.reporting.html.years.cards import cards_of
from extractor.reporting.html.years.settle import Question, profiled
from extractor.reporting.html.years.threads import Thread, all_of, where
from extractor.reporting.i18n import message_in
from extractor.reporting.text_diff import Piece, marked

# In the order in which a person should look at them.
KINDS = ("new", "ended", "renamed", "split", "merged", "continued")
FLAGS = ("doubtful", "restated", "new", "ended", "renamed", "split", "merged", "note")


@dataclass(frozen=True, slots=True)
class Step:
    """From one report to the next: what became of programmes, by kind and chapter, and what they cost."""

    from_year: int
    to_year: int
    kinds: Mapping[str, list[tuple[str, list[Continuity]]]]
    counts: Mapping[str, int]
    budgets: list[tuple[str, list[Budget]]]


@dataclass(frozen=True, slots=True)
class Change:
    """A restated figure: both texts in pieces, and the places of both to cut out."""

    one: Restated
    thread: Thread
    texts: tuple[list[Piece], list[Piece]]
    cuts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A note in the reader's language. `cut`: its place, where it is shown; a restated figure is shown by itself."""

    note: Note
    thread: Thread
    text: str
    cut: int | None


def view(years: YearsReport, book: Book, questions: Sequence[Question]) -> dict[str, Any]:
    """All that the template is given."""
    profiles = profiled(questions, book)
    numbers = {where(at): f"profile-{number}" for number, at in enumerate(profiles)}
    for at in (*profiles, *(one.at for one in questions)):
        book.cut_programme(at)
    cards = {one.thread.anchor: one for one in cards_of(years, book)}
    return {
        "years": years,
        "steps": _steps(years, book),
        "kinds": KINDS,
        "flags": FLAGS,
        "restated": book.by_chapter(_restated(years, book), lambda one: one.thread),
        "notes": _notes(years, book),
        "questions": questions,
        "profiles": profiles,
        "profile_of": lambda at: numbers[where(at)],
        "cards": cards,
        "title": _title(years, book),
    }


def _title(years: YearsReport, book: Book) -> str:
    first, last = years.reports[0].fiscal_year, years.reports[-1].fiscal_year
    return str(book.words["heading"]).format(book.reports[-1].report.jurisdiction.name, first, last)


def _steps(years: YearsReport, book: Book) -> list[Step]:
    found = []
    budgets = _by_report(years.budgets)
    for before, after in pairwise(years.reports):
        told = [one for one in all_of(years) if _step_of(one, book) == book.order[after.id]]
        kinds = {kind: [one for one in told if one.kind == kind] for kind in KINDS}
        counts = {kind: len(those) for kind, those in kinds.items()}
        counts["doubtful"] = sum(one.doubtful for one in told)
        counts["restated"] = sum(one.after.report == after.id for one in years.restated)
        grouped = {kind: book.by_chapter(those, lambda one: _thread(one, book)) for kind, those in kinds.items()}
        costs = book.by_chapter(budgets.get(after.id, []), lambda one: book.thread_of(one.after[0]))
        found.append(Step(before.fiscal_year, after.fiscal_year, grouped, counts, costs))
    return found


def _by_report(budgets: Iterable[Budget]) -> dict[str, list[Budget]]:
    """The largest changes first; what cannot be told is last."""
    found: dict[str, list[Budget]] = {}
    for one in sorted(budgets, key=lambda one: (one.change is None, -abs(one.change or 0))):
        found.setdefault(one.after[0].report, []).append(one)
    return found


def _step_of(one: Continuity, book: Book) -> int:
    return book.order[one.after[0].report] if one.after else book.order[one.before[0].report] + 1


def _thread(one: Continuity, book: Book) -> Thread:
    return book.thread_of((one.after or one.before)[0])


def _restated(years: YearsReport, book: Book) -> list[Change]:
    return [
        Change(
            one,
            book.thread(one.after.report, one.after.pointer),
            marked(one.before.raw, one.after.raw),
            (book.cut(one.before.report, one.before.source), book.cut(one.after.report, one.after.source)),
        )
        for one in years.restated
    ]


def _notes(years: YearsReport, book: Book) -> list[Said]:
    restated = {(one.after.report, one.after.pointer): one for one in years.restated}
    found = []
    for note in years.notes:
        thread = book.thread(note.report, note.pointer)
        one = restated.get((note.report, note.pointer))
        cut = None if one else book.cut(note.report, note.source)
        found.append(Said(note, thread, message_in(note, book.language), cut))
    return found

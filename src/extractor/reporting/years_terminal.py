"""Years on the terminal: what became of programmes, figures and divisions, as short tables on the terminal."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from extractor.language import Language
from extractor.records.trends import (
    Budget,
    Continuity,
    ContinuityKind,
    DivisionChange,
    ProgrammeAt,
    Restated,
    YearsFinding,
    YearsReport,
)
from extractor.reporting.i18n import message_in, say, word
from extractor.reporting.terminal import make_printable
from extractor.trends.programmes import list_continuities

# So many of the largest changes of budgets are shown; all of them are in the JSON.
BUDGETS = 10
# In the order in which they are counted.
KINDS: tuple[ContinuityKind, ...] = ("continued", "renamed", "new", "ended", "paused", "resumed", "split", "merged")
_COLOURS: dict[ContinuityKind, str] = {
    "new": "green",
    "ended": "red",
    "paused": "red",
    "resumed": "green",
    "renamed": "cyan",
    "split": "magenta",
    "merged": "magenta",
    "continued": "yellow",
}


def tabulate_years(years: YearsReport, language: Language = "en") -> Iterator[Table]:
    """Yield a table for each kind of thing that there is something to say of.

    Args:
        years: What became of programmes, figures and divisions.
        language: The language of the words.

    Yields:
        The tables.
    """
    # Of what goes on as it was, only what is doubtful needs a person.
    shown = [one for one in list_continuities(years) if one.kind != "continued" or one.doubtful]
    told: list[tuple[Sequence[Any], Callable[[Any, Language], Table]]] = [
        (shown, _tabulate_programmes),
        (years.restated, _tabulate_restated),
        (years.divisions, _tabulate_divisions),
        ([note for note in years.notes if note.code == "continuity-break"], _tabulate_marks),
        ([budget for budget in years.budgets if budget.change], _tabulate_budgets),
    ]
    yield from (tabulate(rows, language) for rows, tabulate in told if rows)


def summarize_years(years: YearsReport, language: Language = "en") -> str:
    """Say on one line how many of each there are.

    Args:
        years: What became of programmes, figures and divisions.
        language: The language of the line.

    Returns:
        The line.
    """
    kinds = Counter(one.kind for one in list_continuities(years))
    named = [(kinds[kind], say(language, f"years_terminal.{kind}")) for kind in KINDS]
    named.append((len(years.restated), say(language, "years_terminal.restated")))
    named.append((years.doubtful, word(language, "pairings", "to_confirm")))
    counts = [say(language, "terminal.count", count=count, name=name) for count, name in named if count]
    return say(
        language,
        "years_terminal.summary",
        first=years.reports[0].fiscal_year,
        last=years.reports[-1].fiscal_year,
        counts=tuple(counts) or say(language, "years_terminal.none"),
    )


def _make_table(language: Language, title: str, *headings: str) -> Table:
    said = say(language, f"years_terminal.title_{title}")
    table = Table(box=None, pad_edge=False, title=said, title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(say(language, f"years_terminal.head_{heading}"), overflow="fold")
    return table


def _tabulate_programmes(shown: Sequence[Continuity], language: Language) -> Table:
    table = _make_table(language, "programmes", "what", "before", "after", "score", "why")
    for one in shown:
        paired = bool(one.before and one.after)
        score = f"{one.score:.2f}" if paired and one.score is not None else ""
        # Where nothing is like it, there is nothing to say.
        reason = one.reason_ja if language == "ja" else one.reason
        why = reason if one.doubtful or paired or one.gap else ""
        row = (_name_programmes(one.before), _name_programmes(one.after), Text(score), Text(make_printable(why)))
        table.add_row(Text(_name_kind(one, language), _COLOURS[one.kind]), *row)
    return table


def _name_kind(one: Continuity | DivisionChange, language: Language) -> str:
    kind = say(language, f"years_terminal.{one.kind}")
    if not one.doubtful:
        return kind
    # Nobody can say of a division what it is: that is no pairing.
    name = "to_confirm" if isinstance(one, Continuity) else "uncertain"
    return f"{kind} ({word(language, 'pairings', name)})"


def _name_programmes(programmes: Sequence[ProgrammeAt]) -> Text:
    return Text("\n".join(f"{at.fiscal_year} {make_printable(at.name or at.id)}" for at in programmes))


def _tabulate_restated(restated: Sequence[Restated], language: Language) -> Table:
    table = _make_table(language, "restated", "programme", "metric", "year", "before", "after")
    for one in restated:
        told = {"uncertain": one.doubtful, "other_terms": one.other_terms}
        marks = [f" ({word(language, 'pairings', name)})" for name, holds in told.items() if holds]
        metric = "".join([one.metric, *marks])
        said = (
            make_printable(f"{statement.correct or statement.raw} ({statement.report})")
            for statement in (one.before, one.after)
        )
        when = ", ".join(map(str, one.fiscal_years))
        table.add_row(Text(make_printable(one.programme or "")), Text(make_printable(metric)), when, *map(Text, said))
    return table


def _tabulate_divisions(divisions: Sequence[DivisionChange], language: Language) -> Table:
    table = _make_table(language, "divisions", "what", "before", "after", "programmes")
    table.columns[-1].justify = "right"
    for one in divisions:
        sides = (f"{one.from_year} {one.before}", f"{one.to_year} {one.after}")
        table.add_row(
            _name_kind(one, language), *(Text(make_printable(side)) for side in sides), str(len(one.programmes))
        )
    return table


def _tabulate_marks(broken: Sequence[YearsFinding], language: Language) -> Table:
    table = _make_table(language, "marks", "report", "note")
    for note in broken:
        table.add_row(Text(note.report), Text(make_printable(message_in(note, language))))
    return table


def _tabulate_budgets(changed: Sequence[Budget], language: Language) -> Table:
    """Lay out the largest changes, the largest first."""
    table = _make_table(language, "budgets", "programme", "before", "after", "change", "percent")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in sorted(changed, key=lambda budget: -abs(budget.change or 0))[:BUDGETS]:
        percent = "" if one.percent is None else f"{one.percent:+.1f}"
        amounts = (f"{one.amount_before:,}", f"{one.amount_after:,}", f"{one.change:+,}")
        table.add_row(_name_programmes(one.after), *amounts, percent)
    return table

"""Years on the terminal: what became of programmes, figures and divisions, as short tables on the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from extractor.records.trends import (
    Budget,
    Continuity,
    ContinuityKind,
    DivisionChange,
    ProgrammeAt,
    Restated,
    YearsReport,
)
from extractor.reporting.terminal import make_printable
from extractor.trends.programmes import list_continuities

# So many of the largest changes of budgets are shown; all of them are in the JSON.
BUDGETS = 10
# In the order in which they are counted.
KINDS: tuple[ContinuityKind, ...] = ("continued", "renamed", "new", "ended", "split", "merged")
_COLOURS: dict[ContinuityKind, str] = {
    "new": "green",
    "ended": "red",
    "renamed": "cyan",
    "split": "magenta",
    "merged": "magenta",
    "continued": "yellow",
}


def tabulate_years(years: YearsReport) -> Iterator[Table]:
    """Yield a table for each kind of thing that there is something to say of."""
    shown = [*years.new, *years.ended, *years.renamed, *years.split, *years.merged]
    # Of what goes on as it was, only what is doubtful needs a person.
    shown += [one for one in years.continued if one.doubtful]
    if shown:
        yield _tabulate_programmes(shown)
    if years.restated:
        yield _tabulate_restated(years.restated)
    if years.divisions:
        yield _tabulate_divisions(years.divisions)
    if broken := [note for note in years.notes if note.code == "continuity-break"]:
        table = _make_table("marks of what is new that do not hold", "report", "note")
        for note in broken:
            table.add_row(Text(note.report), Text(make_printable(note.message)))
        yield table
    if changed := [one for one in years.budgets if one.change]:
        # The largest changes, the largest first.
        yield _tabulate_budgets(sorted(changed, key=lambda one: -abs(one.change or 0))[:BUDGETS])


def summarize_years(years: YearsReport) -> str:
    """Say on one line how many of each there are."""
    span = f"{years.reports[0].fiscal_year} to {years.reports[-1].fiscal_year}"
    kinds = Counter(one.kind for one in list_continuities(years))
    counts = [f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind]]
    doubtful = sum(one.doubtful for one in list_continuities(years))
    counts += [f"{len(years.restated)} restated figures"] if years.restated else []
    counts += [f"{doubtful} doubtful"] if doubtful else []
    return f"{span}: {', '.join(counts) or 'no programmes'}"


def _make_table(title: str, *headings: str) -> Table:
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _tabulate_programmes(shown: Sequence[Continuity]) -> Table:
    table = _make_table("programmes", "what", "before", "after", "score", "why")
    for one in shown:
        paired = bool(one.before and one.after)
        score = f"{one.score:.2f}" if paired and one.score is not None else ""
        # Where nothing is like it, there is nothing to say.
        why = one.reason if one.doubtful or paired else ""
        row = (_name_programmes(one.before), _name_programmes(one.after), Text(score), Text(make_printable(why)))
        table.add_row(Text(_name_kind(one), _COLOURS[one.kind]), *row)
    return table


def _name_kind(one: Continuity | DivisionChange) -> str:
    return f"{one.kind}?" if one.doubtful else one.kind


def _name_programmes(programmes: Sequence[ProgrammeAt]) -> Text:
    return Text("\n".join(f"{at.fiscal_year} {make_printable(at.name or at.id)}" for at in programmes))


def _tabulate_restated(restated: Sequence[Restated]) -> Table:
    table = _make_table("restated figures", "programme", "metric", "fiscal year", "before", "after")
    for one in restated:
        metric = f"{one.metric}{' (doubtful)' if one.doubtful else ''}"
        said = (make_printable(f"{statement.raw} ({statement.report})") for statement in (one.before, one.after))
        when = ", ".join(map(str, one.fiscal_years))
        table.add_row(Text(make_printable(one.programme or "")), Text(make_printable(metric)), when, *map(Text, said))
    return table


def _tabulate_divisions(divisions: Sequence[DivisionChange]) -> Table:
    table = _make_table("divisions", "what", "before", "after", "programmes")
    table.columns[-1].justify = "right"
    for one in divisions:
        sides = (f"{one.from_year} {one.before}", f"{one.to_year} {one.after}")
        table.add_row(_name_kind(one), *(Text(make_printable(side)) for side in sides), str(len(one.programmes)))
    return table


def _tabulate_budgets(budgets: Sequence[Budget]) -> Table:
    table = _make_table("largest changes of budgets, thousand yen", "programme", "before", "after", "change", "%")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in budgets:
        percent = "" if one.percent is None else f"{one.percent:+.1f}"
        amounts = (f"{one.amount_before:,}", f"{one.amount_after:,}", f"{one.change:+,}")
        table.add_row(_name_programmes(one.after), *amounts, percent)
    return table

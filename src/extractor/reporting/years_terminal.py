"""Over years: what became of programmes, figures and divisions, as short tables on the terminal."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from extractor.records.trends import Budget, Continuity, ContinuityKind, ProgrammeAt, YearsReport
from extractor.reporting.terminal import printable

# So many of the largest changes of budgets are shown; all of them are in the JSON.
BUDGETS = 10
_COLOURS: dict[ContinuityKind, str] = {
    "new": "green",
    "ended": "red",
    "renamed": "cyan",
    "split": "magenta",
    "merged": "magenta",
    "continued": "yellow",
}


def years_tables(years: YearsReport) -> Iterator[Table]:
    """A table for each kind of thing that there is something to say of."""
    shown = [*years.new, *years.ended, *years.renamed, *years.split, *years.merged]
    # Of what goes on as it was, only what is doubtful needs a person.
    shown += [one for one in years.continued if one.doubtful]
    if shown:
        yield _programmes(shown)
    if years.restated:
        yield _restated(years)
    if years.divisions:
        yield _divisions(years)
    if broken := [note for note in years.notes if note.code == "continuity-break"]:
        table = _table("marks of what is new that do not hold", "report", "note")
        for note in broken:
            table.add_row(Text(note.report), Text(printable(note.message)))
        yield table
    if budgets := _largest(years.budgets):
        yield _budgets(budgets)


def years_summary(years: YearsReport) -> str:
    """How many of each there are, in one line."""
    span = f"{years.reports[0].fiscal_year} to {years.reports[-1].fiscal_year}"
    kinds: dict[str, Sequence[Continuity]] = {
        "continued": years.continued,
        "renamed": years.renamed,
        "new": years.new,
        "ended": years.ended,
        "split": years.split,
        "merged": years.merged,
    }
    counts = [f"{len(those)} {kind}" for kind, those in kinds.items() if those]
    doubtful = sum(one.doubtful for those in kinds.values() for one in those)
    more = [f"{len(years.restated)} restated figures"] if years.restated else []
    more += [f"{doubtful} doubtful"] if doubtful else []
    return f"{span}: {', '.join(counts + more) or 'no programmes'}"


def _table(title: str, *headings: str) -> Table:
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _programmes(shown: Sequence[Continuity]) -> Table:
    table = _table("programmes", "what", "before", "after", "score", "why")
    for one in shown:
        what = f"{one.kind}?" if one.doubtful else one.kind
        score = "" if one.score is None or not (one.before and one.after) else f"{one.score:.2f}"
        # Where nothing is like it, there is nothing to say.
        why = one.reason if one.doubtful or (one.before and one.after) else ""
        row = (_named(one.before), _named(one.after), Text(score), Text(printable(why)))
        table.add_row(Text(what, _COLOURS[one.kind]), *row)
    return table


def _named(programmes: Sequence[ProgrammeAt]) -> Text:
    return Text("\n".join(f"{one.fiscal_year} {printable(one.name or one.id)}" for one in programmes))


def _restated(years: YearsReport) -> Table:
    table = _table("restated figures", "programme", "metric", "fiscal year", "before", "after")
    for one in years.restated:
        metric = f"{one.metric}{' (doubtful)' if one.doubtful else ''}"
        said = (printable(f"{statement.raw} ({statement.report})") for statement in (one.before, one.after))
        when = ", ".join(map(str, one.fiscal_years))
        table.add_row(Text(printable(one.programme or "")), Text(printable(metric)), when, *map(Text, said))
    return table


def _divisions(years: YearsReport) -> Table:
    table = _table("divisions", "what", "before", "after", "programmes")
    table.columns[-1].justify = "right"
    for one in years.divisions:
        what = f"{one.kind}?" if one.doubtful else one.kind
        before, after = f"{one.from_year} {one.before}", f"{one.to_year} {one.after}"
        table.add_row(what, Text(printable(before)), Text(printable(after)), str(len(one.programmes)))
    return table


def _largest(budgets: Sequence[Budget]) -> list[Budget]:
    """The largest changes, the largest first."""
    return sorted((one for one in budgets if one.change), key=lambda one: -abs(one.change or 0))[:BUDGETS]


def _budgets(budgets: Sequence[Budget]) -> Table:
    table = _table("largest changes of budgets, thousand yen", "programme", "before", "after", "change", "%")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in budgets:
        percent = "" if one.percent is None else f"{one.percent:+.1f}"
        amounts = (f"{one.amount_before:,}", f"{one.amount_after:,}", f"{one.change:+,}")
        table.add_row(_named(one.after), *amounts, percent)
    return table

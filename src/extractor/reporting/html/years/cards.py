"""Cards: all that is known of each programme over the years: its history, what it costs, its figures as charts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.records.trends import Budget, MetricSeries, YearsReport
from extractor.reporting.html.years.book import Book
from extractor.reporting.html.years.chart import Chart, chart_of
from extractor.reporting.html.years.lines import Join, Line, Point, lines_of
from extractor.reporting.html.years.threads import Thread, all_of, where


@dataclass(frozen=True, slots=True)
class Figure:
    """A line and its chart."""

    line: Line
    chart: Chart


@dataclass(frozen=True, slots=True)
class Counted:
    """A metric: its charts, one for each unit and component; none where there is no number that can be drawn."""

    series: MetricSeries
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A programme. `budgets`: the change from the report before, by the report; `flags`: what it is filtered by."""

    thread: Thread
    flags: tuple[str, ...]
    budgets: Mapping[str, Budget]
    cost: Figure | None
    metrics: tuple[Counted, ...]


def cards_of(years: YearsReport, book: Book) -> list[Card]:
    """A card a programme."""
    report_years = [one.fiscal_year for one in years.reports]
    budgets = {where(one.after[0]): one for one in years.budgets}
    flags = _flags(years, book)
    metrics = _metrics(years, book, report_years)
    return [
        Card(
            thread,
            tuple(sorted(flags[thread.anchor])),
            {at.report: budgets[where(at)] for at in thread.at if where(at) in budgets},
            _cost(thread, book, report_years),
            tuple(metrics[thread.anchor]),
        )
        for chapter in book.chapters
        for thread in chapter.threads
    ]


def _flags(years: YearsReport, book: Book) -> dict[str, set[str]]:
    flags: dict[str, set[str]] = defaultdict(set)
    for one in all_of(years):
        for at in (*one.before, *one.after):
            thread = book.thread_of(at)
            # A programme that another was split off from goes on all the same.
            flags[thread.anchor] |= {one.kind} if one.kind != "continued" else set()
            flags[thread.anchor] |= {"doubtful"} if one.doubtful else set()
    for restated in years.restated:
        flags[book.thread(restated.after.report, restated.after.pointer).anchor].add("restated")
    for note in years.notes:
        # A restated figure has its own.
        if note.code != "restated-value":
            flags[book.thread(note.report, note.pointer).anchor].add("note")
    return flags


def _metrics(years: YearsReport, book: Book, report_years: Sequence[int]) -> dict[str, list[Counted]]:
    """By the thread of the programme that the latest report has a metric in."""
    restated = {(one.before.report, one.before.pointer, year) for one in years.restated for year in one.fiscal_years}
    found: dict[str, list[Counted]] = defaultdict(list)
    for series in years.metrics:
        stretches: dict[tuple[str, str], int] = {}
        runs: dict[tuple[str, int], int] = {}
        for one in series.statements:
            thread = book.thread(one.report, one.pointer)
            at = next(index for index, at in enumerate(thread.at) if at.report == one.report)
            # Of another thread: it was, or became, part of another programme.
            run = runs.setdefault((thread.anchor, thread.stretches[at]), len(runs))
            stretches[one.report, one.pointer] = run
        lines = lines_of(series.statements, book.order, restated, stretches)
        figures = tuple(Figure(line, chart_of(line, report_years)) for line in lines)
        last = max(series.statements, key=lambda one: book.order[one.report], default=None)
        if last is not None:
            found[book.thread(last.report, last.pointer).anchor].append(Counted(series, figures))
    return found


def _cost(thread: Thread, book: Book, report_years: Sequence[int]) -> Figure | None:
    """What a programme costs by year, where that is printed for more than one."""
    amounts = {at.fiscal_year: book.programme(at).budget_thousand_yen for at in thread.at}
    points = {
        year: Point(year, year, amount, (), "千円", "now", None)
        for year, amount in amounts.items()
        if amount is not None
    }
    if len(points) < 2:
        return None
    run = {at.fiscal_year: stretch for at, stretch in zip(thread.at, thread.stretches, strict=True)}
    joins = tuple(
        Join(points[year], points[year + 1], run[year] == run[year + 1]) for year in points if year + 1 in points
    )
    line = Line(None, tuple(points.values()), {year: "unsaid" for year in amounts if year not in points}, joins)
    return Figure(line, chart_of(line, report_years))

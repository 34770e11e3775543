"""Programme cards: of each programme over the years, its history, what it costs, and its figures as charts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.records.trends import Budget, MetricSeries, YearsReport
from extractor.reporting.html.years.chart_layout import Chart, lay_out_chart
from extractor.reporting.html.years.chart_series import ChartJoin, ChartPoint, ChartSeries, Gap, build_chart_series
from extractor.reporting.html.years.histories import ProgrammeHistory, place_of
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.trends.programmes import list_continuities


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A series and its chart."""

    series: ChartSeries
    chart: Chart


@dataclass(frozen=True, slots=True)
class MetricCharts:
    """A metric: its charts, one for each unit and component.

    There are no charts where there is no number that can be drawn.
    """

    series: MetricSeries
    figures: tuple[DrawnSeries, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme.

    `budgets`: the change from the report before, by the report. `flags`: what it is filtered by.
    """

    history: ProgrammeHistory
    flags: tuple[str, ...]
    budgets: Mapping[str, Budget]
    cost: DrawnSeries | None
    metrics: tuple[MetricCharts, ...]


def build_cards(years: YearsReport, lookup: ProgrammeLookup) -> list[ProgrammeCard]:
    """Build a card for each programme.

    Args:
        years: What became of the programmes.
        lookup: The reports.

    Returns:
        The cards, chapter by chapter.
    """
    report_years = [report.fiscal_year for report in years.reports]
    budgets = {place_of(budget.after[0]): budget for budget in years.budgets}
    flags = _find_flags(years, lookup)
    metrics = _draw_metrics(years, lookup, report_years)
    return [
        ProgrammeCard(
            history,
            tuple(sorted(flags[history.anchor])),
            {at.report: budgets[place_of(at)] for at in history.at if place_of(at) in budgets},
            _draw_cost(history, lookup, report_years),
            tuple(metrics[history.anchor]),
        )
        for chapter in lookup.chapters
        for history in chapter.histories
    ]


def _find_flags(years: YearsReport, lookup: ProgrammeLookup) -> dict[str, set[str]]:
    """Find what each programme is filtered by, by the anchor of its history."""
    flags: dict[str, set[str]] = defaultdict(set)
    for one in list_continuities(years):
        # A programme that another was split off from goes on all the same.
        told = {one.kind, "doubtful" if one.doubtful else one.kind} - {"continued"}
        for at in (*one.before, *one.after):
            flags[lookup.history_of(at).anchor] |= told
    for restated in years.restated:
        flags[lookup.history_at(restated.after.report, restated.after.pointer).anchor].add("restated")
    for note in years.notes:
        # A restated figure has its own.
        if note.code != "restated-value":
            flags[lookup.history_at(note.report, note.pointer).anchor].add("note")
    return flags


def _draw_metrics(
    years: YearsReport, lookup: ProgrammeLookup, report_years: Sequence[int]
) -> dict[str, list[MetricCharts]]:
    """Draw all metrics, by the history of the programme that the latest report has each in."""
    restated = {(one.before.report, one.before.pointer, year) for one in years.restated for year in one.fiscal_years}
    drawn: dict[str, list[MetricCharts]] = defaultdict(list)
    for metric in years.metrics:
        stretches: dict[tuple[str, str], int] = {}
        runs: dict[tuple[str, int], int] = {}
        for statement in metric.statements:
            history = lookup.history_at(statement.report, statement.pointer)
            at = next(index for index, at in enumerate(history.at) if at.report == statement.report)
            # Of another history: it was, or became, part of another programme.
            run = runs.setdefault((history.anchor, history.stretches[at]), len(runs))
            stretches[statement.report, statement.pointer] = run
        last = max(metric.statements, key=lambda statement: lookup.order[statement.report], default=None)
        if last is None:
            continue
        history = lookup.history_at(last.report, last.pointer)
        found = build_chart_series(metric.statements, lookup.order, restated, stretches, _list_gaps(history))
        figures = tuple(DrawnSeries(series, lay_out_chart(series, report_years)) for series in found)
        drawn[history.anchor].append(MetricCharts(metric, figures))
    return drawn


def _list_gaps(history: ProgrammeHistory) -> list[int]:
    """List the years whose reports do not have the programme, though a later one has it again."""
    return [year for one in history.came if one is not None for year in one.gap]


def _draw_cost(history: ProgrammeHistory, lookup: ProgrammeLookup, report_years: Sequence[int]) -> DrawnSeries | None:
    """Draw what a programme costs by year, where that is printed for more than one."""
    amounts = {at.fiscal_year: lookup.record_of(at).budget_thousand_yen for at in history.at}
    points = {
        year: ChartPoint(year, year, amount, (), "千円", "now", None)
        for year, amount in amounts.items()
        if amount is not None
    }
    if len(points) < 2:
        return None
    run = {at.fiscal_year: stretch for at, stretch in zip(history.at, history.stretches, strict=True)}
    joins = tuple(
        ChartJoin(points[year], points[year + 1], run[year] == run[year + 1]) for year in points if year + 1 in points
    )
    gaps: dict[int, Gap] = dict.fromkeys(_list_gaps(history), "paused")
    gaps |= {year: "unsaid" for year in amounts if year not in points}
    series = ChartSeries(None, tuple(points.values()), gaps, joins)
    return DrawnSeries(series, lay_out_chart(series, report_years))

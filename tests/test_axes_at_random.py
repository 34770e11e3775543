"""Any combination of axes is read right, or it is said; nothing is wrong in silence. Always the same tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from axes_at_random import Drawn, Place, draw_at_random
from axes_pages import typeset_tables, write_html
from extractor.document.layout import Paragraph
from extractor.extraction.metric_rows import read_metrics
from extractor.grammar.normalize import comparison_key
from extractor.pipeline import read_report
from extractor.records.report import Metric
from extractor.structure.metric_tables import read_metric_table
from grids import AOMORI, draw_grid
from press import browser, cid, embedded
from press.sheet import Fonts
from press.trial import without_fonts

# So many of all values must be read right.
RIGHT = 0.98
# Of a browser's pages: one table of 48 is not understood, and is said to be so.
RIGHT_IN_BROWSER = 0.96
PAGE_SEEDS = range(48)
# Programmes in one printed report.
EACH = 6


@dataclass
class Score:
    """Values that were read right, and those that are wrong: said, or in silence with their table."""

    right: int = 0
    said: int = 0
    silent: tuple[str, ...] = ()

    def hold(self, drawn: Drawn, metrics: Sequence[Metric], doubted: bool) -> None:
        """Hold what was read of a table against what was drawn."""
        read = {comparison_key(metric.name): metric for metric in metrics}
        wrong = 0
        for name, places in drawn.values.items():
            metric = read.pop(comparison_key(name), None)
            found = {} if metric is None else _list_values(metric)
            for place, value in places.items():
                agrees = found.pop(place, "missing") == value
                self.right += agrees
                wrong += not agrees
            wrong += len(found)
            beside = [] if metric is None else [other.raw for other in metric.others]
            wrong += beside != drawn.beside[name]
            wrong += metric is not None and metric.group != drawn.groups.get(name)
        wrong += len(read)
        if doubted:
            self.said += wrong
        elif wrong:
            self.silent += (f"{drawn.axes}\n{drawn.drawing()}",)

    def check(self, least: float = RIGHT) -> None:
        """Fail unless nothing is wrong in silence and nearly all is right."""
        assert not self.silent, self.silent[0]
        assert self.right >= least * (self.right + self.said)


def _list_values(metric: Metric) -> dict[Place, object]:
    values: dict[Place, object] = {}
    for one in metric.observations:
        amounts = [(each.value, each.unit) for each in one.quantities]
        value: object = amounts[0] if len(amounts) == 1 else amounts
        values[one.fiscal_year, one.measure, one.part] = None if one.status == "absent" else value or one.status
    return values


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(60, 300), marks=pytest.mark.slow)])
def test_any_combination_of_axes(seeds: range) -> None:
    score = Score()
    for seed in seeds:
        drawn = draw_at_random(seed)
        table = draw_grid(drawn.drawing())
        found = read_metric_table(table, AOMORI)
        assert found is not None, drawn.drawing()
        if drawn.caption:
            found = replace(found, caption=Paragraph(drawn.caption, table.source))
        read = read_metrics(found, drawn.report_year, 0)
        doubted = any(problem.message.severity != "info" for problem in read.problems)
        score.hold(drawn, read.metrics, doubted=doubted)
    score.check()


def _hold_printed(printed: bytes, tables: Sequence[Drawn], folder: Path, score: Score) -> None:
    path = folder / "printed.pdf"
    path.write_bytes(printed)
    report = read_report(path)
    read = report.policies[0].programmes
    assert len(read) == len(tables)
    doubted = {one.pointer for one in report.findings if one.severity != "info"}
    for at, (drawn, programme) in enumerate(zip(tables, read, strict=True)):
        here = f"/policies/0/programmes/{at}"
        score.hold(drawn, programme.metrics, doubted=any(pointer.startswith(here) for pointer in doubted))


def _draw_reports(seeds: range) -> list[list[Drawn]]:
    starts = range(seeds.start, seeds.stop, EACH)
    return [[draw_at_random(seed, 2021 + start % 4) for seed in range(start, start + EACH)] for start in starts]


@pytest.mark.parametrize(
    "fonts",
    [pytest.param(cid._fonts, id="cid"), pytest.param(embedded._fonts, id="embedded", marks=without_fonts)],
)
@pytest.mark.slow
def test_printed_combinations(fonts: Callable[[], Fonts], tmp_path: Path) -> None:
    score = Score()
    for at, tables in enumerate(_draw_reports(PAGE_SEEDS)):
        printed = typeset_tables(
            tables, fonts(), rules=("full", "filled", "dotted")[at % 3], repeated=at % 2 == 0, size=9.5 + at % 3
        )
        _hold_printed(printed, tables, tmp_path, score)
    score.check()


@pytest.mark.skipif(browser.missing() is not None, reason="no browser is installed")
@pytest.mark.slow
def test_combinations_from_a_browser(tmp_path: Path) -> None:
    score = Score()
    with browser.running(tmp_path) as running:
        for at, tables in enumerate(_draw_reports(range(100, 100 + len(PAGE_SEEDS)))):
            page = tmp_path / "report.html"
            page.write_text(write_html(tables, size=9.5 + at % 3, repeated=at % 2 == 0), encoding="utf-8")
            _hold_printed(running.printed(page), tables, tmp_path, score)
    score.check(RIGHT_IN_BROWSER)

"""Figures over the years: what is restated, and what only looks so."""

import pytest

from extractor.records.report import Report
from extractor.trends.trends import build_trends
from yearly import Made, Table, report

MADE = Made("乳幼児医療費助成", "乳幼児の通院と入院にかかる費用を市町村とともに助成する。", "対象の年齢を広げた。")


def restated(before: Table, after: Table) -> list[tuple[str, tuple[int, ...], str, str]]:
    years = build_trends([report(2022, [MADE.but(metrics=before)]), report(2023, [MADE.but(metrics=after)])])
    return [(one.metric, one.fiscal_years, one.before.raw, one.after.raw) for one in years.restated]


def test_a_figure_that_is_given_otherwise() -> None:
    before: Table = {"助成件数": {2021: "90件", 2022: "4,436件"}}
    after: Table = {"助成件数": {2022: "4,463件", 2023: "5,000件"}}
    assert restated(before, after) == [("助成件数", (2022,), "4,436件", "4,463件")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({2022: "12件"}, {2022: "12 件"}),
        ({2022: "-"}, {2022: "12件"}),
        ({2022: "12件"}, {2023: "13件"}),
        ({2022: "12件"}, {2022: "13回"}),
        ({(2021, 2022): "121件(R3.6～)"}, {(2022, 2023): "147件(R4.6～)"}),
    ],
    ids=["spacing", "nothing before", "another year", "another unit", "another period"],
)
def test_what_is_not_restated(
    before: dict[int | tuple[int, ...], str], after: dict[int | tuple[int, ...], str]
) -> None:
    assert restated({"助成件数": before}, {"助成件数": after}) == []


def test_another_note_is_the_same_metric_but_for_a_value_of_several_years() -> None:
    before: Table = {"登録数（R5.7現在）": {2022: "12件"}, "企業の数（2022年度分）": {(2021, 2022): "30者"}}
    after: Table = {"登録数（R6.7現在）": {2022: "14件"}, "企業の数（2023年度分）": {(2022, 2023): "35者"}}
    assert restated(before, after) == [("登録数（R6.7現在）", (2022,), "12件", "14件")]


def test_a_value_of_several_years_is_held_against_each_of_them() -> None:
    before: Table = {"助成件数": {2021: "40件", 2022: "50件"}, "相談件数": {(2021, 2022): "7件"}}
    after: Table = {"助成件数": {(2022, 2023): "55件"}, "相談件数": {(2021, 2022): "8件"}}
    assert restated(before, after) == [("助成件数", (2022,), "50件", "55件"), ("相談件数", (2021, 2022), "7件", "8件")]


def test_rows_of_one_label_are_told_apart_by_their_notes_or_not_at_all() -> None:
    before: Table = {"人数（男性）": {2022: "10名"}, "人数（女性）": {2022: "20名"}}
    after: Table = {"人数（女性）": {2022: "20名"}, "人数（男性）": {2022: "11名"}}
    assert restated(before, after) == [("人数（男性）", (2022,), "10名", "11名")]
    other: Table = {"人数（東部）": {2022: "30名"}, "人数（西部）": {2022: "40名"}}
    assert restated(before, other) == []


def rows(year: int, *values: str) -> Report:
    """A report with a metric of several rows of one name."""
    table: Table = {f"利用者数{at}": {2022: value} for at, value in enumerate(values)}
    data = report(year, [MADE.but(metrics=table)]).model_dump(mode="json")
    for row, metric in enumerate(data["policies"][0]["programmes"][0]["metrics"], 1):
        metric.update(name="利用者数", label="利用者数", row=row)
    return Report.model_validate(data)


@pytest.mark.parametrize(
    ("before", "after", "restated"),
    [
        (("10名", "20名"), ("20名",), []),
        (("10名", "20名"), ("21名",), []),
        (("10名",), ("7名", "10名"), []),
        (("10名", "20名"), ("20名", "10名"), []),
        (("10名", "20名"), ("20名", "11名"), [("10名", "11名")]),
        (("10名", "20名"), ("11名", "20名"), [("10名", "11名")]),
        (("10名", "20名"), ("11名", "22名"), [("10名", "11名"), ("20名", "22名")]),
        (("5名", "5名", "5名"), ("5名", "6名", "5名"), [("5名", "6名")]),
    ],
)
def test_rows_of_one_name_are_not_told_by_their_numbers_where_one_has_gone_or_come(
    before: tuple[str, ...], after: tuple[str, ...], restated: list[tuple[str, str]]
) -> None:
    years = build_trends([rows(2022, *before), rows(2023, *after)])
    assert [(one.before.raw, one.after.raw) for one in years.restated] == restated


def test_a_year_that_the_report_between_leaves_out() -> None:
    """2021 is told of in 2021 and 2023, and not in 2022; the report of 2024 repeats it."""
    tables: dict[int, Table] = {
        2021: {"助成件数": {2021: "40件"}},
        2022: {"助成件数": {2022: "50件"}},
        2023: {"助成件数": {2021: "44件", 2022: "50件", 2023: "60件"}},
        2024: {"助成件数": {2021: "44件", 2024: "70件"}},
    }
    years = build_trends([report(year, [MADE.but(metrics=table)]) for year, table in tables.items()])
    assert [(one.before.report, one.after.report, one.before.raw) for one in years.restated] == [
        ("made-2021", "made-2023", "40件")
    ]
    (series,) = years.metrics
    assert [(one.fiscal_year, one.report) for one in series.statements] == [
        (2021, "made-2021"),
        (2021, "made-2023"),
        (2021, "made-2024"),
        (2022, "made-2022"),
        (2022, "made-2023"),
        (2023, "made-2023"),
        (2024, "made-2024"),
    ]
    (note,) = years.notes
    assert (note.code, note.report) == ("restated-value", "made-2023")
    assert note.pointer == "/policies/0/programmes/0/metrics/0/observations/0"


def test_what_rests_on_a_doubtful_programme_is_doubtful() -> None:
    """Two renamed programmes are as like the old one: whose figure was restated is not known."""
    table: Table = {"助成件数": {2022: "4,436件"}, "相談件数": {2022: "318件"}}
    other: Table = {"助成件数": {2022: "4,463件"}, "相談件数": {2022: "318件"}}
    before = report(2022, [MADE.but(metrics=table)])
    after = report(2023, [MADE.but(name=f"乳幼児医療費助成（{part}部）", metrics=other) for part in "東西"])
    assert [one.doubtful for one in build_trends([before, after]).restated] == [True]

"""Axes: a programme's table is read the same way, however its items and years stand."""

from pathlib import Path

import pytest

from extractor.document.layout import Cell, Table
from extractor.records.report import Report
from extractor.structure.table_axes import arrange_table
from made_up import MadeUp, changed, codes, programmes

# What all arrangements below say.
ITEMS = {"参加者数": {2023: "10名", 2024: "12名"}, "開催回数": {2023: "－", 2024: "4回"}}


def read(folder: Path, *lines: str) -> Report:
    head, *rows = lines
    return MadeUp(blocks=changed(1, head=head, rows=tuple(rows))).read(folder)


def items(report: Report) -> dict[str, dict[int, str]]:
    """The first programme's metrics: what is printed of each year, by their names."""
    metrics = programmes(report)[0].metrics
    return {metric.name: {one.fiscal_year: one.raw for one in metric.observations} for metric in metrics}


@pytest.mark.parametrize(
    "lines",
    [
        ("項目名\t5年度\t6年度", "参加者数\t10名\t12名", "開催回数\t－\t4回"),
        ("年度\t参加者数\t開催回数", "5年度\t10名\t－", "6年度\t12名\t4回"),
        ("区分\t参加者数\t開催回数", "令和5年度\t10名\t－", "令和6年度\t12名\t4回"),
        (
            "項目\t年度\t実績",
            "参加者数\t5年度\t10名",
            "参加者数\t6年度\t12名",
            "開催回数\t5年度\t－",
            "開催回数\t6年度\t4回",
        ),
        ("年度\t項目\t実績", "R5\t参加者数\t10名", "R5\t開催回数\t－", "R6\t参加者数\t12名", "R6\t開催回数\t4回"),
        ("項目\t5年度\t6年度\t項目\t5年度\t6年度", "参加者数\t10名\t12名\t開催回数\t－\t4回"),
        ("項目\t6年度（5年度）", "参加者数\t12名（10名）", "開催回数\t4回 (－)"),
        ("項目\t前年度\t本年度", "参加者数\t10名\t12名", "開催回数\t－\t4回"),
        ("項目\t6年度（A）\t5年度（B）\t増減（A－B）", "参加者数\t12名\t10名\t2名", "開催回数\t4回\t－\t－"),
    ],
)
def test_every_arrangement_says_the_same(lines: tuple[str, ...], tmp_path: Path) -> None:
    report = read(tmp_path, *lines)
    assert items(report) == ITEMS
    assert [code for code, _ in codes(report) if code != "column-beside-years"] == []
    assert report.unplaced == ()


def test_a_comparison_behind_each_item_stands_beside_its_values(tmp_path: Path) -> None:
    report = read(
        tmp_path,
        "年度\t参加者数\t対前年度比\t開催回数\t対前年度比",
        "5年度\t10名\t－\t5回\t－",
        "6年度\t12名\t120.0%\t4回\t80.0%",
    )
    assert items(report) == {"参加者数": {2023: "10名", 2024: "12名"}, "開催回数": {2023: "5回", 2024: "4回"}}
    metrics = programmes(report)[0].metrics
    assert [[one.raw for one in metric.others] for metric in metrics] == [["－", "120.0%"], ["－", "80.0%"]]


def test_goals_and_units_of_a_row_an_observation_keep_their_columns(tmp_path: Path) -> None:
    report = read(tmp_path, "項目\t単位\t年度\t目標\t実績", "参加者数\t名\t5年度\t9\t10", "参加者数\t名\t6年度\t11\t12")
    (metric,) = programmes(report)[0].metrics
    assert metric.unit == "名"
    assert [(one.fiscal_year, one.measure, one.quantities[0].value) for one in metric.observations] == [
        (2023, "target", 9),
        (2023, "actual", 10),
        (2024, "target", 11),
        (2024, "actual", 12),
    ]


def test_rows_that_say_one_thing_twice_are_not_chosen_from(tmp_path: Path) -> None:
    report = read(tmp_path, "項目\t年度\t実績", "参加者数\t6年度\t10名", "参加者数\t6年度\t12名")
    assert items(report) != {"参加者数": {2024: "10名"}}
    assert {code for code, _ in codes(report)} >= {"unplaced-text"}


@pytest.mark.parametrize("title", ["【活動指標】", "■成果指標", "＜実績＞"])
def test_a_title_over_rows_is_their_group(title: str, tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", f"{title}\t\t", "参加者数\t10名\t12名")
    (metric,) = programmes(report)[0].metrics
    assert (metric.name, metric.group) == ("参加者数", title)
    assert codes(report) == []


def test_a_bracketed_name_without_rows_below_is_a_row_whose_values_are_blank(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", "参加者数\t10名\t12名", "【高校生】\t\t")
    assert [(one.name, one.group) for one in programmes(report)[0].metrics] == [
        ("参加者数", None),
        ("【高校生】", None),
    ]
    assert [code for code, _ in codes(report)] == ["blank-cell", "blank-cell"]


def test_a_title_right_over_another_one_is_not_lost(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", "【指標】\t\t", "■活動\t\t", "参加者数\t10名\t12名")
    assert [(one.name, one.group) for one in programmes(report)[0].metrics] == [("参加者数", "■活動")]
    assert [one.text for one in report.unplaced] == ["【指標】"]


def test_a_second_column_of_names_is_a_group_and_a_part_of_the_name() -> None:
    texts = [["項目名", "項目名", "5年度"], ["活動", "参加者数", "10名"], ["活動", "開催回数", "4回"]]
    cells = [Cell(0, 0, "項目名", (), column_span=2), Cell(0, 2, "5年度", ()), Cell(1, 0, "活動", (), row_span=2)]
    cells += [Cell(row, column, texts[row][column], ()) for row in (1, 2) for column in (1, 2)]
    table = Table(tuple(cells), 3, 3, ())
    assert list(arrange_table(table)) == [table]


def test_the_value_of_both_years_stays_one_when_its_table_is_turned() -> None:
    cells = (
        *(Cell(row, 0, text, ()) for row, text in enumerate(("年度", "5年度", "6年度"))),
        Cell(0, 1, "登録企業数", ()),
        Cell(1, 1, "147者", (), row_span=2),
    )
    _, turned = arrange_table(Table(cells, 3, 2, ()))
    over = turned.find_cell(1, 2)
    assert over is not None
    assert (over.text, over.column, over.column_span) == ("147者", 1, 2)

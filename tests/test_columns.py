"""Columns of a metric table: years with goals beside actual values, units, remarks. Nothing is guessed, none lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.document.layout import Cell, Table
from extractor.document.outline import MetricTable
from extractor.extraction.metric_rows import read_metrics
from extractor.records.report import Observation, Report
from made_up import BLOCKS, MadeUp, changed, codes, programmes

FIRST = "/policies/0/programmes/0"
VALUE = f"{FIRST}/metrics/0/observations"
Amount = tuple[int, float, str | None, tuple[str, ...]]


def read(folder: Path, head: str, *rows: str, prose: str = "") -> Report:
    return MadeUp(blocks=changed(1, head=head, rows=rows, prose=prose)).read(folder)


def amounts(report: Report, metric: int = 0) -> list[Amount]:
    """Year, value, unit and qualifiers of each amount of a metric of the first programme."""
    found = programmes(report)[0].metrics[metric].observations
    return [(one.fiscal_year, float(q.value), q.unit, q.qualifiers) for one in found for q in one.quantities]


def observations(report: Report, metric: int = 0) -> tuple[Observation, ...]:
    return programmes(report)[0].metrics[metric].observations


@pytest.mark.parametrize(
    "head",
    [
        "項目名\t5年度 目標\t5年度 実績\t6年度 目標\t6年度 実績",
        "項目名\tR5目標値\tR5実績値\tR6目標値\tR6実績値",
        "項目名\t5年度（目標）\t5年度（実績）\t6年度（目標）\t6年度（実績）",
        "項目名\t目標 令和5年度\t実績 令和5年度\t目標 令和6年度\t実績 令和6年度",
        "項目名\t目標（2023年度）\t2023年度\t目標（2024年度）\t2024年度",
    ],
)
def test_goals_and_actual_values_are_observations_of_one_year(head: str, tmp_path: Path) -> None:
    report = read(tmp_path, head, "参加者数\t10名\t12名\t延べ 200名\t11名")
    assert amounts(report) == [
        (2023, 10, "名", ("目標",)),
        (2023, 12, "名", ()),
        (2024, 200, "名", ("目標", "延べ")),
        (2024, 11, "名", ()),
    ]
    assert [one.raw for one in observations(report)] == ["10名", "12名", "延べ 200名", "11名"]
    # A goal ten times the goal of the year before is worth a word; a goal beside what was reached is not.
    assert codes(report) == [("magnitude-jump", f"{VALUE}/2")]


@pytest.mark.parametrize("word", ["目標", "計画", "見込", "予定"])
def test_the_word_of_the_head_comes_first_and_once(word: str, tmp_path: Path) -> None:
    report = read(tmp_path, f"項目名\t6年度 {word}\t6年度 実績", f"参加者数\t{word} 約10名\t－")
    assert amounts(report) == [(2024, 10, "名", (word, "約"))]
    assert [one.status for one in observations(report)] == ["read", "absent"]


@pytest.mark.parametrize("order", [(2022, 2023, 2024), (2024, 2023, 2022), (2024, 2022, 2023)])
def test_three_years_in_any_order(order: tuple[int, ...], tmp_path: Path) -> None:
    head = "\t".join(["項目名", *(f"R{year - 2018}" for year in order)])
    report = read(tmp_path, head, "\t".join(["参加者数", *(f"{year}名" for year in order)]))
    assert [(one.fiscal_year, one.raw) for one in observations(report)] == [(year, f"{year}名") for year in order]
    assert codes(report) == []


def test_a_jump_is_one_between_years_that_follow(tmp_path: Path) -> None:
    jump = read(tmp_path, "項目名\t6年度\t6年度 目標\t5年度", "参加者数\t2000名\t20名\t20名")
    assert codes(jump) == [("magnitude-jump", f"{VALUE}/0")]
    assert codes(read(tmp_path, "項目名\t2年度\t6年度", "参加者数\t20名\t2000名")) == []


def test_goals_of_years_to_come_do_not_make_the_report_another_years(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t6年度実績\t7年度目標\t10年度目標", "参加者数\t10名\t12名\t30名")
    assert [one.fiscal_year for one in observations(report)] == [2024, 2025, 2028]
    assert codes(report) == []
    assert report.report.fiscal_year == 2024


def test_a_part_is_compared_with_a_whole_of_its_kind(tmp_path: Path) -> None:
    head = "項目名\t6年度 目標\t6年度 実績"
    rows = ("利用者数\t50名\t10名", "利用者数のうち県外利用者数\t40名\t8名")
    assert codes(read(tmp_path, head, *rows)) == []
    rows = ("利用者数\t50名\t10名", "利用者数のうち県外利用者数\t40名\t12名")
    assert codes(read(tmp_path, head, *rows)) == [("part-exceeds-whole", f"{FIRST}/metrics/1/observations/1")]


@pytest.mark.parametrize(
    ("word", "cell", "code"),
    [
        ("達成率", "120%", "column-beside-years"),
        ("増　減（人）", "△2", "column-beside-years"),
        ("対前年度比", "104.2%", "column-beside-years"),
        ("備考", "R6.12末現在 12名", "column-beside-years"),
        ("6年度 達成率", "120%", "column-beside-years"),
        ("うち県外", "3名", "unknown-year-column"),
        ("備考 前年度", "3名", "unknown-year-column"),
        ("翌年度以降", "12名", "unknown-year-column"),
    ],
)
def test_a_column_that_is_no_years_value_is_kept_apart(word: str, cell: str, code: str, tmp_path: Path) -> None:
    """One that is known is worth a word, and its cells are in the record; one that is not is an error."""
    report = read(tmp_path, f"項目名\t6年度 目標\t6年度 実績\t{word}", f"参加者数\t10名\t12名\t{cell}")
    known = code == "column-beside-years"
    assert [one.raw for one in observations(report)] == ["10名", "12名"]
    assert [one.measure for one in observations(report)] == ["target", "actual"]
    assert [one.text for one in report.unplaced] == ([] if known else [cell])
    (others,) = [metric.others for metric in programmes(report)[0].metrics]
    assert [(one.head, one.raw) for one in others] == ([(" ".join(word.split()), cell)] if known else [])
    assert [code for code, _ in codes(report)] == ([code] if known else [code, "unplaced-text"])
    assert report.findings[0].severity == ("info" if known else "error")


def test_most_programmes_may_have_a_column_of_remarks(tmp_path: Path) -> None:
    blocks = tuple(replace(one, head="項目名\t5年度\t備考\t6年度", rows=("参加者数\t10名\t\t12名",)) for one in BLOCKS)
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert {(one.code, one.severity) for one in report.findings} == {("column-beside-years", "info")}
    assert {one.metrics[0].observations[1].raw for one in programmes(report)} == {"12名"}


def merged(last: int, text: str) -> MetricTable:
    """項目名, 5年度, 備考, with one cell from the year's column to this one."""
    heads = {1: Cell(0, 1, "5年度", ()), 2: Cell(0, 2, "備考", ())}
    body = (Cell(1, 0, "参加者数", ()), Cell(1, 1, text, (), column_span=last))
    table = Table((Cell(0, 0, "項目名", ()), *heads.values(), *body), 2, 3, ())
    return MetricTable(table, 0, "項目名", heads, (), (1,))


@pytest.mark.parametrize(
    ("last", "text", "said"),
    [(2, "12名", ["unknown-year-column"]), (1, "12名", []), (2, "－", []), (2, "", [])],
)
def test_a_cell_over_a_year_and_remarks_may_be_of_either(last: int, text: str, said: list[str]) -> None:
    found = read_metrics(merged(last, text), 2023, 0)
    assert [one.message.code for one in found.problems if one.message.severity == "error"] == said
    assert [one.raw for one in found.metrics[0].observations] == [text]


def test_a_column_that_stands_twice_is_not_chosen_from(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t6年度 目標\tR6目標値\t6年度", "参加者数\t10名\t11名\t12名")
    assert [one.raw for one in observations(report)] == ["10名", "12名"]
    assert [one.text for one in report.unplaced] == ["11名"]


@pytest.mark.parametrize("head", ["項目名\t単位\t5年度\t6年度", "項目名\t5年度\t6年度\t単位"])
def test_a_unit_column_counts_the_rows_bare_numbers(head: str, tmp_path: Path) -> None:
    cells = [("参加者数", "人", "10", "延べ 1,2０0"), ("売上高", "千円", "1,200", "△3"), ("就職率", "％", "77.4", "80")]
    first = head.endswith("6年度")
    rows = ["\t".join([name, unit, a, b] if first else [name, a, b, unit]) for name, unit, a, b in cells]
    report = read(tmp_path, head, *rows)
    assert [amounts(report, index) for index in range(3)] == [
        [(2023, 10, "人", ()), (2024, 1200, "人", ("延べ",))],
        [(2023, 1200000, "円", ()), (2024, -3000, "円", ())],
        [(2023, 77.4, "％", ()), (2024, 80, "％", ())],
    ]
    assert [one.raw for one in observations(report)] == ["10", "延べ 1,200"]
    assert [code for code, _ in codes(report)] == ["magnitude-jump"]


def test_a_unit_that_is_the_one_above(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t単位\t6年度", "参加者数\t人\t10", "講師の参加者数\t〃\t12", "うち県外\t－\t3名")
    assert [amounts(report, index)[0][2] for index in range(3)] == ["人", "人", "名"]
    assert codes(report) == []


@pytest.mark.parametrize(("cell", "unit"), [("12名", "件"), ("1,200円", "千円"), ("12人日", "人")])
def test_a_counter_of_its_own_is_kept_and_the_other_unit_is_said(cell: str, unit: str, tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t単位\t6年度", f"利用\t{unit}\t{cell}")
    assert amounts(report)[0][1:3] == (float(cell.rstrip("名円人日").replace(",", "")), cell.lstrip("0123456789,"))
    assert ("counter-mismatch", f"{VALUE}/0") in codes(report)


@pytest.mark.parametrize("unit", ["匹々", "件／日", "人・社"])
def test_a_unit_that_is_not_known_leaves_its_numbers_unread(unit: str, tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t単位\t6年度", f"利用\t{unit}\t12")
    assert [(one.status, one.raw) for one in observations(report)] == [("unreadable", "12")]
    assert [one.unit for one in programmes(report)[0].metrics] == [unit]


@pytest.mark.parametrize("cells", ["2件\t3件", "－\t－"])
def test_a_unit_that_no_amount_has_is_kept_with_its_row(cells: str, tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t単位\t5年度\t6年度", f"利用\t組\t{cells}", "参加者数\t名\t3\t4")
    assert [one.unit for one in programmes(report)[0].metrics] == ["組", "名"]
    assert report.unplaced == ()


@pytest.mark.parametrize("caption", ["（単位：人）", "(単位 人)", "単位：人", "【単位：人】"])
def test_a_unit_over_the_table(caption: str, tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", "参加者数\t10\t12", prose=f"進めた。\n\n{caption}")
    assert [one[2] for one in amounts(report)] == ["人", "人"]
    assert programmes(report)[0].results.paragraphs == ("進めた。",)
    assert codes(report) == []


def test_several_units_over_the_table_are_nobodys(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", "参加者数\t10\t12", prose="進めた。\n\n（単位：人、件）")
    assert [one[2] for one in amounts(report)] == [None, None]
    assert [one.text for one in report.unplaced] == ["（単位：人、件）"]


def test_a_line_on_units_without_a_table_behind_it_stays_prose(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名\t5年度\t6年度", "参加者数\t10名\t12名", prose="（単位：人）\n\n進めた。")
    assert programmes(report)[0].results.paragraphs == ("（単位：人）", "進めた。")


def test_the_unit_nearest_to_the_number_counts_it(tmp_path: Path) -> None:
    head = "項目名（単位：件）\t5年度（社）\t6年度"
    report = read(tmp_path, head, "相談\t10\t12", "参加者数（人）\t10\t12", "企業数\t10者\t12")
    assert [[one[2] for one in amounts(report, index)] for index in range(3)] == [
        ["社", "件"],
        ["人", "人"],
        ["者", "件"],
    ]


def test_a_bracket_in_the_head_of_the_names_that_is_no_unit_counts_nothing(tmp_path: Path) -> None:
    report = read(tmp_path, "項目名（主なもの）\t5年度\t6年度", "相談\t10\t12件")
    assert [one[2] for one in amounts(report)] == [None, "件"]

"""Each check fires for what it is for, names the place, and for nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from made_up import BLOCKS, HEAD, MadeUp, changed, codes, programmes

FIRST = "/policies/0/programmes/0"
VALUE = f"{FIRST}/metrics/0/observations"


def test_a_clean_report_has_no_finding(tmp_path: Path) -> None:
    assert codes(MadeUp().read(tmp_path)) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("参加者数\t10名\t", [("blank-cell", f"{VALUE}/1")]),
        ("参加者数\t10名\t－", []),
        ("参加者数\t10名\t1O名", [("unreadable-value", f"{VALUE}/1")]),
        ("参加者数\t10名\t調査中", [("unreadable-value", f"{VALUE}/1")]),
        ("参加者数\t10名\t1,23名", [("unreadable-value", f"{VALUE}/1")]),
        ("参加者数\t10名\t22名減", [("unreadable-value", f"{VALUE}/1")]),
        ("参加企業数\t10社\t12名", [("counter-mismatch", f"{VALUE}/1/quantities/0")]),
        ("開催回数及び参加者数\t3回 20名\t4回 30回", [("counter-mismatch", f"{VALUE}/1/quantities/1")]),
        ("開催回数及び参加者数\t3回 20名\t4回", [("component-count", f"{VALUE}/1")]),
        ("参加者数\t10名\t12名 13名", [("component-count", f"{VALUE}/1")]),
        ("就職率\t88.0%\t101%", [("rate-out-of-range", f"{VALUE}/1/quantities/0")]),
        ("売上増加率\t88.0%\t101%", []),
        ("参加者数\t10名\t100名", [("magnitude-jump", f"{VALUE}/1")]),
        ("参加者数\t10名\t99名", []),
        ("参加者数\t0名\t100名", []),
    ],
)
def test_values(row: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert codes(MadeUp(blocks=changed(1, rows=(row,))).read(tmp_path)) == expected


def test_a_part_larger_than_its_whole(tmp_path: Path) -> None:
    rows = ("利用者数\t50名\t60名", "利用者数のうち県外利用者数\t40名\t61名", "うち海外利用者数\t4名\t5名")
    report = MadeUp(blocks=changed(1, rows=rows)).read(tmp_path)
    assert codes(report) == [("part-exceeds-whole", f"{FIRST}/metrics/1/observations/1")]
    assert [one.part_of for one in programmes(report)[0].metrics] == [None, "利用者数", "利用者数のうち県外利用者数"]


def test_a_column_of_no_year_is_named_and_its_cells_are_not_lost(tmp_path: Path) -> None:
    blocks = changed(1, head="項目名\t5年度\t6年度\t備考", rows=("参加者数\t10名\t12名\t速報値 8名",))
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert [code for code, _ in codes(report)] == ["unknown-year-column", "unplaced-text"]
    assert [one.text for one in report.unplaced] == ["速報値 8名"]
    assert [len(one.observations) for one in programmes(report)[0].metrics] == [2]


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("項目名\tR5\tR6", [2023, 2024]),
        ("項目名\t令和4年度\t令和5年度\t令和6年度", [2022, 2023, 2024]),
        ("項目\t２０２３年度\t２０２４年度", [2023, 2024]),
        ("項目名\tH30\t令和元年度", [2018, 2019]),
    ],
)
def test_years_of_columns(head: str, years: list[int], tmp_path: Path) -> None:
    row = "\t".join(["参加者数", *(f"{10 + index}名" for index in range(len(years)))])
    report = MadeUp(blocks=changed(1, head=head, rows=(row,))).read(tmp_path)
    (metric,) = programmes(report)[0].metrics
    assert [one.fiscal_year for one in metric.observations] == years
    assert codes(report) == []


def test_subtotal(tmp_path: Path) -> None:
    report = MadeUp(subtotal="5,001").read(tmp_path)
    assert codes(report) == [("subtotal-mismatch", "/policies/0/subtotal_thousand_yen")]
    assert report.findings[0].severity == "error"
    assert "5,001" in report.findings[0].message
    assert "5,000" in report.findings[0].message


def test_a_budget_that_cannot_be_read_is_said_twice_and_never_guessed(tmp_path: Path) -> None:
    report = MadeUp(rows=changed(2, budget="1,0O0")).read(tmp_path)
    assert programmes(report)[1].budget_thousand_yen is None
    assert sorted(code for code, _ in codes(report)) == ["subtotal-mismatch", "unreadable-value"]


@pytest.mark.parametrize(
    ("head", "budget", "subtotal", "read"),
    [
        ("R6事業費(百万円)", "2", "6", 2000),
        ("R6事業費(円)", "2,000,000", "6,000,000", 2000),
        ("R6決算額", "2,000", "6,000", 2000),
    ],
)
def test_budgets_are_in_thousand_yen_whatever_the_unit_of_the_column(
    head: str, budget: str, subtotal: str, read: int, tmp_path: Path
) -> None:
    each = {"百万円": "1", "(円)": "1,000,000"}
    unit = next((value for name, value in each.items() if name in head), "1,000")
    rows = tuple(replace(one, budget=budget if one.number == 3 else unit) for one in BLOCKS)
    report = MadeUp(rows=rows, head=HEAD.replace("R6事業費 (千円)", head), subtotal=subtotal).read(tmp_path)
    assert programmes(report)[2].budget_thousand_yen == read
    assert codes(report) == []


def test_numbers_of_the_list_that_do_not_go_on_by_one(tmp_path: Path) -> None:
    rows = tuple(replace(one, number=one.number + (one.number > 3)) for one in BLOCKS)
    report = MadeUp(rows=rows).read(tmp_path)
    assert codes(report) == [("number-gap", "/policies/0/programmes/3/number")]


def test_offices_that_differ(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(2, footer="(担当課：漁港課 加工グループ)")).read(tmp_path)
    assert codes(report) == [("office-mismatch", "/policies/0/programmes/1/offices")]
    assert "水産課" in report.findings[0].message
    assert "漁港課" in report.findings[0].message


@pytest.mark.parametrize(("part", "pointer"), [("overview", "overview"), ("results", "results")])
def test_a_passage_whose_heading_is_missing(part: str, pointer: str, tmp_path: Path) -> None:
    title = "2　海藻加工人材育成事業"
    report = MadeUp(blocks=changed(2, title=title, **{part: ""})).read(tmp_path)
    assert ("missing-passage", f"/policies/0/programmes/1/{pointer}") in codes(report)


def test_text_that_has_no_place_is_kept_and_named(tmp_path: Path) -> None:
    report = MadeUp(tail="この頁の写真は県庁提供である。").read(tmp_path)
    assert [one.text for one in report.unplaced] == ["この頁の写真は県庁提供である。"]
    assert codes(report) == [("unplaced-text", "/unplaced/0")]


def test_an_unknown_heading_is_drift_and_what_stands_under_it_is_not_taken_for_results(tmp_path: Path) -> None:
    prose = "塾を開いた。\n\n【今後の方向】\n\n来年度は12回開く。"
    report = MadeUp(blocks=changed(3, prose=prose)).read(tmp_path)
    assert programmes(report)[2].results.paragraphs == ("塾を開いた。",)
    assert {code for code, _ in codes(report)} == {"layout-drift", "unplaced-text"}
    assert [one.text for one in report.unplaced] == ["【今後の方向】", "来年度は12回開く。"]

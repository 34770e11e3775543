"""Reports whose programmes are rows of lists and no more: groups without numbers, accounts, figures, offices."""

from pathlib import Path

import pytest

from extractor.errors import CannotRead
from extractor.pipeline import read_report, read_with_profile
from extractor.profiles.profile import find_profile
from extractor.records.report import Report
from made_up import MadeUp, codes, programmes

HEAD = "№\t款・項\t新規\t事業名\t概要\t補正前額\t補正額\t一般財源\t補正後額"
REPORT = f"""令和7年度

12月補正予算の概要

〇暮らしを守る事業

【一般会計】（単位：千円）

{HEAD}
1\t2総務費\t新\t灯台保存事業 【文化課】\t灯台を直す。\t0\t1,200\t1,200\t1,200
2\t3民生費\t\t見守り事業 【福祉課】【健康課】\t見守る。\t500\t△ 300\t(債) 200\t200
\t\t\t合計\t\t\t900\t1,400\t

【特別会計】（単位：円）

{HEAD}
1\t1事業費\t\t市場改修事業 【市場管理事務所】\t改修する。\t\t2,000,000\t\t2,000,000

〇その他の事業

【一般会計】（単位：千円）

{HEAD}
1\t4衛生費\t○\t公園樹木剪定事業 【公園課】\t剪定する。\t0\t70\t70\t70

【一般会計】（単位：千円）

{HEAD}
2\t4衛生費\t\t霊園整備事業 【生活課】\t整える。\t0\t30\t30\t30
\t\t\tその他の事業 掲載分 合計\t\t\t100\t100\t
\t\t\tその他の事業 合計\t\t\t160\t160\t

【一般会計】（単位：千円）

款\t金額
2総務費\t900

備考である。
"""


def read(folder: Path, text: str = REPORT) -> Report:
    path = folder / "list.txt"
    path.write_text(text, encoding="utf-8")
    report, profile = read_with_profile(path)
    assert profile.id == "nobeoka-budget"
    return report


def test_title_year_and_publisher(tmp_path: Path) -> None:
    head = read(tmp_path).report
    assert (head.title, head.fiscal_year, head.fiscal_year_label) == ("令和7年度 12月補正予算の概要", 2025, "令和7年度")
    assert (head.jurisdiction.code, head.jurisdiction.name) == ("452033", "延岡市")


def test_each_account_of_a_group_is_a_policy_and_goes_on_over_its_repeated_heading(tmp_path: Path) -> None:
    report = read(tmp_path)
    assert [(one.number, one.title, one.subtotal_thousand_yen) for one in report.policies] == [
        (1, "暮らしを守る事業 一般会計", 900),
        (2, "暮らしを守る事業 特別会計", None),
        (3, "その他の事業 一般会計", 100),
    ]
    assert [one.id for one in programmes(report)] == ["2025-1-01", "2025-1-02", "2025-2-01", "2025-3-01", "2025-3-02"]


def test_a_row_is_a_programme_with_its_offices_overview_and_figures(tmp_path: Path) -> None:
    first, second, third = programmes(read(tmp_path))[:3]
    assert (first.name, first.budget_thousand_yen, first.is_new) == ("灯台保存事業", 1200, True)
    assert [one.division for one in second.listed_offices] == ["福祉課", "健康課"]
    assert (second.budget_thousand_yen, second.is_new, second.overview.paragraphs) == (-300, False, ("見守る。",))
    figures = {metric.name: metric.observations[0] for metric in second.metrics}
    assert {name: (one.raw, one.quantities[0].value, one.quantities[0].unit) for name, one in figures.items()} == {
        "補正前額": ("500", 500_000, "円"),
        "一般財源": ("(債) 200", 200_000, "円"),
        "補正後額": ("200", 200_000, "円"),
    }
    assert {one.fiscal_year for one in figures.values()} == {2025}
    # The unit is that of its own list.
    assert (third.budget_thousand_yen, third.metrics[0].observations[0].quantities[0].value) == (2000, 2_000_000)
    assert third.source == third.sources.name


def test_no_block_is_missed_and_what_has_no_place_is_kept(tmp_path: Path) -> None:
    report = read(tmp_path)
    assert {code for code, _ in codes(report)} == {"unplaced-text", "layout-drift"}
    (note,) = [one for one in report.findings if one.code == "layout-drift"]
    assert (note.severity, note.pointer) == ("info", "/policies/1/subtotal_thousand_yen")
    kept = [one.text for one in report.unplaced]
    assert {"2総務費", "1,400", "その他の事業 合計", "160", "款", "備考である。"} <= set(kept)
    # The account's heading above a table that is no list opens no policy.
    assert kept.count("【一般会計】(単位：千円)") + kept.count("【一般会計】（単位：千円）") == 1


def test_a_figure_that_is_not_understood_is_said_where_it_stands(tmp_path: Path) -> None:
    report = read(tmp_path, REPORT.replace("\t500\t△ 300", "\t5O0\t△ 300"))
    (said,) = [one for one in report.findings if one.code == "unreadable-value"]
    assert said.pointer == "/policies/0/programmes/1/metrics/0/observations/0"
    metric = programmes(report)[1].metrics[0]
    assert (metric.name, metric.observations[0].status, metric.observations[0].raw) == ("補正前額", "unreadable", "5O0")


def test_a_wrong_total_and_a_column_unknown_are_found(tmp_path: Path) -> None:
    report = read(tmp_path, REPORT.replace("\t900\t1,400", "\t901\t1,400"))
    assert ("subtotal-mismatch", "/policies/0/subtotal_thousand_yen") in codes(report)
    report = read(tmp_path, REPORT.replace("一般財源", "基金", 1))
    assert any(one.code == "layout-drift" and "基金" in one.message for one in report.findings)


def test_what_the_list_says_beside_a_block_of_its_own_is_kept(tmp_path: Path) -> None:
    profile = find_profile("aomori-sme")
    assert profile is not None
    columns = profile.list.model_copy(update={"overview": ("あらまし",)})
    profile = profile.model_copy(update={"list": columns})
    made = MadeUp(head="No.\t事業名\tR6事業費 (千円)\tR6 新規\tあらまし\t掲載頁")
    path = tmp_path / "made-up.txt"
    path.write_text(made.text(), encoding="utf-8")
    report = read_report(path, profile)
    assert programmes(report)[0].overview.paragraphs == ("港の学び舎運営事業の概要を書く。",)
    assert [one.text for one in report.unplaced] == ["港湾課", "水産課", "工業課", "観光課", "林政課"]


def test_a_profile_asked_for_that_is_not_the_reports_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "prose.txt"
    path.write_text("令和7年度\n\n昔々ある所に。\n", encoding="utf-8")
    with pytest.raises(CannotRead, match="no 事業名"):
        read_report(path, find_profile("nobeoka-budget"))

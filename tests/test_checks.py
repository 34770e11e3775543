"""Each check fires for what it is for, names the place, and for nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import CannotRead
from extractor.pipeline import read_report
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
        ("参加者数\t10名\t調査中", []),
        ("参加者数\t10名\t多数", [("unreadable-value", f"{VALUE}/1")]),
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
    blocks = changed(1, head="項目名\t5年度\t6年度\t県内外", rows=("参加者数\t10名\t12名\t速報値 8名",))
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
        ("項目名\t令和５年度（2023年度）\t令和６年度実績", [2023, 2024]),
        ("成果指標\t5年\t6年", [2023, 2024]),
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
    report = MadeUp(rows=changed(2, budget="1,0O0"), subtotal="5,000").read(tmp_path)
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


def test_a_name_without_a_letter_is_said_to_be_none(tmp_path: Path) -> None:
    """As where the rule between number and name is missing and the name fell out."""
    rows = tuple(replace(one, name="12" if one.number == 2 else one.name) for one in BLOCKS)
    report = MadeUp(rows=rows).read(tmp_path)
    assert ("unreadable-value", "/policies/0/programmes/1/name") in codes(report)


def test_offices_that_differ(tmp_path: Path) -> None:
    footer, title = "(担当課：漁港課 加工グループ)", "2　海藻加工人材育成事業"
    report = MadeUp(blocks=changed(2, footer=footer, title=title)).read(tmp_path)
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
    assert {code for code, _ in codes(report)} == {"layout-drift"}
    (section,) = programmes(report)[2].sections
    assert (section.heading, section.paragraphs) == ("【今後の方向】", ("来年度は12回開く。",))


def test_a_table_of_other_years_than_most_is_named(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, head="項目名\tH30\t令和元年度")).read(tmp_path)
    assert [one.fiscal_year for one in programmes(report)[0].metrics[0].observations] == [2018, 2019]
    assert codes(report) == [("unknown-year-column", f"{FIRST}/metrics")]


@pytest.mark.parametrize(
    ("title", "head", "year", "found"),
    [
        ("令和7年度版 中小企業振興施策実施状況（令和6年度実績）", HEAD, 2024, []),
        ("令和7年度中小企業振興施策実施状況", HEAD, 2025, ["layout-drift"] * 2),
        ("中小企業振興施策実施状況", HEAD, 2024, []),
        ("中小企業振興施策実施状況", HEAD.replace("R6事業費", "事業費"), None, []),
        ("令和6年度中小企業振興施策実施状況", HEAD.replace("R6", "R5"), 2024, ["layout-drift"]),
    ],
)
def test_title_list_and_tables_must_speak_of_one_year(
    title: str, head: str, year: int | None, found: list[str], tmp_path: Path
) -> None:
    made = MadeUp(title=title, head=head)
    if year is None:
        with pytest.raises(CannotRead, match="fiscal year"):
            made.read(tmp_path)
        return
    report = made.read(tmp_path)
    assert report.report.fiscal_year == year
    assert [code for code, _ in codes(report)] == found


def test_of_two_columns_of_amounts_the_one_of_the_reports_year_is_read(tmp_path: Path) -> None:
    rows = tuple(replace(one, budget="9\t1,000") for one in BLOCKS)
    head = HEAD.replace("R6事業費 (千円)", "R5事業費 (千円)\tR6事業費 (千円)")
    report = MadeUp(rows=rows, head=head, subtotal="45\t5,000").read(tmp_path)
    assert {one.budget_thousand_yen for one in programmes(report)} == {1000}
    assert report.policies[0].subtotal_thousand_yen == 5000
    assert {one.previous_budget_thousand_yen for one in programmes(report)} == {9}
    assert [one.text for one in report.unplaced] == ["小計 R5事業費 (千円) 45"]


def test_totals_of_parts_and_of_all(tmp_path: Path) -> None:
    text = MadeUp(subtotal=None).text()
    third = "4\t温泉地"
    total = "\t{}\t{}\t\t\t\n"
    last = "10\n\n【 事業概要 】"
    with_totals = text.replace(third, total.format("小計", "3,000") + third, 1)
    with_totals = with_totals.replace(
        last, "10\n" + total.format("小計", "2,000") + total.format("合計", "5,000") + last[3:], 1
    )
    path = tmp_path / "totals.txt"
    path.write_text(with_totals, encoding="utf-8")
    report = read_report(path)
    assert report.policies[0].subtotal_thousand_yen == 5000
    # The policy has room for one; the others are sums of their rows, and are kept there.
    kept = [[(one.label, one.text) for one in programme.attributes] for programme in programmes(report)]
    assert kept == [[("小計", "3,000")]] * 3 + [[("小計", "2,000")]] * 2
    assert codes(report) == []


def test_a_row_that_ends_early_is_blank_and_not_absent_from_the_record(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, rows=("参加者数\t10名",))).read(tmp_path)
    assert [one.status for one in programmes(report)[0].metrics[0].observations] == ["read", "blank"]
    assert codes(report) == [("blank-cell", f"{VALUE}/1")]


def test_a_row_without_a_name_is_said_to_be_taken_for_the_one_above(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, rows=("参加者数\t10名\t12名", "\t計 20名\t計 22名", "\t3名\t4名"))).read(tmp_path)
    metrics = programmes(report)[0].metrics
    assert [(one.name, one.row, one.is_total) for one in metrics] == [
        ("参加者数", 1, False),
        ("参加者数", 2, True),
        ("参加者数", 3, False),
    ]
    assert codes(report) == [("blank-cell", f"{FIRST}/metrics/2")]


def test_a_second_table_with_a_head_of_its_own_keeps_its_own_years(tmp_path: Path) -> None:
    footer = "内訳\t6年度\t5年度\nうち県外\t20名\t10名\n\n(担当課：港湾課 企画グループ)"
    report = MadeUp(blocks=changed(1, footer="※ 速報値である。\n\n" + footer)).read(tmp_path)
    second = programmes(report)[0].metrics[1]
    assert {one.fiscal_year: one.quantities[0].value for one in second.observations} == {2024: 20, 2023: 10}
    assert [code for code, _ in codes(report)] == ["layout-drift"]


@pytest.mark.parametrize("heading", ["【今後の方向】", "＜今後の方向＞"])
def test_text_behind_the_table_or_an_unknown_heading_is_not_taken_for_results(heading: str, tmp_path: Path) -> None:
    footer = f"{heading}\n\n来年度は12回開く。\n\n(担当課：港湾課 企画グループ)"
    report = MadeUp(blocks=changed(1, footer=footer)).read(tmp_path)
    assert [one.paragraphs for one in programmes(report)[0].sections] == [("来年度は12回開く。",)]
    assert "来年度は12回開く。" not in programmes(report)[0].results.paragraphs


@pytest.mark.parametrize(
    "sentence", ["一方、課題も残った。", "三八地域では人が減った。", "5年度は塾を開いた。", "① 課題も残った。"]
)
def test_a_sentence_before_the_list_is_no_chapter(sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "made-up.txt"
    path.write_text(MadeUp().text().replace("概要である。", f"概要である。\n\n{sentence}", 1), encoding="utf-8")
    report = read_report(path)
    assert [(one.number, len(one.programmes)) for one in report.policies] == [(2, 5)]
    assert report.policies[0].overview == ("概要である。", sentence)


def test_a_list_without_a_total_row_is_said_to_be_unchecked(tmp_path: Path) -> None:
    report = MadeUp(subtotal=None).read(tmp_path)
    assert [(one.code, one.severity) for one in report.findings] == [("layout-drift", "info")]


def test_a_block_without_a_table_is_another_shape_than_the_others(tmp_path: Path) -> None:
    text = MadeUp().text().replace("項目名\t5年度\t6年度\n参加者数\t10名\t12名\n\n", "", 1)
    path = tmp_path / "made-up.txt"
    path.write_text(text, encoding="utf-8")
    assert codes(read_report(path)) == [("layout-drift", f"{FIRST}/metrics")]


@pytest.mark.parametrize(
    ("named", "expected"), [("港の学び舎運営事業", []), ("港の学校事業", ["unmatched-case-study", "unplaced-text"])]
)
def test_a_case_study_is_joined_to_the_programme_it_names(named: str, expected: list[str], tmp_path: Path) -> None:
    lines = ["施策を活用した事例紹介", f"({named}：みなと商店 (港市))", "商店が伸びた事例", "○ みなと商店 (港市)"]
    lines += [
        "【企業概要】",
        "商店である。",
        "【経緯と県事業による支援】",
        "支援を受けた。",
        "＜売上の推移＞",
        "実線：売上",
    ]
    report = MadeUp(tail="\n\n".join(lines)).read(tmp_path)
    (case,) = report.case_studies
    assert case.programme_id == ("2024-2-01" if not expected else None)
    assert (case.title, case.figures) == ("商店が伸びた事例", ("売上の推移", "実線：売上"))
    assert [(one.name, one.municipality, one.profile, one.story) for one in case.subjects] == [
        ("みなと商店", "港市", ("商店である。",), ("支援を受けた。",))
    ]
    assert [code for code, _ in codes(report)] == expected


def test_a_table_without_any_year_loses_no_value(tmp_path: Path) -> None:
    rows = ("参加者数\t10名\t12名", "\t13名\t14名")
    report = MadeUp(blocks=changed(1, head="項目名\t開始前\t開始後", rows=rows)).read(tmp_path)
    assert [one.observations for one in programmes(report)[0].metrics] == [(), ()]
    assert [one.text for one in report.unplaced] == ["10名", "12名", "13名", "14名"]
    assert {code for code, _ in codes(report)} == {"unknown-year-column", "unplaced-text", "blank-cell"}


def test_a_table_that_goes_on_behind_a_gap_is_one_unless_it_has_a_head_of_its_own(tmp_path: Path) -> None:
    rows = ("参加者数\t10名\t12名", "", "開催回数\t－\t4回")
    report = MadeUp(blocks=changed(1, rows=rows)).read(tmp_path)
    assert [one.name for one in programmes(report)[0].metrics] == ["参加者数", "開催回数"]
    assert codes(report) == []
    report = MadeUp(blocks=changed(1, rows=("参加者数\t10名\t12名", "", "区別\t男性\t女性", "県外\t3名\t4名"))).read(
        tmp_path
    )
    assert [one.name for one in programmes(report)[0].metrics] == ["参加者数"]
    assert {code for code, _ in codes(report)} == {"layout-drift", "unplaced-text"}


@pytest.mark.parametrize(
    "footer",
    [
        "(担当課：港湾課 企画グルー\n\nプ)",
        "(担当課：港湾\n\n課 企画\n\nグループ)",
        "〔担当課：港湾課\n\n企画グループ〕",
    ],
)
def test_a_footer_that_breaks_over_lines_within_a_name(footer: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, footer=footer)).read(tmp_path)
    assert [(one.division, one.groups) for one in programmes(report)[0].offices] == [("港湾課", ("企画グループ",))]
    assert codes(report) == []


@pytest.mark.parametrize("numbered", [True, False])
def test_a_list_without_numbers_takes_them_from_the_titles(numbered: bool, tmp_path: Path) -> None:
    blocks = tuple(replace(one, title=f"{one.number}　{one.name}" if numbered else f"■ {one.name}") for one in BLOCKS)
    lines = MadeUp(blocks=blocks).text().split("\n")
    text = "\n".join(line.partition("\t")[2] if line.count("\t") == 5 else line for line in lines)
    path = tmp_path / "made-up.txt"
    path.write_text(text, encoding="utf-8")
    report = read_report(path)
    assert codes(report) == []
    ids = [one.id for one in programmes(report)]
    assert ids == [f"2024-2-{'0' if numbered else 'x'}{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("head", "row", "read", "left", "code"),
    [
        ("項目名\t5年度\t6年度\n\t実績\t実績", "参加者数\t10名\t12名", [10, 12], [], ""),
        ("項目名\t実績\t実績\n\t5年度\t6年度", "参加者数\t10名\t12名", [10, 12], [], ""),
        ("項目名\t6年度\t6年度\n\t計画\t実績", "参加者数\t10名\t12名", [10, 12], [], ""),
        ("項目名\t6年度\t6年度\n\t達成率\t実績", "参加者数\t10%\t12名", [12], [], "column-beside-years"),
        ("項目名\t6年度\t6年度\n\t男\t女", "参加者数\t10名\t12名", [], ["10名", "12名"], "unknown-year-column"),
    ],
)
def test_heads_in_two_rows(head: str, row: str, read: list[int], left: list[str], code: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, head=head, rows=(row,))).read(tmp_path)
    (metric,) = programmes(report)[0].metrics
    assert [one.quantities[0].value for one in metric.observations] == read
    assert [one.text for one in report.unplaced] == left
    assert {one for one, _ in codes(report)} - {"unplaced-text"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("head", "value", "unit"), [("項目名（単位：千円）", 34000, "円"), ("項目名（人）", 34, "人"), ("項目名", 34, None)]
)
def test_the_unit_of_the_head_counts_numbers_that_nothing_else_does(
    head: str, value: int, unit: str | None, tmp_path: Path
) -> None:
    report = MadeUp(blocks=changed(1, head=f"{head}\t5年度\t6年度", rows=("商談成立\t34\t35",))).read(tmp_path)
    quantity = programmes(report)[0].metrics[0].observations[0].quantities[0]
    assert (quantity.value, quantity.unit) == (value, unit)


def test_a_caption_over_the_head_is_no_metric(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, head="\t\t(単位：人)\n項目名\t5年度\t6年度")).read(tmp_path)
    assert [one.name for one in programmes(report)[0].metrics] == ["参加者数"]
    assert [one.text for one in report.unplaced] == ["(単位：人)"]
    assert [code for code, _ in codes(report)] == ["unplaced-text"]


@pytest.mark.parametrize(
    "line",
    ["・先進企業による取組の事例紹介", "担当課 と連携し、塾を開いた。", "■ 事業一覧", "取組の概要"],
)
def test_prose_with_a_headings_words_ends_no_block(line: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(2, prose=f"塾を開いた。\n\n{line}\n\nまた、講座を開いた。")).read(tmp_path)
    assert len(report.policies) == 1
    assert report.case_studies == ()
    assert [len(one.metrics) for one in programmes(report)] == [1] * 5
    assert [one.division for one in programmes(report)[1].offices] == ["水産課"]


def test_a_second_chapter_with_the_same_number_is_said_to_be_counted_on(tmp_path: Path) -> None:
    path = tmp_path / "made-up.txt"
    path.write_text(MadeUp().text() + MadeUp(title="").text(), encoding="utf-8")
    report = read_report(path)
    assert [one.id for one in report.policies] == ["2024-2", "2024-3"]
    assert codes(report) == [("number-gap", "/policies/1/number")]
    assert len({one.id for one in programmes(report)}) == 10


def test_every_pointer_leads_somewhere(tmp_path: Path) -> None:
    blocks = changed(
        1, rows=("参加企業数\t10社\t1O名", "参加者数\t\t12回"), title="9　港の学び舎", footer="(担当課：港)"
    )
    blocks = (*blocks[1:3], blocks[0], blocks[4])
    report = MadeUp(rows=changed(2, budget="x"), blocks=blocks, subtotal="1", tail="末尾。").read(tmp_path)
    data = report.model_dump(mode="json")
    assert len({one.code for one in report.findings}) >= 8
    for finding in report.findings:
        at: Any = data
        for step in finding.pointer.split("/")[1:]:
            at = at[int(step)] if isinstance(at, list) else at[step]


def test_a_cover_and_a_title_that_says_case_studies_make_no_case_study(tmp_path: Path) -> None:
    title = "令和6年度中小企業振興施策実施状況\n\n港県\n\n(2) 令和6年度中小企業振興施策実施状況及び事例紹介"
    report = MadeUp(title=title).read(tmp_path)
    assert report.case_studies == ()
    assert [one.text for one in report.unplaced] == ["港県", "(2) 令和6年度中小企業振興施策実施状況及び事例紹介"]
    assert len(programmes(report)) == 5

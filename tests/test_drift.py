"""Drift from the profile is said first, and once where most programmes have it alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.pipeline import read_report
from extractor.records.report import Report
from made_up import BLOCKS, HEAD, Block, MadeUp, changed, codes, programmes
from test_list_reports import REPORT, read


def all_blocks(**changes: object) -> tuple[Block, ...]:
    return tuple(replace(one, **changes) for one in BLOCKS)  # type: ignore[arg-type]


def drift(report: Report) -> list[tuple[str, str, str]]:
    found = [one for one in report.findings if one.code == "layout-drift" and one.severity != "info"]
    assert tuple(found) == report.findings[: len(found)], "drift is not first"
    return [(one.severity, one.pointer, one.message) for one in found]


def test_a_heading_that_all_blocks_have_is_one_finding_before_what_follows_from_it(tmp_path: Path) -> None:
    report = MadeUp(blocks=all_blocks(results="【 取組の成果 】")).read(tmp_path)
    said = drift(report)
    assert len(said) == 2
    assert any(
        "heading 【 取組の成果 】" in message and message.startswith("5 of 5 programmes") for _, _, message in said
    )
    assert any("has no 事業実績" in message for _, _, message in said)
    assert {pointer for _, pointer, _ in said} == {"/policies/0/programmes"}
    assert [code for code, _ in codes(report)].count("missing-passage") == 5


def test_a_table_head_and_an_offices_ending_that_most_have_are_one_finding_each(tmp_path: Path) -> None:
    blocks = all_blocks(head="成績\t5年度\t6年度", footer="(担当課：港湾本陣)")
    report = MadeUp(blocks=blocks).read(tmp_path)
    messages = [message for _, _, message in drift(report)]
    assert sum("table headed 成績" in message for message in messages) == 1
    assert sum("港湾本陣" in message for message in messages) == 1


def test_blocks_without_tables_are_one_finding_that_names_the_first(tmp_path: Path) -> None:
    text = MadeUp().text().replace("項目名\t5年度\t6年度\n参加者数\t10名\t12名\n\n", "")
    path = tmp_path / "made-up.txt"
    path.write_text(text, encoding="utf-8")
    report = read_report(path)
    assert [(severity, pointer) for severity, pointer, _ in drift(report)] == [("warning", "/policies/0/programmes")]
    assert "1 港の学び舎運営事業 has no table" in report.findings[0].message
    assert len(programmes(report)) == 5


def test_a_column_that_all_tables_have_and_the_profile_does_not_know(tmp_path: Path) -> None:
    rows = ("参加者数\t10名\t12名\t良",)
    report = MadeUp(blocks=all_blocks(head="項目名\t5年度\t6年度\t難易度", rows=rows)).read(tmp_path)
    (said,) = drift(report)
    assert said[0] == "error"
    assert "5 of 5 programmes" in said[2]
    assert "難易度" in said[2]


def test_what_a_few_have_stays_with_each_but_before_all_else(tmp_path: Path) -> None:
    prose = "塾を開いた。\n\n【今後の方向】\n\n来年度は12回開く。"
    blocks = changed(4, prose=prose)
    blocks = tuple(replace(one, listed="水産課") if one.number == 1 else one for one in blocks)
    report = MadeUp(rows=blocks, blocks=blocks).read(tmp_path)
    (said,) = drift(report)
    assert said[1] == "/policies/0/programmes/3"
    assert "office-mismatch" in {code for code, _ in codes(report)}


def test_a_heading_in_a_chapters_prose_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tmp_path / "made-up.txt"
    path.write_text(
        MadeUp().text().replace("概要である。", "概要である。\n\n【来年度の課題】\n\n人が足りない。", 1),
        encoding="utf-8",
    )
    (said,) = drift(read_report(path))
    assert said[2] == "heading 【来年度の課題】 is not one the profile knows"


def test_columns_and_years_of_the_list_come_first(tmp_path: Path) -> None:
    report = MadeUp(head=HEAD.replace("担当課等", "窓口")).read(tmp_path)
    assert "窓口" in drift(report)[0][2]
    assert drift(report)[0][1] == "/policies/0"


@pytest.mark.parametrize("column", ["款・項", "一般財源"])
def test_a_list_without_blocks_names_the_column_that_has_changed(column: str, tmp_path: Path) -> None:
    report = read(tmp_path, REPORT.replace(column, "備え"))
    assert {message for _, _, message in drift(report)} == {"the list's column 備え is not one the profile knows"}

"""Comparisons: what is printed beside values must be what they give, or it is said; rounding is no fault."""

from dataclasses import replace
from pathlib import Path

import pytest

from made_up import BLOCKS, MadeUp, changed, codes

OTHER = "/policies/0/programmes/0/metrics/0/others"
MISMATCH = "comparison-mismatch"


def mismatches(folder: Path, head: str, row: str) -> list[str]:
    report = MadeUp(blocks=changed(1, head=head, rows=(row,))).read(folder)
    return [pointer for code, pointer in codes(report) if code == MISMATCH]


@pytest.mark.parametrize(
    ("head", "right", "wrong"),
    [
        ("項目\t5年度\t6年度\t増減", "訪問数\t10社\t12社\t2社", "訪問数\t10社\t12社\t△2社"),
        ("項目\t6年度\t5年度\t増減", "訪問数\t12社\t10社\t2", "訪問数\t12社\t10社\t3"),
        ("項目\t5年度\t6年度\t前年度比（％）", "訪問数\t3社\t4社\t133.3", "訪問数\t3社\t4社\t134.3"),
        ("項目\t5年度\t6年度\t対前年比", "訪問数\t3社\t4社\t134%", "訪問数\t3社\t4社\t75%"),
        ("項目\t5年度\t6年度\t前年比", "訪問数\t10社\t4社\t△60%", "訪問数\t10社\t4社\t60%"),
        ("項目\t5年度\t6年度\t前年比", "訪問数\t10社\t25社\t2.5倍", "訪問数\t10社\t25社\t0.4倍"),
        ("項目\t5年度\t6年度\t増減率（％）", "訪問数\t8社\t9社\t12.5", "訪問数\t8社\t9社\t11.1"),
        ("項目\tR6目標\tR6実績\t達成率", "訪問数\t30社\t25社\t83%", "訪問数\t30社\t25社\t120%"),
        ("項目\tR6実績\tR9目標\t達成率（％）", "訪問数\t25社\t30社\t83.3", "訪問数\t25社\t30社\t80.0"),
        ("項目\tR6目標\tR6実績\t差", "訪問数\t30社\t25社\t△5社", "訪問数\t30社\t25社\t5社"),
        ("項目\t4年度\t5年度\t6年度\t計", "訪問数\t1社\t2社\t4社\t7社", "訪問数\t1社\t2社\t4社\t8社"),
        ("項目\t5年度\t6年度\t増減", "就職率\t77.4%\t80.1%\t2.7", "就職率\t77.4%\t80.1%\t27"),
        ("項目\tR5目標\tR5実績\tR5達成率\tR6実績", "数\t4社\t2社\t50%\t3社", "数\t4社\t2社\t75%\t3社"),
        ("項目\t5年度\t前年比\t6年度\t前年比", "訪問数\t4社\t80%\t5社\t125%", "訪問数\t4社\t80%\t5社\t130%"),
        ("項目（単位：千円）\t5年度\t6年度\t増減", "売上高\t1,200\t1,500\t300", "売上高\t1,200\t1,500\t400"),
        ("年度\t目標\t実績\t達成率", "R6\t4\t3\t75%", "R6\t4\t3\t133%"),
    ],
)  # fmt: skip
def test_a_comparison_proves_the_columns_or_is_said(head: str, right: str, wrong: str, tmp_path: Path) -> None:
    assert mismatches(tmp_path, head, right) == []
    if not head.startswith("年度"):
        assert [pointer.rpartition("/")[0] for pointer in mismatches(tmp_path, head, wrong)] == [OTHER]


@pytest.mark.parametrize("cell", ["－", "皆増", "", "ほぼ横ばい", "調査中"])
def test_a_comparison_that_gives_no_figure_is_not_checked(cell: str, tmp_path: Path) -> None:
    assert mismatches(tmp_path, "項目\t5年度\t6年度\t前年比", f"訪問数\t4社\t5社\t{cell}") == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("訪問数\t3社\t4社\t7社", []),
        ("登録数\t3社\t4社\t4社", []),
        ("訪問数\t3社\t－\t3社", []),
        ("就職率\t30%\t40%\t36%", []),
        ("訪問数\t3社\t4社\t8社", [f"{OTHER[:-7]}/observations/2"]),
    ],
)
def test_the_parts_of_a_year_add_up(row: str, said: list[str], tmp_path: Path) -> None:
    assert mismatches(tmp_path, "項目\t6年度 上期\t6年度 下期\t6年度 計", row) == said


def test_what_agrees_in_hardly_a_row_is_one_warning(tmp_path: Path) -> None:
    head, wrong = "項目\tR6目標\tR6実績\t達成率", "訪問数\t30社\t25社\t61.2%"
    blocks = tuple(replace(one, head=head, rows=(wrong,)) for one in BLOCKS)
    found = [one for one in MadeUp(blocks=blocks).read(tmp_path).findings if one.code == MISMATCH]
    assert [(one.severity, one.pointer) for one in found if one.severity != "info"] == [("warning", "/policies")]
    assert len(found) == 1 + len(blocks)

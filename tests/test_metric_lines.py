"""Lines that say values of years without a table are metrics; sentences that do so stay prose."""

from pathlib import Path

import pytest

from made_up import MadeUp, changed, codes, programmes

BOTH = ["受講者数 2023 22名", "受講者数 2024 14名"]


def read(folder: Path, *lines: str) -> tuple[list[str], list[str], list[str], list[tuple[str, str]]]:
    """The first programme's values, what is left of its prose, what stands beside values, and the findings."""
    prose = "\n\n".join(["講座を開いた。", *lines])
    report = MadeUp(blocks=changed(1, head="", rows=(), prose=prose)).read(folder)
    one = programmes(report)[0]
    values = [
        " ".join(filter(None, (metric.name, str(each.fiscal_year), each.measure.replace("actual", ""), each.raw)))
        for metric in one.metrics
        for each in metric.observations
    ]
    others = [f"{other.head} {other.raw}" for metric in one.metrics for other in metric.others]
    return values, list(one.results.paragraphs[1:]), others, codes(report)


@pytest.mark.parametrize(
    "lines",
    [
        ("・受講者数　R5：22名 → R6：14名",),
        ("○ 受講者数：R5 22名、R6 14名",),
        ("受講者数　R5実績 22名／R6実績 14名",),
        ("・受講者数：令和5年度 22名、令和6年度 14名",),
        ("受講者数：22名（R5）→14名（R6）",),
        ("・受講者数 5年度実績22名、6年度実績14名",),
        ("・受講者数（R5）22名、（R6）14名",),
        ("受講者数：前年度 22名、本年度 14名",),
        ("・受講者数", "R5実績 22名／R6実績 14名"),
    ],
)
def test_a_line_of_values_is_a_metric(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert read(tmp_path, *lines) == (BOTH, [], [], [])


def test_goals_and_comparisons_in_a_line_are_told_apart_and_checked(tmp_path: Path) -> None:
    values, prose, others, said = read(tmp_path, "・受講者数　R6目標：20名、R6実績：15名（達成率 75%）")
    assert values == ["受講者数 2024 target 20名", "受講者数 2024 15名"]
    assert (prose, others, {code for code, _ in said}) == ([], ["達成率 75%"], {"column-beside-years"})
    said = read(tmp_path, "・受講者数　R6目標：20名、R6実績：15名（達成率 133%）")[3]
    assert "comparison-mismatch" in {code for code, _ in said}


def test_lines_under_a_heading_of_their_own_have_it_as_their_group(tmp_path: Path) -> None:
    prose = "講座を開いた。\n\n【数値で見る成果】\n\n・受講者数　R5：22名 → R6：14名\n\n・開催回数　R5：2回 → R6：－"
    one = programmes(MadeUp(blocks=changed(1, head="", rows=(), prose=prose)).read(tmp_path))[0]
    assert [(each.name, each.group, each.observations[1].status) for each in one.metrics] == [
        ("受講者数", "【数値で見る成果】", "read"),
        ("開催回数", "【数値で見る成果】", "absent"),
    ]
    assert one.sections == ()


@pytest.mark.parametrize(
    "line",
    [
        "受講者数はR5に22名、R6に14名であった。",
        "・R5：22名が受講した。",
        "・受講者数　R6：およそ倍増",
        "令和6年度 14名を派遣",
        "・R5 22名、R6 14名",
        "受講者数　R6：14名",
        "・受講者数　R6：22名、R6：14名",
    ],
)
def test_other_lines_stay_prose(line: str, tmp_path: Path) -> None:
    values, prose, _, _ = read(tmp_path, line)
    assert (values, prose) == ([], [" ".join(line.split())])


def test_lines_beside_a_table_stay_prose(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, prose="・受講者数　R5：22名 → R6：14名")).read(tmp_path)
    assert [metric.name for metric in programmes(report)[0].metrics] == ["参加者数"]

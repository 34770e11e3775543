"""A budget that is printed once for several programmes of the list: it is nobody's, and that is said."""

from collections.abc import Sequence

import pytest

from extractor.records.report import Report
from form_sheets import Box, Group, Press, cell, report_on, rows_of
from made_up import BLOCKS, codes, programmes

EDGES = [150, 180, 400, 440, 540]
HEAD = ["No.", "事業名", "R6 新規", "担当課等"]


def read(shared: Sequence[int], amount: str) -> Report:
    """A list whose first column holds the budgets: one for all programmes of these numbers, 1,000 for each other."""
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
    rows = {one.number: [str(one.number), one.name, one.new, one.listed] for one in BLOCKS}
    groups = [Group(Box(60, 150, ("R6事業費 (千円)",), indent=False), rows_of([HEAD], EDGES))]
    for number, row in rows.items():
        if number == shared[0]:
            groups.append(Group(cell(amount, 60, 150), rows_of([rows[one] for one in shared], EDGES)))
        elif number not in shared:
            groups.append(Group(cell("1,000", 60, 150), rows_of([row], EDGES)))
    press.form(groups)
    for block in BLOCKS:
        press.skip(15)
        for line in (f"{block.number}　{block.name}", "【事業概要】", "概要を書く。", "【事業実績】", "進めた。"):
            press.line(line)
        press.line(block.footer)
    return report_on(press.sheets())


@pytest.mark.parametrize("shared", [(1, 2), (2, 3, 4), (4, 5), (1, 2, 3, 4, 5)])
@pytest.mark.parametrize("amount", ["3,000", "△120"])
def test_a_budget_beside_several_programmes_is_none_of_theirs(shared: tuple[int, ...], amount: str) -> None:
    report = read(shared, amount)
    found = programmes(report)
    assert [one.name for one in found] == [block.name for block in BLOCKS]
    wanted = [None if block.number in shared else 1000 for block in BLOCKS]
    assert [one.budget_thousand_yen for one in found] == wanted
    said = [one for one in report.findings if one.code == "unreadable-value"]
    assert {one.pointer for one in said} == {
        f"/policies/0/programmes/{number - 1}/budget_thousand_yen" for number in shared
    }
    assert all(amount in one.message and one.severity == "error" for one in said)
    assert all(one.sources.budget_thousand_yen for one in found)


def test_a_budget_beside_one_programme_is_its_own() -> None:
    report = read((2,), "3,000")
    assert [one.budget_thousand_yen for one in programmes(report)] == [1000, 3000, 1000, 1000, 1000]
    assert "unreadable-value" not in {code for code, _ in codes(report)}

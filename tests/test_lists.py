"""Lists in the arrangements that an office may choose: groups, halves, last year's amounts, words for figures."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest

from extractor.pipeline import read_report
from extractor.records.report import Programme, Report
from form_sheets import Group, Press, report_on, rows_of
from made_up import BLOCKS, codes, programmes

# Of the five programmes of `made_up`, in thousand yen: this year's and last year's.
NAMES = [block.name for block in BLOCKS]
OWN = [1200, 340, 15600, 78, 9021]
BEFORE = [1000, 360, 14000, 80, 9000]
Row = Sequence[str]


def drawn(lists: Sequence[tuple[Sequence[float], Sequence[Row]]], *notes: str) -> Press:
    """A report whose list has these rows, each set between its own edges; and its blocks."""
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】", *notes):
        press.line(line)
        press.skip()
    press.form([Group(None, rows) for edges, table in lists for rows in [rows_of(table, edges)]])
    press.turn()
    for block in BLOCKS:
        for line in (f"{block.number}　{block.name}", "【事業概要】", "概要を書く。", "【事業実績】", "進めた。"):
            press.line(line)
        press.form(
            [Group(None, rows_of([["項目名", "5年度", "6年度"], ["参加者数", "10名", "12名"]], [60, 300, 420, 540]))]
        )
        press.line(block.footer)
        press.skip(15)
    return press


def edges(*widths: float) -> list[float]:
    """Where columns of these widths begin and end."""
    return list(accumulate(widths, initial=60.0))


def figure(value: int) -> str:
    return f"{value:,}"


def budgets(report: Report) -> list[tuple[str | None, int | None, int | None]]:
    return [(one.name, one.budget_thousand_yen, one.previous_budget_thousand_yen) for one in programmes(report)]


def alarms(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in report.findings if one.severity != "info"]


def said(programme: Programme) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in programme.attributes]


WANTED = list(zip(NAMES, OWN, BEFORE, strict=True))
WIDTHS = edges(30, 210, 60, 60, 80, 40)
HEAD = ["№", "事業名", "R5決算額", "R6決算額", "所管課", "頁"]


def rows(numbers: Sequence[int]) -> list[list[str]]:
    """Rows of the list with two years' amounts."""
    listed = [BLOCKS[number - 1] for number in numbers]
    return [
        [str(one.number), one.name, figure(BEFORE[one.number - 1]), figure(OWN[one.number - 1]), one.listed, "22"]
        for one in listed
    ]


def total(word: str, numbers: Sequence[int]) -> list[str]:
    before, own = (sum(some[number - 1] for number in numbers) for some in (BEFORE, OWN))
    return ["", word, figure(before), figure(own), "", ""]


@pytest.mark.parametrize(
    "names",
    [
        ("○ 人を育てる", "○ 産業を育てる"),
        ("【水産部】", "【産業部】"),
        ("1 学ぶ", "2 働く"),
        ("農林水産部", "商工部"),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_groups_with_a_subtotal_each_and_a_total(names: tuple[str, str], merged: bool) -> None:
    def group(name: str) -> tuple[Sequence[float], Sequence[Row]]:
        return ([60, 540], [[name]]) if merged else (WIDTHS, [["", name, "", "", "", ""]])

    first, second = [1, 2], [3, 4, 5]
    press = drawn(
        [
            (WIDTHS, [HEAD]),
            *[group(names[0]), (WIDTHS, [*rows(first), total("小計", first)])],
            *[group(names[1]), (WIDTHS, [*rows(second), total("小計", second), total("合計", [*first, *second])])],
        ]
    )
    report = report_on(press.sheets())
    assert budgets(report) == WANTED
    assert report.policies[0].subtotal_thousand_yen == sum(OWN)
    own = [
        (
            ("", name),
            ("小計", figure(sum(OWN[number - 1] for number in part))),
            ("小計 R5決算額", figure(sum(BEFORE[number - 1] for number in part))),
        )
        for name, part in zip(names, (first, second), strict=True)
    ]
    assert [tuple(said(one)) for one in programmes(report)] == [own[0], own[0], own[1], own[1], own[1]]
    assert [one.text for one in report.unplaced] == [f"合計 R5決算額 {figure(sum(BEFORE))}"]
    assert alarms(report) == []


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_total_beside_the_name_of_its_group_is_that_of_the_rows_below(wrong: int) -> None:
    parts = {"○ 人を育てる": [1, 2], "○ 産業を育てる": [3, 4, 5]}
    lists: list[tuple[Sequence[float], Sequence[Row]]] = [(WIDTHS, [HEAD])]
    for name, part in parts.items():
        own = figure(sum(OWN[number - 1] for number in part) + wrong)
        lists.append((WIDTHS, [["", name, "", own, "", ""], *rows(part)]))
    lists.append((WIDTHS, [total("合計", [1, 2, 3, 4, 5])]))
    report = report_on(drawn(lists).sheets())
    assert budgets(report) == WANTED
    if wrong:
        assert [code for code, _ in alarms(report)].count("subtotal-mismatch") == 2
        return
    assert said(programmes(report)[0]) == [("", "○ 人を育てる"), ("○ 人を育てる", "1,540")]
    assert alarms(report) == []


def test_a_subtotal_that_is_no_sum_of_its_group_is_said() -> None:
    wrong = [*total("小計", [1, 2])[:3], "1,541", "", ""]
    press = drawn(
        [
            (WIDTHS, [HEAD]),
            ([60, 540], [["○ 人を育てる"]]),
            (WIDTHS, [*rows([1, 2]), wrong, *rows([3, 4, 5]), total("合計", [1, 2, 3, 4, 5])]),
        ]
    )
    assert {"subtotal-mismatch", "unplaced-text"} == {code for code, _ in alarms(report_on(press.sheets()))}


def test_halves_side_by_side() -> None:
    head = ["No.", "事業名", "R6事業費 (千円)", "担当課", "頁"]
    columns = edges(20, 95, 55, 40, 30, 20, 95, 55, 40, 30)
    listed = [[str(one.number), one.name, figure(OWN[one.number - 1]), one.listed, "22"] for one in BLOCKS]
    right = [*listed[3:], ["", "合計", figure(sum(OWN)), "", ""]]
    press = drawn([(columns, [[*head, *head], *([*a, *b] for a, b in zip(listed[:3], right, strict=True))])])
    report = report_on(press.sheets())
    assert [(one.number, one.name, one.budget_thousand_yen) for one in programmes(report)] == list(
        zip(range(1, 6), NAMES, OWN, strict=True)
    )
    assert report.policies[0].subtotal_thousand_yen == sum(OWN)
    assert alarms(report) == []


@pytest.mark.parametrize(
    ("head", "note", "form"),
    [
        ("R6事業費", "（単位：千円、上段（ ）は前年度）", "（{before}） {own}"),
        ("R6事業費", "（単位：千円）　※（　）内は令和5年度決算額", "{own} （{before}）"),
        ("R6事業費（R5事業費）", "（単位：千円）", "{own} （{before}）"),
        ("決算額", "（単位：千円、上段：本年度　下段：前年度）", "{own} {before}"),
        ("上段：R5 下段：R6 決算額", "（単位：千円）", "{before} {own}"),
        ("R6予算額", "（単位：千円、〔 〕は前年度当初予算額）", "〔{before}〕 {own}"),
    ],
)
def test_last_years_amount_in_the_same_cell(head: str, note: str, form: str, tmp_path: Path) -> None:
    listed = [
        f"{one.number}\t{one.name}\t{form.format(own=figure(OWN[at]), before=figure(BEFORE[at]))}\t{one.listed}\t22"
        for at, one in enumerate(BLOCKS)
    ]
    report = read_text(tmp_path, [f"No.\t事業名\t{head}\t担当課\t頁", *listed, f"\t合計\t{figure(sum(OWN))}\t\t"], note)
    assert budgets(report) == WANTED
    assert not {"unreadable-value", "subtotal-mismatch"} & {code for code, _ in codes(report)}


def read_text(folder: Path, table: Sequence[str], *notes: str) -> Report:
    """A report as a transcript, with this list."""
    path = folder / "list.txt"
    opening = [
        "令和6年度中小企業振興施策実施状況",
        "② 地域の担い手を育てること",
        "【基本方針事業一覧】",
        *notes,
        "\n".join(table),
    ]
    path.write_text("\n\n".join([*opening, *(one.text() for one in BLOCKS)]) + "\n", encoding="utf-8")
    return read_report(path)


def test_an_amount_in_a_bracket_of_which_nothing_is_said_is_refused(tmp_path: Path) -> None:
    listed = [f"{one.number}\t{one.name}\t（10） 1,000\t{one.listed}\t22" for one in BLOCKS]
    report = read_text(tmp_path, ["No.\t事業名\tR6事業費\t担当課\t頁", *listed], "（単位：千円）")
    assert {one.budget_thousand_yen for one in programmes(report)} == {None}
    assert [code for code, _ in alarms(report)].count("unreadable-value") == 5


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (("R5決算額", "R6決算額"), (True, True)),
        (("前年度予算額", "本年度予算額"), (True, True)),
        (("令和5年度予算額", "令和6年度予算額"), (True, True)),
        (("前年度事業費", "事業費"), (True, True)),
        (("R4決算額", "R6決算額"), (True, False)),
        (("当初予算額", "最終予算額"), (False, False)),
    ],
)
def test_columns_of_two_years(heads: tuple[str, str], wanted: tuple[bool, bool], tmp_path: Path) -> None:
    listed = [
        f"{one.number}\t{one.name}\t{BEFORE[at]:,}\t{OWN[at]:,}\t増\t{one.listed}\t22" for at, one in enumerate(BLOCKS)
    ]
    report = read_text(tmp_path, [f"No.\t事業名\t{heads[0]}\t{heads[1]}\t増減\t担当課\t頁", *listed])
    assert budgets(report) == [
        (name, own if wanted[0] else None, before if wanted[1] else None) for name, own, before in WANTED
    ]
    assert said(programmes(report)[0]) == [("増減", "増")]
    assert ("layout-drift" in {code for code, _ in alarms(report)}) is not wanted[0]


@pytest.mark.parametrize(
    ("cell", "amount", "attribute", "alarm"),
    [
        ("ゼロ予算", None, True, False),
        ("（非予算）", None, True, False),
        ("予算なし", None, True, False),
        ("15,600の内数", None, True, False),
        ("－", None, False, False),
        ("0", 0, False, False),
        ("340（再掲）", 340, True, False),
        ("ゼロ", None, False, True),
        ("約340", None, False, True),
    ],
)
def test_words_in_place_of_an_amount(
    cell: str, amount: int | None, attribute: bool, alarm: bool, tmp_path: Path
) -> None:
    amounts = ["1,200", cell, "15,600", "78", "9,021"]
    listed = [f"{one.number}\t{one.name}\t{amounts[at]}\t{one.listed}\t22" for at, one in enumerate(BLOCKS)]
    report = read_text(tmp_path, ["No.\t事業名\tR6事業費(千円)\t担当課\t頁", *listed, "\t計\t25,899\t\t"])
    second = programmes(report)[1]
    assert (second.budget_thousand_yen, said(second)) == (amount, [("R6事業費(千円)", cell)] if attribute else [])
    assert ("unreadable-value" in {code for code, _ in alarms(report)}) is alarm
    assert "subtotal-mismatch" not in {code for code, _ in alarms(report)}


def test_a_number_left_out_is_no_programme_and_no_gap(tmp_path: Path) -> None:
    listed = [
        f"{number}\t{one.name}\t1,000\t{one.listed}\t22" for number, one in zip((1, 2, 4, 5, 7), BLOCKS, strict=True)
    ]
    table = [
        "No.\t事業名\tR6事業費(千円)\t担当課\t頁",
        *listed[:2],
        "3\t欠番\t－\t\t－",
        *listed[2:4],
        "6\t（欠番）\t\t\t",
        listed[4],
    ]
    report = read_text(tmp_path, table)
    assert [one.number for one in programmes(report)] == [1, 2, 4, 5, 7]
    gaps = [one for one in report.findings if one.code == "number-gap" and "is due" in one.message]
    assert gaps == []
    assert [one.text for one in report.unplaced] == ["3 欠番", "6 （欠番）"]
    assert [one.severity for one in report.findings if one.code == "unplaced-text"] == ["info", "info"]


def test_a_column_of_kinds_says_what_is_new(tmp_path: Path) -> None:
    kinds = ["継続", "新規", "拡充", "一部新規", "新"]
    listed = [
        f"{one.number}\t{one.name}\t{kind}\t1,000\t{one.listed}\t22" for kind, one in zip(kinds, BLOCKS, strict=True)
    ]
    report = read_text(tmp_path, ["No.\t事業名\t区分\tR6事業費(千円)\t担当課\t頁", *listed])
    assert [one.is_new for one in programmes(report)] == [False, True, False, False, True]
    assert said(programmes(report)[2]) == [("区分", "拡充")]
    assert "layout-drift" not in {code for code, _ in alarms(report)}


def test_a_column_that_is_not_known_is_an_attribute_and_is_said(tmp_path: Path) -> None:
    listed = [f"{one.number}\t{one.name}\t1,000\t海域{one.number}\t{one.listed}\t22" for one in BLOCKS]
    report = read_text(tmp_path, ["No.\t事業名\tR6事業費(千円)\t海域\t担当課\t頁", *listed])
    assert [said(one) for one in programmes(report)] == [[("海域", f"海域{number}")] for number in range(1, 6)]
    assert [code for code, _ in alarms(report)] == ["layout-drift"]


@pytest.mark.parametrize("counted", [True, False])
def test_what_is_listed_again_has_its_block_elsewhere(counted: bool, tmp_path: Path) -> None:
    listed = [f"{one.number}\t{one.name}\t1,000\t{one.listed}\t22" for one in BLOCKS]
    again = "6\t山の学校事業【再掲】\t500\t観光課\t9"
    report = read_text(
        tmp_path,
        ["No.\t事業名\tR6事業費(千円)\t担当課\t頁", *listed, again, f"\t合計\t{5500 if counted else 5000:,}\t\t"],
    )
    assert programmes(report)[5].budget_thousand_yen == 500
    assert not {"unmatched-list-entry", "list-block-count", "subtotal-mismatch"} & {code for code, _ in codes(report)}


@pytest.mark.parametrize("confirmed", [True, False])
def test_ruled_parts_of_one_row_are_one_programme(confirmed: bool) -> None:
    outer, inner = [60, 300], [300, 380, 500, 540]
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
        press.skip()
    groups = [Group(None, rows_of([["事業名", "R6事業費 (千円)", "担当課等", "頁"]], outer + inner[1:]))]
    for at, one in enumerate(BLOCKS):
        own = [figure(OWN[at]), one.listed, "22"]
        parts = [[figure(OWN[at] - 8), one.listed, "22"], ["8", "予算課", "22"]] if one.number == 3 else [own]
        groups.append(Group(rows_of([[one.name]], outer)[0][0], rows_of(parts, inner)))
    groups.append(Group(None, rows_of([["合計", figure(sum(OWN) + (not confirmed)), "", ""]], outer + inner[1:])))
    press.form(groups)
    report = report_on(press.sheets())
    wanted = [OWN[2] if confirmed or one.number != 3 else None for one in BLOCKS]
    listed = report.policies[0].programmes
    assert [one.name for one in listed] == NAMES
    assert [one.budget_thousand_yen for one in listed] == [*OWN[:2], OWN[2] if confirmed else None, *OWN[3:]]
    assert [[office.division for office in one.listed_offices] for one in listed][2] == ["工業課", "予算課"]
    assert wanted[2] == listed[2].budget_thousand_yen


def test_parts_of_a_row_that_are_of_two_years() -> None:
    inner = [300, 350, 420, 500, 540]
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
        press.skip()
    head = rows_of([["事業名", "年度", "決算額 (千円)", "担当課等", "頁"]], [60, *inner])
    groups = [Group(None, head)]
    for at, one in enumerate(BLOCKS):
        parts = [["R5", figure(BEFORE[at]), one.listed, "22"], ["R6", figure(OWN[at]), one.listed, "22"]]
        groups.append(Group(rows_of([[one.name]], [60, 300])[0][0], rows_of(parts, inner)))
    press.form(groups)
    assert budgets(report_on(press.sheets())) == WANTED


def test_a_row_cut_by_the_end_of_its_page_is_one() -> None:
    head = ["No.", "事業名", "R6事業費 (千円)", "担当課等", "頁"]
    columns = edges(30, 200, 90, 90, 40)
    listed = [[str(one.number), one.name, figure(OWN[at]), one.listed, "22"] for at, one in enumerate(BLOCKS)]
    listed[2][3] = "産業イノベーショ"
    cut = ["", "", "", "ン推進課", ""]
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
        press.skip()
    press.form([Group(None, rows_of([head, *listed[:3]], columns))])
    press.turn()
    press.form([Group(None, rows_of([head, cut, *listed[3:], ["", "計", figure(sum(OWN)), "", ""]], columns))])
    report = report_on(press.sheets())
    assert [(one.name, one.budget_thousand_yen) for one in programmes(report)] == list(zip(NAMES, OWN, strict=True))
    assert [office.division for office in programmes(report)[2].listed_offices] == ["産業イノベーション推進課"]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("港湾課・水産課", ["港湾課", "水産課"]),
        ("港湾課（管理係）・水産課", ["港湾課", "水産課"]),
        ("港湾課 水産課", ["港湾課", "水産課"]),
        ("港湾課／水産課", ["港湾課", "水産課"]),
    ],
)
def test_two_offices_in_a_cell(cell: str, wanted: list[str], tmp_path: Path) -> None:
    listed = [
        f"{one.number}\t{one.name}\t1,000\t{cell if at == 0 else one.listed}\t22" for at, one in enumerate(BLOCKS)
    ]
    report = read_text(tmp_path, ["No.\t事業名\tR6事業費(千円)\t担当課\t頁", *listed])
    assert [office.division for office in programmes(report)[0].listed_offices] == wanted


def test_an_office_that_is_that_of_the_row_above(tmp_path: Path) -> None:
    listed = [f"{one.number}\t{one.name}\t1,000\t{'〃' if at else '港湾課'}\t22" for at, one in enumerate(BLOCKS)]
    report = read_text(tmp_path, ["No.\t事業名\tR6事業費(千円)\t担当課\t頁", *listed])
    assert {one.listed_offices[0].division for one in programmes(report)} == {"港湾課"}
    assert "layout-drift" not in {code for code, _ in alarms(report)}


def test_an_office_wrapped_in_the_middle_of_its_name_is_one() -> None:
    head = ["No.", "事業名", "R6事業費 (千円)", "担当課等", "頁"]
    columns = edges(30, 200, 90, 74, 40)
    rows_of_list = [[str(one.number), one.name, figure(OWN[at]), one.listed, "22"] for at, one in enumerate(BLOCKS)]
    rows_of_list[2][3] = "産業革新推進課"
    rows_of_list[3][3] = "商工労働部 観光課"
    report = report_on(drawn([(columns, [head, *rows_of_list])]).sheets())
    assert [office.division for office in programmes(report)[2].listed_offices] == ["産業革新推進課"]
    assert ("office-mismatch", "/policies/0/programmes/3/offices") not in codes(report)

"""Titles and headings that go on: （続き） on a further page, parts that are counted, a title upon its table."""

from collections.abc import Callable

import pytest

from extractor.records.report import Report
from form_sheets import STEP, Group, Press, report_on, rows_of
from made_up import BLOCKS, codes, programmes

HEAD = ["項目名", "5年度", "6年度"]
EDGES = [60.0, 300.0, 420.0, 540.0]
LIST = [60.0, 90.0, 300.0, 380.0, 500.0, 540.0]


def opened(*, parts: bool = False) -> Press:
    """A report as far as its list; `parts`: over two pages, each with its heading."""
    press = Press()
    for line in (
        "令和6年度中小企業振興施策実施状況",
        "② 地域の担い手を育てること（1／2）" if parts else "② 地域の担い手を育てること",
    ):
        press.line(line, size=14)
        press.skip()
    head = ["№", "事業名", "R6事業費 (千円)", "担当課等", "頁"]
    listed = [[str(one.number), one.name, one.budget, one.listed, "22"] for one in BLOCKS]
    for page, some in enumerate((listed[:3], listed[3:])):
        if page == 0 or parts:
            press.line(f"【基本方針事業一覧】（{page + 1}／2）" if parts else "【基本方針事業一覧】", size=12)
            press.skip()
        press.form([Group(None, rows_of([head, *some] if parts or page == 0 else some, LIST))])
        if parts:
            press.turn()
    press.skip()
    return press


def table(press: Press, number: int, *, bar: str | None = None) -> None:
    rows = rows_of([HEAD, [f"参加者数{number}", "10名", f"1{number}名"]], EDGES)
    press.form([Group(None, [*(rows_of([[bar]], [60.0, 540.0]) if bar else []), *rows])])


def cut(press: Press, number: int, name: str, rest: Callable[[Press], None]) -> None:
    """A block whose first page holds its title, the overview and the beginning of the results."""
    press.turn()
    press.line(f"{number}　{name}", font="Gothic", size=13)
    for line in ("【事業概要】", f"概要{number}を書く。", "【事業実績】"):
        press.skip()
        press.line(line)
    press.skip()
    press.line(f"実績{number}を進めた。")
    press.turn()
    rest(press)


def read(rest: Callable[[Press, int, str], None], press: Press | None = None) -> Report:
    press = press or opened()
    for block in BLOCKS:
        cut(press, block.number, block.name, lambda at, block=block: rest(at, block.number, block.name))  # type: ignore[misc]
        press.skip()
        press.line(block.footer)
    return report_on(press.sheets())


def check(report: Report, results: Callable[[int], tuple[str, ...]]) -> None:
    found = programmes(report)
    assert [one.name for one in found] == [block.name for block in BLOCKS]
    assert [one.overview.paragraphs for one in found] == [(f"概要{one.number}を書く。",) for one in BLOCKS]
    assert [one.results.paragraphs for one in found] == [results(one.number) for one in BLOCKS]
    assert [[metric.name for metric in one.metrics] for one in found] == [[f"参加者数{one.number}"] for one in BLOCKS]
    assert [one.offices[0].division for one in found] == [one.listed for one in BLOCKS]
    assert report.unplaced == ()
    assert [code for code, _ in codes(report) if code != "page-label-mismatch"] == ["layout-drift"]  # no 小計


TITLES = [
    "{number}　{name}（続き）",
    "{name}（つづき）",
    "{number}　{name}　(続)",
    "{number}　{name}〔前頁の続き〕",
    "{number}　{name}（2／2）",
    "{number}　{name}",
]


@pytest.mark.parametrize("form", TITLES)
def test_a_title_goes_on_with_its_table(form: str) -> None:
    def rest(press: Press, number: int, name: str) -> None:
        press.line(form.format(number=number, name=name), font="Gothic", size=13)
        press.skip()
        table(press, number)

    check(read(rest), lambda number: (f"実績{number}を進めた。",))


@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize("heading", ["【事業実績】（続き）", "【事業実績】", "【事業実績（つづき）】", None])
def test_a_title_goes_on_with_prose(form: str, heading: str | None) -> None:
    def rest(press: Press, number: int, name: str) -> None:
        press.line(form.format(number=number, name=name), font="Gothic", size=13)
        press.skip()
        if heading is not None:
            press.line(heading)
            press.skip()
        press.line(f"続き{number}を書いた。", x=70)
        press.skip()
        table(press, number)

    check(read(rest), lambda number: (f"実績{number}を進めた。", f"続き{number}を書いた。"))


def test_the_unit_over_a_table_holds_for_the_rest_of_it_on_the_next_page() -> None:
    press = opened()
    for block in BLOCKS:
        press.turn()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        for line in ("【事業概要】", f"概要{block.number}を書く。", "【事業実績】", "進めた。", "（単位：人）"):
            press.skip()
            press.line(line)
        for count in ("12", "13"):
            rows = rows_of([HEAD, [f"参加者数{count}", "10", count]], EDGES if count == "12" else [*EDGES[:3], 530.0])
            press.form([Group(None, rows)])
            if count == "12":
                press.turn()
        press.line(block.footer)
    found = programmes(report_on(press.sheets()))
    units = [[each.quantities[0].unit for metric in one.metrics for each in metric.observations] for one in found]
    assert units == [["人"] * 4] * len(BLOCKS)


def test_the_first_of_several_parts_is_a_title() -> None:
    press = opened()
    for block in BLOCKS:
        cut(press, block.number, f"{block.name}（1／2）", lambda _: None)
        press.line(f"{block.number}　{block.name}（2／2）", font="Gothic", size=13)
        press.skip()
        table(press, block.number)
        press.skip()
        press.line(block.footer)
    report = report_on(press.sheets())
    check(report, lambda number: (f"実績{number}を進めた。",))


def test_a_title_set_upon_its_table_is_no_row_of_it() -> None:
    def rest(press: Press, number: int, name: str) -> None:
        table(press, number, bar=f"{number} {name}（続き）")

    check(read(rest), lambda number: (f"実績{number}を進めた。",))


def test_headings_whose_parts_are_counted_open_nothing_twice() -> None:
    def rest(press: Press, number: int, _: str) -> None:
        table(press, number)

    report = read(rest, opened(parts=True))
    check(report, lambda number: (f"実績{number}を進めた。",))
    assert [one.title for one in report.policies] == ["地域の担い手を育てること"]


def test_a_name_in_which_a_continuation_is_a_word_stays_whole() -> None:
    def rest(press: Press, number: int, name: str) -> None:
        press.line(f"{number}　{name}の手続き", font="Gothic", size=13)
        press.skip()
        table(press, number)

    assert programmes(read(rest))[0].results.paragraphs[0] == "実績1を進めた。"


@pytest.mark.parametrize("title", ["【成果指標】", "■ 成果指標", "＜成果指標＞"])
@pytest.mark.parametrize("head", [True, False], ids=["head again", "no head"])
def test_a_title_at_the_end_of_a_page_is_over_the_rows_of_the_next(title: str, *, head: bool) -> None:
    press = opened()
    for block in BLOCKS:
        press.turn()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        for line in ("【事業概要】", f"概要{block.number}を書く。", "【事業実績】", "進めた。"):
            press.skip()
            press.line(line)
        first = rows_of([HEAD, ["見学者数", "10名", "12名"]], EDGES) + rows_of([[title]], [60.0, 540.0])
        press.form([Group(None, first)])
        press.turn()
        press.form([Group(None, rows_of([*([HEAD] if head else []), ["参加者数", "10名", "13名"]], EDGES))])
        press.skip()
        press.line(block.footer)
    report = report_on(press.sheets())
    groups = [[(metric.name, metric.group) for metric in one.metrics] for one in programmes(report)]
    assert groups == [[("見学者数", None), ("参加者数", title)]] * len(BLOCKS)
    assert report.unplaced == ()


def test_an_office_behind_a_table_that_is_not_the_blocks_is_no_office_of_it() -> None:
    press = opened()
    for block in BLOCKS:
        press.turn()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        for line in ("【事業概要】", f"概要{block.number}を書く。", "【事業実績】", "進めた。"):
            press.skip()
            press.line(line)
        table(press, block.number)
        press.line(block.footer)
        press.skip()
        press.form([Group(None, rows_of([["項目名", "5年度", "6年度"], ["配布部数", "1部", "2部"]], EDGES))])
        press.line("(担当課：港湾課 別グループ)")
    report = report_on(press.sheets())
    for one, block in zip(programmes(report), BLOCKS, strict=True):
        assert [office.division for office in one.offices] == [block.listed]
        assert "別グループ" not in str(one.offices)
        assert [metric.name for metric in one.metrics] == [f"参加者数{block.number}"]
    assert sum("別グループ" in one.text for one in report.unplaced) == len(BLOCKS)


@pytest.mark.parametrize("mark", ["★", "【新】", "(新規)"])
def test_a_title_behind_a_section_is_known_by_the_list_though_a_mark_stands_there(mark: str) -> None:
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること"):
        press.line(line, size=14)
        press.skip()
    head = ["№", "事業名", "R6事業費 (千円)", "担当課等", "頁"]
    listed = [[str(one.number), mark + one.name, one.budget, one.listed, "22"] for one in BLOCKS]
    press.line("【基本方針事業一覧】", size=12)
    press.skip()
    press.form([Group(None, rows_of([head, *listed], LIST))])
    for block in BLOCKS:
        press.turn()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        press.skip(3 - STEP)
        press.line(block.footer.strip("()").removeprefix("担当課："), x=440, font="Gothic")
        for line in ("事業期間：令和3年度～令和7年度", "根拠法令：中小企業振興基本条例", "【事業概要】"):
            press.skip()
            press.line(line)
        for line in (f"概要{block.number}を書く。", "【事業実績】", f"実績{block.number}を進めた。", "【今後の取組】"):
            press.skip()
            press.line(line)
        press.skip()
        press.line(f"今後{block.number}を進める。")
    found = programmes(report_on(press.sheets()))
    assert [one.name for one in found] == [block.name for block in BLOCKS]
    assert [one.sections[0].paragraphs for one in found] == [(f"今後{one.number}を進める。",) for one in BLOCKS]
    assert all(one.is_new for one in found)

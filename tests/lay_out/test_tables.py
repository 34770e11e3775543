"""Cells and what stands in them, for grids as different producers rule them."""

from itertools import pairwise

import pytest

from extractor.document.layout import Cell, Layout, Paragraph, Table
from extractor.document.page import Glyph, Page, Rule
from extractor.layout import lay_out_pages
from extractor.layout.ruled.grid import find_grids
from sheets import across, down, page, ruled, text

XS = [60.0, 260.0, 360.0, 460.0]
YS = [100.0, 115.0, 130.0, 145.0]


def tables(layout: Layout) -> list[Table]:
    return [element for element in layout.elements if isinstance(element, Table)]


def filled(xs: list[float] = XS, ys: list[float] = YS) -> list[Glyph]:
    return [
        glyph
        for row, top in enumerate(ys[:-1])
        for column, x in enumerate(xs[:-1])
        for glyph in text(f"{'名前'[: 2 - column]}{row}{column}", x + 5, top + 3)
    ]


def grid_texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.find_row(row)] for row in range(table.rows)]


PLAIN = [["名前00", "名01", "02"], ["名前10", "名11", "12"], ["名前20", "名21", "22"]]


def in_pieces(rules: list[Rule], piece: float, gap: float) -> list[Rule]:
    """Each rule as a row of dashes or dots."""
    pieces = []
    for rule in rules:
        length = max(rule.x1 - rule.x0, rule.bottom - rule.top)
        at = 0.0
        while at < length:
            end = min(at + piece, length)
            if rule.horizontal:
                pieces.append(across(rule.top, rule.x0 + at, rule.x0 + end))
            else:
                pieces.append(down(rule.x0, rule.top + at, rule.top + end))
            at = end + gap
    return pieces


def double(xs: list[float], ys: list[float], gap: float) -> list[Rule]:
    """The rules of a table whose every line is two, so far apart."""
    half = gap / 2
    return ruled([x + side for x in xs for side in (-half, half)], [y + side for y in ys for side in (-half, half)])


def doubled(rules: list[Rule]) -> list[Rule]:
    return rules + [Rule(rule.x0 + 0.8, rule.top + 0.8, rule.x1 + 0.8, rule.bottom + 0.8) for rule in rules]


def by_cell(xs: list[float], ys: list[float]) -> list[Rule]:
    """Each cell's four sides drawn by themselves, a little apart, as spreadsheets do."""
    rules = []
    for top, bottom in pairwise(ys):
        for x0, x1 in pairwise(xs):
            rules += [across(top + 0.2, x0 + 0.4, x1 - 0.4), across(bottom - 0.2, x0 + 0.4, x1 - 0.4)]
            rules += [down(x0 + 0.2, top + 0.4, bottom - 0.4), down(x1 - 0.2, top + 0.4, bottom - 0.4)]
    return rules


@pytest.mark.parametrize(
    "rules",
    [
        ruled(XS, YS),
        in_pieces(ruled(XS, YS), 1.0, 1.5),
        in_pieces(ruled(XS, YS), 3.0, 2.0),
        doubled(ruled(XS, YS)),
        double(XS, YS, 2.5),
        double(XS, YS, 3.8),
        by_cell(XS, YS),
    ],
    ids=["whole", "dotted", "dashed", "doubled", "double", "double, wide", "cell by cell"],
)
def test_a_grid_however_it_is_drawn(rules: list[Rule]) -> None:
    (table,) = tables(lay_out_pages([page(filled(), rules)]))
    assert grid_texts(table) == PLAIN


def test_tables_whose_columns_differ_stay_two_however_near_they_stand() -> None:
    below = [YS[-1] + 3.5 + y - YS[0] for y in YS]
    middles = [XS[0], (XS[0] + XS[1]) / 2, XS[-1]]
    assert [grid.xs for grid in find_grids(ruled(XS, YS) + ruled(middles, below))] == [tuple(XS), tuple(middles)]
    beside = [XS[-1] + 3.5, XS[-1] + 60]
    halves = [YS[0], (YS[0] + YS[1]) / 2, YS[-1]]
    assert [grid.ys for grid in find_grids(ruled(XS, YS) + ruled(beside, halves))] == [tuple(YS), tuple(halves)]


def test_a_double_rule_that_parts_a_head_from_its_body_is_in_one_table() -> None:
    """Even where no upright line crosses it."""
    rules = ruled(XS, YS[:2]) + ruled(XS, [YS[1] + 3.0, *YS[2:]])
    (table,) = tables(lay_out_pages([page(filled(), rules)]))
    assert grid_texts(table) == PLAIN


def test_a_cell_merged_over_columns_and_one_merged_down() -> None:
    rules = [across(y, XS[0], XS[-1]) for y in (YS[0], YS[1], YS[3])] + [across(YS[2], XS[1], XS[-1])]
    rules += [down(x, YS[0], YS[-1]) for x in (XS[0], XS[1], XS[3])] + [
        down(XS[2], YS[0], YS[1]),
        down(XS[2], YS[2], YS[3]),
    ]
    glyphs = text("項目名", 65, 103) + text("4年度", 265, 103) + text("5年度", 365, 103)
    glyphs += text("参加者数", 65, 118) + text("12名", 340, 118) + text("計 5名", 265, 133) + text("計 7名", 365, 133)
    (table,) = tables(lay_out_pages([page(glyphs, rules)]))
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans == {
        "項目名": (0, 0, 1, 1),
        "4年度": (0, 1, 1, 1),
        "5年度": (0, 2, 1, 1),
        "参加者数": (1, 0, 2, 1),
        "12名": (1, 1, 1, 2),
        "計 5名": (2, 1, 1, 1),
        "計 7名": (2, 2, 1, 1),
    }


def cell_text(lines: list[str], *, cell_width: float = 100.0, size: float = 10.0) -> str:
    """The text of a cell with these lines; another cell fixes the padding at 5 points."""
    xs = [60.0, 60.0 + cell_width, 300.0]
    glyphs = text("あ", xs[1] + 5, 103, size)
    for index, line in enumerate(lines):
        glyphs += text(line, xs[0] + 5, 103 + 12 * index, size)
    (table,) = tables(lay_out_pages([page(glyphs, ruled(xs, [100.0, 200.0]))]))
    return table.find_row(0)[0].text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # 90 points of room: nine wide characters
        (["一二三四五六七八九", "十名"], "一二三四五六七八九十名"),
        (["6件", "8名"], "6件 8名"),
        (["延べ", "13名"], "延べ 13名"),
        (["1,000名", "(8月～10月)"], "1,000名 (8月～10月)"),
        # a bracket and its first character did not fit, and are set apart all the same
        (["一二三四五六七八", "（注意書き）"], "一二三四五六七八 （注意書き）"),
        # what may not begin a line took its neighbour along
        (["一二三四五六七八", "九。十"], "一二三四五六七八九。十"),
        # figures are not joined into one that was not printed
        (["一二三四五六七12", "34名"], "一二三四五六七12 34名"),
        (["123456789012345678", "9012名"], "1234567890123456789012名"),
    ],
)
def test_lines_of_a_cell_join_as_they_were_parted(lines: list[str], expected: str) -> None:
    assert cell_text(lines) == expected


def rows_page(
    number: int, first: int, count: int, *, head: bool, xs: list[float] = XS
) -> tuple[list[Glyph], list[Rule]]:
    ys = [100.0 + 15 * index for index in range(count + head + 1)]
    glyphs = (
        text("項目名", xs[0] + 5, 103) + text("4年度", xs[1] + 5, 103) + text("5年度", xs[2] + 5, 103) if head else []
    )
    for index in range(count):
        top = ys[index + head] + 3
        glyphs += text(f"項目{first + index}", xs[0] + 5, top) + text(f"{first + index}名", xs[1] + 5, top)
    return glyphs + text(f"- {number} -", 280, 800), ruled(xs, ys)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_runs_over_a_pages_end_is_one(repeated: bool) -> None:
    first, second = rows_page(7, 1, 3, head=True), rows_page(8, 4, 2, head=repeated)
    (table,) = tables(lay_out_pages([page(*first, number=1), page(*second, number=2)]))
    assert table.rows == 1 + 3 + repeated + 2
    assert [cell.text for cell in table.cells if cell.text.startswith("項目") and cell.text != "項目名"] == [
        f"項目{index}" for index in range(1, 6)
    ]
    assert [place.page for place in table.source] == [1, 2]  # type: ignore[union-attr]


def test_tables_of_other_columns_on_the_next_page_are_not_joined() -> None:
    first, second = rows_page(7, 1, 3, head=True), rows_page(8, 4, 2, head=True, xs=[60.0, 200.0, 360.0, 460.0])
    assert len(tables(lay_out_pages([page(*first, number=1), page(*second, number=2)]))) == 2


FORM = [60.0, 120.0, 360.0]


def form_page(number: int, rows: list[list[list[str]]], xs: list[float] = FORM) -> Page:
    """A page that is a grid of these rows, each cell a list of lines."""
    glyphs, ys = [], [100.0]
    for row in rows:
        for x, lines in zip(xs, row, strict=False):
            for index, line in enumerate(lines):
                glyphs += text(line, x + 5, ys[-1] + 3 + 15 * index)
        ys.append(ys[-1] + 15 * max(1, *map(len, row)))
    return page(glyphs + text(f"- {number} -", 280, 800), ruled(xs, ys), number=number)


FULL = "一二三四五六七八九十" * 2 + "一二三"  # 230 points of room


def test_a_row_that_a_pages_end_cuts_is_one_row() -> None:
    first = form_page(1, [[["名"], ["短い。"]], [["概要"], ["　" + FULL[1:], FULL]]])
    second = form_page(2, [[[], [FULL, "終わり。", "　次の段落。"]], [["実績"], ["別の文。"]]])
    (table,) = tables(lay_out_pages([first, second]))
    assert grid_texts(table)[2:] == [["実績", "別の文。"]]
    cell = table.find_row(1)[1]
    assert [one.text for one in cell.paragraphs] == [FULL[1:] + FULL + FULL + "終わり。", "次の段落。"]
    assert [len(one.source) for one in cell.paragraphs] == [2, 1]
    assert [place.page for place in cell.source] == [1, 2]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "rows",
    [
        [[["実績"], [FULL, "終わり。"]]],  # a label of its own
        [[[], ["　" + FULL[1:], "終わり。"]]],  # a paragraph of its own
    ],
)
def test_a_row_of_its_own_on_the_next_page_stays_one(rows: list[list[list[str]]]) -> None:
    first = form_page(1, [[["概要"], ["　" + FULL[1:], FULL]]])
    (table,) = tables(lay_out_pages([first, form_page(2, rows)]))
    assert table.rows == 2


def test_a_row_of_values_is_never_taken_for_the_rest_of_the_one_before() -> None:
    xs = [60.0, 120.0, 180.0, 240.0]
    first = form_page(1, [[["項目"], ["4年度"], ["5年度"]], [["一二三四五"], ["12名"], ["34名"]]], xs)
    second = form_page(2, [[["六七"], ["5名"], ["6名"]]], xs)
    (table,) = tables(lay_out_pages([first, second]))
    assert grid_texts(table)[1:] == [["一二三四五", "12名", "34名"], ["六七", "5名", "6名"]]


def test_a_cut_row_joins_tables_of_other_columns() -> None:
    first = form_page(1, [[["名"], ["短い。"], ["課"]]], [60.0, 120.0, 300.0, 360.0])
    cut = form_page(1, [[["概要"], ["　" + FULL[1:], FULL]]])
    rest = form_page(2, [[[], [FULL, "終わり。"]]])
    (table,) = tables(lay_out_pages([cut, rest]))
    assert (table.rows, table.columns) == (1, 2)
    assert len(tables(lay_out_pages([first, rest]))) == 2


def test_the_prose_of_a_cell_keeps_its_paragraphs() -> None:
    lines = ["　" + FULL[1:], "終わり。", "　" + FULL[1:], FULL, "二。", "※ 注。"]
    (table,) = tables(lay_out_pages([form_page(1, [[["概要"], lines]])]))
    texts = [one.text for one in table.find_row(0)[1].list_paragraphs()]
    assert texts == [FULL[1:] + "終わり。", FULL[1:] + FULL + "二。", "※ 注。"]


def test_a_ruled_box_round_one_line_is_a_title_and_round_many_a_frame() -> None:
    box = ruled([60.0, 520.0], [100.0, 118.0])
    (title,) = lay_out_pages([page(text("6　就職ガイダンス開催費", 65, 103), box)]).elements
    assert isinstance(title, Paragraph)
    assert (title.text, title.strong) == ("6 就職ガイダンス開催費", True)
    frame = ruled([50.0, 530.0], [90.0, 300.0])
    lines = [glyph for index in range(4) for glyph in text(f"{index}行目である。", 70, 103 + 15 * index)]
    framed = lay_out_pages([page(lines, frame)]).elements
    assert [element.text for element in framed if isinstance(element, Paragraph)] == [
        f"{i}行目である。" for i in range(4)
    ]


def test_a_blank_cell_has_the_place_of_the_cell() -> None:
    (table,) = tables(lay_out_pages([page(text("名", 65, 103), ruled([60.0, 260.0, 360.0], [100.0, 115.0]))]))
    blank: Cell = table.find_row(0)[1]
    assert blank.text == ""
    assert blank.source[0].bbox == (260.0, 100.0, 360.0, 115.0)  # type: ignore[union-attr]


@pytest.mark.parametrize("gap", [3.0, 3.9, 8.0])
def test_a_titles_box_close_over_a_table_is_no_row_of_it(gap: float) -> None:
    rules = ruled([60.0, 520.0], [100.0, 118.0]) + ruled([60.0, 160.0, 520.0], [118.0 + gap, 136.0 + gap])
    glyphs = [*text("6　就職ガイダンス開催費", 65, 103), *text("財源", 65, 121 + gap), *text("国費", 165, 121 + gap)]
    title, table = lay_out_pages([page(glyphs, rules)]).elements
    assert isinstance(title, Paragraph)
    assert isinstance(table, Table)
    assert (title.text, grid_texts(table)) == ("6 就職ガイダンス開催費", [["財源", "国費"]])


def test_a_frame_close_around_a_table_is_a_double_rule() -> None:
    rules = ruled([60.0, 520.0], [100.0, 140.0]) + ruled([63.0, 160.0, 517.0], [103.0, 137.0])
    (table,) = tables(lay_out_pages([page([*text("財源", 70, 115), *text("国費", 170, 115)], rules)]))
    assert grid_texts(table) == [["財源", "国費"]]

"""What spreadsheets and word processors do to cells: words spread out, text over its cell, loose right edges."""

import pytest

from extractor.document.layout import Paragraph, Table
from extractor.document.page import Glyph, Rule
from extractor.layout import lay_out_pages
from sheets import across, down, page, ruled, text, width, wrapped

XS = [60.0, 160.0, 260.0, 360.0]
YS = [100.0, 140.0, 180.0]


def spread(word: str, x: float, top: float, pitch: float, size: float = 10.0) -> list[Glyph]:
    """A word with so many points from letter to letter."""
    return [glyph for index, letter in enumerate(word) for glyph in text(letter, x + index * pitch, top, size)]


def table_of(glyphs: list[Glyph], rules: list[Rule]) -> Table:
    (table,) = [one for one in lay_out_pages([page(glyphs, rules)]).elements if isinstance(one, Table)]
    return table


def cells(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in table.cells if cell.text}


@pytest.mark.parametrize(
    ("glyphs", "read"),
    [
        (spread("事業名", 60, 100, 30), "事業名"),
        (spread("合計", 60, 100, 40), "合計"),
        (spread("物価対策", 60, 100, 20) + spread("合計", 180, 100, 20), "物価対策 合計"),
        (text("款", 60, 100) + spread("総務費", 90, 100, 25), "款 総務費"),
        (text("県内", 60, 100) + spread("男女計", 100, 100, 30), "県内 男 女 計"),
        (spread("123", 60, 100, 30), "1 2 3"),
        (spread("一二三", 60, 100, 30), "一 二 三"),
        (spread("○×", 60, 100, 30), "○ ×"),
        (text("男", 60, 100) + text("女", 90, 100) + text("計", 150, 100), "男 女 計"),
    ],
)
def test_a_word_spread_over_its_line_is_one_word(glyphs: list[Glyph], read: str) -> None:
    rules = ruled([50.0, 300.0], [90.0, 120.0]) + ruled([300.0, 400.0], [90.0, 120.0])
    assert cells(table_of([*glyphs, *text("値", 310, 100)], rules))[0, 0] == read


def test_text_that_runs_over_a_rule_is_its_own_cells() -> None:
    centred = "社会福祉事業基金より繰入金"
    x = 210 - width(centred, 10) / 2
    glyphs = text("10", 70, 110) + text(centred, x, 122) + text("20", 270, 110) + text("計", 70, 150)
    assert cells(table_of(glyphs, ruled(XS, YS))) == {(0, 0): "10", (0, 1): centred, (0, 2): "20", (1, 0): "計"}


@pytest.mark.parametrize(("x", "home"), [(62.0, 0), (360 - 2 - 140.0, 2)], ids=["from the left", "from the right"])
def test_where_the_rule_is_left_out_text_is_of_the_cell_at_whose_side_it_stands(x: float, home: int) -> None:
    rules = [across(y, XS[0], XS[-1]) for y in (100, 180, 220)] + [down(x, 100, 220) for x in (XS[0], XS[-1])]
    rules += [down(x, 100, 112) for x in XS[1:3]] + [down(x, 126, 220) for x in XS[1:3]]
    glyphs = text("文字が枠を越えて続いている行", x, 114) + text("計", 70, 190)
    assert cells(table_of(glyphs, rules)) == {(0, home): "文字が枠を越えて続いている行", (1, 0): "計"}


def test_text_up_to_both_sides_of_a_rule_is_two_cells() -> None:
    glyphs = text("ここまでで一杯の欄", 70, 110) + text("次の欄", 160.5, 110) + text("計", 70, 150)
    assert cells(table_of(glyphs, ruled(XS, YS)))[0, 1] == "次の欄"


def test_lines_that_all_end_before_their_cell_does_were_full() -> None:
    full = ["人口減少が進む中で地域の担い手", "を育てるために必要な研修の費用", "の一部を市が補助する。"]
    other = ["老朽化した施設の更新を計画的に", "進めるための調査を行う。"]
    xs, ys = [60.0, 235.0, 300.0], [100.0, 160.0, 220.0]
    glyphs = [glyph for at, line in enumerate(full) for glyph in text(line, 62, 105 + 12 * at)]
    glyphs += [glyph for at, line in enumerate(other) for glyph in text(line, 62, 165 + 12 * at)]
    glyphs += text("10", 240, 105) + text("20", 240, 165)
    read = table_of(glyphs, ruled(xs, ys))
    assert cells(read)[0, 0] == "".join(full)
    assert cells(read)[1, 0] == "".join(other)
    assert [len(cell.list_paragraphs()) for cell in read.cells] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        (text("社会教育総務費", 62, 105), text("7,618", 106, 120), "社会教育総務費 7,618"),
        (text("債", 62, 105) + text("104,600", 97, 105), text("他", 62, 120), "債 104,600 他"),
        (text("総務管理費総務", 62, 105), text("保健体育費", 62, 150), "総務管理費総務 保健体育費"),
        (text("若者定着還流促", 62, 105), text("進課", 87, 120), "若者定着還流促進課"),
    ],
    ids=["set right", "columns in a cell", "far below", "centred"],
)
def test_lines_of_a_cell_that_are_no_wrapped_text(first: list[Glyph], second: list[Glyph], read: str) -> None:
    rules = ruled([60.0, 134.0, 200.0], [100.0, 180.0])
    assert cells(table_of([*first, *second, *text("値", 140, 105)], rules))[0, 0] == read


def test_text_hangs_under_its_mark_and_the_margins_of_left_and_right_pages_differ() -> None:
    prose = "地域の担い手を育てるために必要な研修の費用の一部を補助し、就業の機会を広げる取組を進めた。"
    hanging = [*text("○", 72, 100), *text(prose[:36], 84, 100), *text(prose[36:], 84, 115)]
    indented = [*text(prose[:35], 94, 160), *text(prose[35:], 84, 175)]
    plain = wrapped(prose * 12, 100, right=444.0)
    layout = lay_out_pages([page(plain), page([*hanging, *indented], number=2)])
    texts = [one.text for one in layout.elements if isinstance(one, Paragraph)]
    assert texts == [prose * 12, f"○{prose}", prose]


def test_each_line_of_a_table_of_contents_is_one() -> None:
    lines = ["策定の趣旨" + "・" * 40 + "1", "対象期間" + "・" * 41 + "12"]
    glyphs = [glyph for at, line in enumerate(lines) for glyph in text(line, 60, 100 + 15 * at)]
    texts = [one.text for one in lay_out_pages([page(glyphs)]).elements if isinstance(one, Paragraph)]
    assert texts == lines

"""Regions: columns and panels are read one after the other, rows of parts row by row, and no line crosses a gutter."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractor.document.layout import Layout, Paragraph, Table
from extractor.document.page import Glyph, Page, Rule
from extractor.layout import find_cuts, lay_out_pages
from extractor.records.report import PageBox
from sheets import across, page, ruled, text

PROSE = ("事業を行い、企業の相談に応じた。", "県内の大学と、就職の支援を行った。", "また、資料を作り、学校に配った。")
LEFT, RIGHT = 60.0, 320.0


def part(title: str, x: float, top: float, *, size: float = 13.0, lines: int = 3) -> list[Glyph]:
    """A part with a title and prose under it."""
    glyphs = text(title, x, top, size, "Gothic")
    for number, line in enumerate(PROSE[:lines], 1):
        glyphs += text(line, x, top + 6 + 14 * number)
    return glyphs


def told(layout: Layout) -> list[str]:
    """What stands in reading order, tables as the text of their first cell."""
    return [one.text if isinstance(one, Paragraph) else f"[{one.cells[0].text}]" for one in layout.elements]


def titles(layout: Layout) -> list[str]:
    """The titles in reading order: what holds no prose."""
    return [one for one in told(layout) if "。" not in one]


def read(glyphs: list[Glyph], rules: list[Rule] | None = None) -> Layout:
    return lay_out_pages([page(glyphs, rules or ())])


def columns(names: tuple[str, str, str, str], second_row: float = 200.0) -> list[Glyph]:
    """Four parts: the left column's first, then the right one's."""
    places = ((LEFT, 100.0), (LEFT, 200.0), (RIGHT, 100.0), (RIGHT, second_row))
    return [glyph for name, (x, top) in zip(names, places, strict=True) for glyph in part(name, x, top)]


def test_no_line_crosses_a_gutter() -> None:
    glyphs = part("甲の事業", LEFT, 100) + part("乙の事業", RIGHT, 100)
    assert told(read(glyphs)) == ["甲の事業", *PROSE, "乙の事業", *PROSE]


def test_rows_of_parts_are_read_row_by_row() -> None:
    assert titles(read(columns(("1 甲", "3 丙", "2 乙", "4 丁")))) == ["1 甲", "2 乙", "3 丙", "4 丁"]
    assert titles(read(columns(("甲", "丙", "乙", "丁")))) == ["甲", "乙", "丙", "丁"]


def test_numbers_tell_that_columns_come_first() -> None:
    assert titles(read(columns(("1 甲", "2 乙", "3 丙", "4 丁")))) == ["1 甲", "2 乙", "3 丙", "4 丁"]


def test_columns_whose_titles_stand_at_different_heights_are_read_one_after_the_other() -> None:
    assert titles(read(columns(("甲", "乙", "丙", "丁"), second_row=230))) == ["甲", "乙", "丙", "丁"]


def test_a_table_beside_prose_is_of_the_part_in_whose_row_it_stands() -> None:
    glyphs, rules = [], []
    for name, top in (("甲", 100.0), ("乙", 200.0)):
        glyphs += part(name, LEFT, top) + text(f"{name}の数", RIGHT + 5, top + 22) + text("22", RIGHT + 105, top + 22)
        rules += ruled([RIGHT, RIGHT + 100, RIGHT + 200], [top + 18, top + 36, top + 54])
    order = ["甲", *PROSE, "[甲の数]", "乙", *PROSE, "[乙の数]"]
    assert told(read(glyphs, rules)) == order
    mirrored = [replace(one, x0=580 - one.x1, x1=580 - one.x0) for one in rules]
    moved = [replace(one, x0=one.x0 + 320 - 2 * 30, x1=one.x1 + 320 - 2 * 30) for one in glyphs if one.x0 < RIGHT]
    moved += [replace(one, x0=one.x0 - 260, x1=one.x1 - 260) for one in glyphs if one.x0 >= RIGHT]
    assert [one for one in told(read(moved, mirrored)) if "。" not in one] == ["甲", "[甲の数]", "乙", "[乙の数]"]


def test_a_rule_or_a_line_across_ends_the_columns() -> None:
    upper = part("甲", LEFT, 100, size=10) + part("乙", RIGHT, 100, size=10)
    lower = part("丙", LEFT, 200, size=10) + part("丁", RIGHT, 200, size=10)
    assert titles(read(upper + lower, [across(190, LEFT, RIGHT + 200)])) == ["甲", "乙", "丙", "丁"]
    line = text("次の四つの事業は、県と市町村とが力を合わせて、進めたものである。", LEFT, 175)
    assert titles(read(upper + line + lower)) == ["甲", "乙", "丙", "丁"]


def test_names_with_remarks_are_no_columns() -> None:
    glyphs: list[Glyph] = []
    for number in range(6):
        glyphs += text("県内の企業の見学事業", LEFT, 100 + 15 * number) + text("若者定着課", RIGHT, 100 + 15 * number)
    assert all("若者定着課" in one for one in told(read(glyphs)))


def test_a_gutter_known_from_other_pages_parts_what_alone_would_not() -> None:
    full = part("甲", LEFT, 100) + part("乙", RIGHT, 100)
    short = part("丙", LEFT, 100) + text("資料を配った。", RIGHT, 120) + text("以上", RIGHT, 134)

    def numbered(number: int, glyphs: list[Glyph]) -> Page:
        return page(glyphs, number=number)

    alone = told(lay_out_pages([numbered(1, short)]))
    pooled = told(lay_out_pages([numbered(1, full), numbered(2, full), numbered(3, short)]))
    assert "資料を配った。" not in alone
    assert "資料を配った。" in pooled[-2:]
    assert not any(isinstance(one, Table) for one in lay_out_pages([numbered(1, short)]).elements)


def bar(top: float) -> tuple[float, float, float, float]:
    return (LEFT - 10, top - 4, RIGHT + 200, top + 17)


def test_what_stands_at_the_right_end_of_a_bar_is_a_line_of_its_own() -> None:
    title = text("1 甲の事業", LEFT, 100) + text("若者定着課", RIGHT + 145, 100)
    prose = [glyph for number, line in enumerate(PROSE, 1) for glyph in text(line, LEFT, 106 + 14 * number)]
    barred = replace(page(title + prose), fills=(bar(100),))
    boxed = page(title + prose, ruled([LEFT - 10, RIGHT + 200], [96, 117]))
    smaller = page(text("1 甲の事業", LEFT, 100, 13) + text("若者定着課", RIGHT + 145, 103) + prose)
    for one in (barred, boxed, smaller):
        assert told(lay_out_pages([one]))[:2] == ["1 甲の事業", "若者定着課"]
    assert told(lay_out_pages([page(title + prose)]))[0] == "1 甲の事業 若者定着課"


@pytest.mark.parametrize("office", [98.0, 100.0, 106.0])
def test_an_office_in_a_bar_is_read_behind_the_title_at_whatever_height(office: float) -> None:
    glyphs = text("1 甲の事業", LEFT, 100, 13) + text("若者定着課", RIGHT + 145, office, 9)
    glyphs += text("2 乙の事業", LEFT, 200, 13) + text("人材育成課", RIGHT + 145, 100 + office, 9)
    prose = [glyph for number, line in enumerate(PROSE, 1) for glyph in text(line, LEFT, 106 + 14 * number)]
    layout = lay_out_pages([replace(page(glyphs + prose), fills=(bar(100), bar(200)))])
    assert [one for one in told(layout) if one not in PROSE] == ["1 甲の事業", "若者定着課", "2 乙の事業", "人材育成課"]


def test_a_bar_ends_the_columns_above_it_and_is_of_neither() -> None:
    glyphs: list[Glyph] = []
    for name, top in (("甲", 100.0), ("乙", 200.0)):
        glyphs += text(name, LEFT, top) + text("若者定着課", RIGHT + 145, top)
        for number, line in enumerate(PROSE, 1):
            glyphs += text(line, LEFT, top + 10 + 14 * number) + text(line, RIGHT, top + 10 + 14 * number)
    layout = lay_out_pages([replace(page(glyphs), fills=(bar(100), bar(200)))])
    assert titles(layout) == ["甲", "若者定着課", "乙", "若者定着課"]


def kinds(layout: Layout) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in layout.furniture]


def test_tabs_beside_the_text_are_of_the_page() -> None:
    prose = [glyph for number, line in enumerate(PROSE * 4) for glyph in text(line, LEFT, 100 + 15 * number)]
    down = [glyph for number, letter in enumerate("第一章人材") for glyph in text(letter, 540, 130 + 11 * number)]
    level = text("第２章", 540, 100)
    layout = lay_out_pages([page(prose + down + level, number=number) for number in (1, 2)])
    assert sorted(kinds(layout)) == [("side-mark", "第2章")] * 2 + [("side-mark", "第一章人材")] * 2
    assert told(layout) == list(PROSE * 8)
    alone = lay_out_pages([page(prose + level)])
    assert kinds(alone) == []


def test_a_running_head_may_repeat_the_heading_of_its_chapter() -> None:
    heads = ("① 人材の確保", "① 人材の確保", "② 経営の安定", "② 経営の安定")
    pages = []
    for number, head in enumerate(heads, 1):
        glyphs = text(head, LEFT, 40, 9) + [g for at, one in enumerate(PROSE) for g in text(one, LEFT, 150 + 15 * at)]
        pages.append(page(glyphs + (text(head, LEFT, 120, 14) if number % 2 else []), number=number))
    layout = lay_out_pages(pages)
    assert kinds(layout) == [("running-line", head) for head in heads]
    assert titles(layout) == ["① 人材の確保", "② 経営の安定"]


def test_pages_side_by_side_on_a_sheet_have_their_own_numbers() -> None:
    glyphs = part("甲", 40, 100) + part("乙", 340, 100)
    numbers = text("- 23 -", 130, 800) + text("- 24 -", 430, 800)
    layout = lay_out_pages([page(glyphs + numbers)])
    assert labels(layout) == [("甲", "23"), ("乙", "24")]
    assert kinds(layout) == [("page-number", "- 23 -"), ("page-number", "- 24 -")]
    unlike = text("- 23 -", 130, 800) + text("- 29 -", 430, 800)
    assert len({label for _, label in labels(lay_out_pages([page(glyphs + unlike)]))}) == 1


def labels(layout: Layout) -> list[tuple[str, str | None]]:
    """The titles, each with the printed number of its page."""
    places = [(one, one.source[0]) for one in layout.elements if isinstance(one, Paragraph) and "。" not in one.text]
    return [(one.text, place.page_label) for one, place in places if isinstance(place, PageBox)]


def test_each_cut_has_its_reason() -> None:
    found = find_cuts([page(columns(("1 甲", "3 丙", "2 乙", "4 丁")))])[1]
    assert [cut.why for cut in found] == ["columns", "rows"]
    gutter, row = (cut.box for cut in found)
    assert LEFT < gutter.x0 < gutter.x1 == RIGHT
    assert row.top == row.bottom == 200
    assert find_cuts([page(part("甲", LEFT, 100))]) == {1: ()}


def test_a_heading_under_two_columns_is_that_of_the_line_across_them() -> None:
    glyphs = part("甲の事業", LEFT, 100) + part("乙の事業", RIGHT, 100)
    glyphs += text("今後の取組", LEFT, 175, 10, "Gothic") + text("来年度は、県内の大学と" * 4, LEFT, 190)
    assert told(read(glyphs))[-2:] == ["今後の取組", "来年度は、県内の大学と" * 4]


def test_pages_side_by_side_have_numbers_beside_their_running_heads_and_tabs_of_their_own() -> None:
    sheets = []
    for number in (1, 2):
        glyphs = []
        for side in (0.0, 421.0):
            label = str(2 * number + (side > 0))
            glyphs += text("中小企業振興施策の実施状況のまとめ", 60 + side, 20, 9) + text(label, 360 + side, 20, 9)
            glyphs += part(f"{label}　事業", 60 + side, 100, lines=3)
            glyphs += [glyph for at, sign in enumerate("実施状況") for glyph in text(sign, 400 + side, 110 + 11 * at)]
        sheets.append(replace(page(glyphs, number=number), width=842.0, height=595.0))
    layout = lay_out_pages(sheets)
    assert titles(layout) == ["2 事業", "3 事業", "4 事業", "5 事業"]
    labels = [place.page_label for one in layout.elements for place in one.source if isinstance(place, PageBox)]
    assert list(dict.fromkeys(labels)) == ["2", "3", "4", "5"]
    kinds = [one.kind for one in layout.furniture]
    assert [kinds.count(kind) for kind in ("page-number", "running-line", "side-mark")] == [4, 4, 4]


FULL = "県内の大学と、就職の支援を行った企業の数"


def set_lines(lines: Sequence[str], x: float, top: float) -> list[Glyph]:
    """Lines under one another; a blank of full width before one indents it."""
    return [glyph for at, line in enumerate(lines) for glyph in text(line, x, top + 15 * at) if glyph.text != "\u3000"]


def test_a_paragraph_whose_first_line_ends_a_column_goes_on_in_the_next() -> None:
    glyphs = set_lines(["　" + FULL[1:], FULL, FULL, "である。", "　" + FULL[1:]], LEFT, 100)
    glyphs += set_lines([FULL, FULL, "となった。", "　" + FULL[1:], "である。"], RIGHT, 100)
    wanted = [FULL[1:] + FULL * 2 + "である。", FULL[1:] + FULL * 2 + "となった。", FULL[1:] + "である。"]
    assert told(read(glyphs)) == wanted


def test_a_page_with_one_column_of_two_is_set_in_that() -> None:
    first = set_lines(["　" + FULL[1:], *[FULL] * 6, "である。"], LEFT, 100) + set_lines([FULL] * 8, RIGHT, 100)
    second = text("乙の事業", LEFT, 100, 10, "Gothic") + set_lines(["　" + FULL[1:], FULL, FULL], LEFT, 115)
    layout = lay_out_pages([page(first), page(second, number=2)])
    assert told(layout)[-2:] == ["乙の事業", FULL[1:] + FULL * 2]


def test_titles_whose_parts_are_counted_are_no_running_heads() -> None:
    names = [f"{number} {name}の事業（{part}／2）" for number, name in ((1, "甲"), (2, "乙")) for part in (1, 2)]
    pages = [page(part(name, LEFT, 60, size=10), number=at) for at, name in enumerate(names, 1)]
    assert titles(lay_out_pages(pages)) == names


def column(lines: Sequence[str], x: float, top: float) -> list[Glyph]:
    """Lines of prose, one under the other."""
    return [glyph for number, line in enumerate(lines) for glyph in text(line, x, top + 14 * number)]


def test_columns_with_titles_in_the_left_one_alone_are_read_one_after_the_other() -> None:
    cut = "また、資料を作って、県内の各学校に"
    glyphs = part("1 甲", LEFT, 100) + part("2 乙", LEFT, 200)
    glyphs += column([cut], LEFT, 262) + column(["広く配り、", *PROSE], RIGHT, 100)
    assert told(read(glyphs))[:4] == ["1 甲", *PROSE]
    assert told(read(glyphs))[4] == "2 乙"


def test_columns_each_of_which_ends_with_an_office_are_read_one_after_the_other() -> None:
    glyphs = part("1 甲", LEFT, 100) + text("（担当課：港湾課）", LEFT, 165) + part("2 乙", LEFT, 200)
    glyphs += column([*PROSE, "（担当課：水産課）"], RIGHT, 100)
    order = told(read(glyphs))
    assert order.index("（担当課：港湾課）") < order.index("2 乙") < order.index("（担当課：水産課）")


def test_a_title_in_the_middle_of_a_stretch_begins_no_row() -> None:
    glyphs, rules = part("1 甲", LEFT, 100, lines=2), []
    for x, top in ((LEFT, 160.0), (RIGHT, 230.0)):
        glyphs += text("人数", x + 5, top + 4) + text("22", x + 105, top + 4)
        rules += ruled([x, x + 100, x + 200], [top, top + 18, top + 36])
    glyphs += text("（担当課：港湾課）", LEFT, 205) + part("2 乙", LEFT, 222, lines=2)
    glyphs += column(PROSE * 2, RIGHT, 120) + text("（担当課：水産課）", RIGHT, 275)
    order = told(read(glyphs, rules))
    assert order.index("（担当課：港湾課）") < order.index("2 乙") < order.index("（担当課：水産課）")


def test_the_unit_over_a_table_at_the_right_is_read_with_it() -> None:
    glyphs = part("1 甲", LEFT, 100) + text("（単位：人）", RIGHT + 140, 112)
    glyphs += text("人数", RIGHT + 5, 132) + text("22", RIGHT + 105, 132)
    rules = ruled([RIGHT, RIGHT + 100, RIGHT + 200], [128, 146, 164])
    assert told(read(glyphs, rules)) == ["1 甲", *PROSE, "（単位：人）", "[人数]"]

"""Tables whose columns nothing rules: what stands under what."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from extractor.document.layout import Layout, Paragraph, Table
from extractor.document.page import Glyph, Rule
from extractor.layout import lay_out_pages
from extractor.layout.borderless.gutters import measure_gaps
from extractor.layout.lines import form_lines
from sheets import LEFT, RIGHT, across, page, text, width, wrapped

Texts = list[list[str]]
# A cell is one line or several.
Cells = list[str | list[str]]
# Left edge of the column of names, right edges of those of figures.
NAMES, FIGURES = 60.0, (360.0, 480.0)

HEAD = ["項目名", "4年度", "5年度"]
ROWS = [["参加企業数", "51者", "49者"], ["参加者数", "延べ 301名", "延べ 288名"], ["就職率", "77.4%", "－"]]
PROSE = (
    "県内企業の魅力を発信するため、合同企業説明会を開催したほか、"
    "企業の採用力の向上に向けた研修会を県内三か所で実施した。"
    "また、大学の就職支援の担当者と県内企業の採用の担当者との意見交換会を開催し、県内への就職を呼びかけた。"
)


def cells(row: list[str]) -> Cells:
    return list(row)


def set_row(row: Sequence[str | list[str]], top: float, *, leading: float = 12.0, middle: bool = False) -> list[Glyph]:
    """A row's cells, each of one line or several; `middle`: each cell's lines stand around the row's middle."""
    lines = [[cell] if isinstance(cell, str) else cell for cell in row]
    high = max(map(len, lines))
    glyphs = []
    for column, cell in enumerate(lines):
        start = top + (high - len(cell)) * leading / 2 if middle else top
        for number, line in enumerate(cell):
            x = NAMES if column == 0 else FIGURES[column - 1] - width(line, 10.0)
            glyphs += text(line, x, start + number * leading)
    return glyphs


def stacked(rows: Sequence[Sequence[str | list[str]]], top: float, between: float = 8.0, **how: bool) -> list[Glyph]:
    """Rows one under the other, with so much white between the last line of one and the first of the next."""
    glyphs = []
    for row in rows:
        glyphs += set_row(row, top, **how)
        high = max(1 if isinstance(cell, str) else len(cell) for cell in row)
        top += (high - 1) * 12.0 + 10.0 + between
    return glyphs


def tables(layout: Layout) -> list[Texts]:
    found = [element for element in layout.elements if isinstance(element, Table)]
    return [[[cell.text for cell in table.find_row(row)] for row in range(table.rows)] for table in found]


def prose(layout: Layout) -> list[str]:
    return [element.text for element in layout.elements if isinstance(element, Paragraph)]


@pytest.mark.parametrize("between", [2.0, 5.0, 8.0, 15.0])
def test_head_and_rows_between_prose(between: float) -> None:
    glyphs = [*wrapped(PROSE, 80), *stacked([HEAD, *ROWS], 130, between), *text("（担当課：労政課）", LEFT, 300)]
    layout = lay_out_pages([page(glyphs)])
    assert tables(layout) == [[HEAD, *ROWS]]
    assert prose(layout) == [PROSE, "（担当課：労政課）"]


@pytest.mark.parametrize("middle", [False, True])
def test_wrapped_names_stay_in_their_row(middle: bool) -> None:
    wide = ["県内大学等と連携した若者の県内定着を促", "進するための意見交換会への参加者数"]
    rows: list[Cells] = [cells(HEAD), [wide, "12名", "15名"], *map(cells, ROWS)]
    layout = lay_out_pages([page(stacked(rows, 100, middle=middle))])
    assert tables(layout) == [[HEAD, ["".join(wide), "12名", "15名"], *ROWS]]


def test_wrapped_names_with_as_much_white_within_rows_as_between() -> None:
    wide = ["県内大学等と連携した若者の県内定着を促", "進するための意見交換会への参加者数"]
    rows: list[Cells] = [cells(HEAD), [wide, "12名", "15名"], *map(cells, ROWS)]
    layout = lay_out_pages([page(stacked(rows, 100, between=2.0))])
    assert tables(layout) == [[HEAD, ["".join(wide), "12名", "15名"], *ROWS]]


def test_values_in_two_lines() -> None:
    rows: list[Cells] = [
        cells(HEAD),
        ["相談会", ["6件", "8名"], ["7件", "9名"]],
        *map(cells, ROWS),
    ]
    layout = lay_out_pages([page(stacked(rows, 100))])
    assert tables(layout) == [[HEAD, ["相談会", "6件 8名", "7件 9名"], *ROWS]]


def test_a_blank_value_is_blank_and_moves_nothing() -> None:
    rows = [HEAD, ["参加企業数", "", "49者"], ROWS[1]]
    layout = lay_out_pages([page(stacked(rows, 100))])
    assert tables(layout) == [rows]


def test_rows_that_stand_in_groups_stay_rows() -> None:
    glyphs = [*stacked([HEAD, *ROWS], 100, 6.0), *stacked(ROWS, 180, 6.0)]
    assert tables(lay_out_pages([page(glyphs)])) == [[HEAD, *ROWS, *ROWS]]


def head_and_foot(top: float, head: float, foot: float) -> list[Rule]:
    return [across(y, LEFT - 5, RIGHT - 30) for y in (top, head, foot)]


def test_rules_at_head_and_foot_close_the_table() -> None:
    glyphs = [*stacked([HEAD, *ROWS], 103), *text("（担当課：労政課）", LEFT, 178)]
    layout = lay_out_pages([page(glyphs, head_and_foot(100, 117, 174))])
    assert tables(layout) == [[HEAD, *ROWS]]
    assert prose(layout) == ["（担当課：労政課）"]


def test_two_columns_need_rules() -> None:
    rows = [[row[0], row[1]] for row in [HEAD, *ROWS]]
    assert tables(lay_out_pages([page(stacked(rows, 103))])) == []
    assert tables(lay_out_pages([page(stacked(rows, 103), head_and_foot(100, 117, 174))])) == [rows]


def test_rules_between_all_rows_part_them() -> None:
    glyphs, rules, top = [], [across(100, LEFT, RIGHT)], 100.0
    rows: list[Cells] = [
        cells(HEAD),
        [["県内就職", "者数"], "3名", "4名"],
        ["相談会", ["6件", "8名"], "9名"],
    ]
    for row in rows:
        glyphs += set_row(row, top + 2)
        top += 12.0 * max(1 if isinstance(cell, str) else len(cell) for cell in row) + 3
        rules.append(across(top, LEFT, RIGHT))
    layout = lay_out_pages([page(glyphs, rules)])
    assert tables(layout) == [[HEAD, ["県内就職者数", "3名", "4名"], ["相談会", "6件 8名", "9名"]]]


def test_rules_down_between_columns_but_none_at_the_sides() -> None:
    ys = [100.0, 118.0, 136.0, 154.0, 172.0]
    rules = [across(y, LEFT - 5, RIGHT) for y in ys]
    rules += [Rule(x, ys[0], x, ys[-1]) for x in (260.0, 380.0)]
    layout = lay_out_pages([page(stacked([HEAD, *ROWS], 104), rules)])
    assert tables(layout) == [[HEAD, *ROWS]]


def test_a_table_goes_on_over_the_page_with_its_head_or_without() -> None:
    for head in ([], [HEAD]):
        first = page([*wrapped(PROSE, 600), *stacked([HEAD, *ROWS], 700)], number=1)
        second = page(
            [*stacked([*head, ["延べ相談者数のうち県外分", "1,301名", "1,288名"]], 80), *wrapped(PROSE, 140)], number=2
        )
        layout = lay_out_pages([first, second])
        assert tables(layout) == [[HEAD, *ROWS, *head, ["延べ相談者数のうち県外分", "1,301名", "1,288名"]]]
        assert prose(layout) == [PROSE, PROSE]


def test_heads_over_pairs_of_columns() -> None:
    glyphs = text("項目名", NAMES, 106) + text("4年度", 300, 100) + text("5年度", 440, 100)
    for x, word in ((270, "目標"), (340, "実績"), (410, "目標"), (480, "実績")):
        glyphs += text(word, x, 113)
    for top, name, *values in (
        (132, "参加者数", "50名", "48名", "60名", "71名"),
        (150, "開催回数", "3回", "3回", "－", "5回"),
    ):
        glyphs += text(name, NAMES, top)
        for x, value in zip((270, 340, 410, 480), values, strict=True):
            glyphs += text(value, x, top)
    (table,) = [one for one in lay_out_pages([page(glyphs)]).elements if isinstance(one, Table)]
    heads = [(cell.text, cell.column, cell.column_span, cell.row_span) for cell in table.cells if cell.row < 2]
    assert heads == [
        ("項目名", 0, 1, 2), ("4年度", 1, 2, 1), ("5年度", 3, 2, 1),
        ("目標", 1, 1, 1), ("実績", 2, 1, 1), ("目標", 3, 1, 1), ("実績", 4, 1, 1),
    ]  # fmt: skip
    assert [cell.text for cell in table.find_row(2)] == ["参加者数", "50名", "48名", "60名", "71名"]


def test_prose_with_wide_gaps_is_no_table() -> None:
    glyphs = text("令和５年度　　　　　　　　中小企業振興施策", LEFT, 80)
    glyphs += wrapped(PROSE, 110) + text("会場　　青森市　　　　弘前市", LEFT, 200) + wrapped(PROSE, 220)
    assert tables(lay_out_pages([page(glyphs)])) == []


def test_a_figure_at_the_foot_of_the_page_is_its_columns_and_not_the_page_number() -> None:
    glyphs = [*wrapped(PROSE, 600), *stacked([HEAD, *ROWS, ["参加者数", "107", "27"]], 700, 8.0)]
    layout = lay_out_pages([page([*glyphs, *text("- 7 -", 290, 30)])])
    assert tables(layout) == [[HEAD, *ROWS, ["参加者数", "107", "27"]]]
    assert [piece.text for piece in layout.furniture] == ["- 7 -"]


@pytest.mark.parametrize("pitch", [8.0, 9.0, 10.0, 12.0])
def test_nothing_that_stands_close_under_a_table_is_lost(pitch: float) -> None:
    glyphs = stacked([HEAD, *ROWS], 100, 4.0)
    glyphs += text("（うち25名は県外）", LEFT, max(glyph.top for glyph in glyphs) + pitch)
    layout = lay_out_pages([page(glyphs)])
    held = "".join(text for table in tables(layout) for row in table for text in row) + "".join(prose(layout))
    assert sorted(held.replace(" ", "")) == sorted("".join(glyph.text for glyph in glyphs).replace(" ", ""))


def listed(rows: int, columns: Sequence[float], top: float = 100.0) -> list[Glyph]:
    """Rows whose cells begin at these x, two characters each."""
    return [glyph for row in range(rows) for x in columns for glyph in text("事業", x, top + 18.0 * row)]


def test_a_table_longer_than_any_page_is_one() -> None:
    rows = 450
    layout = lay_out_pages([replace(page(listed(rows, (60, 200, 340))), height=18.0 * rows + 300)])
    assert tables(layout) == [[["事業", "事業", "事業"]] * rows]


def test_a_table_of_more_columns_on_the_next_page_does_not_go_on() -> None:
    """Within the white between two columns of the first page stand two more, on the second, each right at its side."""
    first, second = page(listed(30, (60, 300, 480))), page(listed(4, (60, 130, 230, 300, 480), 60.0), number=2)
    found = tables(lay_out_pages([first, second]))
    assert [len(found[0][0]), len(found[0])] == [3, 30]
    assert [word for table in found for row in table for word in row].count("事業") == 30 * 3 + 4 * 5


@pytest.mark.parametrize("every", [1, 2, 5])
def test_glyphs_that_end_before_they_begin(every: int) -> None:
    """A mirrored font gives such boxes: their white is where it is, and nothing of the page is lost."""
    glyphs = [
        replace(glyph, x0=glyph.x1, x1=glyph.x0) if number % every == 0 else glyph
        for number, glyph in enumerate(stacked([HEAD, *ROWS], 100))
    ]
    layout = lay_out_pages([page(glyphs)])
    ((head, *rows),) = tables(layout)
    assert [len(head), len(rows)] == [3, 3]
    kept = "".join(cell for row in [head, *rows] for cell in row)
    assert sorted(kept.replace(" ", "")) == sorted("".join(map("".join, [HEAD, *ROWS])).replace(" ", ""))


Fills = tuple[tuple[float, float, float, float], ...]
# What is shaded: rows by their number from the top, and whether each cell is or all of the row at once.
SHADED = {"each row": (0, 1, 2, 3), "every other": (0, 2), "below the head": (1, 3), "the head": (0,)}


def shade(numbers: Sequence[int], edges: Sequence[float]) -> Fills:
    """The grounds of rows that stand 18 points apart, from the height of 200 on."""
    sides = list(pairwise(edges))
    return tuple((x0, 196.0 + 18 * at, x1, 214.0 + 18 * at) for at in numbers for x0, x1 in sides)


@pytest.mark.parametrize("edges", [(55.0, 485.0), (55.0, 240.0, 370.0, 485.0)], ids=["row", "cells"])
@pytest.mark.parametrize("numbers", SHADED.values(), ids=SHADED)
def test_shades_make_no_tables_of_rows(numbers: Sequence[int], edges: Sequence[float]) -> None:
    glyphs = wrapped(PROSE, 100) + stacked([HEAD, *ROWS], 200)
    layout = lay_out_pages([replace(page(glyphs), fills=shade(numbers, edges))])
    assert tables(layout) == [[HEAD, *ROWS]]
    assert prose(layout) == [PROSE]


def test_a_shaded_column_is_no_bar() -> None:
    glyphs = wrapped(PROSE, 100) + stacked([HEAD, *ROWS], 200)
    layout = lay_out_pages([replace(page(glyphs), fills=((245.0, 196.0, 365.0, 232.0),))])
    assert tables(layout) == [[HEAD, *ROWS]]


def test_the_grounds_of_rows_hold_the_two_lines_of_a_head_together() -> None:
    glyphs = set_row(["事業名", ["R6事業費", "(千円)"], ["R6", "新規"]], 200, leading=16)
    glyphs += stacked([["乳酸菌発酵食品販路開拓事業", "4,850", "○"], ["湾岸物流調査費", "960", "－"]], 232)
    grounds = tuple((55.0, top, 485.0, bottom) for top, bottom in pairwise((196.0, 229.0, 246.0, 264.0)))
    (table,) = tables(lay_out_pages([replace(page(glyphs), fills=grounds)]))
    assert [cell.split() for cell in table[0]] == [["事業名"], ["R6事業費", "(千円)"], ["R6", "新規"]]
    assert len(table) == 3


def test_a_larger_line_below_is_no_part_of_the_last_cell() -> None:
    glyphs = stacked([HEAD, *ROWS], 200) + text("（振興課 第一係）", 385, 272, 10.5) + text("2 次の事業", LEFT, 300, 13)
    layout = lay_out_pages([page(glyphs)])
    assert tables(layout) == [[HEAD, *ROWS]]
    assert prose(layout) == ["（振興課 第一係）", "2 次の事業"]


BUDGETS = (("1", "港湾の事業", "54,850", "水産課", "21"), ("2", "内陸の物流調査費", "960", "商工政策課", "22"))
# Left, right or middle of the five columns of a list.
LIST_EDGES = (62.0, 90.0, 330.0, 345.0, 510.0)


def list_of(heads: Sequence[str | list[str]], top: float = 200.0, leading: float = 12.0) -> list[Glyph]:
    """A list whose heads stand in the middle of wide columns, and its rows."""
    glyphs = []
    for middle, head in zip((65.0, 150.0, 270.0, 420.0, 515.0), heads, strict=True):
        lines = [head] if isinstance(head, str) else head
        for number, line in enumerate(lines):
            start = top + 6 - leading / 2 * len(lines) + leading * number
            glyphs += text(line, middle - width(line, 10.0) / 2, start)
    for number, row in enumerate(BUDGETS, 1):
        for at, cell in enumerate(row):
            x = LIST_EDGES[at] - (width(cell, 10.0) if at == 2 else 0.0)
            glyphs += text(cell, x, top + 8 + 20 * number)
    return glyphs


@pytest.mark.parametrize("rules", [[], [across(190, 55, 530), across(216, 55, 530), across(270, 55, 530)]])
def test_heads_that_stand_over_the_text_of_no_column(rules: list[Rule]) -> None:
    heads = ["No.", "事業名", "決算額", "担当課", "頁"]
    assert tables(lay_out_pages([page(list_of(heads), rules)])) == [[heads, *map(list, BUDGETS)]]


@pytest.mark.parametrize("rules", [[], [across(190, 55, 530), across(219, 55, 530), across(270, 55, 530)]])
def test_a_head_of_two_lines_begins_above_the_others(rules: list[Rule]) -> None:
    layout = lay_out_pages([page(list_of(["No.", "事業名", ["R6決算額", "（千円）"], "担当課", "頁"]), rules)])
    assert tables(layout) == [[["No.", "事業名", "R6決算額 （千円）", "担当課", "頁"], *map(list, BUDGETS)]]
    assert prose(layout) == []


@pytest.mark.parametrize("leading", [13.0, 14.5, 17.0])
@pytest.mark.parametrize("column", [2, 3])
def test_a_head_of_two_lines_set_wide(leading: float, column: int) -> None:
    heads: list[str | list[str]] = ["No.", "事業名", "決算額", "担当課", "頁"]
    heads[column] = ["R6事業費(千", "円)"] if column == 2 else ["担当する課", "及び室"]
    layout = lay_out_pages([page(wrapped(PROSE, 100) + list_of(heads, 200.0, leading))])
    names = [head if isinstance(head, str) else "".join(head) for head in heads]
    ((first, *rows),) = tables(layout)
    assert [name.replace(" ", "") for name in first] == names
    assert rows == [*map(list, BUDGETS)]


@pytest.mark.parametrize(("apart", "gaps"), [(20.0, 0), (120.0, 1)])
def test_a_bracket_closed_in_another_column_holds_nothing_together(apart: float, gaps: int) -> None:
    first = "定着促進（県外からの誘"
    glyphs = [*text(first, NAMES, 100.0), *text("民局）", NAMES + width(first, 10.0) + apart, 100.0)]
    (line,) = form_lines(glyphs)
    assert len(measure_gaps(line).wide) == gaps

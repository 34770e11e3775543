"""What of a page's marks can be read in two ways is said, and nothing of what is set as pages usually are."""

import pytest

from extractor.document.page import Glyph, Rule
from extractor.layout import lay_out_pages
from sheets import across, down, page, ruled, text

# A table of two years; columns of 160, 100 and 100 points, rows of 20.
XS, YS = [100.0, 260.0, 360.0, 460.0], [100.0, 120.0, 140.0, 160.0]
HEAD = [*text("項目", 110, 105), *text("4年度", 300, 105), *text("5年度", 400, 105)]
FIRST = [*text("参加者数", 105, 125), *text("22名", 330, 125), *text("30名", 430, 125)]
LAST = [*text("開催回数", 105, 145), *text("3回", 330, 145), *text("4回", 430, 145)]


def doubted(glyphs: list[Glyph], rules: list[Rule] | None = None) -> list[tuple[str, str]]:
    layout = lay_out_pages([page(glyphs, ruled(XS, YS) if rules is None else rules)])
    return [(doubt.message.code, str(doubt.message)) for doubt in layout.remarks]


def test_a_plain_table_leaves_no_doubt() -> None:
    assert doubted(HEAD + FIRST + LAST) == []


@pytest.mark.parametrize(
    "x",
    [348.0, 352.0, 355.0],  # the rule at 360 goes through a glyph, or stands between two of one word
)
def test_a_value_over_an_edge_between_two_years(x: float) -> None:
    ((code, message),) = doubted([*HEAD, *text("参加者数", 105, 125), *text("22名", x, 125), *LAST])
    assert (code, message) == ("text-over-edge", "22名 stands over an edge of its cell")


def test_a_value_over_the_edge_between_two_rows() -> None:
    assert doubted([*HEAD, *text("参加者数", 105, 125), *text("22名", 330, 135), *LAST])[0][0] == "text-over-edge"


def test_a_name_that_runs_out_of_its_cell_begins_in_it() -> None:
    assert doubted([*HEAD, *text("就職支援セミナー等の参加者の数", 102, 125), *text("30名", 430, 125), *LAST]) == []


def test_tight_texts_of_two_cells_are_two() -> None:
    near = [*text("参加者数", 105, 125), *text("22名", 338, 125), *text("30名", 362, 125)]
    assert doubted([*HEAD, *near, *LAST]) == []


def without(rule: Rule, *pieces: Rule) -> list[Rule]:
    return [one for one in ruled(XS, YS) if one != rule] + list(pieces)


def test_two_years_values_in_one_cell() -> None:
    rules = without(down(360, 100, 160), down(360, 100, 120), down(360, 140, 160))
    assert doubted(HEAD + FIRST + LAST, rules) == [
        ("missing-rule", "22名 30名 stands in one cell, but is set as in two")
    ]


def test_a_value_of_both_years_stands_in_their_middle() -> None:
    rules = without(down(360, 100, 160), down(360, 100, 120), down(360, 140, 160))
    assert doubted([*HEAD, *text("参加者数", 105, 125), *text("147 者", 345, 125), *LAST], rules) == []


def test_a_word_spread_out_over_two_columns_is_one() -> None:
    rules = without(down(360, 100, 160), down(360, 120, 160))
    spread = [*text("項目", 110, 105), *text("実", 310, 105), *text("績", 400, 105)]
    assert doubted([*spread, *FIRST, *LAST], rules) == []


def test_two_names_in_one_cell_stand_further_apart_than_lines_do() -> None:
    rules = without(across(140, 100, 460), across(140, 260, 460))
    assert doubted(HEAD + FIRST + LAST, rules) == [
        ("missing-rule", "参加者数 開催回数 stands in one cell, but is set as in two")
    ]


def test_a_name_of_two_lines_beside_two_rows_is_one() -> None:
    rules = without(across(140, 100, 460), across(140, 260, 460))
    name = [*text("就職支援セミナーの", 105, 128), *text("参加者数", 105, 141)]
    values = [*text("22名", 330, 125), *text("30名", 430, 125), *text("3回", 330, 145), *text("4回", 430, 145)]
    assert doubted([*HEAD, *name, *values], rules) == []


@pytest.mark.parametrize(("x", "found"), [(433.0, ["overlapping-text"]), (435.0, [])])
def test_figures_over_one_another(x: float, found: list[str]) -> None:
    value = [*text("1,0", 420, 125), *text("5名", x, 125)]
    assert [code for code, _ in doubted([*HEAD, *text("参加者数", 105, 125), *value, *LAST])] == found


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["24", "25", "26"], []),
        (["24", "26", "27"], []),
        (["24", "26", "25"], ["page 25 follows on page 26: pages are not in order"]),
        (["24", "25", "25"], ["page 25 follows on page 25: pages are not in order"]),
    ],
)
def test_pages_are_in_order(labels: list[str], found: list[str]) -> None:
    pages = [page(text(f"- {label} -", 280, 800), number=number) for number, label in enumerate(labels, start=1)]
    ambiguities = lay_out_pages(pages).remarks
    assert [str(doubt.message) for doubt in ambiguities] == found
    assert {doubt.message.code for doubt in ambiguities} <= {"page-order"}

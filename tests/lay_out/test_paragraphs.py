"""Paragraphs, furniture, and that no glyph is lost or doubled whatever stands on a page."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.layout import Layout, Paragraph, Table
from extractor.document.page import Glyph, Page
from extractor.layout import lay_out_pages
from extractor.layout.furniture import parse_page_label
from sheets import HEIGHT, LEFT, RIGHT, across, down, page, text, width, wrapped

LONG = (
    "県内の高校生や大学生に向けた活動を進めるとともに、保護者世代に向けた情報の発信を行い、県外の大学との連携を強めた。"
    * 2
)


def texts(layout: Layout) -> list[str]:
    return [element.text for element in layout.elements if isinstance(element, Paragraph)]


def test_an_indent_opens_a_paragraph_and_a_short_line_closes_one() -> None:
    glyphs = (
        wrapped(LONG, 100) + wrapped("短い段落である。", 160) + wrapped(LONG, 175) + text("※ 注である。", LEFT, 235)
    )
    assert texts(lay_out_pages([page(glyphs)])) == [LONG, "短い段落である。", LONG, "※ 注である。"]


def test_a_paragraph_whose_last_line_is_full_still_ends_at_the_next_indent() -> None:
    full = "あ" * (45 + 46)  # two full lines of 46 characters, the first indented by one
    assert width(full, 10) == 2 * (RIGHT - LEFT) - 10
    glyphs = wrapped(full, 100) + wrapped("次の段落である。" * 10, 130)
    assert texts(lay_out_pages([page(glyphs)])) == [full, "次の段落である。" * 10]


def test_a_paragraph_runs_over_a_pages_end() -> None:
    half = len(LONG) // 2
    lines = wrapped(LONG, 745)
    first = [glyph for glyph in lines if glyph.top < 750]
    rest = [glyph for glyph in lines if glyph.top >= 750]
    moved = [Glyph(g.text, g.x0, g.top - 700, g.x1, g.bottom - 700, g.size, g.font) for g in rest]
    pages = [page(first + text("- 7 -", 280, 800)), page(moved + text("- 8 -", 280, 800), number=2)]
    layout = lay_out_pages(pages)
    assert texts(layout) == [LONG]
    assert [place.page_label for place in layout.elements[0].source] == ["7", "8"]  # type: ignore[union-attr]
    assert half > 0


def test_a_mark_that_hangs_over_the_margin_does_not_move_it() -> None:
    first = "あ" * 45 + "、"  # indented by one, so that its last sign hangs out
    glyphs = (
        text(first, LEFT + 10, 100) + text("い" * 46, LEFT, 115) + text("う" * 46, LEFT, 130) + text("え。", LEFT, 145)
    )
    assert texts(lay_out_pages([page(glyphs)])) == [first + "い" * 46 + "う" * 46 + "え。"]


def test_lines_that_usually_stand_far_apart_are_still_one_paragraph() -> None:
    glyphs = [glyph for index in range(3) for glyph in text("あ" * 46, LEFT, 100 + 28 * index)] + text(
        "い。", LEFT, 184
    )
    assert texts(lay_out_pages([page(glyphs)])) == ["あ" * 138 + "い。"]


def test_lines_set_to_the_right_are_paragraphs_of_their_own() -> None:
    glyphs = wrapped(LONG, 100)
    for index, line in enumerate(["（担当課：港湾課）", "企画グループ、整備グループ）"]):
        glyphs += text(line, RIGHT - width(line, 10), 160 + 17 * index)
    assert texts(lay_out_pages([page(glyphs)])) == [LONG, "（担当課：港湾課）", "企画グループ、整備グループ）"]


def test_latin_words_keep_the_blank_at_which_their_line_was_parted() -> None:
    line = "あ" * 40 + "Regional"
    glyphs = text(line, LEFT, 100) + text("Innovation を進めた。", LEFT, 115) + wrapped("い" * 92, 130)
    assert texts(lay_out_pages([page(glyphs)]))[0] == f"{line} Innovation を進めた。"


def numbered(form: str, count: int = 4, header: str = "") -> list[Page]:
    pages = []
    for number in range(1, count + 1):
        glyphs = wrapped(f"{number}頁の本文である。", 100) + text(form.format(n=number + 20), 270, 800)
        pages.append(page(glyphs + text(header, 300, 40, 8), number=number))
    return pages


@pytest.mark.parametrize("form", ["- {n} -", "－{n}－", "{n}", "{n} / 60", "{n}頁", "p.{n}"])
def test_printed_page_numbers(form: str) -> None:
    layout = lay_out_pages(numbered(form))
    assert [parse_page_label(one.text) for one in layout.furniture] == ["21", "22", "23", "24"]
    assert [element.source[0].page_label for element in layout.elements] == ["21", "22", "23", "24"]  # type: ignore[union-attr]


def test_a_running_head_is_set_apart() -> None:
    layout = lay_out_pages(numbered("- {n} -", header="令和5年度 施策の実施状況"))
    assert Counter(one.kind for one in layout.furniture) == {"page-number": 4, "running-line": 4}
    assert texts(layout) == [f"{number}頁の本文である。" for number in range(1, 5)]


def test_a_heading_that_opens_every_page_is_no_running_head() -> None:
    pages = [
        page(text("【 事業概要 】", LEFT, 58) + wrapped(f"事業{number}である。", 75), number=number)
        for number in range(1, 6)
    ]
    assert texts(lay_out_pages(pages)).count("【 事業概要 】") == 5


def test_a_figure_in_the_text_is_no_page_number() -> None:
    layout = lay_out_pages([page(text("147", LEFT, HEIGHT / 2) + text("- 3 -", 280, 800))])
    assert [one.text for one in layout.furniture] == ["- 3 -"]
    assert texts(layout) == ["147"]


@st.composite
def marks(draw: st.DrawFn) -> Page:
    places = st.tuples(st.integers(20, 560), st.integers(20, 820), st.sampled_from("漢字12（)。 ○ーA"))
    glyphs = [
        Glyph(sign, float(x), float(y), x + size, y + size, size, "Mincho")
        for x, y, sign in draw(st.lists(places, max_size=40))
        for size in [draw(st.sampled_from([8.0, 10.0]))]
    ]
    ends = st.tuples(st.integers(20, 500), st.integers(20, 800), st.integers(5, 300), st.booleans())
    rules = [
        across(float(y), float(x), float(x + length)) if flat else down(float(x), float(y), float(y + length))
        for x, y, length, flat in draw(st.lists(ends, max_size=14))
    ]
    return page(glyphs, rules)


@given(st.lists(marks(), min_size=1, max_size=3))
def test_every_glyph_ends_in_one_place_whatever_the_page(pages: list[Page]) -> None:
    pages = [Page(number, one.width, one.height, one.glyphs, one.rules) for number, one in enumerate(pages, start=1)]
    layout = lay_out_pages(pages)
    laid = [one.text for one in layout.furniture]
    for element in layout.elements:
        laid += [cell.text for cell in element.cells] if isinstance(element, Table) else [element.text]
    marked = "".join(glyph.text for one in pages for glyph in one.glyphs)
    assert Counter("".join(laid).replace(" ", "")) == Counter(marked.replace(" ", ""))
    assert lay_out_pages(pages) == layout

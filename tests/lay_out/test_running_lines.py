"""Running heads and feet are of the page, wherever a paragraph or block goes on over its end."""

from collections.abc import Sequence

import pytest

from extractor.document.layout import Layout, Paragraph
from extractor.document.page import Page
from extractor.layout.pages import lay_out_pages
from extractor.profiles.profile import collect_all_heading_words
from extractor.structure.outline_builder import build_outline
from grids import AOMORI
from sheets import HEIGHT, LEFT, RIGHT, page, text, width

PROSE = "港を訪れた企業の担当者から一社ずつ話を伺い、働き手の不足について聞き取りを続けた上で、相談員"
NAMES = ("港の学び舎運営事業", "海藻加工人材育成事業", "雪国ものづくり塾事業", "温泉地若手支援事業")


def _full_line(start: str) -> str:
    """A line of prose as wide as the page's text."""
    count = int((RIGHT - LEFT) / 10) - len(start)
    return start + (PROSE * 2)[:count]


def _lay_out(pages: Sequence[Page]) -> Layout:
    return lay_out_pages(pages, collect_all_heading_words())


def _told(layout: Layout) -> list[str]:
    return [one.text for one in layout.elements if isinstance(one, Paragraph)]


def _running(layout: Layout) -> list[str]:
    return [one.text for one in layout.furniture if one.kind == "running-line"]


def _set_pages(feet: Sequence[str], *, heads: Sequence[str] = (), titles: Sequence[str] = ()) -> list[Page]:
    """Pages full of one paragraph that runs over all of their ends, with something at the foot or head of each."""
    pages = []
    for number, foot in enumerate(feet, 1):
        glyphs = [one for at in range(4) for one in text(_full_line(f"{number}{at}"), LEFT, 690 + 15 * at)]
        glyphs += text(foot, RIGHT - width(foot, 7.5), HEIGHT - 50, 7.5) + text(
            f"－ {number + 10} －", 280, HEIGHT - 36
        )
        glyphs += text(heads[number - 1], LEFT, 40, 8) if heads else []
        glyphs += text(titles[number - 1], LEFT, 660, 14, "Gothic") if titles else []
        pages.append(page(glyphs, number=number))
    return pages


def test_a_foot_is_no_part_of_the_paragraph_around_it() -> None:
    layout = _lay_out(_set_pages(["港県の施策"] * 4))
    assert _running(layout) == ["港県の施策"] * 4
    assert len(_told(layout)) == 1


def test_a_head_or_foot_of_each_chapter() -> None:
    feet = ["① 人材の確保"] * 2 + ["② 経営の安定"] * 3
    assert _running(_lay_out(_set_pages(feet))) == feet
    heads = ["新たな事業の創出、経営の革新を促すこと"] * 5
    assert sorted(_running(_lay_out(_set_pages(feet, heads=heads)))) == sorted(feet + heads)


@pytest.mark.parametrize("numbered", [False, True])
def test_a_head_or_foot_that_repeats_the_title_of_its_page(*, numbered: bool) -> None:
    titles = [f"{at} {name}" for at, name in enumerate(NAMES, 1)]
    own = titles if numbered else list(NAMES)
    assert _running(_lay_out(_set_pages(own, titles=titles))) == own
    heads = _lay_out(_set_pages(["港県"] * 4, heads=own, titles=titles))
    assert sorted(_running(heads)) == sorted([*own, *["港県"] * 4])
    assert [one for one in _told(heads) if one in titles] == titles


def test_the_last_line_of_a_page_is_no_foot() -> None:
    """A note and a sentence at one height on every page are text, and so is what each page has of its own."""
    for feet in (["※ 年度末の値"] * 4, ["相談に応じた。"] * 4, list(NAMES)):
        layout = _lay_out(_set_pages(feet))
        assert _running(layout) == []
        assert all(any(foot in told for told in _told(layout)) for foot in feet)


def test_a_foot_in_two_parts_gives_its_office() -> None:
    offices = ["港湾課 企画グループ", "水産課", "工業課 技術班", "観光課"]
    pages = _set_pages([""] * 4)
    bars = [text("港県の施策", LEFT, HEIGHT - 50, 8) + text(one, 300, HEIGHT - 50, 8) for one in offices]
    marked = [page([*one.glyphs, *bar], number=one.number) for one, bar in zip(pages, bars, strict=True)]
    layout = _lay_out(marked)
    assert _running(layout) == ["港県の施策"] * 4
    assert [one.text for one in layout.elements if isinstance(one, Paragraph) and one.is_foot] == offices
    assert len(_told(layout)) == 5, "the paragraph that goes on over the pages is whole"


def _paragraph(line: str, *, is_foot: bool = False) -> Paragraph:
    return Paragraph(line, (), is_foot=is_foot)


def test_the_office_at_a_foot_is_that_of_the_block_which_is_open() -> None:
    lines = ["【事業概要】", "港を学ぶ。", "【事業実績】", "学んだ。"]
    foot = _paragraph("港湾課 企画グループ", is_foot=True)
    more = ["続けて学んだ。"]
    elements = (*map(_paragraph, lines), foot, *map(_paragraph, more), foot)
    outline = build_outline(Layout(elements, (), 2), AOMORI)
    (block,) = outline.chapters[0].blocks
    assert [line.text for line in block.footer] == ["港湾課 企画グループ"]
    assert [line.text for line in block.results or []] == ["学んだ。", "続けて学んだ。"]
    assert outline.unplaced == []

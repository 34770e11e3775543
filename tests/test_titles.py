"""Titles: what stands at the right end of a title's line is its office, number, mark or amount, and no name."""

import pytest

from extractor.document.layout import Paragraph
from extractor.profiles.profile import load_profile
from extractor.records.report import PageBox, Source
from extractor.structure.titles import TitleWords

WORDS = TitleWords(load_profile())


def place(x0: float, x1: float, top: float = 100) -> Source:
    return (PageBox(page=1, page_label=None, bbox=(x0, top, x1, top + 12)),)


TITLE = Paragraph("港の事業", place(50, 150), strong=True)


@pytest.mark.parametrize(
    ("text", "name", "offices", "asides"),
    [
        ("港湾課 計画グループ", "港の事業", 1, 0),
        ("No.3", "No.3 港の事業", 0, 0),
        ("4,789千円", "港の事業", 0, 1),
        ("R5決算額：4,789千円", "港の事業", 0, 1),
    ],
)
def test_what_stands_beside_a_title_is_of_it(text: str, name: str, offices: int, asides: int) -> None:
    found = WORDS.find_title([TITLE, Paragraph(text, place(400, 500))], set())
    assert found is not None
    assert (found[1].name.text, len(found[1].offices), len(found[1].asides)) == (name, offices, asides)


@pytest.mark.parametrize("text", ["港湾課は事業を行った。", "港の絵"])
def test_other_text_beside_a_title_is_not(text: str) -> None:
    assert not WORDS.is_beside(Paragraph(text, place(400, 500)), TITLE)


def test_what_stands_below_a_title_is_not_beside_it() -> None:
    assert not WORDS.is_beside(Paragraph("港湾課", place(400, 500, top=120)), TITLE)
    assert not WORDS.is_beside(Paragraph("港湾課", place(50, 150)), TITLE)

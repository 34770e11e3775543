"""Roles: marks, ruby and watermarks are no part of the words and figures that they stand at."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractor.document.layout import Layout, Paragraph
from extractor.document.page import Glyph
from extractor.layout import lay_out_pages
from sheets import page, text

RAISE, SIZE = 3.5, 6.0


def read(glyphs: Sequence[Glyph]) -> list[str]:
    return [part.text for part in layout_of(glyphs).elements if isinstance(part, Paragraph)]


def layout_of(glyphs: Sequence[Glyph]) -> Layout:
    return lay_out_pages([page(list(glyphs))])


def set_at(x: float, said: str, rise: float, size: float) -> list[Glyph]:
    """Text whose baseline is so much above that of 10-point text at 100."""
    return text(said, x, 108.8 - rise - 0.88 * size, size=size)


def end(glyphs: Sequence[Glyph]) -> float:
    return glyphs[-1].x1


@pytest.mark.parametrize(("rise", "size"), [(3.3, 8.3), (3.5, 5.8), (3.6, 10.0), (2.0, 6.0), (4.5, 7.0)])
@pytest.mark.parametrize(("before", "mark", "behind", "said"), [
    ("", "1", "423名", "¹423名"),
    ("423名", "1", "", "423名¹"),
    ("423", "1", "", "423¹"),
    ("5", "1)", "校", "5¹⁾校"),
    ("423", "12", "名", "423¹²名"),
    ("延べ76", "注1", "", "延べ76注¹"),
    ("聴講者数", "2", "", "聴講者数²"),
])  # fmt: skip
def test_raised_figures_are_marks(rise: float, size: float, before: str, mark: str, behind: str, said: str) -> None:
    first = text(before, 100, 100)
    raised = set_at(end(first) if first else 100.0, mark, rise, size)
    last = text(behind, end(raised), 100)
    assert read([*first, *raised, *last]) == [said]
    # The order in which a program writes them is its own.
    assert read([*last, *raised, *first]) == [said]


def test_small_marks_on_the_line() -> None:
    figures = text("99", 100, 100)
    assert read([*figures, *set_at(end(figures), "1)", 0, 6)]) == ["99¹⁾"]
    # A bare small figure may be either: no number is read.
    assert read([*figures, *set_at(end(figures), "1", 0, 6)]) == ["99₁"]


@pytest.mark.parametrize(("first", "small", "rise", "size", "said"), [
    ("147者", "(R4.6)", 0.0, 8.0, "147者(R4.6)"),
    ("5m", "2", 3.5, 6.0, "5m2"),
    ("CO", "2", -2.0, 6.0, "CO2"),
    ("令和", "5", 0.0, 9.0, "令和5"),
    ("12,345", "千円", 0.0, 8.0, "12,345千円"),
])  # fmt: skip
def test_what_is_no_mark(first: str, small: str, rise: float, size: float, said: str) -> None:
    words = text(first, 100, 100)
    assert read([*words, *set_at(end(words), small, rise, size)]) == [said]


def test_ruby_goes_out_of_the_text() -> None:
    words = text("協働による人財育成", 100, 100)
    reading = text("きょうどう", 100, 94.5, size=4.5)
    layout = layout_of([*words, *reading])
    assert [part.text for part in layout.elements if isinstance(part, Paragraph)] == ["協働による人財育成"]
    assert [(part.kind, part.text) for part in layout.furniture] == [("ruby", "きょうどう")]


def test_a_small_line_is_no_ruby() -> None:
    words = text("協働による人財育成", 100, 100)
    for line in (text("ものづくりのまち", 300, 94.5, size=4.5), text("きょうどう", 100, 80, size=4.5)):
        assert len(read([*words, *line])) == 2


def test_a_watermark_disturbs_no_line() -> None:
    lines = [*text("参加者数は423名であった。", 100, 100), *text("前年度より36名多い。", 100, 114)]
    expected = read(lines)
    slanted = [
        replace(glyph, top=80.0 - 15 * at, bottom=150.0 - 15 * at, x0=110.0 + 30 * at, x1=180.0 + 30 * at, angle=30.0)
        for at, glyph in enumerate(text("見本", 0, 0, size=70))
    ]
    pale = [replace(glyph, ink=0.2) for glyph in text("見本", 110, 85, size=60)]
    for mark in (slanted, pale, [replace(glyph, watermark=True) for glyph in text("案", 120, 101, size=10)]):
        layout = layout_of([*mark[:1], *lines, *mark[1:]])
        assert [part.text for part in layout.elements if isinstance(part, Paragraph)] == expected
        assert {part.kind for part in layout.furniture} == {"watermark"}


def test_a_slanted_stamp_is_told() -> None:
    stamp = [replace(glyph, angle=20.0) for glyph in text("済", 130, 100)]
    layout = layout_of([*text("参加者数は423名であった。", 100, 100), *stamp])
    assert [remark.message.code for remark in layout.remarks] == ["slanted-text"]
    assert [part.text for part in layout.elements if isinstance(part, Paragraph)] == ["参加者数は423名であった。"]


def test_sideways_text_is_read_in_its_order() -> None:
    label = [
        Glyph(sign, 100.0, 200.0 - 10 * at, 110.0, 210.0 - 10 * at, 10.0, "Mincho", angle=90.0)
        for at, sign in enumerate("人材育成")
    ]
    assert "".join(read(label)) == "人材育成"

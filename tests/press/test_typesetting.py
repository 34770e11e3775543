"""The press itself: lines are broken as they should be, pages hold what the model says, and nothing beyond margins."""

import re
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import cid, embedded
from press.breaking import NON_STARTERS, OPENERS, broken
from press.model import Printed, ReportModel
from press.specimen import specimen
from press.style import FAMILIES, PLAIN, Style, year_head
from press.trial import PRODUCERS, Typeset, model_for, without_fonts

# Signs that fonts which are not embedded turn into others.
SAME = str.maketrans("〜−", "～－")
PROSE = st.text(st.sampled_from("県内の中小企業、。「」（）支援ー・12,3ABC"), min_size=1, max_size=80)


def plain(text: str) -> str:
    """Text without blanks and line ends."""
    return re.sub(r"\s|\ufffe", "", text).translate(SAME)


def pages(printed: Printed) -> list[str]:
    with pypdfium2.PdfDocument(printed.pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def texts(model: ReportModel, style: Style) -> list[str]:
    """All texts that the pages of a report must hold."""
    found = [model.title]
    for chapter in model.chapters:
        found += [chapter.title, *chapter.overview, f"{chapter.subtotal:,}"]
    for _, one in model.programmes():
        found += [one.name, *one.overview.paragraphs, *one.results.paragraphs, *one.results.notes]
        found += [office.division for office in one.offices]
        for metric in one.metrics:
            found += [
                metric.name,
                *(cell.text(bare=style.unit_column and bool(metric.unit())) for cell in metric.cells),
            ]
    return found


@pytest.mark.parametrize("typeset", PRODUCERS)
@pytest.mark.parametrize("family", ["plain headings", "forms", "unit column", "rotated"])
def test_the_pages_hold_what_the_model_says(family: str, typeset: Typeset) -> None:
    model, style = model_for(family), FAMILIES[family]
    whole = plain("".join(pages(typeset(model, style))))
    assert [text for text in texts(model, style) if plain(text) not in whole] == []


@without_fonts
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_nothing_stands_beyond_the_margins(family: str) -> None:
    style = FAMILIES[family]
    with pypdfium2.PdfDocument(embedded.typeset(model_for(family), style).pdf) as document:
        for page in document:
            boxes = page.get_textpage()
            left, _, right, _ = page.get_cropbox()
            found = [boxes.get_charbox(index) for index in range(boxes.count_chars())]
            if not style.rotated:
                assert min(box[0] for box in found) >= left + style.margin - 1
                # A full stop may hang by its width.
                assert max(box[2] for box in found) <= right - style.margin + style.size + 1


@pytest.mark.parametrize("typeset", PRODUCERS)
def test_the_list_says_the_pages_on_which_the_blocks_begin(typeset: Typeset) -> None:
    style = FAMILIES["boxes"]
    model = specimen()
    printed = typeset(model, style)
    shown = [plain(text) for text in pages(printed)]
    for programme_id, one in model.programmes():
        index = int(printed.page_labels[programme_id]) - style.first_page
        assert f"－{printed.page_labels[programme_id]}－" in shown[index]
        assert plain(one.name) in shown[index]


def test_a_rotated_page_is_shown_as_wide_as_it_is_printed() -> None:
    with pypdfium2.PdfDocument(cid.typeset(specimen(), FAMILIES["rotated"]).pdf) as document:
        assert document[0].get_rotation() == 90
        width, height = document[0].get_size()
    assert width > height


def test_the_same_report_is_printed_in_the_same_bytes() -> None:
    assert cid.typeset(specimen(), PLAIN).pdf == cid.typeset(specimen(), PLAIN).pdf


@given(PROSE, st.integers(4, 20))
def test_no_line_begins_or_ends_as_none_may_and_nothing_is_lost(text: str, room: int) -> None:
    lines = broken(text, room, lambda run: float(len(run)), hanging=True)
    assert "".join(line.text for line in lines) == text
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
    for before, after in pairwise(lines):
        # Only where a unit is longer than the line there is no other way.
        if len(before.text) < room:
            assert after.text[0] not in NON_STARTERS
            assert before.text[-1] not in OPENERS
    assert all(len(line.text) <= room + line.hangs for line in lines)


def test_lines_are_broken_before_the_margin_and_marks_hang() -> None:
    lines = broken("県内企業を支援した。次に、", 8, lambda run: float(len(run)), hanging=True)
    assert [line.text for line in lines] == ["県内企業を支援し", "た。次に、"]
    lines = broken("県内企業を支援。次に、", 7, lambda run: float(len(run)), hanging=True)
    assert [(line.text, line.hangs) for line in lines] == [("県内企業を支援。", True), ("次に、", False)]
    lines = broken("県内企業を支援。次に、", 7, lambda run: float(len(run)))
    assert [line.text for line in lines] == ["県内企業を支", "援。次に、"]


@pytest.mark.parametrize(
    ("year", "form", "text"),
    [
        (2022, "bare", "4年度"),
        (2022, "wide", "４年度"),
        (2022, "letter", "R4"),
        (2022, "era", "令和4年度"),
        (2019, "era", "令和元年度"),
        (2018, "letter", "H30"),
        (2022, "gregorian", "2022年度"),
    ],
)
def test_years_are_written_as_offices_write_them(year: int, form: str, text: str) -> None:
    assert year_head(year, form) == text  # type: ignore[arg-type]

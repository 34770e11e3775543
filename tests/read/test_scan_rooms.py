"""The rooms of recognition one by one: letters, rules, places, blanks and doubts, on pictures that the tests draw."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.layout import Paragraph
from extractor.document.page import Doubt, Glyph, Page, Rule
from extractor.layout import lay_out_pages
from extractor.records.messages import make_message
from extractor.records.report import PageBox
from read.scans import need_extra

need_extra()

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from extractor.ocr.char_spans import CharSpan  # noqa: E402
from extractor.ocr.confidence import SURE, BoxReading, find_doubts  # noqa: E402
from extractor.ocr.confusables import load_letters  # noqa: E402
from extractor.ocr.dots import Dots  # noqa: E402
from extractor.ocr.glyph_placement import OcrLine, place_glyphs  # noqa: E402
from extractor.ocr.models import Sign  # noqa: E402
from extractor.ocr.preprocess import clean_page  # noqa: E402
from extractor.ocr.rule_lines import find_rules  # noqa: E402
from extractor.ocr.word_choice import choose_letters  # noqa: E402

SCALE = 200 / 72  # dots a point


# Letters


def choose(recognised: str, printed: str, likely: float) -> str:
    """What is chosen where recognition thought of what is printed too."""
    signs = [Sign(one, likely, 0.0, other, 0.05) for one, other in zip(recognised, printed, strict=True)]
    return "".join(sign.text for sign in choose_letters(signs))


@pytest.mark.parametrize("likely", [0.6, 0.9, 0.95])
@pytest.mark.parametrize(("recognised", "printed"), load_letters().examples)
def test_letters_that_look_alike(recognised: str, printed: str, likely: float) -> None:
    assert choose(recognised, printed, likely) == printed


@pytest.mark.parametrize("printed", load_letters().counter_examples)
def test_what_is_printed_stays(printed: str) -> None:
    alike = load_letters().alike
    others = "".join(next(one for one in alike.get(text, "-") if one != text) for text in printed)
    assert choose(printed, others, 0.9) == printed


def test_a_word_that_goes_on_below() -> None:
    signs = [Sign(text, 0.99, 0.0, "カ", 0.005) for text in "キャリア力ウン"]
    assert "".join(sign.text for sign in choose_letters(signs, after="セリングを")) == "キャリアカウン"


def test_two_words_of_one_look_are_doubted() -> None:
    signs = [Sign(one, 0.5, 0.0, other, 0.45) for one, other in zip("ギョベモ", "ギヨベモ", strict=True)]
    assert choose_letters(signs)[1].score < SURE


@given(st.text("0123456789,.１２３人件力カーセットつ", max_size=12))
def test_no_figure_is_chosen(text: str) -> None:
    chosen = choose_letters([Sign(one, 0.5, 0.0, "1", 0.4) for one in text])
    pairs = zip(text, (sign.text for sign in chosen), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1] and any(one.isdigit() for one in pair)] == []


def test_variants_are_of_characters_that_japanese_lacks() -> None:
    ideographs = {one: ours for one, ours in load_letters().variants.items() if "\u4e00" <= one <= "\u9fff"}
    assert len(ideographs) > 300
    assert [one for one in ideographs if load_letters().is_japanese(one)] == []
    assert [ours for ours in load_letters().variants.values() if not load_letters().is_japanese(ours)] == []


def test_no_figure_becomes_another() -> None:
    figures = {one: ours for one, ours in load_letters().variants.items() if one.isdigit() or ours.isdigit()}
    assert figures == {chr(0xFF10 + digit): str(digit) for digit in range(10)}  # full width is half width


# Ruled lines


def blank(width: int = 1200, height: int = 900) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    return np.zeros((height, width), np.uint8)


def line(
    ink: "np.ndarray[Any, np.dtype[np.uint8]]", one: tuple[int, int], other: tuple[int, int], thick: int = 2
) -> None:
    cv2.line(ink, one, other, 1, thick)


def test_table_with_a_dotted_row() -> None:
    ink = blank()
    for y in (100, 200, 400):
        line(ink, (100, y), (900, y))
    for x in (100, 500, 900):
        line(ink, (x, 100), (x, 400))
    for x in range(100, 900, 10):
        ink[299:302, x : x + 4] = 1
    rules = find_rules(ink, SCALE)
    assert [round((y0 + y1) / 2 / 10) for _, y0, _, y1 in sorted(rules.level, key=lambda run: run[1])] == [
        10,
        20,
        30,
        40,
    ]
    assert [round((x0 + x1) / 2 / 10) for x0, _, x1, _ in rules.upright] == [10, 50, 90]
    assert all(x0 <= 104 and x1 >= 890 for x0, _, x1, _ in rules.level)


def test_column_of_ones_and_strokes_of_bold_type_are_no_rules() -> None:
    ink = blank()
    for y in range(100, 500, 33):
        line(ink, (60, y), (900, y), 2)  # the rows of a table
        ink[y + 8 : y + 26, 300:304] = 1  # a 1 in each
    for x in range(100, 700, 40):  # 日日日…: strokes that nearly join
        for y in (600, 614, 628):
            ink[y : y + 4, x : x + 38] = 1
        for upright in (x, x + 17, x + 34):
            ink[600:632, upright : upright + 4] = 1
    rules = find_rules(ink, SCALE)
    assert len(rules.level) == 13
    assert rules.upright == ()


def test_low_box_is_ruled_on_all_sides() -> None:
    ink = blank()
    cv2.rectangle(ink, (100, 100), (900, 140), 1, 2)  # a title bar of 14 points
    rules = find_rules(ink, SCALE)
    assert (len(rules.level), len(rules.upright)) == (2, 2)


@pytest.mark.parametrize("turn", [-2.0, -0.4, 0.0, 0.7, 3.0])
def test_page_is_straightened(turn: float) -> None:
    grey = np.full((2339, 1654), 250, np.uint8)
    for y in range(200, 2000, 60):
        cv2.line(grey, (150, y), (1500, y), 0, 3)
    matrix = cv2.getRotationMatrix2D((1654 / 2, 2339 / 2), turn, 1)
    turned = np.asarray(cv2.warpAffine(grey, matrix, (1654, 2339), borderValue=(250,)), dtype=np.uint8)
    paper = clean_page(turned, SCALE)
    assert paper.turn == pytest.approx(-turn, abs=0.05)
    assert len(paper.rules.level) == 30
    assert max(y1 - y0 for _, y0, _, y1 in paper.rules.level) <= 10


# Places


def test_places_on_a_turned_page_are_where_the_ink_was() -> None:
    # Turned by 90 degrees against the clock to be straight, what is at the right was at the bottom.
    glyphs = tuple(
        Glyph(text, 300 + 10 * n, 195, 310 + 10 * n, 205, 10, "recognised") for n, text in enumerate("青森県")
    )
    rules = (Rule(0, 0, 1, 0),)
    doubt = Doubt("青", (300, 195, 310, 205), make_message("low-confidence.character"))
    page = Page(1, 400, 400, glyphs, rules, recognised=True, turn=90, doubts=(doubt,))
    layout = lay_out_pages([page])
    (paragraph,) = layout.elements
    assert isinstance(paragraph, Paragraph)
    assert paragraph.source == (PageBox(page=1, page_label=None, bbox=(195.0, 300.0, 205.0, 330.0), recognised=True),)
    assert layout.remarks[0].source[0] == PageBox(
        page=1, page_label=None, bbox=(195.0, 300.0, 205.0, 310.0), recognised=True
    )
    assert layout.recognised


# Blanks, sizes and marks


def marks(text: str, *middles: float, half: float = 0.2) -> OcrLine:
    """A line of type of 30 dots: each character's ink reaches `half` a size aside of its middle (in sizes)."""
    em = 30.0
    found = []
    for sign, at in zip(text, middles, strict=True):
        reach = half if sign.isascii() else 0.45
        left, right = (at - reach) * em, (at + reach) * em
        found.append(CharSpan(Sign(sign, 1.0, at * em, "", 0.0), left, right, 26, int(left), int(right)))
    return OcrLine(Dots(int(found[0].left), 100, int(found[-1].right), 128), tuple(found))


LETTERS = marks("青森県庁の", 0.5, 1.5, 2.5, 3.5, 4.5)


def texts(*lines: OcrLine) -> list[str]:
    glyphs = place_glyphs(lines, 30 / 10.5)
    joined = "".join(glyph.text for glyph in glyphs)
    return joined.split("青森県庁の")


def test_two_numbers_stay_two_where_figures_are_of_half_width() -> None:
    number = marks("1234", 0.25, 0.75, 1.25, 1.75)
    assert texts(LETTERS, number, marks("68", 0.25, 1.25)) == ["", "12346 8"]
    assert texts(LETTERS, marks("22名", 0.25, 0.75, 1.5)) == ["", "22名"]


def test_figures_of_full_width_are_one_number() -> None:
    number = marks("1234", 0.5, 1.5, 2.5, 3.5)
    assert texts(LETTERS, number, marks("68", 0.5, 1.5)) == ["", "123468"]
    # Where those of half width are the rule, by their breadth; a 1 is as broad in both, and is left apart.
    number = marks("1234", 0.25, 0.75, 1.25, 1.75)
    assert texts(LETTERS, number, marks("68", 0.5, 1.5, half=0.27)) == ["", "123468"]
    assert texts(LETTERS, number, marks("11", 0.5, 1.5)) == ["", "12341 1"]


def test_blank_between_words_is_kept() -> None:
    assert texts(LETTERS, marks("課班", 0.5, 2.0)) == ["", "課 班"]
    assert texts(LETTERS, marks("課班", 0.5, 1.55)) == ["", "課班"]


def stroke(text: str, x: int, y: int, width: int, height: int) -> OcrLine:
    mark = CharSpan(Sign(text, 1.0, x + width / 2, "", 0.0), x, x + width, height, x, x + width)
    return OcrLine(Dots(x, y, x + width, y + height), (mark,))


def test_lone_level_stroke_is_a_dash_unless_it_is_counted_on() -> None:
    assert texts(LETTERS, stroke("一", 500, 200, 28, 3)) == ["", "－"]
    assert texts(LETTERS, stroke("一", 500, 200, 28, 3), stroke("二", 500, 240, 28, 24)) == ["", "一二"]
    assert texts(LETTERS, stroke("ー", 500, 200, 28, 3)) == ["", "－"]


def test_ring_is_told_from_a_nought_by_its_shape() -> None:
    assert texts(LETTERS, stroke("O", 500, 200, 26, 27)) == ["", "○"]
    assert texts(LETTERS, stroke("0", 500, 200, 13, 20)) == ["", "0"]


def test_sizes_are_those_of_the_type() -> None:
    glyphs = place_glyphs([LETTERS, marks("12", 0.25, 0.75)], 30 / 10.5)
    assert {glyph.size for glyph in glyphs} == {10.5}


def test_short_line_that_measures_badly_moves_no_size() -> None:
    # Its type measures like neither of the two on the page, and the mean of all three is that of none.
    body = marks("青森県庁の事業を行う", *(n + 0.5 for n in range(10)))
    cell = marks("県内の企業が参加した", *(0.9 * (n + 0.5) for n in range(10)))
    short = marks("取り組む", *(0.95 * (n + 0.5) for n in range(4)))
    glyphs = place_glyphs([short, body, cell], 30 / 10.5)
    sizes = {glyph.text: glyph.size for glyph in glyphs}
    assert sizes["青"] == pytest.approx(10.5, abs=0.15)
    assert sizes["参"] == pytest.approx(9.45, abs=0.15)
    assert sizes["取"] in {sizes["青"], sizes["参"]}


def test_lines_of_one_type_that_are_set_wider_have_one_size() -> None:
    lines = [marks("青森県庁の事業を行う", *(wider * (n + 0.5) for n in range(10))) for wider in (1, 1.01, 1.02, 1.025)]
    assert len({glyph.size for glyph in place_glyphs(lines, 30 / 10.5)}) == 1


def ends(text: str, *ink: tuple[float, float]) -> tuple[float, float]:
    """From where to where a line is placed, in sizes, whose characters have ink from here to there."""
    em = 30.0
    found = [
        CharSpan(Sign(sign, 1.0, (left + right) / 2 * em, "", 0.0), left * em, right * em, 26, left * em, right * em)
        for sign, (left, right) in zip(text, ink, strict=True)
    ]
    line = OcrLine(Dots(int(found[0].left), 200, int(found[-1].right), 228), tuple(found))
    glyphs = place_glyphs([LETTERS, line], 30 / 10.5)[len(LETTERS.marks) :]
    return glyphs[0].x0 / 10.5, glyphs[-1].x1 / 10.5


def test_line_reaches_as_far_as_its_type_and_not_only_its_ink() -> None:
    square = (1.06, 1.94)
    assert ends("国々", (0.06, 0.94), square) == pytest.approx((0, 2), abs=0.01)
    assert ends("りし", (0.22, 0.78), (1.2, 1.8)) == pytest.approx((0, 2), abs=0.01)
    # The ink of a point is in the left half of its square, that of an opening bracket in the right one.
    assert ends("「た。", (0.6, 0.95), square, (2.05, 2.3)) == pytest.approx((-0.05, 3.05), abs=0.01)
    # Round brackets and figures may be of half width.
    assert ends("（2）", (0.1, 0.35), (0.55, 0.95), (1.15, 1.4)) == pytest.approx((0.1, 1.4), abs=0.01)


# Doubts


def reading(
    text: str, again: str | None = None, *, score: float = 1.0, sure: bool = True, whole: bool = True
) -> BoxReading:
    signs = tuple(Sign(sign, score, 10.0 * n, "", 0.0) for n, sign in enumerate(text))
    second = tuple(Sign(sign, 1.0, 10.0 * n, "", 0.0) for n, sign in enumerate(text if again is None else again))
    return BoxReading(Dots(0, 0, 100, 30), signs, second, sure, whole)


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (reading("22名"), ""),
        (reading("22名", "29名"), "looked at again it reads 29名"),
        (reading("22名", "22各"), "looked at again it reads 22各"),
        (reading("22名", score=0.85), "not sure"),
        (reading("担当課", score=0.85), ""),
        (reading("担当課", score=0.5), "not sure"),
        (reading("-400,000"), "stain"),
        (reading("- 21 -".replace(" ", "")), ""),
        (reading("4.463名"), "comma"),
        (reading("77.4%"), ""),
        (reading("8", sure=False), "no line of text"),
        (reading(""), "not recognised"),
        (reading("10名", whole=False), "nothing was recognised"),
        (reading("令和5年度の中小企業振興施策の実施状況", "令和5年度の中小企業振興施策の実旅状況"), ""),
        (reading("令和5年度の中小企業振興施策の実施状況", "令和6年度の中小企業振興施策の実施状況"), "looked at again"),
    ],
)
def test_what_is_doubted(piece: BoxReading, why: str) -> None:
    found = find_doubts([piece], SCALE)
    assert [why in str(doubt.why) for doubt in found] == ([True] if why else [])


def test_where_much_is_doubted_no_figure_is_sure() -> None:
    good, bad = reading("22名"), reading("8", sure=False)
    assert len(find_doubts([good] * 5 + [bad] * 2, SCALE)) == 2
    assert len(find_doubts([good] * 5 + [bad] * 3, SCALE)) == 8
    assert len(find_doubts([good] * 30 + [bad] * 3, SCALE)) == 3
    assert len(find_doubts([good, reading("担当課"), bad, bad, bad], SCALE)) == 4

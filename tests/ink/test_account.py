"""Ink: what a page's text says is held against what is drawn."""

from math import cos, pi, sin

import pytest

from extractor.document.layout import Cell, Layout, Table
from extractor.document.page import Page
from extractor.layout import lay_out_pages
from extractor.pdf.reader import read_pdf
from mutants.drawing import draw_figures
from read.pdf_files import file_of, page_objects, stream, text

# Two cells of a table, 90 points wide and 20 high; text of the right one begins at 130.
TABLE = b"0.5 w 10 40 90 20 re S 100 40 90 20 re S\n" + text(b"visitors", 15, 46)
SHAPES = {
    "－": [
        b"1 w 122 49.5 m 128.5 49.5 l S",
        b"122 49 6 0.8 re f",
        b"q 6 0 0 0.8 122 49 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q",
    ],
    "△": [b"0.6 w 120 45 m 124 53 l 128 45 l s", b"0.5 w 120 45 m 124.5 52 l 129 45 l h S"],
    "▲": [b"120 45 m 124 53 l 128 45 l f", b"0 0 1 rg 120 45 m 124 53 l 128 45 l f 0 g"],
    "▽": [b"0.6 w 120 53 m 124 45 l 128 53 l s"],
    "▼": [b"120 53 m 124 45 l 128 53 l f"],
    "□": [b"0.6 w 120 45 8 8 re S"],
    "■": [b"120 45 8 8 re f"],
    "×": [b"0.8 w 120 45 m 128 53 l S 120 53 m 128 45 l S"],
    "✔": [b"1 w 120 49 m 122.5 45.5 l 128 53.5 l S", b"1.2 w 1 J 119 48.5 m 122 45 l 129 52.5 l S"],
}


def ring(fill: bytes, x: float = 124, y: float = 49, radius: float = 4) -> bytes:
    """A ring of short steps."""
    corners = [(x + radius * cos(step * pi / 12), y + radius * sin(step * pi / 12)) for step in range(24)]
    path = b" ".join(b"%f %f %s" % (*corner, b"l" if step else b"m") for step, corner in enumerate(corners))
    return b"0.7 w " + path + fill


def layout_of(content: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> tuple[Page, Layout]:
    pages = read_pdf(file_of(page_objects(content, b"", resources) | (more or {})))
    return pages[0], lay_out_pages(pages)


def cell_of(layout: Layout) -> Cell:
    (table,) = (part for part in layout.elements if isinstance(part, Table))
    cell = table.find_cell(0, 1)
    assert cell is not None
    return cell


def codes(layout: Layout) -> list[str]:
    return [remark.message.code for remark in layout.remarks]


@pytest.mark.parametrize(("sign", "drawn"), [
    *((sign, drawn) for sign, shapes in SHAPES.items() for drawn in shapes), ("○", ring(b" s")), ("●", ring(b" f")),
])  # fmt: skip
def test_drawn_signs_are_read(sign: str, drawn: bytes) -> None:
    _, layout = layout_of(TABLE + drawn)
    assert (cell_of(layout).text, codes(layout)) == (sign, [])
    # Beside a figure too.
    _, layout = layout_of(TABLE + text(b"9.2", 130, 46) + drawn)
    assert (cell_of(layout).text, codes(layout)) == (f"{sign}9.2", [])


@pytest.mark.parametrize("drawn", [
    b"0.7 w 120 45 m 121 53 l 126 47 l 129 52 l S",
    b"1 w 122 45 m 122 54 l S 126 45 m 126 54 l S",
    b"q 30 0 0 9 120 45 cm BI /W 4 /H 2 /BPC 8 /CS /G ID \x00\xff\x00\xff\xff\x00\xff\x00 EI Q",
    b"0.5 w 101 41 m 189 59 l S",
], ids=["scribble", "bars", "picture", "slash"])  # fmt: skip
def test_ink_that_is_not_read_is_said(drawn: bytes) -> None:
    _, layout = layout_of(TABLE + drawn)
    cell = cell_of(layout)
    assert "�" in cell.text or cell.text == "／"
    assert "unread-ink" in codes(layout) or cell.text == "／"


def lines(*sides: tuple[float, float, float, float]) -> bytes:
    """Lines from point to point."""
    return b"0.8 w " + b" ".join(b"%f %f m %f %f l S" % line for line in sides)


BAR = ((1, 0, 5, 0), (1, 4, 5, 4), (1, 8, 5, 8), (5, 0.8, 5, 3.4), (5, 4.8, 5, 7.4))


@pytest.mark.parametrize("drawn", [
    draw_figures("836", 130, 45, 9.5),
    draw_figures("52371", 110, 44, 12),
    b"".join(draw_figures(digit, 130 + 8 * at, 45, 9.5) for at, digit in enumerate("836")),
    lines(*((x + a, 46 + b, x + c, 46 + d) for x in (120, 127, 134, 141, 148) for a, b, c, d in BAR)),
    text(b"          ", 105, 46) + draw_figures("836", 120, 45, 9.5),
    lines(*((130 + 3 * at, 50, 132 + 3 * at, 50) for at in range(8))),
    lines((130, 50, 154, 50)), b"130 49.5 24 1 re f", lines((130, 48, 154, 48), (130, 52, 154, 52)),
    b"".join(b"0.5 w %d 45 10 10 re S " % x for x in (110, 120, 130, 140)),
    b"q 40 0 0 17 120 41 cm BI /W 4 /H 2 /BPC 8 /CS /G ID \x00\xff\x00\xff\xff\x00\xff\x00 EI Q",
    *(draw_figures(digit, 130, 45, 9.5) for digit in "0123456789"),
    b"0.8 w 130 50 m 130 44.7 135 44.7 135 50 c 135 55.3 130 55.3 130 50 c s",
])  # fmt: skip
def test_a_cell_with_ink_is_never_blank(drawn: bytes) -> None:
    _, layout = layout_of(TABLE + drawn)
    text = cell_of(layout).text
    assert "unread-ink" in codes(layout) if "\ufffd" in text else text and not set(text) - {"－"}


@pytest.mark.parametrize("content", [
    text(b"9.2", 130, 46),
    text(b"9.2", 130, 46) + lines((125, 43, 155, 43)),
    text(b"9.2", 130, 46) + b"0.5 w [0.5 1.5] 0 d 125 43 m 155 43 l S [] 0 d ",
    text(b"9.2", 130, 46) + b"0.5 w [0.5 1.5] 0 d 102 43 m 188 43 l S [] 0 d ",
    b"0.9 g 100 40 90 20 re f 0 g 0.5 w 100 40 90 20 re S " + text(b"9.2", 130, 46),
    b"0 g 100 40 90 20 re f 1 g " + text(b"9.2", 130, 46) + b"0 g ",
    text(b"9.2", 130, 46) + b"0.5 w 130 44 m 145 44 l S",
    b"0.5 w [2 2] 0 d 100 40 m 100 10 l 190 10 l 190 40 l S [] 0 d " + text(b"9.2", 130, 46),
    b"0.2 w 100 42 m 190 42 l S " + text(b"9.2", 130, 46),
], ids=[
    "plain", "line", "dots", "dots in all of it", "ground", "white on black", "underline", "dashes", "double rule"
])  # fmt: skip
def test_what_is_printed_as_usual_is_not_doubted(content: bytes) -> None:
    page, layout = layout_of(TABLE + content)
    assert "".join(glyph.text for glyph in page.glyphs).endswith("9.2")
    assert (page.marks, [code for code in codes(layout) if code != "missing-rule"]) == ((), [])


SPOT = (
    b"/ColorSpace << /S [/Separation /Spot /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] "
    b"/C1 [0 1 1 0] /N 1 >>] >>"
)


@pytest.mark.parametrize("tint", [b"0", b"0.01"])
def test_text_of_an_ink_that_prints_nothing_is_left_out(tint: bytes) -> None:
    content = TABLE + b"/S cs " + tint + b" scn " + text(b"423", 130, 46) + b"0 g " + text(b"8", 170, 46)
    page, layout = layout_of(content, SPOT)
    assert cell_of(layout).text == "8"
    assert [str(doubt.why) for doubt in page.doubts] == [
        "423 is in the file, but not drawn on the page; it was left out"
    ]
    assert codes(layout) == ["no-ink"]
    content = TABLE + b"/S cs 1 scn " + text(b"423", 130, 46)
    assert codes(layout_of(content, SPOT)[1]) == []


def lying_font(code: int, meaning: str) -> dict[int, bytes]:
    """A font with its own shapes for a, b and c and none for a blank; one of its codes means something else."""
    means = {at: f"{at:04x}" for at in b" abc"} | {code: meaning.encode("utf-16-be").hex()}
    pairs = b"".join(b"<%02x> <%s>\n" % (at, to.encode()) for at, to in means.items())
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap" % (len(means), pairs)
    )
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 "
        b"/LastChar 99 /Widths [" + b"600 " * 68 + b"] /Encoding << /Differences [32 /s 97 /a /b /c] >> "
        b"/CharProcs << /s 7 0 R /a 8 0 R /b 9 0 R /c 10 0 R >> /ToUnicode 6 0 R /Resources << >> >>"
    )
    shapes = (b"", b"100 0 400 80 re 100 300 80 350 re f", b"100 0 80 700 re f", b"100 300 400 80 re 300 0 80 700 re f")
    return {5: font, 6: stream(cmap)} | {at: stream(b"600 0 d0 " + shape) for at, shape in enumerate(shapes, 7)}


@pytest.mark.parametrize("meaning", [" ", "\xa0", "\u3000", "\u200b", "\u0301", "\ufffd", "\xad"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_figure_that_the_font_calls_a_blank_is_lost(meaning: str, place: int) -> None:
    lost = "cab"[place]
    content = TABLE.replace(b"visitors", b"") + text(b"cab", 130, 46)
    _, layout = layout_of(content, b"", lying_font(ord(lost), meaning))
    assert cell_of(layout).text == "cab".replace(lost, "�")
    assert codes(layout) == ["lost-glyph"]


def test_blanks_are_blank() -> None:
    _, layout = layout_of(TABLE.replace(b"visitors", b"") + text(b"c ab", 130, 46), b"", lying_font(ord(" "), "\xa0"))
    assert (cell_of(layout).text, codes(layout)) == ("c ab", [])


@pytest.mark.parametrize("drawn", [
    b"q 6 0 0 9 129.5 45 cm BI /W 1 /H 3 /BPC 8 /CS /G ID \x00\xff\x00 EI Q",
    b"129.8 45.2 5 1 re f 129.8 51.5 5 1 re f",
])  # fmt: skip
def test_what_stands_over_a_covered_digit_is_not_taken_for_it(drawn: bytes) -> None:
    content = TABLE + text(b"1234", 130, 46) + b"1 g 129.5 44.5 6.2 10 re f 0 g\n" + drawn
    page, layout = layout_of(content)
    assert [glyph.text for glyph in page.glyphs[-3:]] == ["2", "3", "4"]
    # A sign that is no figure makes the value unreadable.
    assert cell_of(layout).text[0] in "\ufffd■－"

"""Files of kinds that were read as damaged, as word salad, or refused for no clear reason."""

from pathlib import Path

import pytest

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.layout.place import LabelledPage
from extractor.pdf.reader import read_pdf
from read.pdf_files import file_of, page_objects, stream, text, write


def words(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def composite_font(encoding: bytes, to_unicode: bytes) -> dict[int, bytes]:
    """The objects of a font whose codes go by a map of the file's own to its characters; /F2 of the page."""
    return {
        6: b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding 8 0 R"
        b" /DescendantFonts [7 0 R] /ToUnicode 9 0 R >>",
        7: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 500 /W [100 [600 600 600]]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        8: stream(encoding, b"/Type /CMap /CMapName /Own"),
        9: stream(to_unicode),
    }


RANGES = (
    b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <41> <43> 100 endcidrange endcmap"
)
CHARS = (
    b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange"
    b" 3 begincidchar <0041> 102 <0042> 101 <0043> 100 endcidchar endcmap"
)


@pytest.mark.parametrize(("encoding", "codes", "meanings"), [
    (RANGES, b"<414243>", b"<41> <0034> <42> <0032> <43> <0033>"),
    (CHARS, b"<004100420043>", b"<0041> <0034> <0042> <0032> <0043> <0033>"),
])  # fmt: skip
def test_a_character_map_of_the_files_own(encoding: bytes, codes: bytes, meanings: bytes, tmp_path: Path) -> None:
    to_unicode = b"begincmap 3 beginbfchar " + meanings + b" endbfchar endcmap"
    objects = page_objects(b"BT /F2 10 Tf 10 50 Td " + codes + b" Tj ET")
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    (page,) = read_pdf(write(tmp_path, file_of(objects | composite_font(encoding, to_unicode))))
    assert (words(page), page.damage) == ("423", ())
    assert [round(glyph.x1 - glyph.x0, 1) for glyph in page.glyphs] == [6.0, 6.0, 6.0]


@pytest.mark.parametrize(("line", "said"), [
    (b"12 w 0 0 0.5 RG 5 53 m 90 53 l S ", "1,234"),
    (b"40 w 0 g 30 40 m 30 70 l S ", "1,234"),
    (b"1 w 0 G 5 53 m 90 53 l S ", ""),
    (b"12 w 1 G 5 53 m 90 53 l S ", ""),
])  # fmt: skip
def test_white_text_on_a_thick_line(line: bytes, said: str, tmp_path: Path) -> None:
    content = line + b"1 g " + text(b"1,234") + b"0 g " + text(b"x", y=20)
    (page,) = read_pdf(write(tmp_path, file_of(page_objects(content))))
    assert words(page) == f"{said}x"


@pytest.mark.parametrize(("turned", "x", "y"), [(b"0 1 -1 0", 40, 5), (b"0 -1 1 0", 40, 95)])
def test_a_page_set_sideways_is_turned(turned: bytes, x: int, y: int, tmp_path: Path) -> None:
    lines = b"".join(
        b"BT /F1 6 Tf %s %d %d Tm (line %d of twelve) Tj ET\n"
        % (turned, x + 10 * n * (1 if b"-1 0" in turned else -1), y, n)
        for n in range(4)
    )
    (page,) = read_pdf(write(tmp_path, file_of(page_objects(lines))))
    assert (page.width, page.height, page.damage) == (100, 200, ())
    first = [glyph for glyph in page.glyphs if not glyph.angle][:4]
    assert "".join(glyph.text for glyph in first) == "line"
    assert first[0].x0 < first[1].x0
    # Where it stands is said of the page as it is shown.
    x0, top, x1, bottom = LabelledPage(page, None).locate(first).bbox
    assert x1 - x0 < bottom - top
    assert (0 <= x0 < x1 <= 200, 0 <= top < bottom <= 100) == (True, True)
    assert abs((x0 + x1) / 2 - x) < 6


def refusal(
    folder: Path, catalog: bytes, more: dict[int, bytes] | None = None, words: bytes = b"Please wait"
) -> CannotRead:
    objects = page_objects(text(words)) | (more or {})
    objects[1] = objects[1].replace(b"/Pages", catalog + b" /Pages")
    with pytest.raises(CannotRead) as refused:
        read_pdf(write(folder, file_of(objects)))
    return refused.value


def test_forms_and_portfolios_say_what_they_are(tmp_path: Path) -> None:
    form = refusal(tmp_path, b"/NeedsRendering true /AcroForm << /Fields [] /XFA 6 0 R >>", {6: stream(b"<xdp/>")})
    assert form.status == "not-a-report"
    assert "XFA form" in str(form)
    older = refusal(tmp_path, b"/AcroForm << /Fields [] /XFA 6 0 R >>", {6: stream(b"<xdp/>")}, b"Get Adobe Reader")
    assert "XFA form" in str(older)
    names = b"/Collection << /View /D >> /Names << /EmbeddedFiles << /Names [(a) << /UF (report.pdf) >>] >> >>"
    assert "report.pdf" in str(refusal(tmp_path, names))
    # A form that has its pages is read.
    for words in (b"".join(text(b"1,234 " * 10, y=n, size=1) for n in range(1, 60)), text(b"1,234")):
        objects = page_objects(words) | {6: stream(b"<xdp/>")}
        objects[1] = objects[1].replace(b"/Pages", b"/AcroForm << /Fields [] /XFA 6 0 R >> /Pages")
        assert read_pdf(write(tmp_path, file_of(objects)))

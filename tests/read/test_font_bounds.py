"""Ranges of codes in fonts: what a font may have is read at once, and what none has costs nothing."""

from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from pdfminer import pdffont
from pdfminer.cmapdb import FileUnicodeMap

from extractor.pdf.font_bounds import MOST_CODES, MOST_IN_ALL, BoundedMapParser, BoundedTrueTypeFont, bound_fonts
from extractor.pdf.reader import read_marks, read_pdf

from .pdf_files import file_of, page_objects, stream, write

MAP = b"begincmap 1 beginbfrange %s endbfrange endcmap"
MEANINGS = MAP % b"<0000> <FFFF> <0000>"
LONGEST = 2**31 - 1


def meanings(ranges: bytes) -> dict[int, str]:
    found = FileUnicodeMap()
    BoundedMapParser(found, BytesIO(MAP % ranges)).run()
    return found.cid2unichr


def composite(entries: bytes, encoding: bytes = b"/Identity-H", says: bytes = MEANINGS) -> bytes:
    objects = page_objects(b"BT /F1 12 Tf 20 50 Td <0031002C0032> Tj ET")
    objects[5] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding %s /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    )
    objects[5] %= encoding
    system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects[6] = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo %s %s >>" % (system, entries)
    objects[7] = stream(says)
    return file_of(objects)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (b"/W [0 %d 500]" % LONGEST, MEANINGS),
        (b"/W [-%d 65535 500]" % LONGEST, MEANINGS),
        (b"/W [49 [500] 0 %d 500]" % LONGEST, MEANINGS),
        (b"", MAP % b"<00000000> <FFFFFFFF> <0000>"),
    ],
    ids=["widths", "from below", "behind a list", "meanings"],
)
def test_endless_range_is_read_as_far_as_a_font_goes(tmp_path: Path, entries: bytes, says: bytes) -> None:
    (page,) = read_pdf(write(tmp_path, composite(entries, says=says)))
    assert "".join(glyph.text for glyph in page.glyphs) == "1,2"


def test_endless_range_of_upright_widths() -> None:
    (page,) = read_marks(composite(b"/W2 [0 %d -1000 500 880]" % LONGEST, b"/Identity-V"))
    assert page == read_marks(composite(b"/W2 [0 255 -1000 500 880]", b"/Identity-V"))[0]
    assert len(page.glyphs) == 3


def test_ranges_that_a_font_may_have_are_read_whole() -> None:
    assert meanings(b"<0000> <FFFF> <0000>")[0xFFFD] == "\ufffd"
    assert meanings(b"<20> <7E> <0020> <A1> <A1> <3002>") == {n: chr(n) for n in range(32, 127)} | {0xA1: "。"}
    assert meanings(b"<41> <42> [<0031> <0032>]") == {0x41: "1", 0x42: "2"}
    assert not meanings(b"<42> <41> <0031>")
    assert not meanings(b"<01> <00> <0031>")


def test_many_ranges_are_bounded_together() -> None:
    ranges = b"".join(b"<%08X> <%08X> <0031> " % (n << 20, (n << 20) + 0xFFFFF) for n in range(40))
    assert len(meanings(ranges)) == MOST_IN_ALL


def test_groups_of_a_program_are_bounded() -> None:
    found: dict[int, int] = {}
    font = BoundedTrueTypeFont("X", BytesIO(b""))
    groups = pack(">HIIIIII", 0, 0, 0, 2**32 - 1, 0, 2**32 - 1, 1)
    font.parse_cmap_format_12(BytesIO(groups), found)
    assert (len(found), found[49]) == (MOST_CODES, 50)


def test_library_is_as_it_was_afterwards() -> None:
    names: tuple[Any, ...] = ("CMapParser", "TrueTypeFont", "get_widths", "get_widths2")
    before = [vars(pdffont)[name] for name in names]
    with pytest.raises(RuntimeError), bound_fonts():
        raise RuntimeError
    assert [vars(pdffont)[name] for name in names] == before

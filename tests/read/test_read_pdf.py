import logging
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pdfminer import pdftypes
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.pdf import reader as pdf_room
from extractor.pdf import visibility as visible
from extractor.pdf.reader import read_pdf
from read.pdf_files import deflated, file_of, page_objects, stream, text, write

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def read_one(folder: Path, content: bytes, page: bytes = b"", resources: bytes = b"") -> Page:
    (only,) = read_pdf(write(folder, file_of(page_objects(content, page, resources))))
    return only


def words(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def refusal(path: Path) -> CannotRead:
    with pytest.raises(CannotRead) as caught:
        read_pdf(path)
    assert "\n" not in str(caught.value)
    return caught.value


def boxes(page: Page) -> set[tuple[float, float, float, float]]:
    return {(rule.x0, rule.top, rule.x1, rule.bottom) for rule in page.rules}


# Glyphs


def test_glyph_has_its_place_size_and_font(tmp_path: Path) -> None:
    page = read_one(tmp_path, text(b"1 2", x=10, y=50, size=10))
    assert (page.number, page.width, page.height, page.damage) == (1, 200, 100, ())
    assert words(page) == "1 2"
    one = page.glyphs[0]
    # Helvetica's digits are 556 thousandths wide, its descent 207.
    assert (one.x0, one.x1, one.size, one.font) == (10, 15.56, 10, "Helvetica")
    assert [one.top, one.bottom] == pytest.approx([42.07, 52.07])


def test_turned_text_has_its_font_size(tmp_path: Path) -> None:
    page = read_one(tmp_path, b"BT /F1 10 Tf 0 1 -1 0 50 20 Tm (12) Tj ET")
    assert [glyph.size for glyph in page.glyphs] == [10, 10]


@pytest.mark.parametrize(
    "shown", [b"(123) Tj", b"(12) Tj (3) Tj", b"[(1) (2)] TJ (3) Tj", b"() Tj [0 (12)] TJ /F1 10 Tf (3) Tj"]
)
def test_space_between_characters_is_set_after_each(tmp_path: Path, shown: bytes) -> None:
    page = read_one(tmp_path, b"BT /F1 10 Tf 50 Tz 4 Tc 10 50 Td " + shown + b" ET")
    # A digit is 5.56 wide, and both are halved.
    assert [glyph.x0 for glyph in page.glyphs] == pytest.approx([10, 14.78, 19.56])


def test_crop_box_moves_the_origin_and_hides_what_is_outside(tmp_path: Path) -> None:
    content = text(b"in", x=60, y=50) + text(b"out", x=10, y=50)
    page = read_one(tmp_path, content, page=b"/CropBox [50 20 150 90]")
    assert (page.width, page.height, words(page), page.damage) == (100, 70, "in", ())
    assert page.glyphs[0].x0 == 10
    assert page.glyphs[0].bottom == pytest.approx(90 - 50 + 2.07)


def test_turned_page_with_uneven_crop(tmp_path: Path) -> None:
    page = read_one(tmp_path, text(b"A", x=60, y=50), page=b"/CropBox [50 20 150 90] /Rotate 90")
    # A quarter turn clockwise: what was at the left is at the top, what was at the bottom is at the left.
    assert [page.width, page.height] == [70, 100]
    assert page.glyphs[0].top == 10
    assert page.glyphs[0].x0 == pytest.approx(50 - 20 - 2.07)


def test_crop_box_off_the_page_is_not_used(tmp_path: Path) -> None:
    page = read_one(tmp_path, text(b"A"), page=b"/CropBox [900 900 950 950]")
    assert (page.width, words(page)) == (200, "A")
    assert "crop box" in str(page.damage[0])


@pytest.mark.parametrize("shift", [0, 0.3, 1.0])
def test_doubled_glyphs_are_read_once(tmp_path: Path, shift: float) -> None:
    page = read_one(tmp_path, text(b"1,111", x=10) + text(b"1,111", x=10 + shift))
    assert words(page) == "1,111"


def test_narrow_neighbours_are_not_doubles(tmp_path: Path) -> None:
    page = read_one(tmp_path, b"BT /F1 10 Tf 25 Tz 10 50 Td (111 ill) Tj ET")
    assert words(page) == "111 ill"


def test_doubles_of_different_text_stay(tmp_path: Path) -> None:
    assert words(read_one(tmp_path, text(b"1") + text(b"7"))) == "17"


def test_glyphs_without_width_are_all_read(tmp_path: Path) -> None:
    objects = page_objects(text(b"11"))
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Own /Encoding /WinAnsiEncoding >>"
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "11"
    assert "without a width" in str(page.damage[0])


def test_white_space_is_kept(tmp_path: Path) -> None:
    assert words(read_one(tmp_path, text(b"a  b"))) == "a  b"


@pytest.mark.parametrize("code", [b"<0001>", b"<E000>", b"<D800>", b"<FFFF>"])
def test_glyph_without_printable_meaning_is_unknown(tmp_path: Path, code: bytes) -> None:
    objects = page_objects(text(b"aab"))
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects[6] = stream(b"1 beginbfchar <62> %s endbfchar" % code)
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "aa" + UNKNOWN


def test_glyph_outside_any_number_is_left_out_and_noted(tmp_path: Path) -> None:
    huge = b"9" * 300
    page = read_one(tmp_path, text(b"A") + b"BT /F1 %s.0 Tf %s.0 0 0 1 0 0 Tm (B) Tj ET" % (huge, huge))
    assert words(page) == "A"
    assert any("without a usable place" in str(note) for note in page.damage)


# What cannot be seen


@pytest.mark.parametrize(
    ("unseen", "why"),
    [
        (b"BT 3 Tr /F1 10 Tf 10 20 Td (9) Tj 0 Tr ET", "invisible"),
        (b"1 g " + text(b"9", y=20), "white on white"),
        (b"q 0 0 5 5 re W n " + text(b"9", y=20) + b"Q", "clipped"),
        (text(b"9", y=20, size=0.01), "too small"),
        (b"/OC /L BDC " + text(b"9", y=20) + b"EMC 0 g", "hidden layer"),
    ],
)
def test_text_that_cannot_be_seen_is_left_out_and_noted(tmp_path: Path, unseen: bytes, why: str) -> None:
    objects = page_objects(unseen + b" 0 g " + text(b"12"), resources=b"/Properties << /L 6 0 R >>")
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >> >>"
    objects[6] = b"<< /Type /OCG /Name (L) >>"
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "12"
    assert why in str(page.hidden[0])
    assert str(page.hidden[0]).endswith(": 1")


def test_layer_that_is_shown_is_read(tmp_path: Path) -> None:
    objects = page_objects(b"/OC /L BDC " + text(b"12") + b"EMC", resources=b"/Properties << /L 6 0 R >>")
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /ON [6 0 R] >> >> >>"
    objects[6] = b"<< /Type /OCG /Name (L) >>"
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert (words(page), page.damage) == ("12", ())


def test_white_text_on_a_dark_bar_is_read(tmp_path: Path) -> None:
    page = read_one(tmp_path, b"0 0 0.5 rg 0 40 200 30 re f 1 g " + text(b"12"))
    assert (words(page), page.damage) == ("12", ())


def test_text_cut_in_part_is_read(tmp_path: Path) -> None:
    page = read_one(tmp_path, b"q 0 0 22 100 re W n " + text(b"1234", x=10) + b"Q")
    assert words(page) == "123"


# Rules and pictures


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (b"10 20 m 110 20 l S", {(10, 80, 110, 80)}),
        (b"10 20 m 10 70 l S", {(10, 30, 10, 80)}),
        (b"10 20 m 110 21 l S", {(10, 79.5, 110, 79.5)}),
        (b"10 20 m 110 22 l S", set()),
        (b"10 20 m 12 90 l S", set()),
        (b"20 w 10 20 m 110 20 l S", set()),
        (b"10 20 50 30 re S", {(10, 80, 60, 80), (10, 50, 60, 50), (10, 50, 10, 80), (60, 50, 60, 80)}),
        (b"10 20 50 30 re f", set()),
        (b"10 20 50 1 re f", {(10, 79.5, 60, 79.5)}),
        (b"10 20 0.5 50 re f", {(10.25, 30, 10.25, 80)}),
        (b"10 20 50 3 re f", set()),
        (b"10 20 m 60 20 l 60 50 l S", {(10, 80, 60, 80), (60, 50, 60, 80)}),
        (b"10 20 m 60 20 l 60 50 l 10 50 l f", set()),
        (b"10 20 m 20 20 40 40 50 40 c 90 40 l S", {(50, 60, 90, 60)}),
        (b"10 20 m 110 20 l S 10 20 m 110 20 l S", {(10, 80, 110, 80)}),
        (b"10 20 1 1 re f", {(10, 79.5, 11, 79.5), (10.5, 79, 10.5, 80)}),
        (b"-50 20 m 900 20 l S", {(0, 80, 200, 80)}),
        (b"10 200 m 90 200 l S", set()),
        (b"10 20 m 110 20 l n", set()),
    ],
)
def test_rules(tmp_path: Path, drawing: bytes, expected: set[tuple[float, float, float, float]]) -> None:
    page = read_one(tmp_path, drawing + b" " + text(b"A"))
    assert boxes(page) == expected
    assert len(page.rules) == len(expected)


def test_dotted_line_stays_dots(tmp_path: Path) -> None:
    dots = b"".join(b"%d 20 1 1 re f " % x for x in range(10, 30, 2))
    page = read_one(tmp_path, dots + text(b"A"))
    assert sum(rule.horizontal and rule.x1 > rule.x0 for rule in page.rules) == 10


def test_pictures_are_counted_if_they_cover_something(tmp_path: Path) -> None:
    image = b"BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI "
    content = b"q 50 0 0 50 10 10 cm %s Q q 1 0 0 1 10 10 cm %s Q q 50 0 0 50 900 10 cm %s Q " % (image, image, image)
    assert read_one(tmp_path, content + text(b"A")).pictures == ((10, 40, 60, 90),)


# Damage


def damaged_stream(data: bytes) -> bytes:
    return stream(data, b"/Filter /FlateDecode")


MANY = b"".join(text(b"%d" % n, x=n % 20 * 10, y=n // 20 * 6 - 28, size=5) for n in range(100, 400))


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (damaged_stream(deflated(MANY)[: len(deflated(MANY)) // 2]), "damaged"),
        (damaged_stream(deflated(MANY)[:700] + b"\xff" * 40 + deflated(MANY)[740:]), "compressed stream"),
        (damaged_stream(deflated(MANY)[:-4] + b"abcd"), "checksum"),
        (damaged_stream(deflated(MANY)[:-4] + b"abcd" + b"rest" * 9), "only what comes before"),
        (stream(MANY, length=50), "does not say how long"),
        (stream(b"BT (9) Tj ET " + MANY), "text without a font"),
        (stream(MANY + b" (lost) frobnicate", b""), "does not know"),
        (stream(MANY + b" /F9 10 Tf (9) Tj", b""), "font is missing"),
        (stream(MANY + b" /X9 Do", b""), "is missing"),
        (stream(MANY + b" 1 0 Td Tj", b""), "lacks operands"),
    ],
)
def test_losses_in_a_page_are_noted(tmp_path: Path, body: bytes, note: str) -> None:
    objects = page_objects(b"")
    objects[4] = body
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert any(note in str(line) for line in page.damage), page.damage
    assert "100" in words(page)


def test_what_has_no_consequence_for_text_is_not_noted(tmp_path: Path) -> None:
    assert read_one(tmp_path, text(b"A") + b" (a) w").damage == ()


def test_stream_without_its_checksum_is_whole(tmp_path: Path) -> None:
    objects = page_objects(b"")
    objects[4] = damaged_stream(deflated(MANY)[:-4])
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert (len(page.glyphs), page.damage) == (900, ())


def test_stream_longer_than_it_says_is_read_whole(tmp_path: Path) -> None:
    objects = page_objects(b"")
    objects[4] = stream(text(b"1,234"), length=9)
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "1,234"


def test_missing_object_is_noted(tmp_path: Path) -> None:
    objects = page_objects(text(b"A"))
    objects[3] = objects[3].replace(b"/Contents 4 0 R", b"/Contents [4 0 R 9 0 R]")
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "A"
    assert [note.key for note in page.damage] == ["damaged-page.content"]


def test_count_of_pages_that_is_not_there_does_no_harm(tmp_path: Path) -> None:
    objects = page_objects(text(b"A"))
    objects[2] = b"<< /Type /Pages /Kids [3 0 R] /Count 9 0 R >>"
    assert [page.damage for page in read_pdf(write(tmp_path, file_of(objects)))] == [()]


def test_character_map_that_is_not_known_is_noted(tmp_path: Path) -> None:
    objects = page_objects(text(b"A") + b"BT /F2 10 Tf 10 20 Td <0001> Tj ET")
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    objects[6] = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /..#2F..#2Fx /DescendantFonts [7 0 R] >>"
    objects[7] = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X >>"
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "A"
    assert any("not in its character map" in str(note) for note in page.damage)


def test_broken_font_costs_only_its_own_text(tmp_path: Path) -> None:
    objects = page_objects(text(b"AAA") + b"BT /F2 10 Tf 10 20 Td (1) Tj ET")
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    objects[6] = b"<< /Type /Font /Subtype /Type0 /BaseFont /X >>"
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "AAA" + UNKNOWN
    assert any("font cannot be read" in str(note) for note in page.damage)


def test_text_in_a_form_field_that_cannot_be_set_is_noted(tmp_path: Path) -> None:
    objects = page_objects(text(b"A"), page=b"/Annots [6 0 R]")
    objects[6] = b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /AP << /N 7 0 R >> >>"
    objects[7] = stream(b"BT (9) Tj ET")
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert "without a font" in str(page.damage[0])


def test_table_of_objects_is_rebuilt(tmp_path: Path) -> None:
    data = re.sub(rb"startxref\n\d+", b"startxref\n7", file_of(page_objects(text(b"1,234"))))
    (page,) = read_pdf(write(tmp_path, data))
    assert words(page) == "1,234"
    assert "found by searching" in str(page.damage[0])


def test_header_after_other_bytes(tmp_path: Path) -> None:
    (page,) = read_pdf(write(tmp_path, b"x" * 900 + file_of(page_objects(text(b"1,234")))))
    assert words(page) == "1,234"


def test_newest_revision_is_read(tmp_path: Path) -> None:
    assert [words(page) for page in read_pdf(write(tmp_path, revised()))] == ["new"]


def test_revisions_without_a_usable_table_are_read_as_they_are_now(tmp_path: Path) -> None:
    data = re.sub(rb"startxref\n\d+\n%%EOF\n$", b"startxref\n7\n%%EOF\n", revised())
    (page,) = read_pdf(write(tmp_path, data))
    assert words(page) == "new"
    assert [note.key for note in page.damage] == ["repaired-file.table"]


def revised() -> bytes:
    """A file whose page was changed later."""
    old = file_of(page_objects(text(b"old")))
    before = int(old.split(b"startxref\n")[1].split()[0])
    body = b"4 0 obj\n%s\nendobj\n" % stream(text(b"new"))
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\n" % (len(old), before)
    return old + body + table + b"startxref\n%d\n%%%%EOF\n" % (len(old) + len(body))


def test_nothing_reaches_the_log_and_the_library_is_left_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    before = vars(pdftypes)["zlib"], logging.getLogger("pdfminer").handlers, os.environ.get("CMAP_PATH")
    page = read_one(tmp_path, b"(a) 0 0 0 0 0 cm " + text(b"A"))
    assert any("PDF library: Cannot concatenate matrix" in str(note) for note in page.damage)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
    assert before == (vars(pdftypes)["zlib"], logging.getLogger("pdfminer").handlers, os.environ.get("CMAP_PATH"))


# Refusals


def with_password(folder: Path, user: str) -> Path:
    path = folder / "locked.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption(user, ownerPassword="owner", strength=128))
    canvas.drawString(50, 50, "1,234")
    canvas.save()
    return path


def test_password(tmp_path: Path) -> None:
    assert refusal(with_password(tmp_path, "secret")).status == "encrypted"


def test_empty_password_opens(tmp_path: Path) -> None:
    assert [words(page) for page in read_pdf(with_password(tmp_path, ""))] == ["1,234"]


def three_pages() -> bytes:
    objects = page_objects(text(b"A"))
    objects[2] = b"<< /Type /Pages /Kids [3 0 R 6 0 R 7 0 R] /Count 3 >>"
    objects[6] = objects[7] = objects[3]
    return file_of(objects)


def test_pages_in_order(tmp_path: Path) -> None:
    assert [page.number for page in read_pdf(write(tmp_path, three_pages()))] == [1, 2, 3]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.95])
def test_truncated_file_is_never_read_as_fewer_pages(tmp_path: Path, share: float) -> None:
    data = three_pages()
    assert refusal(write(tmp_path, data[: int(len(data) * share)])).status == "truncated"


def test_truncated_revision(tmp_path: Path) -> None:
    data = revised()
    cut = data.index(b"(new)")
    assert refusal(write(tmp_path, data[:cut])).status == "truncated"


def test_truncated_linear_file(tmp_path: Path) -> None:
    data = file_of({9: b"<< /Linearized 1 /L 99999 >>", **page_objects(text(b"A"))})
    assert len(read_pdf(write(tmp_path, data))) == 1
    assert refusal(write(tmp_path, data + b"12 0")).status == "truncated"


def test_bytes_after_the_end_do_no_harm(tmp_path: Path) -> None:
    assert len(read_pdf(write(tmp_path, three_pages() + b"\0" * 5000))) == 3


def change(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return changed


@pytest.mark.parametrize(
    ("alter", "status", "says"),
    [
        (lambda _: b"", "not-a-pdf", "empty"),
        (lambda _: b"<html>" * 500, "not-a-pdf", "header"),
        (lambda data: b"x" * 5000 + data, "not-a-pdf", "header"),
        (change(b"7 0 R]", b"2 0 R]"), "damaged", "circle"),
        (change(b"/Kids [3 0 R 6 0 R 7 0 R] /Count 3", b"/Kids [] /Count 0"), "no-pages", "no pages"),
        (change(b"/Root 1 0 R", b"/Roof 1 0 R"), "damaged", "cannot be read"),
        (change(b"(A) Tj", b"() Tj "), "no-text", "pages are empty"),
    ],
)
def test_refusals(tmp_path: Path, alter: Callable[[bytes], bytes], status: str, says: str) -> None:
    refused = refusal(write(tmp_path, alter(three_pages())))
    assert (refused.status, says in str(refused)) == (status, True), str(refused)


@pytest.mark.parametrize(
    ("alter", "pages", "says"),
    [
        (change(b"/Count 3", b"/Count 4"), 3, "4 pages, but only 3"),
        (change(b"7 0 R]", b"8 0 R]"), 2, "3 pages, but only 2"),
        (change(b"7 0 R]", b"(x)  ]"), 2, "names something that is no page"),
    ],
)
def test_pages_that_are_missing_are_noted(
    tmp_path: Path, alter: Callable[[bytes], bytes], pages: int, says: str
) -> None:
    read = read_pdf(write(tmp_path, alter(three_pages())))
    assert len(read) == pages
    notes = [note for page in read for note in page.damage]
    assert {note.code for note in notes} == {"damaged-page"}
    assert any(says in str(note) for note in notes)


def test_no_such_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.pdf").status == "no-such-file"
    assert refusal(tmp_path).status == "not-supported"


def test_pictures_that_are_no_scan(tmp_path: Path) -> None:
    # They cover less than half of the page. What covers more is looked at: test_scan.py.
    image = b"q 80 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q "
    plain = refusal(write(tmp_path, file_of(page_objects(image))))
    assert (plain.status, str(plain)) == ("no-text", "its pages are pictures without text (a scan?)")
    under = refusal(write(tmp_path, file_of(page_objects(image + b"BT 3 Tr /F1 9 Tf (junk) Tj ET"))))
    assert (under.status, "cannot be seen" in str(under)) == ("no-text", True)


def test_outlines(tmp_path: Path) -> None:
    refused = refusal(write(tmp_path, file_of(page_objects(b"10 20 m 110 20 l S"))))
    assert (refused.status, "outlines" in str(refused)) == ("no-text", True)


@pytest.mark.parametrize(("unknown", "refused"), [(2, False), (3, True)])
def test_unreadable_text(tmp_path: Path, unknown: int, refused: bool) -> None:
    objects = page_objects(text(b"a a" + b"b" * unknown))
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects[6] = stream(b"1 beginbfchar <62> <0000> endbfchar")
    path = write(tmp_path, file_of(objects))
    if refused:
        assert refusal(path).status == "unreadable-text"
    else:
        assert words(read_pdf(path)[0]) == "a a" + UNKNOWN * 2


@pytest.mark.parametrize(
    ("where", "name"),
    [(visible, "MOST_GLYPHS"), (visible, "MOST_SHAPES"), (pdf_room, "MOST_PAGES"), (pdf_room, "LARGEST_PDF")],
)
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    objects = page_objects(text(b"12") + b"1 1 m 9 1 l S 2 2 m 9 2 l S")
    objects[2] = b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"
    path = write(tmp_path, file_of(objects))
    assert len(read_pdf(path)) == 2
    monkeypatch.setattr(where, name, 1)
    assert refusal(path).status == "too-heavy"


def test_stream_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    objects = page_objects(b"")
    objects[4] = damaged_stream(deflated(text(b"A") + b" " * 1000))
    path = write(tmp_path, file_of(objects))
    assert words(read_pdf(path)[0]) == "A"
    monkeypatch.setattr("extractor.pdf.diagnostics.LONGEST_STREAM", 500)
    assert refusal(path).status == "too-heavy"


@pytest.mark.parametrize(
    ("error", "status"), [(MemoryError(), "too-heavy"), (RecursionError(), "damaged"), (KeyError("a\nb"), "damaged")]
)
def test_whatever_goes_wrong_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pdf_room, "PdfFile", fail)
    assert refusal(write(tmp_path, three_pages())).status == status

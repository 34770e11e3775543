"""Files that qpdf repairs: all that is on their pages is read, and what was repaired is said."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from extractor.document.page import Page
from extractor.pdf.reader import read_pdf
from extractor.pdf.repair import repair_file

from .pdf_files import file_of, page_objects, stream, text, write

LINES = (b"1,234", b"567")


def words(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def two_streams() -> bytes:
    """A page whose content is in two streams."""
    objects = page_objects(text(LINES[0]))
    objects[3] = objects[3].replace(b"/Contents 4 0 R", b"/Contents [4 0 R 8 0 R]")
    objects[8] = stream(text(LINES[1], y=60))
    return file_of(objects)


def without_end(number: int) -> Callable[[bytes], bytes]:
    """Leave out the end of one object: what follows stands as if it were within it."""
    return lambda data: re.sub(rb"(\n%d 0 obj\n.*?\n)endobj\n" % number, rb"\1      \n", data, count=1, flags=re.DOTALL)


def shift_table(data: bytes) -> bytes:
    return data.replace(b"\n1 0 obj", b"\n% a comment that moves all behind it\n1 0 obj", 1)


def saved(data: bytes, **options: object) -> bytes:
    """Write a file in another form, as another program would."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, static_id=True, **options)  # type: ignore[arg-type]
    return out.getvalue()


def lengthen(data: bytes) -> bytes:
    return re.sub(rb"/Length (\d+)", lambda found: b"/Length %d" % (int(found[1]) + 7), data)


@pytest.mark.parametrize(
    ("damage", "keys"),
    [
        *((without_end(number), {"repaired-file.object"}) for number in (2, 3, 4, 5)),
        (shift_table, {"repaired-file.table"}),
        (lambda data: data.replace(b"startxref", b"startxxxx"), {"repaired-file.table"}),
        (lambda data: data.replace(b"/Type /Pages", b"/Type /Pagez"), set()),
        (lengthen, {"repaired-file.length"}),
    ],
    ids=["list", "page", "content", "font", "moved", "no table", "type", "length"],
)
def test_damaged_file_is_read_whole_and_said_to_be_repaired(
    tmp_path: Path, damage: Callable[[bytes], bytes], keys: set[str]
) -> None:
    data = damage(two_streams())
    assert data != two_streams()
    (page,) = read_pdf(write(tmp_path, data))
    assert words(page) == "1,234567"
    assert keys <= {note.key for note in page.damage}
    assert {note.code for note in page.damage} <= {"repaired-file"}


@pytest.mark.parametrize(
    "options",
    [
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"encryption": pikepdf.Encryption(owner="o", user="", R=6)},
        {"encryption": pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False)},
    ],
    ids=["linearised", "object streams", "both", "AES", "RC4"],
)
@pytest.mark.parametrize("lead", [b"", b"\r\n", b"junk before the file\n"], ids=["plain", "line end", "junk"])
@pytest.mark.parametrize("tail", [b"", b"\0" * 3000, b"<html>late</html>"], ids=["", "zeros", "junk"])
def test_every_form_of_a_file_reads_the_same(
    tmp_path: Path, options: dict[str, object], lead: bytes, tail: bytes
) -> None:
    (page,) = read_pdf(write(tmp_path, lead + saved(two_streams(), **options) + tail))
    assert words(page) == "1,234567"
    assert not [note for note in page.damage if note.code == "damaged-page"]


def test_update_behind_other_bytes(tmp_path: Path) -> None:
    old = file_of(page_objects(text(b"old")))
    before = int(old.split(b"startxref\n")[1].split()[0])
    body = b"4 0 obj\n%s\nendobj\n" % stream(text(b"new"))
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\n" % (len(old), before)
    whole = old + body + table + b"startxref\n%d\n%%%%EOF\n" % (len(old) + len(body))
    for lead in (b"", b"\r\n", b"x" * 40 + b"\n"):
        (page,) = read_pdf(write(tmp_path, lead + whole))
        assert words(page) == "new"


def test_note_stands_at_the_page_that_has_the_damage(tmp_path: Path) -> None:
    objects = page_objects(text(b"one"))
    objects[2] = b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>"
    objects[6] = objects[3].replace(b"/Contents 4 0 R", b"/Contents 7 0 R")
    objects[7] = stream(text(b"two"), length=3)
    first, second = read_pdf(write(tmp_path, file_of(objects)))
    assert (words(first), words(second)) == ("one", "two")
    assert not [note for note in first.damage if note.key == "repaired-file.length"]
    assert "repaired-file.length" in [note.key for note in second.damage]


@pytest.mark.parametrize(
    "entry",
    [b"/BBox [(x) (y) 200 100]", b"/BBox 7", b"/BBox [0 0 200 100] /Matrix [1 0 (x) 1 0 0]", b""],
)
def test_form_that_says_wrongly_where_it_stands_is_read(tmp_path: Path, entry: bytes) -> None:
    objects = page_objects(text(b"A") + b"/F Do ", resources=b"/XObject << /F 8 0 R >>")
    head = b"/Type /XObject /Subtype /Form /Resources << /Font << /F1 5 0 R >> >> " + entry
    objects[8] = stream(text(b"1,234", y=50), head)
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "A1,234"
    assert "repaired-file.form" in [note.key for note in page.damage]


@pytest.mark.parametrize(
    "space", [b"[/ICCBased 9 0 R]", b"[/DeviceN 7 /DeviceRGB]", b"[/ICCBased]", b"7", b"[]", b"[/ICCBased 99 0 R]"]
)
def test_colour_space_that_is_broken_costs_no_text(tmp_path: Path, space: bytes) -> None:
    objects = page_objects(b"/S cs 0 scn " + text(b"1,234"), resources=b"/ColorSpace << /S %s >>" % space)
    objects[9] = stream(b"no profile")
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "1,234"


@pytest.mark.parametrize("descent", [-2500, -1500, -100_000, 9000])
def test_absurd_descent_leaves_text_where_it_is_drawn(tmp_path: Path, descent: int) -> None:
    objects = page_objects(text(b"1,234"))
    usual = read_pdf(write(tmp_path, file_of(objects)))[0]
    objects[5] = b"<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /FontDescriptor 8 0 R >>"
    objects[8] = b"<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /Descent %d /Ascent 800 >>" % descent
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "1,234"
    assert abs(page.glyphs[0].bottom - usual.glyphs[0].bottom) < 2


def test_file_that_cannot_be_opened_is_handed_on_with_a_note() -> None:
    opened = repair_file(b"%PDF-1.4\nnothing\n%%EOF")
    assert opened.data.startswith(b"%PDF-1.4\nnothing")
    assert [note.key for note in opened.notes[0]] == ["damaged-page.unrepaired"]


def test_rewriting_is_the_same_each_time() -> None:
    data = two_streams()
    assert repair_file(data) == repair_file(data)
    assert not repair_file(data).notes


@pytest.mark.parametrize("box", [b"[0 0 0 0]", b"[0 0 1e30 1e30]", b"[7 0 R 0 0 9]", b"[0 0 1000000 1000000]", b"7"])
def test_page_without_a_usable_size_is_read_as_readers_show_it(tmp_path: Path, box: bytes) -> None:
    objects = page_objects(text(b"1,234"))
    objects[3] = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox " + box, objects[3])
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert (words(page), page.width, page.height) == ("1,234", 612, 792)
    assert any(note.code == "damaged-page" for note in page.damage)


def test_content_with_an_unknown_filter_is_read_as_it_stands_and_noted(tmp_path: Path) -> None:
    objects = page_objects(text(b"1,234"))
    objects[4] = stream(text(b"1,234"), b"/Filter /NoSuchDecode")
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert words(page) == "1,234"
    assert "damaged-page.filter" in [note.key for note in page.damage]
    objects[4] = stream(bytes(range(256)) * 9, b"/Filter /NoSuchDecode")
    objects[3] = objects[3].replace(b"4 0 R", b"[4 0 R 8 0 R]")
    objects[8] = stream(text(b"567"))
    (page,) = read_pdf(write(tmp_path, file_of(objects)))
    assert "damaged-page.filter" in [note.key for note in page.damage]

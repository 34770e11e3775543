"""Text that something opaque was painted over later is not read, and said to be there; all other text is."""

from pathlib import Path

import pytest

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.pdf.reader import read_pdf
from read.pdf_files import file_of, page_objects, stream, text, write

WHITE, GREY, BLACK = b"1 g ", b"0.9 g ", b"0 g "
BOX = b"5 45 60 20 re "


def page_of(folder: Path, content: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> Page:
    (page,) = read_pdf(write(folder, file_of(page_objects(content, b"", resources) | (more or {}))))
    return page


def words(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def picture(attributes: bytes = b"") -> bytes:
    return stream(
        b"\xff",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 " + attributes,
    )


@pytest.mark.parametrize(
    "cover",
    [
        WHITE + BOX + b"f",
        GREY + BOX + b"f*",
        b"1 1 1 rg 0 0 0 RG " + BOX + b"B",
        WHITE + b"5 45 m 65 45 l 65 65 l 5 65 l h f",
        WHITE + b"q 2 0 0 2 0 0 cm 2 22 30 11 re f Q",
        WHITE + b"0 0 200 100 re f",
    ],
    ids=["white", "grey", "with border", "path", "scaled", "page"],
)
def test_an_area_painted_later_hides_what_is_under_it(cover: bytes, tmp_path: Path) -> None:
    page = page_of(tmp_path, text(b"1,234") + cover + b"\n0 g\n" + text(b"5,678", y=80))
    assert words(page) == "5,678"
    assert tuple(map(str, page.hidden)) == (
        "characters that cannot be seen were left out (covered by what was painted later): 5",
    )


def test_what_is_covered_in_part_is_not_said_to_be_hidden(tmp_path: Path) -> None:
    page = page_of(tmp_path, text(b"1,234") + b"q 5 45 m 65 65 l 65 45 l h W n " + WHITE + BOX + b"f Q")
    # Of the last two figures not enough is seen to tell that they are what their font says.
    assert (words(page)[:3], page.hidden) == ("1,2", ())


@pytest.mark.parametrize(
    "shown",
    [
        GREY + BOX + b"f 0 g\n" + text(b"1,234"),
        text(b"1,234") + BLACK + b"5 53 60 0.8 re f",
        text(b"1,234") + BOX + b"S",
        text(b"1,234") + WHITE + b"5 45 60 20 re 7 47 56 16 re f*",
        text(b"1,234") + WHITE + b"5 45 60 20 re 7 63 m 63 63 l 63 47 l 7 47 l h f",
        text(b"1,234") + WHITE + b"5 20 60 20 re f",
        text(b"1,234") + b"q 0 0 4 4 re W n " + WHITE + BOX + b"f Q",
        text(b"1,234") + WHITE + b"5 45 m 65 45 l 5 46 l h f",
        text(b"1,234") + b"q /G gs " + WHITE + BOX + b"f Q",
        text(b"1,234") + b"q /M gs " + WHITE + BOX + b"f Q",
        text(b"1,234") + b"q /S gs " + WHITE + BOX + b"f Q",
    ],
    ids=[
        "ground",
        "struck through",
        "border",
        "frame, even-odd",
        "frame, by winding",
        "beside",
        "clipped away",
        "sliver",
        "half transparent",
        "multiplied",
        "masked",
    ],
)
def test_what_can_be_seen_is_read(shown: bytes, tmp_path: Path) -> None:
    states = b"/ExtGState << /G << /ca 0.4 >> /M << /BM /Multiply >> /S << /SMask << /S /Alpha >> >> >>"
    page = page_of(tmp_path, shown, states)
    assert (words(page), page.hidden) == ("1,234", ())


@pytest.mark.parametrize(
    ("attributes", "state", "read"),
    [
        (b"", b"", ""),
        (b"/SMask 7 0 R", b"", "1,234"),
        (b"/Mask [0 0]", b"", "1,234"),
        (b"/ImageMask true", b"", "1,234"),
        (b"", b"/G gs ", "1,234"),
    ],
    ids=["picture", "soft mask", "colour key", "stencil", "half transparent"],
)
def test_a_picture_painted_later_hides_what_is_under_it(
    attributes: bytes, state: bytes, read: str, tmp_path: Path
) -> None:
    resources = b"/XObject << /P 6 0 R >> /ExtGState << /G << /ca 0.4 >> >>"
    place = b"q " + state + b"60 0 0 20 5 45 cm /P Do Q\n"
    page = page_of(
        tmp_path, text(b"1,234") + place + text(b"x", y=80), resources, {6: picture(attributes), 7: picture()}
    )
    assert words(page) == f"{read}x"


def test_a_picture_over_all_text_is_a_scan(tmp_path: Path) -> None:
    content = text(b"1,234") + b"q 200 0 0 100 0 0 cm /P Do Q"
    data = file_of(page_objects(content, b"", b"/XObject << /P 6 0 R >>") | {6: picture()})
    with pytest.raises(
        CannotRead, match=r"pictures in which no text was.*there is text that cannot be seen"
    ) as refused:
        read_pdf(write(tmp_path, data))
    assert refused.value.status == "no-text"


@pytest.mark.parametrize(("state", "read"), [(b"", "x"), (b"/G gs ", "1,234x")], ids=["opaque", "half transparent"])
def test_a_form_covers_as_what_is_in_it_does_and_no_more_than_its_box(state: bytes, read: str, tmp_path: Path) -> None:
    resources = b"/XObject << /P 6 0 R >> /ExtGState << /G << /ca 0.4 >> /O << /ca 1 >> >>"
    attributes = b"/Type /XObject /Subtype /Form /BBox [5 45 65 65] /Resources << /ExtGState << /O << /ca 1 >> >> >>"
    form = stream(b"/O gs 1 g 0 0 200 100 re f", attributes)
    content = text(b"1,234") + text(b"x", y=80) + b"q " + state + b"/P Do Q\n"
    assert words(page_of(tmp_path, content, resources, {6: form})) == read


def test_text_in_no_ink_is_not_read(tmp_path: Path) -> None:
    states = b"/ExtGState << /G << /ca 0 >> /O << /ca 1 >> >>"
    page = page_of(tmp_path, b"/G gs\n" + text(b"1,234") + b"/O gs\n" + text(b"x", y=80), states)
    assert words(page) == "x"
    assert tuple(map(str, page.hidden)) == ("characters that cannot be seen were left out (transparent): 5",)


def test_transparent_text_on_drawn_letters_says_what_they_are(tmp_path: Path) -> None:
    drawn = b"10 50 m " + b"11 52 12 54 13 52 c 14 50 15 58 40 60 c " * 10 + b"10 60 l h f\n"
    page = page_of(tmp_path, drawn + b"/G gs\n" + text(b"1,234"), b"/ExtGState << /G << /ca 0 >> >>")
    assert (words(page), page.hidden) == ("1,234", ())


def test_upright_lines_are_said_to_be_read_as_level_ones(tmp_path: Path) -> None:
    upright = b"".join(text(b"%d" % (at % 10), 100 - 12 * (at // 20), 95 - 4 * (at % 20), 4) for at in range(120))
    (said,) = page_of(tmp_path, upright).damage
    assert "upright lines" in str(said)
    level = b"".join(text(b"%d" % (at % 10), 10 + 12 * (at % 10), 95 - 6 * (at // 10), 4) for at in range(120))
    assert page_of(tmp_path, level).damage == ()


def test_an_older_copy_under_the_page_is_not_read(tmp_path: Path) -> None:
    older = b"BT 3 Tr ET\n" + text(b"999") + b"BT 0 Tr ET\n" + text(b"888", y=20) + WHITE + b"0 0 200 100 re f\n0 g\n"
    page = page_of(tmp_path, older + text(b"123") + text(b"456", y=20))
    assert words(page) == "123456"
    assert len(page.hidden) == 2

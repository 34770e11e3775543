"""A page as a picture: its size, its turn, and refusals."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import CannotRead
from extractor.ocr.rendering import render_page


def file(*, width: float = 200, height: float = 100, turn: int = 0) -> bytes:
    """Two pages, shown in this size; the second has a black square in the lower left corner, then turned."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(width, height))
    canvas.showPage()
    canvas.setPageRotation(turn)
    canvas.rect(0, 0, 10, 10, stroke=0, fill=1)
    canvas.save()
    return data.getvalue()


@pytest.mark.parametrize(("turn", "corner"), [(0, (9, 190)), (90, (9, 9)), (180, (390, 9)), (270, (390, 190))])
def test_picture_is_the_page_as_shown_at_its_resolution(turn: int, corner: tuple[int, int]) -> None:
    picture = render_page(file(turn=turn), 2, 144)
    assert (picture.size, picture.mode) == ((400, 200), "RGB")
    assert [at for at in ((9, 9), (9, 190), (390, 9), (390, 190)) if picture.getpixel(at) == (0, 0, 0)] == [corner]


def test_pages_count_from_1() -> None:
    assert render_page(file(), 1, 72).getcolors() == [(200 * 100, (255, 255, 255))]


@pytest.mark.parametrize("number", [-1, 0, 3, 10**12])
def test_no_such_page(number: int) -> None:
    with pytest.raises(CannotRead) as caught:
        render_page(file(), number, 72)
    assert caught.value.status == "no-such-page"


def test_a_page_too_large_to_draw_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(CannotRead) as caught:
        render_page(file(width=14_000, height=14_000), 2, 300)
    assert (caught.value.status, caught.value.page) == ("too-heavy", 2)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 and no more"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead) as caught:
        render_page(content, 1, 72)
    assert caught.value.status == "damaged"
    assert "\n" not in str(caught.value)

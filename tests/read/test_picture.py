"""A page as a picture: its size, its turn, and refusals."""

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractor.errors import CannotRead
from extractor.ocr.rendering import page_picture


def file(folder: Path, *, width: float = 200, height: float = 100, turn: int = 0) -> Path:
    """Two pages, shown in this size; the second has a black square in the lower left corner, then turned."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(width, height))
    canvas.showPage()
    canvas.setPageRotation(turn)
    canvas.rect(0, 0, 10, 10, stroke=0, fill=1)
    canvas.save()
    path = folder / "a.pdf"
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize(("turn", "corner"), [(0, (9, 190)), (90, (9, 9)), (180, (390, 9)), (270, (390, 190))])
def test_picture_is_the_page_as_shown_at_its_resolution(tmp_path: Path, turn: int, corner: tuple[int, int]) -> None:
    picture = page_picture(file(tmp_path, turn=turn), 2, 144)
    assert (picture.size, picture.mode) == ((400, 200), "RGB")
    assert [at for at in ((9, 9), (9, 190), (390, 9), (390, 190)) if picture.getpixel(at) == (0, 0, 0)] == [corner]


def test_pages_count_from_1(tmp_path: Path) -> None:
    assert page_picture(file(tmp_path), 1, 72).getcolors() == [(200 * 100, (255, 255, 255))]


@pytest.mark.parametrize("number", [-1, 0, 3, 10**12])
def test_no_such_page(tmp_path: Path, number: int) -> None:
    with pytest.raises(CannotRead) as caught:
        page_picture(file(tmp_path), number, 72)
    assert caught.value.status == "no-such-page"


def test_a_page_too_large_to_draw_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        page_picture(file(tmp_path, width=14_000, height=14_000), 2, 300)
    assert (caught.value.status, caught.value.page) == ("too-heavy", 2)


@pytest.mark.parametrize(
    ("content", "status"), [(None, "no-such-file"), (b"", "damaged"), (b"%PDF-1.4 and no more", "damaged")]
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes | None, status: str) -> None:
    path = tmp_path / "a.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotRead) as caught:
        page_picture(path, 1, 72)
    assert caught.value.status == status
    assert "\n" not in str(caught.value)

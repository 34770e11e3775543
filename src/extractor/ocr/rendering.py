"""Picture: a page as it is seen, for people to look at and for recognising text."""

from contextlib import closing

import pypdfium2
from PIL.Image import Image

from extractor.errors import shorten_message
from extractor.records.messages import make_refusal

# An A0 sheet at 200 dots an inch has 62 million, and takes four bytes for each.
MOST_PIXELS = 100_000_000
POINTS_PER_INCH = 72.0


def render_page(data: bytes, number: int, dpi: float) -> Image:
    """Draw a page of a PDF as it is shown: its visible part, on white, in colour.

    The file is not to be trusted: time and memory are bounded only by an isolated process.

    Args:
        data: The bytes of the file.
        number: The page, counted from 1.
        dpi: Dots an inch: a point of the page is dpi/72 dots, and the picture's sides are rounded up.

    Returns:
        The picture, turned as the page says.

    Raises:
        CannotRead: With status `no-such-page`; `damaged` where it cannot be drawn; `too-heavy` where it would have
            more than MOST_PIXELS.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            document.init_forms()  # or filled-in fields are not drawn
            if not 1 <= number <= len(document):
                raise make_refusal("no-such-page.number", pages=len(document), number=number)
            with closing(document[number - 1]) as page:
                return _render_sheet(page, number, dpi / POINTS_PER_INCH)
    except pypdfium2.PdfiumError as error:
        raise make_refusal(
            "damaged.draw", number, text=shorten_message(f"the page cannot be drawn ({error})")
        ) from None


def _render_sheet(page: pypdfium2.PdfPage, number: int, scale: float) -> Image:
    width, height = page.get_size()
    if width * scale * height * scale > MOST_PIXELS:
        raise make_refusal("too-heavy.pixels", number, most=MOST_PIXELS)
    with closing(page.render(scale=scale)) as bitmap:
        # A copy: the bitmap's memory goes with it.
        picture: Image = bitmap.to_pil().convert("RGB").copy()
    return picture

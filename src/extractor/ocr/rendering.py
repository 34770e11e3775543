"""Picture: a page as it is seen, for people to look at and for recognising text."""

from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from extractor.errors import CannotRead, shorten_message
from extractor.runtime.input_bytes import LARGEST_PDF, read_bytes

# An A0 sheet at 200 dots an inch has 62 million, and takes four bytes for each.
MOST_PIXELS = 100_000_000
POINTS_PER_INCH = 72.0


def page_picture(file: Path | bytes, number: int, dpi: float) -> Image:
    """Draw page `number` (from 1) of a PDF as it is shown: its visible part, turned as it says, on white, in colour.

    A point of the page is dpi/72 pixels, the picture's sides rounded up. Raises CannotRead with the status of an
    unreadable file, `no-such-page`, or `too-heavy` if it would have more than MOST_PIXELS. The file is not to be
    trusted: time and memory are bounded only by an isolated process.
    """
    data = read_bytes(file, LARGEST_PDF) if isinstance(file, Path) else file
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            document.init_forms()  # or filled-in fields are not drawn
            if not 1 <= number <= len(document):
                raise CannotRead("no-such-page", f"it has {len(document):,} pages, so no page {number}")
            with closing(document[number - 1]) as page:
                return _drawn(page, number, dpi / POINTS_PER_INCH)
    except pypdfium2.PdfiumError as error:
        raise CannotRead("damaged", shorten_message(f"the page cannot be drawn ({error})"), number) from None


def _drawn(page: pypdfium2.PdfPage, number: int, scale: float) -> Image:
    width, height = page.get_size()
    if width * scale * height * scale > MOST_PIXELS:
        raise CannotRead("too-heavy", f"its picture would have more than {MOST_PIXELS:,} pixels", number)
    with closing(page.render(scale=scale)) as bitmap:
        # A copy: the bitmap's memory goes with it.
        picture: Image = bitmap.to_pil().convert("RGB").copy()
    return picture

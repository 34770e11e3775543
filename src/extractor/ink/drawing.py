"""Drawing: each page drawn once by the second engine, in grey."""

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractor.document.geometry import Box
from extractor.document.page import Character

DPI = 100.0
SCALE = DPI / 72.0
# Dots of a page that is drawn: an A0 sheet at this scale has 15 million.
MOST_DOTS = 20_000_000

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class PageDrawing:
    """A page as it is drawn: `grey` has a row for each line of dots from the top, SCALE dots for a point."""

    sheet: pypdfium2.PdfPage
    width: float
    height: float
    grey: Grey

    def draw_part(self, box: Box, scale: float) -> Grey:
        """Draw a part of the page again, larger.

        Args:
            box: The part, in points from the top left; it is cut at the page's edges.
            scale: Dots for a point.

        Returns:
            Its dots.
        """
        left, right = max(0.0, box.x0), max(0.0, self.width - box.x1)
        top, bottom = max(0.0, box.top), max(0.0, self.height - box.bottom)
        try:
            with closing(self.sheet.render(scale=scale, crop=(left, bottom, right, top), grayscale=True)) as bitmap:
                return bitmap_to_array(bitmap)
        except (ValueError, pypdfium2.PdfiumError):  # nothing is left of it, or it cannot be drawn so large
            return np.full((1, 1), 255, np.uint8)

    def list_characters(self) -> list[Character]:
        """List what the engine reads on the page: each character that has ink of its own, with the box of its ink."""
        turn = self._find_turn()
        found = []
        x0, x1, y0, y1 = sides = [ctypes.c_double() for _ in range(4)]
        places = [ctypes.byref(side) for side in sides]
        with closing(self.sheet.get_textpage()) as text:
            page = text.raw
            for index in range(text.count_chars()):
                code = pdfium.FPDFText_GetUnicode(page, index)
                if code <= ord(" ") or pdfium.FPDFText_IsGenerated(page, index) == 1:
                    continue
                pdfium.FPDFText_GetCharBox(page, index, *places)
                found.append(Character(chr(code), turn_box(turn, (x0.value, y0.value, x1.value, y1.value))))
        return found

    def _find_turn(self) -> tuple[float, float, float, float, float, float]:
        """Find what turns the file's coordinates into points from the top left of the page that is shown."""
        fine = 1000
        x, y = ctypes.c_int(), ctypes.c_int()
        ends = []
        for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            size = round(self.width * fine), round(self.height * fine)
            pdfium.FPDF_PageToDevice(self.sheet, 0, 0, *size, 0, *point, x, y)
            ends.append((x.value / fine, y.value / fine))
        (e, f), right, up = ends
        return (right[0] - e) / 1000, (right[1] - f) / 1000, (up[0] - e) / 1000, (up[1] - f) / 1000, e, f


def turn_box(turn: tuple[float, float, float, float, float, float], box: tuple[float, float, float, float]) -> Box:
    """Turn a box.

    Args:
        turn: The matrix, as PDF writes it.
        box: Two opposite corners, as x0, y0, x1, y1.

    Returns:
        The box around both corners where they come to be.

    >>> turn_box((1, 0, 0, -1, 0, 800), (10, 700, 20, 710))
    Box(x0=10, top=90, x1=20, bottom=100)
    """
    a, b, c, d, e, f = turn
    x, y, right, up = box
    x0, y0, x1, y1 = a * x + c * y + e, b * x + d * y + f, a * right + c * up + e, b * right + d * up + f
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def bitmap_to_array(bitmap: pypdfium2.PdfBitmap) -> Grey:
    """Copy the dots of a grey bitmap, whose memory goes with it."""
    dots: Grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
    return dots.reshape(dots.shape[:2])


@contextmanager
def open_drawings(data: bytes) -> Iterator[pypdfium2.PdfDocument | None]:
    """Open a PDF for drawing; None where the second engine cannot open it.

    The file is not to be trusted: time and memory are bounded only by an isolated process.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield None
        return
    with closing(document):
        with suppress(pypdfium2.PdfiumError):
            document.init_forms()  # or filled-in fields are not drawn
        yield document


@contextmanager
def draw_page(document: pypdfium2.PdfDocument, number: int, turn: float = 0.0) -> Iterator[PageDrawing | None]:
    """Draw a page as it is shown, on white.

    Args:
        document: The PDF.
        number: The page, counted from 1.
        turn: By how many degrees against the clock the page was turned to be read: quarters of a circle count.

    Yields:
        The drawing; None where the page cannot be drawn, or has more than MOST_DOTS.
    """
    try:
        sheet = document[number - 1]
    except (IndexError, pypdfium2.PdfiumError):
        yield None
        return
    with closing(sheet):
        if turn % 90 == 0:
            sheet.set_rotation(int(sheet.get_rotation() - turn) % 360)
        width, height = sheet.get_size()
        if not (min(width, height) >= 1 and width * SCALE * height * SCALE <= MOST_DOTS):
            yield None
            return
        with closing(sheet.render(scale=SCALE, grayscale=True)) as bitmap:
            grey = bitmap_to_array(bitmap)
        yield PageDrawing(sheet, width, height, grey)

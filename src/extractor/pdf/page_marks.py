"""A file, and what its pages hold: the marks that can be seen.

Places of paths and pictures are points from the top left of the media box, in which y grows downwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pdfminer.layout import LTContainer, LTCurve, LTImage, LTItem, LTLine, LTRect
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Rect

from extractor.document.geometry import Box
from extractor.pdf.content_interpreter import ContentInterpreter
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.font_resources import FontResources
from extractor.pdf.layers import find_hidden_layers
from extractor.pdf.occlusion import intersect_boxes
from extractor.pdf.page_tree import FAULTS, ObjectTree
from extractor.pdf.set_text import TextSetter
from extractor.pdf.visibility import VisibleDevice

SMALLEST_PAGE, LARGEST_PAGE = 1.0, 100_000.0  # points a side
# What the engine that draws takes for a page without a usable size: both see the same part of it.
USUAL_PAGE = Box(0.0, 0.0, 612.0, 792.0)


class PdfFile:
    """A document out of bytes.

    It raises what the library raises; CannotRead where this package knows better.
    """

    def __init__(self, data: bytes, notes: DamageNotes) -> None:
        self.notes = notes
        self.doc = ObjectTree(data, notes)
        self.fonts = FontResources(notes)
        self.hidden = find_hidden_layers(self.doc)
        self.setter = TextSetter(notes)


@dataclass(frozen=True, slots=True)
class PaintedPath:
    """A path that is drawn.

    `is_line`, `is_rect`: of what kind it is; `path` are its steps, each a command and its points; `pen` is how wide its
    line is, `colour` that of its area, and `annotation` tells whether a reviewer drew it.
    """

    is_line: bool
    is_rect: bool
    box: Box
    path: tuple[tuple[Any, ...], ...]
    stroke: bool
    fill: bool
    pen: float
    colour: object
    annotation: bool


class PageMarks:
    """A page's marks: characters, paths (lines, then rectangles, then others) and pictures that can be seen.

    `foreign` are the fonts that are not in the file, and `noted` the characters that annotations cover. What goes wrong
    midway is noted, and what was read until then is there.
    """

    def __init__(self, pdf: PdfFile, page: PDFPage, number: int) -> None:
        self.number = number
        device = VisibleDevice(pdf.fonts, number, pdf.notes, pdf.setter)
        try:
            ContentInterpreter(pdf.fonts, device, pdf.hidden).process_page(page)
        except FAULTS:
            pdf.notes.add_note("damaged-page.page-end")
        marks = device.finish_page()
        x0, y0, x1, y1 = page.mediabox
        self._left, low, high = (x0, y0, y1) if page.rotate not in (90, 270) else (y0, x0, x1)
        self._top = (high - low) - high
        self._height = ((high - low) - low) - self._top
        self._layout_height = marks.height
        self._view: Rect = device.view
        self.characters = device.characters
        self.foreign = frozenset(name for name, in_file in device.fonts.items() if not in_file)
        self.noted = tuple(device.noted)
        items = list(_iterate_items(marks))
        paths = [self._make_path(item) for item in items if isinstance(item, LTCurve)]
        self.paths = sorted(paths, key=lambda path: (not path.is_line, not path.is_rect))
        self.pictures = [self.turn_box(Box(*item.bbox)) for item in items if isinstance(item, LTImage)]

    def turn_box(self, box: Box) -> Box:
        """Give a box, in points from the bottom left of the turned media box, from its top left."""
        return Box(
            box.x0 + self._left,
            (self._height - box.bottom) + self._top,
            box.x1 + self._left,
            (self._height - box.top) + self._top,
        )

    def find_frame(self) -> "PageFrame":
        """Find the visible part of the page."""
        x0, y0, x1, y1 = self._view
        return PageFrame(self._left + x0, self._top + self._layout_height - y1, Box(0.0, 0.0, x1 - x0, y1 - y0))

    def _make_path(self, item: LTCurve) -> PaintedPath:
        def turn(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
            return ((self._left + x, self._top + self._height - y) for x, y in points)

        steps: Any = item.original_path
        return PaintedPath(
            isinstance(item, LTLine),
            isinstance(item, LTRect),
            self.turn_box(Box(*item.bbox)),
            tuple((command, *turn(points)) for command, *points in steps),
            stroke=item.stroke,
            fill=item.fill,
            pen=float(item.linewidth or 0),
            colour=item.non_stroking_color,
            annotation=vars(item).get("annotation", False),
        )


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible part of a page: where it begins, from the top left of the media box, and its box from there."""

    left: float
    top: float
    box: Box

    def shift_box(self, box: Box) -> Box:
        """Give a box from the top left of the visible part."""
        return Box(box.x0 - self.left, box.top - self.top, box.x1 - self.left, box.bottom - self.top)


def _iterate_items(container: LTContainer[Any]) -> Iterator[LTItem]:
    """Give what is drawn on a page, also within its forms."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _iterate_items(item)
        else:
            yield item


def settle_boxes(page: PDFPage, notes: DamageNotes) -> None:
    """Give a page boxes and a turn that the libraries can do with.

    Args:
        page: The page. It is changed.
        notes: What is said of boxes and turns that are not what they should be.
    """
    media = _order_corners(page.mediabox)
    sides = media.width, media.height
    if not all(map(isfinite, media)) or min(sides) < SMALLEST_PAGE or max(sides) > LARGEST_PAGE:
        notes.add_note("damaged-page.media-box")
        media = page.cropbox = USUAL_PAGE
    page.mediabox = media
    crop = intersect_boxes(media, _order_corners(page.cropbox))
    if not (crop.width >= SMALLEST_PAGE and crop.height >= SMALLEST_PAGE):
        notes.add_note("damaged-page.crop-box")
        crop = media
    page.cropbox = crop
    if page.rotate not in (0, 90, 180, 270):
        notes.add_note("damaged-page.turn")
        page.rotate = 0


def _order_corners(box: Rect) -> Box:
    (x0, x1), (y0, y1) = sorted((box[0], box[2])), sorted((box[1], box[3]))
    return Box(x0, y0, x1, y1)

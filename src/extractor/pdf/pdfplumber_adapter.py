"""pdfplumber's document and page, over this package's own reading of objects and instructions."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

import pdfplumber.page
import pdfplumber.pdf
from pdfminer.layout import LTPage
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Rect

from extractor.pdf.content_interpreter import ContentInterpreter, FontResources, find_hidden_layers
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.page_tree import FAULTS, ObjectTree
from extractor.pdf.visibility import VisibleDevice
from extractor.records.messages import make_refusal

SMALLEST_PAGE, LARGEST_PAGE = 1.0, 100_000.0  # points a side

_PRINTED_ANNOTATIONS = ("FreeText", "Stamp", "Widget")


class PdfFile(pdfplumber.pdf.PDF):
    """A document out of bytes.

    It raises what the library raises; CannotRead where this package knows better.
    """

    doc: ObjectTree

    def __init__(self, data: bytes, notes: DamageNotes) -> None:
        # Not pdfplumber's: it resolves all metadata first, which a small file can make endless.
        self.notes = notes
        self.doc = ObjectTree(data, notes)
        self.rsrcmgr = FontResources(notes)
        self.laparams = None
        self.unicode_norm = None
        self.hidden = find_hidden_layers(self.doc)

    def iterate_pages(self) -> Iterator["PdfPage"]:
        """Give the pages in order, one at a time."""
        for number, page in enumerate(self.doc.iterate_leaves(), 1):
            _settle_boxes(page, number, self.notes)
            yield PdfPage(self, page, number)


class PdfPage(pdfplumber.page.Page):
    """A page whose marks are only those that can be seen.

    `view` is its visible part, in the layout's points.
    """

    pdf: PdfFile
    view: Rect = (0.0, 0.0, 0.0, 0.0)

    @property
    def layout(self) -> LTPage:
        """The page's marks.

        What goes wrong midway is noted, and what was read until then is given.
        """
        if hasattr(self, "_layout"):
            return self._layout
        device = VisibleDevice(self.pdf.rsrcmgr, self.page_number, self.pdf.notes)
        try:
            ContentInterpreter(self.pdf.rsrcmgr, device, self.pdf.hidden).process_page(self.page_obj)
        except FAULTS as error:
            self.pdf.notes.add_note("damaged-page.page-end", error=type(error).__name__)
        self._layout: LTPage = device.finish_page()
        self.view = device.view
        _note_annotations(self.page_obj, self.pdf.notes)
        return self._layout


def _settle_boxes(page: PDFPage, number: int, notes: DamageNotes) -> None:
    """Give a page boxes and a turn that the libraries can do with; CannotRead("damaged") if it has no usable size."""
    page.mediabox = _order_corners(page.mediabox)
    x0, y0, x1, y1 = page.mediabox
    sides = (x1 - x0, y1 - y0)
    if not all(map(isfinite, page.mediabox)) or min(sides) < SMALLEST_PAGE or max(sides) > LARGEST_PAGE:
        raise make_refusal("damaged.no-size", number)
    crop = _order_corners(page.cropbox)
    crop = (max(x0, crop[0]), max(y0, crop[1]), min(x1, crop[2]), min(y1, crop[3]))
    if not (crop[2] - crop[0] >= SMALLEST_PAGE and crop[3] - crop[1] >= SMALLEST_PAGE):
        notes.add_note("damaged-page.crop-box")
        crop = page.mediabox
    page.cropbox = crop
    if page.rotate not in (0, 90, 180, 270):
        notes.add_note("damaged-page.turn")
        page.rotate = 0
    for name in ("CropBox", "TrimBox", "BleedBox", "ArtBox"):
        page.attrs.pop(name, None)
    page.attrs.update(MediaBox=list(page.mediabox), Rotate=page.rotate)


def _order_corners(box: Rect) -> Rect:
    (x0, x1), (y0, y1) = sorted((box[0], box[2])), sorted((box[1], box[3]))
    return (x0, y0, x1, y1)


def _note_annotations(page: PDFPage, notes: DamageNotes) -> None:
    """Note text that is printed on the page but stands in annotations, which are not read."""
    try:
        annotations = resolve1(page.annots)
        for annotation in annotations if isinstance(annotations, list) else []:
            if _prints_text(resolve1(annotation)):
                notes.add_note("damaged-page.annotation")
    except FAULTS as error:
        notes.add_note("damaged-page.annotations", error=type(error).__name__)


def _prints_text(annotation: Any) -> bool:
    if not isinstance(annotation, dict) or getattr(annotation.get("Subtype"), "name", "") not in _PRINTED_ANNOTATIONS:
        return False
    flags = resolve1(annotation.get("F"))
    if isinstance(flags, int) and flags & 2:  # hidden
        return False
    appearance = resolve1(annotation.get("AP"))
    normal = resolve1(appearance.get("N")) if isinstance(appearance, dict) else None
    if not isinstance(normal, PDFStream):
        return False
    content = normal.get_data()
    return b"Tj" in content or b"TJ" in content

"""pdfplumber's document and page, over this package's own reading of objects and instructions."""

import re
from functools import cached_property
from math import isfinite
from typing import Any

import pdfplumber.page
import pdfplumber.pdf
from pdfminer.layout import LTPage
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Rect

from extractor.document.geometry import Box
from extractor.pdf.content_interpreter import ContentInterpreter, FontResources, find_hidden_layers
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.occlusion import intersect_boxes
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


class PdfPage(pdfplumber.page.Page):
    """A page whose marks are only those that can be seen.

    `view` is its visible part, in the layout's points.
    """

    pdf: PdfFile
    view: Rect = (0.0, 0.0, 0.0, 0.0)

    @cached_property
    def layout(self) -> LTPage:
        """The page's marks.

        What goes wrong midway is noted, and what was read until then is given.
        """
        device = VisibleDevice(self.pdf.rsrcmgr, self.page_number, self.pdf.notes)
        try:
            ContentInterpreter(self.pdf.rsrcmgr, device, self.pdf.hidden).process_page(self.page_obj)
        except FAULTS as error:
            self.pdf.notes.add_note("damaged-page.page-end", error=type(error).__name__)
        marks = device.finish_page()
        self.view = device.view
        _note_annotations(self.page_obj, self.pdf.notes)
        return marks


def settle_boxes(page: PDFPage, number: int, notes: DamageNotes) -> None:
    """Give a page boxes and a turn that the libraries can do with.

    Args:
        page: The page. It is changed.
        number: Its place in the file, from 1.
        notes: What is said of boxes and turns that are not what they should be.

    Raises:
        CannotRead: `damaged`: it has no usable size.
    """
    page.mediabox = media = _order_corners(page.mediabox)
    sides = media.width, media.height
    if not all(map(isfinite, media)) or min(sides) < SMALLEST_PAGE or max(sides) > LARGEST_PAGE:
        raise make_refusal("damaged.no-size", number)
    crop = intersect_boxes(media, _order_corners(page.cropbox))
    if not (crop.width >= SMALLEST_PAGE and crop.height >= SMALLEST_PAGE):
        notes.add_note("damaged-page.crop-box")
        crop = media
    page.cropbox = crop
    if page.rotate not in (0, 90, 180, 270):
        notes.add_note("damaged-page.turn")
        page.rotate = 0
    for name in ("CropBox", "TrimBox", "BleedBox", "ArtBox"):
        page.attrs.pop(name, None)
    page.attrs.update(MediaBox=list(page.mediabox), Rotate=page.rotate)


def _order_corners(box: Rect) -> Box:
    (x0, x1), (y0, y1) = sorted((box[0], box[2])), sorted((box[1], box[3]))
    return Box(x0, y0, x1, y1)


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
    flags, appearance = resolve1(annotation.get("F")), resolve1(annotation.get("AP"))
    is_hidden = isinstance(flags, int) and flags & 2
    normal = resolve1(appearance.get("N")) if isinstance(appearance, dict) and not is_hidden else None
    return isinstance(normal, PDFStream) and bool(re.search(b"T[jJ]", normal.get_data()))

"""Beside: what looks like text in the pictures on a page that has text of its own. It is not read, only said."""

import cv2
import numpy as np

from extractor.document.page import Doubt, Page
from extractor.ocr.models import text_likely
from extractor.ocr.recognize import drawn
from extractor.ocr.text_boxes import LIKELY
from extractor.records.messages import make_message

Box = tuple[float, float, float, float]

# Text of this length is a title, a table or more, in heights of the mark on it (which is half as high as the type to
# three quarters); what a photograph shows of signs and packages is shorter.
LONG = 20.0
# Points. What is lower or narrower is no level line of text that a person could read.
LOWEST, NARROWEST = 4.0, 6.0


def text_beside(data: bytes, page: Page) -> tuple[Doubt, ...]:
    """That there seems to be text in the page's pictures, which was not read; nothing where there is none."""
    found = [box for box in _marks(data, page) if _in_picture(box, page) and not _is_read(box, page)]
    if sum((x1 - x0) / (bottom - top) for x0, top, x1, bottom in found) < LONG:
        return ()
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    why = make_message("unread-picture.text")
    return (Doubt("", (min(lefts), min(tops), max(rights), max(bottoms)), why),)


def _marks(data: bytes, page: Page) -> list[Box]:
    """Where text is likely on a page, in points."""
    likely = text_likely(drawn(data, page))
    mask = np.asarray(likely > LIKELY, dtype=np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    across, down = page.width / likely.shape[1], page.height / likely.shape[0]
    boxes = [
        (float(x * across), float(y * down), float((x + width) * across), float((y + height) * down))
        for x, y, width, height, _ in found[1:]
    ]
    return [box for box in boxes if box[2] - box[0] >= NARROWEST and box[3] - box[1] >= LOWEST]


def _in_picture(box: Box, page: Page) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in page.pictures)


def _is_read(box: Box, page: Page) -> bool:
    """Whether what is likely text is that of the page, printed over a picture."""
    return any(
        box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2] and box[1] <= (glyph.top + glyph.bottom) / 2 <= box[3]
        for glyph in page.glyphs
    )

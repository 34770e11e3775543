"""Unread images: what looks like text in the pictures on a page that has text of its own.

It is not read, only said.
"""

from extractor.document.geometry import Box
from extractor.document.page import Doubt, Page
from extractor.ocr.dots import find_components
from extractor.ocr.models import find_likely_text
from extractor.ocr.recognize import draw_sheet
from extractor.ocr.text_boxes import LIKELY
from extractor.records.messages import make_message

# Text of this length is a title, a table or more, in heights of the mark on it (which is half as high as the type to
# three quarters); what a photograph shows of signs and packages is shorter.
LONG = 20.0
# Points. What is lower or narrower is no level line of text that a person could read.
LOWEST, NARROWEST = 4.0, 6.0


def find_unread_text(data: bytes, page: Page) -> tuple[Doubt, ...]:
    """Find whether there seems to be text in a page's pictures, which was not read.

    Args:
        data: The bytes of the PDF.
        page: A page of it with text of its own.

    Returns:
        One doubt for all that seems to be text; nothing where there is none.
    """
    pictures, centres = [Box(*sides) for sides in page.pictures], [Box.of(glyph).centre for glyph in page.glyphs]
    unread = [
        mark
        for mark in _find_marks(data, page)
        if any(picture.contains_centre(mark) for picture in pictures)
        # Text of the page may be printed over a picture.
        and not any(mark.contains_point(*centre) for centre in centres)
    ]
    if sum(mark.width / mark.height for mark in unread) < LONG:
        return ()
    return (Doubt("", (*Box.around(unread),), make_message("unread-picture.text")),)


def _find_marks(data: bytes, page: Page) -> list[Box]:
    """Find where text is likely on a page, in points."""
    likely = find_likely_text(draw_sheet(data, page))
    across, down = page.width / likely.shape[1], page.height / likely.shape[0]
    marks = [
        Box(mark.x0 * across, mark.top * down, mark.x1 * across, mark.bottom * down)
        for mark in find_components(likely > LIKELY, 4)
    ]
    return [mark for mark in marks if mark.width >= NARROWEST and mark.height >= LOWEST]

"""Pages that are pictures: which they are, and what is recognised in them; pictures on other pages.

In: the bytes of a PDF, and its pages as they were read. Out: the pages, with what their pictures hold. The only place
in which `pdf` asks `ocr` for something.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.geometry import Box
from extractor.document.page import Doubt, Page
from extractor.errors import CannotRead
from extractor.records.messages import Message, make_message, make_refusal
from extractor.runtime.sandbox import more_time

# A page is a picture where pictures cover this much of it and no character can be seen; or almost all of it, and no
# more characters than a scanner or an archive prints on a page (a page number, the name of a program).
HALF, ALMOST_ALL, FEW = 0.5, 0.9, 60
# Other pages with pictures that cover this much of them may have a table or text in those.
TENTH = 0.1
# Seconds of processor time for one page: ten times what a full page of text takes, and what looking for text does.
PAGE_SECONDS, LOOK_SECONDS = 60, 15
MOST_PICTURES = 300
_HOW = "pip install 'extractor[ocr]'"


def read_pictures(data: bytes, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Recognise the text of the pages that are pictures.

    On the other pages, text is looked for in the pictures.

    Args:
        data: The bytes of the PDF.
        pages: All its pages.

    Returns:
        The pages; what pictures seem to hold that was not read is in their doubts.

    Raises:
        CannotRead: With status `needs-ocr` where the text of a page is a picture and what recognises it is not there,
            or not whole; `too-heavy` where too many pages are; `damaged` where such a page cannot be drawn.
    """
    wanted = {page.number for page in pages if _is_picture(page)}
    beside = _list_beside(pages, wanted)
    if not wanted and not beside:
        return tuple(pages)
    if len(wanted) > MOST_PICTURES:
        raise make_refusal("too-heavy.pictures", most=MOST_PICTURES)
    try:
        from extractor.ocr.models import load_models
        from extractor.ocr.recognize import find_unread_text, recognize_page

        load_models()
    except ImportError as error:
        return tuple(_leave_unread(page, needed=page.number in wanted, error=error) for page in pages)
    looked_at = set(beside[:MOST_PICTURES])
    more_time(PAGE_SECONDS * len(wanted) + LOOK_SECONDS * len(looked_at))

    def read_picture(page: Page) -> Page:
        if page.number in wanted:
            return recognize_page(data, page)
        if page.number not in looked_at:
            return replace(page, doubts=_doubt_unread(page, make_message("unlooked.limit", count=MOST_PICTURES)))
        try:
            return replace(page, doubts=find_unread_text(data, page))
        except CannotRead as error:  # no reason to refuse the page's own text
            return replace(page, doubts=_doubt_unread(page, make_message("unlooked.refused", error=error)))

    return tuple(map(read_picture, pages))


def _list_beside(pages: Sequence[Page], wanted: set[int]) -> list[int]:
    """List the other pages whose pictures may hold text."""
    return [page.number for page in pages if page.covered >= TENTH and page.number not in wanted]


def _leave_unread(page: Page, *, needed: bool, error: ImportError) -> Page:
    """Leave the pictures on a page unread. CannotRead("needs-ocr") where it is needed, and has no text of its own."""
    if needed and not _count_characters(page):
        raise make_refusal("needs-ocr.page", page.number, command=_HOW, text=str(error))
    return replace(page, doubts=_doubt_unread(page, make_message("unlooked.install", command=_HOW)))


def _is_picture(page: Page) -> bool:
    text = _count_characters(page)
    return page.covered >= (ALMOST_ALL if text else HALF) and text <= FEW


def _count_characters(page: Page) -> int:
    """Count the characters that can be seen on a page."""
    return sum(not glyph.text.isspace() for glyph in page.glyphs)


def _doubt_unread(page: Page, why_not: Message) -> tuple[Doubt, ...]:
    """Say that the pictures on a page were not looked at, where they cover much of it; and why not, or what to do."""
    if _is_picture(page):
        why = make_message("unread-picture.page", why=why_not)
        return (Doubt("", (0.0, 0.0, page.width, page.height), why),)
    if page.covered < TENTH:
        return ()
    why = make_message("unread-picture.part", share=page.covered, why=why_not)
    return (Doubt("", (*Box.around(Box(*picture) for picture in page.pictures),), why),)

"""Pages that are pictures: which they are, and what is recognised in them."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.isolate import more_time
from extractor.model.page import CannotRead, Doubt, Page

# A page is a picture where pictures cover this much of it and no character can be seen; or almost all of it, and no
# more characters than a scanner or an archive prints on a page (a page number, the name of a program).
HALF, ALMOST_ALL, FEW = 0.5, 0.9, 60
# Seconds of processor time for one page: ten times what a full page of text takes.
PAGE_SECONDS = 60
MOST_PICTURES = 300
_HOW = "pip install 'extractor[ocr]'"


def read_pictures(data: bytes, pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with the text of those that are pictures recognised; the others as they are.

    CannotRead("needs-ocr") where the text of a page is a picture and what recognises it is not there, or not whole;
    "too-heavy" where too many pages are.
    """
    wanted = [page for page in pages if _is_picture(page)]
    if not wanted:
        return tuple(pages)
    if len(wanted) > MOST_PICTURES:
        raise CannotRead("too-heavy", f"more than {MOST_PICTURES} of its pages are pictures")
    try:
        from extractor.read.scan.engine import load
        from extractor.read.scan.recognise import recognised

        load()
    except ImportError as error:
        for page in wanted:
            if not _text(page):
                message = f"the page is a picture, and what recognises its text is not there: {_HOW} ({error})"
                raise CannotRead("needs-ocr", message, page.number) from None
        return tuple(replace(page, doubts=(_unread(page),)) if page in wanted else page for page in pages)
    more_time(PAGE_SECONDS * len(wanted))
    return tuple(recognised(data, page) if page in wanted else page for page in pages)


def _is_picture(page: Page) -> bool:
    text = _text(page)
    return page.covered >= (ALMOST_ALL if text else HALF) and text <= FEW


def _text(page: Page) -> int:
    """How many characters can be seen on a page."""
    return sum(not glyph.text.isspace() for glyph in page.glyphs)


def _unread(page: Page) -> Doubt:
    whole = (0.0, 0.0, page.width, page.height)
    return Doubt("", 0.0, whole, f"the page is a picture with little text on it, and the picture was not read ({_HOW})")

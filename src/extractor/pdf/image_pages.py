"""Pages that are pictures: which they are, and what is recognised in them; pictures on other pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractor.document.page import Doubt, Page
from extractor.errors import CannotRead
from extractor.records.messages import Message, make_message
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
    """The pages, with the text of those that are pictures recognised; of the others, with what their pictures seem to
    hold that was not read.

    CannotRead("needs-ocr") where the text of a page is a picture and what recognises it is not there, or not whole;
    "too-heavy" where too many pages are.
    """
    wanted = {page.number for page in pages if _is_picture(page)}
    beside = [page.number for page in pages if page.covered >= TENTH and page.number not in wanted]
    if not wanted and not beside:
        return tuple(pages)
    if len(wanted) > MOST_PICTURES:
        raise CannotRead("too-heavy", f"more than {MOST_PICTURES} of its pages are pictures")
    try:
        from extractor.ocr.models import load
        from extractor.ocr.recognize import recognised
        from extractor.ocr.unread_images import text_beside

        load()
    except ImportError as error:
        for page in pages:
            if page.number in wanted and not _text(page):
                message = f"the page is a picture, and what recognises its text is not there: {_HOW} ({error})"
                raise CannotRead("needs-ocr", message, page.number) from None
        return tuple(
            replace(page, doubts=_unread(page, make_message("unlooked.install", command=_HOW))) for page in pages
        )
    looked_at = set(beside[:MOST_PICTURES])
    more_time(PAGE_SECONDS * len(wanted) + LOOK_SECONDS * len(looked_at))
    found = []
    for page in pages:
        if page.number in wanted:
            found.append(recognised(data, page))
        elif page.number in looked_at:
            found.append(replace(page, doubts=_looked_at(page, data, text_beside)))
        else:
            found.append(replace(page, doubts=_unread(page, make_message("unlooked.limit", count=MOST_PICTURES))))
    return tuple(found)


def _looked_at(page: Page, data: bytes, look: Callable[[bytes, Page], tuple[Doubt, ...]]) -> tuple[Doubt, ...]:
    """What `look` finds in the pictures on a page. That they cannot be drawn is no reason to refuse the page's text."""
    try:
        return look(data, page)
    except CannotRead as error:
        return _unread(page, make_message("unlooked.refused", error=str(error)))


def _is_picture(page: Page) -> bool:
    text = _text(page)
    return page.covered >= (ALMOST_ALL if text else HALF) and text <= FEW


def _text(page: Page) -> int:
    """How many characters can be seen on a page."""
    return sum(not glyph.text.isspace() for glyph in page.glyphs)


def _unread(page: Page, why_not: Message) -> tuple[Doubt, ...]:
    """That the pictures on a page were not looked at, where they cover much of it; and why not, or what to do."""
    if _is_picture(page):
        why = make_message("unread-picture.page", why=why_not)
        return (Doubt("", (0.0, 0.0, page.width, page.height), why),)
    if page.covered < TENTH:
        return ()
    lefts, tops, rights, bottoms = zip(*page.pictures, strict=True)
    why = make_message("unread-picture.part", share=page.covered, why=why_not)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return (Doubt("", box, why),)

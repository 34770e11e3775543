"""Printed numbers: which page of a PDF is meant.

A page is named by its place in the file or by the number that is printed on it.
"""

from extractor.document.layout import Layout
from extractor.grammar.normalize import comparison_key
from extractor.pipeline import Steps
from extractor.records.messages import make_refusal
from extractor.records.report import PageBox


def map_printed_numbers(layout: Layout) -> dict[int, str]:
    """Return the printed number of each page that has one.

    The keys are the pages' places in the file (from 1).
    """
    places = [place for item in layout.furniture if item.kind == "page-number" for place in item.source]
    return {place.page: place.page_label for place in places if isinstance(place, PageBox) and place.page_label}


def find_page(steps: Steps, number: int | None, label: str | None) -> int:
    """Find the page that is meant.

    Args:
        steps: What was made of the PDF.
        number: The page's place in the file, from 1; None: the page with `label` is meant.
        label: The number printed on the page, in letters of any width.

    Returns:
        The page's place in the file, from 1.

    Raises:
        CannotRead: With status `no-such-page`: no page is at this place, or none or several have this number.
    """
    if number is not None:
        if 1 <= number <= len(steps.pages):
            return number
        raise make_refusal("no-such-page.number", pages=len(steps.pages), number=number)
    label = label or ""
    pages = [
        page
        for page, printed in map_printed_numbers(steps.layout).items()
        if comparison_key(printed) == comparison_key(label)
    ]
    if len(pages) == 1:
        return pages[0]
    if not pages:
        raise make_refusal("no-such-page.label", label=label)
    raise make_refusal("no-such-page.labels", pages=tuple(map(str, pages)), label=label)

"""Place: where lines stand, as records hold it."""

from collections.abc import Mapping, Sequence

from extractor.document.geometry import Box
from extractor.layout.lines import TextLine
from extractor.layout.paragraphs import BodyLine
from extractor.records.report import PageBox, Source


def place_of_lines(lines: Sequence[TextLine], page: int, label: str | None) -> PageBox:
    """Return the smallest box around lines of one page.

    Args:
        lines: The lines; at least one.
        page: Their page, from 1.
        label: The number printed on the page; None where there is none.

    Returns:
        The box in points from the page's top left, to a hundredth.
    """
    return PageBox(page=page, page_label=label, bbox=Box.around(lines).rounded())


def source_of(items: Sequence[BodyLine], labels: Mapping[int, str | None]) -> Source:
    """Return where lines of one or several pages stand.

    Args:
        items: The lines with their pages.
        labels: The printed number of each page, by its place in the file.

    Returns:
        One box a page, in page order.
    """
    pages = sorted({item.page for item in items})
    return tuple(
        place_of_lines([item.line for item in items if item.page == page], page, labels[page]) for page in pages
    )

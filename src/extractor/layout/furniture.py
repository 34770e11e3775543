"""Furniture: the printed numbers of pages, which belong to the page and not to the report."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from extractor.document.geometry import gap_x
from extractor.document.page import Glyph, Page
from extractor.grammar.characters import LINES, MIDDLE_DOTS, WAVES
from extractor.layout.lines import TextLine, form_lines
from extractor.records.messages import Message, make_message

# Page numbers, running heads and feet stand in the outer eighth of the page's height.
MARGIN = 0.125
# A page number in one line with a running head stands further from it than this (sizes).
FAR = 3.0
# The lines of a table stand no further apart than this (sizes).
NEAR = 4.0

_DASH = rf"[{LINES}{WAVES}{MIDDLE_DOTS}|\s]*"
_NUMBER = re.compile(
    rf"^{_DASH}(?:p\.?|頁|ページ)?\s*(\d{{1,4}}|[ivxlcIVXLC]{{1,6}})\s*(?:頁|ページ)?(?:\s*[/／]\s*\d{{1,4}})?{_DASH}$"
)


def parse_page_label(text: str) -> str | None:
    """Return the printed page number that a line is; None where it is none.

    >>> [parse_page_label(text) for text in ("- 25 -", "－24－", "24 / 60", "２４", "24頁", "147者")]
    ['25', '24', '24', '24', '24', None]
    """
    found = _NUMBER.match(unicodedata.normalize("NFKC", text))
    return found[1] if found else None


def find_page_number(page: Page, found: Sequence[TextLine]) -> TextLine | None:
    """Find the line that is a page's printed number.

    Args:
        page: The page.
        found: Its lines.

    Returns:
        The outermost such line in the lower margin, or else in the upper one; None where there is none.
    """
    return next((line for line in find_outermost_lines(page, found) if parse_page_label(line.text) is not None), None)


def find_falling_numbers(labels: Sequence[tuple[int, str | None]]) -> list[tuple[int, Message]]:
    """Find the pages whose printed number is not above the last one before.

    Numbers may be left out: what is left blank before a chapter is often not in the file.

    Returns:
        The pages, each with what there is to say of it.

    >>> [(page, str(said)) for page, said in find_falling_numbers([(1, "24"), (2, None), (3, "27"), (4, "26")])]
    [(4, 'page 26 follows on page 27: pages are not in order')]
    """
    known = [(page, int(label)) for page, label in labels if label is not None and label.isdigit()]
    return [
        (page, make_message("page-order.label", label=number, before=last))
        for (_, last), (page, number) in pairwise(known)
        if number <= last
    ]


def find_outermost_lines(page: Page, found: Sequence[TextLine]) -> list[TextLine]:
    """Find the lines that may be a page's number.

    Args:
        page: The page.
        found: Its lines.

    Returns:
        The two outermost lines in the lower margin, the lowest first, and those in the upper one.
    """
    low = [line for line in found if line.top >= page.height * (1 - MARGIN)]
    high = [line for line in found if line.bottom <= page.height * MARGIN]
    return [*sorted(low, key=lambda line: -line.bottom)[:2], *sorted(high, key=lambda line: line.top)[:2]]


def split_off_page_number(page: Page, found: Sequence[TextLine]) -> list[TextLine]:
    """Split off a page number at the end of a line in the margins.

    The number stands far from the rest of its line.

    Args:
        page: The page.
        found: Its lines.

    Returns:
        All lines, one of them perhaps as two.
    """
    outermost = set(find_outermost_lines(page, found))
    return [part for line in found for part in (_split_line_at_number(line, found) if line in outermost else [line])]


def _split_line_at_number(line: TextLine, found: Sequence[TextLine]) -> list[TextLine]:
    """Split a line at its first wide gap, if a number stands before it, or at its last, if one stands behind it."""
    wide = [at for at, (a, b) in enumerate(pairwise(line.glyphs), 1) if gap_x(a, b) > FAR * line.size]
    for cut, is_before in ((wide[0], True), (wide[-1], False)) if wide else ():
        first, last = (form_lines(glyphs) for glyphs in _cut_line(line, cut))
        number = first if is_before else last
        if (
            len(first) == len(last) == 1
            and parse_page_label(number[0].text)
            and not stands_in_columns(line, cut, found)
        ):
            return first + last
    return [line]


def _cut_line(line: TextLine, at: int) -> tuple[list[Glyph], list[Glyph]]:
    """Cut a line before its `at`-th glyph; give the glyphs of either side, blanks among them."""
    x = line.glyphs[at].x0
    first, last = list(line.glyphs[:at]), list(line.glyphs[at:])
    return first + [one for one in line.blanks if one.x0 < x], last + [one for one in line.blanks if one.x0 >= x]


def stands_in_columns(line: TextLine, cut: int, found: Sequence[TextLine]) -> bool:
    """Tell whether a line near by leaves the same white: then the number at the end is one of a column."""
    low, high = line.glyphs[cut - 1].x1, line.glyphs[cut].x0
    near = [one for one in found if one is not line and abs(one.top - line.top) <= NEAR * line.size]
    return any(
        # An ideographic space, of one size, parts no columns.
        a.x1 < high and low < b.x0 and gap_x(a, b) > 1.1 * max(line.size, one.size)
        for one in near
        for a, b in pairwise(one.glyphs)
    )

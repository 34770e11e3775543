"""Furniture: what belongs to the page and not to the report, a printed page number or a running header."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from extractor.lay_out.lines import Line
from extractor.model.page import Page
from extractor.signs import LINES, MIDDLE_DOTS, WAVES

# Page numbers stand in the outer eighth of the page's height, running headers in the upper one.
MARGIN = 0.125
# A running header stands on at least this many pages and this part of them, at one height (points).
HEADER_PAGES = 3
HEADER_SHARE = 0.4
SAME_HEIGHT = 3.0

_DASH = rf"[{LINES}{WAVES}{MIDDLE_DOTS}|\s]*"
_NUMBER = re.compile(
    rf"^{_DASH}(?:p\.?|頁|ページ)?\s*(\d{{1,4}}|[ivxlcIVXLC]{{1,6}})\s*(?:頁|ページ)?(?:\s*[/／]\s*\d{{1,4}})?{_DASH}$"
)


def page_label(text: str) -> str | None:
    """The printed page number that a line is, None where it is none.

    >>> [page_label(text) for text in ("- 25 -", "－24－", "24 / 60", "２４", "24頁", "147者")]
    ['25', '24', '24', '24', '24', None]
    """
    found = _NUMBER.match(unicodedata.normalize("NFKC", text))
    return found[1] if found else None


def find_page_number(page: Page, lines: Sequence[Line]) -> Line | None:
    """The line that is the page's printed number: the outermost in the lower margin, or else in the upper one."""
    low = [line for line in lines if line.top >= page.height * (1 - MARGIN)]
    high = [line for line in lines if line.bottom <= page.height * MARGIN]
    for line in [*sorted(low, key=lambda line: -line.bottom)[:2], *sorted(high, key=lambda line: line.top)[:2]]:
        if page_label(line.text) is not None:
            return line
    return None


def find_running_headers(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[Line]:
    """Lines that stand at one height in the upper margin of many pages, above all else, and nowhere else in the file.

    A heading that happens to open many pages is none: it stands elsewhere on others, or below a title, or is bracketed.
    """
    where: dict[str, list[tuple[Line, bool]]] = defaultdict(list)
    for page, lines in pages:
        for line in lines:
            where[_plain(line)].append((line, line.bottom <= page.height * MARGIN))
    headers: set[Line] = set()
    for text, found in where.items():
        if not text or text[0] in "[【<＜〈《■□●◆" or len(found) < max(HEADER_PAGES, HEADER_SHARE * len(pages)):
            continue
        tops = [line.top for line, _ in found]
        if all(in_margin for _, in_margin in found) and max(tops) - min(tops) <= SAME_HEIGHT:
            headers.update(line for line, _ in found)
    below = {
        _plain(line)
        for _, lines in pages
        for line in lines
        if line in headers and any(other.bottom <= line.top and other not in headers for other in lines)
    }
    return {line for line in headers if _plain(line) not in below}


def _plain(line: Line) -> str:
    """A line's text without what may differ from page to page."""
    return re.sub(r"[\d\s]", "", unicodedata.normalize("NFKC", line.text))

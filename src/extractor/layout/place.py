"""Place: the box of some lines on their page."""

from collections.abc import Sequence

from extractor.layout.lines import TextLine
from extractor.records.report import PageBox


def place_of_lines(lines: Sequence[TextLine], page: int, label: str | None) -> PageBox:
    """The smallest box around these lines, in points from the page's top left, to a hundredth."""
    return PageBox(
        page=page,
        page_label=label,
        bbox=(
            round(min(line.x0 for line in lines), 2),
            round(min(line.top for line in lines), 2),
            round(max(line.x1 for line in lines), 2),
            round(max(line.bottom for line in lines), 2),
        ),
    )

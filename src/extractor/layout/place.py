"""Place: the box of some lines on their page."""

from collections.abc import Sequence

from extractor.layout.lines import Line
from extractor.records.report import PageBox


def box_of(lines: Sequence[Line], page: int, label: str | None) -> PageBox:
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

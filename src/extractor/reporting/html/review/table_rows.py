"""Table rows: where the row of a value and the head of its column stand, as far as the records of a report say it.

A cut-out that shows both can be read without opening the document. Records have no place for the head of a table: it is
what stands right above the first row, below all else that was read there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from extractor.records.pointer import split_pointer
from extractor.records.report import PageBox, Programme, Report, Source

# Points: heads of tables are no higher, and no lower.
HIGHEST_HEAD, LOWEST_HEAD = 60.0, 14.0
# Points by which boxes of one row may reach over another's.
OVERLAP = 2.0
_Boxes = list[PageBox]


class TableRows:
    """The rows of a report's tables, of programmes (metrics) and of the chapters (lists)."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def find_row(self, pointer: str | None) -> dict[int, dict[str, Any]]:
        """Find the row in which a value stands.

        Args:
            pointer: Where the value is in the report; None: it is not there.

        Returns:
            By page: the box of its `row`, and the `head` of its table with page and box. Empty where the value stands
            in no table.
        """
        parts = split_pointer(pointer or "")
        if len(parts) < 5 or parts[0] != "policies" or parts[2] != "programmes":
            return {}
        programmes = self._report.policies[int(parts[1])].programmes
        programme = programmes[int(parts[3])]
        if parts[4] == "metrics" and len(parts) > 5:
            rows = [_list_boxes(metric.source) for metric in programme.metrics]
            above = [*_list_boxes(programme.overview.source), *_list_boxes(programme.results.source)]
            return _describe_row(rows[int(parts[5])], rows, above)
        if parts[4] in type(programme.sources).model_fields or parts[4] in {"number", "name"}:
            rows = [_list_row_of_list(one) for one in programmes]
            if parts[4] == "offices" and programme.offices != programme.listed_offices:
                return {}
            return _describe_row(rows[int(parts[3])], rows, ())
        return {}


def _list_boxes(source: Source) -> _Boxes:
    return [place for place in source if isinstance(place, PageBox)]


def _list_row_of_list(programme: Programme) -> _Boxes:
    """List the boxes of a programme's row in its chapter's list: of its fields, those beside its budget or its name."""
    sources = programme.sources
    row = _list_boxes(sources.budget_thousand_yen) or _list_boxes(sources.page_label) or _list_boxes(sources.name)
    return [
        box
        for name in type(sources).model_fields
        for box in _list_boxes(getattr(sources, name))
        if any(_is_beside(box, one) for one in row)
    ]


def _is_beside(box: PageBox, other: PageBox) -> bool:
    (_, top, _, bottom), (_, its_top, _, its_bottom) = box.bbox, other.bbox
    return box.page == other.page and top < its_bottom + OVERLAP and its_top < bottom + OVERLAP


def _describe_row(row: _Boxes, rows: Iterable[_Boxes], above: Iterable[PageBox]) -> dict[int, dict[str, Any]]:
    boxes = [box for one in rows for box in one]
    if not row or not boxes:
        return {}
    first_page = min(box.page for box in boxes)
    first = [box for box in boxes if box.page == first_page]
    top = min(box.bbox[1] for box in first)
    ends = [box.bbox[3] for box in above if box.page == first_page and box.bbox[3] <= top + OVERLAP]
    begins = min(max([top - HIGHEST_HEAD, *ends]), top - LOWEST_HEAD)
    left, right = min(box.bbox[0] for box in first), max(box.bbox[2] for box in first)
    head = {"page": first_page, "box": (left, max(0.0, begins), right, top)}
    return {page: {"row": box, "head": head} for page, box in _unite_by_page(row)}


def _unite_by_page(boxes: _Boxes) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    for page in sorted({box.page for box in boxes}):
        x0, y0, x1, y1 = zip(*(box.bbox for box in boxes if box.page == page), strict=True)
        yield page, (min(x0), min(y0), max(x1), max(y1))

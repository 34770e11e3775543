"""Table rows: where the row of a value and the head of its column stand, as far as the records of a report say it.

A cut-out that shows both can be read without opening the document. Records have no place for the head of a table: it is
what stands right above the first row, below all else that was read there.
"""

from collections.abc import Iterable, Iterator

from extractor.records.comparison import Change
from extractor.records.pointer import split_pointer
from extractor.records.report import PageBox, Programme, Record, Report, Source

# Points: heads of tables are no higher, and no lower.
HIGHEST_HEAD, LOWEST_HEAD = 60.0, 14.0
# Points by which boxes of one row may reach over another's.
OVERLAP = 2.0
_Boxes = list[PageBox]
# Points from the page's left and top edge: x0, top, x1, bottom.
_Box = tuple[float, float, float, float]


class TableRow(Record):
    """The part of a row that stands on one page, and the head of its table, which may stand on an earlier one."""

    page: int
    box: _Box
    head_page: int
    head_box: _Box


class TableRows:
    """The rows of a report's tables, of programmes (metrics) and of the chapters (lists)."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def find_row_of_change(self, change: Change, side: int) -> tuple[TableRow, ...]:
        """Find the row in which one side of a change stands: that of a finding is where what it is about stands.

        Args:
            change: The change.
            side: 0: what was accepted; 1: what was read. The report is that of this side.

        Returns:
            As `find_row`.
        """
        value, pointer = ((change.before, change.left_pointer), (change.after, change.right_pointer))[side]
        if isinstance(value, dict) and change.record in {"finding", "correction"} and "pointer" in value:
            # Of what is pending and gone, it is not known where it stood.
            pointer = str(value["pointer"])
        return self.find_row(pointer)

    def find_row(self, pointer: str | None) -> tuple[TableRow, ...]:
        """Find the row in which a value stands.

        Args:
            pointer: Where the value is in the report; None: it is not there.

        Returns:
            The row, a part for each page that it stands on. Empty where the value stands in no table.
        """
        parts = split_pointer(pointer or "")
        if len(parts) < 5 or (parts[0], parts[2]) != ("policies", "programmes"):
            return ()
        number, field = int(parts[3]), parts[4]
        programmes = self._report.policies[int(parts[1])].programmes
        programme = programmes[number]
        if field == "metrics" and len(parts) > 5:
            rows = [_list_boxes(metric.source) for metric in programme.metrics]
            above = [*_list_boxes(programme.overview.source), *_list_boxes(programme.results.source)]
            return _describe_row(rows[int(parts[5])], rows, above)
        own_offices = field == "offices" and programme.offices != programme.listed_offices
        if own_offices or field not in {*type(programme.sources).model_fields, "number", "name"}:
            return ()
        rows = [_list_row_of_list(one) for one in programmes]
        return _describe_row(rows[number], rows, ())


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


def _describe_row(row: _Boxes, rows: Iterable[_Boxes], above: Iterable[PageBox]) -> tuple[TableRow, ...]:
    boxes = [box for one in rows for box in one]
    if not row or not boxes:
        return ()
    page, head = _find_head(boxes, above)
    return tuple(TableRow(page=at, box=box, head_page=page, head_box=head) for at, box in _unite_by_page(row))


def _find_head(boxes: _Boxes, above: Iterable[PageBox]) -> tuple[int, _Box]:
    """Find the page and the place of a table's head: above its first row, and below what was read above that."""
    page, (left, top, right, _) = next(_unite_by_page(boxes))
    ends = [box.bbox[3] for box in above if box.page == page and box.bbox[3] <= top + OVERLAP]
    begins = min(max([top - HIGHEST_HEAD, *ends]), top - LOWEST_HEAD)
    return page, (left, max(0.0, begins), right, top)


def _unite_by_page(boxes: _Boxes) -> Iterator[tuple[int, _Box]]:
    for page in sorted({box.page for box in boxes}):
        x0, y0, x1, y1 = zip(*(box.bbox for box in boxes if box.page == page), strict=True)
        yield page, (min(x0), min(y0), max(x1), max(y1))

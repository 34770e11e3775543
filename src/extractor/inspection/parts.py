"""Parts: what stands on one page, in reading order.

They also say to which record each of it went, and which page is meant: one is named by its place in the file or by the
number that is printed on it. The module is pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from extractor.document.geometry import Box
from extractor.document.layout import Cell, Element, Layout, Table
from extractor.grammar.normalize import comparison_key
from extractor.inspection.roles import HeldPlace, Kind, Role, map_held_places, map_roles
from extractor.pipeline import Steps
from extractor.records.messages import make_refusal
from extractor.records.report import Finding, PageBox, Place, Source
from extractor.structure.forms.labels import list_covering_cells

Places = Mapping[PageBox, Sequence[HeldPlace]]


@dataclass(frozen=True, slots=True)
class PagePart:
    """A paragraph or table on the page, numbered in reading order.

    The number is None for furniture, and for a row of the table before.

    `box` is in points from the page's top left. `values` are the boxes of a row's values and what became of each: a
    status of an observation, or `unplaced`.
    """

    number: int | None
    kind: Kind
    label: str
    pointer: str
    text: str
    box: Box
    group: str = ""
    is_table: bool = False
    is_row: bool = False
    values: tuple[tuple[Box, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageFinding:
    """A finding that touches the page, counted from 1 on it, and where it does."""

    number: int
    finding: Finding
    boxes: tuple[Box, ...]


def boxes_on_page(source: Iterable[Place], page: int) -> list[Box]:
    """Pick the boxes of a source that are on a page.

    Args:
        source: Places in a file.
        page: The page, from 1.

    Returns:
        The boxes in the source's order; none of a text file's lines.
    """
    return [Box(*place.bbox) for place in source if isinstance(place, PageBox) and place.page == page]


def list_page_parts(steps: Steps, page: int) -> list[PagePart]:
    """List what stands on a page.

    Args:
        steps: What each step made of the file.
        page: The page, from 1.

    Returns:
        What was read, in reading order, each table with its rows behind it; then the page's furniture.
    """
    roles = map_roles(steps)
    places = map_held_places(steps.report) if steps.report else {}
    here = [element for element in steps.layout.elements if boxes_on_page(element.source, page)]
    parts: list[PagePart] = []
    for number, element in enumerate(here, start=1):
        role = _find_role(element, roles, places)
        parts.append(_describe_element(number, element, role, page))
        if isinstance(element, Table):
            parts += _list_rows(element, role, page, places)
    for item in steps.layout.furniture:
        label = item.kind.replace("-", " ")
        parts += (PagePart(None, "furniture", label, "", item.text, box) for box in boxes_on_page(item.source, page))
    return parts


def _describe_element(number: int, element: Element, role: Role, page: int) -> PagePart:
    is_table = isinstance(element, Table)
    label = "table" if role.kind == "text" and is_table else role.label
    label += "" if boxes_on_page(element.source[:1], page) else " (goes on)"
    text, box = "" if isinstance(element, Table) else element.text, Box.around(boxes_on_page(element.source, page))
    return PagePart(number, role.kind, label, role.pointer, text, box, role.group, is_table=is_table)


def _find_role(element: Element, roles: Mapping[int, Role], places: Places) -> Role:
    """Find the role of an element; of one that no part holds, or whose text is loose in the end, where it lies."""
    held = [] if isinstance(element, Table) else _list_held(element.source, places)
    loose = next((place for place in held if place.kind == "unplaced"), None)
    if loose is not None:
        return Role("unplaced", "unplaced", loose.pointer)
    return roles.get(id(element), Role("unplaced", "in no part"))


def _list_held(source: Source, places: Places) -> list[HeldPlace]:
    """List what records hold of these places, in their order."""
    return [held for place in source if isinstance(place, PageBox) for held in places.get(place, ())]


def _list_rows(table: Table, role: Role, page: int, places: Places) -> Iterator[PagePart]:
    """List the rows of a table that begin on a page."""
    used: set[str] = set()
    for row in range(table.rows):
        if cells := [cell for cell in table.find_row(row) if boxes_on_page(cell.source, page)]:
            label, pointer = _name_row(row, role, _find_records(table, row, places, used))
            used.add(pointer)
            kind: Kind = "unplaced" if role.kind != "text" and label == "unplaced" else role.kind
            text = " | ".join(filter(None, (cell.text for cell in cells)))
            box = Box.around(boxes_on_page([place for cell in cells for place in cell.source], page))
            values = tuple(chain.from_iterable(_list_values(cell, page, places) for cell in cells))
            yield PagePart(None, kind, label, pointer, text, box, role.group, is_row=True, values=values)


def _find_records(table: Table, row: int, places: Places, used: set[str]) -> list[HeldPlace]:
    """Find what the record that a row is holds of it, or else all that is held; `used` are pointers of rows above."""
    # A cell that is merged down stands in this row too, and may be its value.
    held = [place for cell in list_covering_cells(table, row) for place in _list_held(cell.source, places)]
    fresh = [place for place in held if place.kind != "unplaced" and place.pointer not in used]
    return [place for place in fresh if place.pointer == fresh[0].pointer] or held


def _name_row(row: int, role: Role, records: Sequence[HeldPlace]) -> tuple[str, str]:
    """Find label and pointer of a row: `m2 2022, 2023 blank`, `2023-1-06`, `unplaced`, `head`, `sum`; or blank ones."""
    if records:
        years = dict.fromkeys(place.describe_year() for place in records if place.year)
        return f"{records[0].label} {', '.join(years)}".strip(), records[0].pointer
    if role.body is None:
        return "", ""
    if row not in role.body:
        return "head", ""
    # A row of the list that is in no record and not unplaced is what the sum was read from.
    return ("sum", role.total) if role.total else ("", "")


def _list_values(cell: Cell, page: int, places: Places) -> Iterator[tuple[Box, str]]:
    """List the boxes of a cell that is a value, each with what became of it."""
    held = _list_held(cell.source[:1], places)[:1]
    if held and held[0].kind != "row":
        status = "unplaced" if held[0].kind == "unplaced" else held[0].status
        yield from ((box, status) for box in boxes_on_page(cell.source[:1], page))


def list_page_findings(steps: Steps, page: int) -> list[PageFinding]:
    """List the findings that touch a page.

    Args:
        steps: What each step made of the file.
        page: The page, from 1.

    Returns:
        The findings in the report's order; none of a file that gives no report.
    """
    findings = steps.report.findings if steps.report else ()
    touching = [(finding, boxes) for finding in findings if (boxes := boxes_on_page(finding.source, page))]
    return [PageFinding(number, finding, tuple(boxes)) for number, (finding, boxes) in enumerate(touching, start=1)]


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
    label, printed = label or "", map_printed_numbers(steps.layout)
    pages = [page for page, own in printed.items() if comparison_key(own) == comparison_key(label)]
    if not pages:
        raise make_refusal("no-such-page.label", label=label)
    if len(pages) > 1:
        raise make_refusal("no-such-page.labels", pages=tuple(map(str, pages)), label=label)
    return pages[0]

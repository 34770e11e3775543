"""Parts: what stands on one page, in reading order, and to which record each of it went. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.document.layout import Cell, Element, Table
from extractor.inspection.roles import Held, Kind, Role, held, roles
from extractor.pipeline import Steps
from extractor.records.report import Finding, PageBox, Source

Box = tuple[float, float, float, float]
Places = Mapping[PageBox, Sequence[Held]]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or table on the page, numbered in reading order; furniture, or a row of the table before: None.

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
class Flag:
    """A finding that touches the page, counted from 1 on it, and where it does."""

    number: int
    finding: Finding
    boxes: tuple[Box, ...]


def on_page(source: Source, page: int) -> list[Box]:
    """The boxes of a source that are on a page."""
    return [place.bbox for place in source if isinstance(place, PageBox) and place.page == page]


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around some."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def parts(steps: Steps, page: int) -> list[Part]:
    """All of a page: what is read, in reading order, then its furniture."""
    known = roles(steps)
    places = held(steps.report) if steps.report else {}
    found: list[Part] = []
    number = 0
    for element in steps.layout.elements:
        boxes = on_page(element.source, page)
        if not boxes:
            continue
        number += 1
        role = _role(element, known, places)
        name = "table" if role.kind == "text" and isinstance(element, Table) else role.label
        goes_on = not on_page(element.source[:1], page)
        label = f"{name} (goes on)" if goes_on else name
        ruled = isinstance(element, Table)
        text = "" if isinstance(element, Table) else element.text
        found.append(Part(number, role.kind, label, role.pointer, text, around(boxes), role.group, is_table=ruled))
        if isinstance(element, Table):
            found += _rows(element, role, page, places)
    for piece in steps.layout.furniture:
        for box in on_page(piece.source, page):
            found.append(Part(None, "furniture", piece.kind.replace("-", " "), "", piece.text, box))
    return found


def _role(element: Element, known: Mapping[int, Role], places: Places) -> Role:
    """The role of an element; of one that no part holds, or whose text is loose in the end, where it lies."""
    role = known.get(id(element), Role("unplaced", "in no part"))
    loose = [one.pointer for place in element.source for one in _held(place, places) if one.kind == "unplaced"]
    return Role("unplaced", "unplaced", loose[0]) if loose and not isinstance(element, Table) else role


def _held(place: object, places: Places) -> Sequence[Held]:
    return places.get(place, ()) if isinstance(place, PageBox) else ()


def _rows(table: Table, role: Role, page: int, places: Places) -> Iterator[Part]:
    """The rows of a table that begin on the page."""
    used: set[str] = set()
    for row in range(table.rows):
        cells = [cell for cell in table.row(row) if on_page(cell.source, page)]
        if not cells:
            continue
        # A cell that is merged down stands in this row too, and may be its value.
        standing = [cell for column in range(table.columns) if (cell := table.at(row, column)) is not None]
        here = [one for cell in dict.fromkeys(standing) for place in cell.source for one in _held(place, places)]
        fresh = [one for one in here if one.kind != "unplaced" and one.pointer not in used]
        label, pointer = _row_label([one for one in fresh if one.pointer == fresh[0].pointer] or here)
        if not label and role.body is not None:
            # A row of the list that is in no record and not unplaced is what the sum was read from.
            label, pointer = ("sum", role.total) if row in role.body and role.total else ("", "")
            label = "head" if row not in role.body else label
        used.add(pointer)
        text = " | ".join(cell.text for cell in cells if cell.text)
        box = around([box for cell in cells for box in on_page(cell.source, page)])
        kind: Kind = "unplaced" if role.kind != "text" and label == "unplaced" else role.kind
        yield Part(None, kind, label, pointer, text, box, role.group, is_row=True, values=_values(cells, page, places))


def _row_label(records: Sequence[Held]) -> tuple[str, str]:
    """Label and pointer of a row, from what is held of it: `m2 2022, 2023 blank`, `2023-1-06`, `unplaced`."""
    if not records:
        return "", ""
    first = records[0]
    years = [one.year if one.status == "read" else f"{one.year} {one.status}" for one in records if one.year]
    return " ".join([first.label, ", ".join(dict.fromkeys(years))]).strip(), first.pointer


def _values(cells: Sequence[Cell], page: int, places: Places) -> tuple[tuple[Box, str], ...]:
    return tuple(
        (box, "unplaced" if one.kind == "unplaced" else one.status)
        for cell in cells
        for place in cell.source[:1]
        for one in _held(place, places)[:1]
        if one.kind != "row"
        for box in on_page((place,), page)
    )


def flags(steps: Steps, page: int) -> list[Flag]:
    """The findings that touch a page, in their order."""
    findings = steps.report.findings if steps.report else ()
    touching = [(one, boxes) for one in findings if (boxes := on_page(one.source, page))]
    return [Flag(number, one, tuple(boxes)) for number, (one, boxes) in enumerate(touching, start=1)]

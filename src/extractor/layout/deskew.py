"""Turn: places on a page that was straightened become places on the page as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import cos, radians, sin

from extractor.document.geometry import Box
from extractor.document.layout import Cell, Element, Furniture, Layout, Paragraph, Table
from extractor.document.page import Page
from extractor.records.report import PageBox, Place, Source


def turn_layout_back(layout: Layout, pages: Sequence[Page]) -> Layout:
    """Move every place on a recognised page to where its ink is on the page's picture.

    Args:
        layout: The layout of pages that were turned to stand straight.
        pages: The pages.

    Returns:
        The layout with these places moved and marked as recognised; the same where no page was.
    """
    turned = {page.number: page for page in pages if page.recognised}
    if not turned:
        return layout
    return replace(
        layout,
        elements=tuple(_turn_element(element, turned) for element in layout.elements),
        furniture=tuple(_turn_furniture(piece, turned) for piece in layout.furniture),
        damage=tuple((what, _turn_source(where, turned)) for what, where in layout.damage),
        hidden=tuple((what, _turn_source(where, turned)) for what, where in layout.hidden),
        remarks=tuple(replace(one, source=_turn_source(one.source, turned)) for one in layout.remarks),
        recognised=True,
    )


def _turn_element(element: Element, pages: Mapping[int, Page]) -> Element:
    if isinstance(element, Paragraph):
        return replace(element, source=_turn_source(element.source, pages))
    cells = tuple(_turn_cell(cell, pages) for cell in element.cells)
    return Table(cells, element.rows, element.columns, _turn_source(element.source, pages))


def _turn_cell(cell: Cell, pages: Mapping[int, Page]) -> Cell:
    prose = tuple(replace(one, source=_turn_source(one.source, pages)) for one in cell.paragraphs)
    return replace(cell, source=_turn_source(cell.source, pages), paragraphs=prose)


def _turn_furniture(piece: Furniture, pages: Mapping[int, Page]) -> Furniture:
    return replace(piece, source=_turn_source(piece.source, pages))


def _turn_source(source: Source, pages: Mapping[int, Page]) -> Source:
    return tuple(_turn_place(place, pages) for place in source)


def _turn_place(place: Place, pages: Mapping[int, Page]) -> Place:
    page = pages.get(place.page) if isinstance(place, PageBox) else None
    if page is None or not isinstance(place, PageBox):
        return place
    return place.model_copy(update={"bbox": _turn_box(place.bbox, page), "recognised": True})


def _turn_box(box: tuple[float, float, float, float], page: Page) -> tuple[float, float, float, float]:
    """Find the upright box round a box that was turned with its page, as far as the page reaches."""
    if not page.turn or box == (0.0, 0.0, page.width, page.height):
        return box
    c, s = cos(radians(page.turn)), sin(radians(page.turn))
    middle_x, middle_y = page.width / 2, page.height / 2
    corners = [(x - middle_x, y - middle_y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [min(page.width, max(0.0, middle_x + c * x - s * y)) for x, y in corners]
    ys = [min(page.height, max(0.0, middle_y + s * x + c * y)) for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys)).rounded()

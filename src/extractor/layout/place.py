"""Place: where the marks of a page stand, as records hold it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from extractor.document.geometry import Box, HasBox
from extractor.document.page import Page
from extractor.records.report import PageBox

_Sides = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledPage:
    """A page and the number printed on it; None where there is none.

    `sides` are those between which a part of the page is set, in points; None for all of it.
    """

    page: Page
    label: str | None
    sides: tuple[float, float] | None = None

    def get_sides(self) -> tuple[float, float]:
        """Return the sides between which it is set: those of the page where it is all of it."""
        return self.sides or (0.0, self.page.width)

    def locate(self, marks: Iterable[HasBox]) -> PageBox:
        """Return the smallest box around marks of the page, at least one, to a hundredth of a point."""
        return self._make_place(Box.around(marks).rounded())

    def locate_all(self) -> PageBox:
        """Return the whole of the page."""
        return self._make_place((0.0, 0.0, *_measure_shown(self.page)))

    def _make_place(self, sides: _Sides) -> PageBox:
        """Make a place; on a page that was turned to stand straight it is where the ink is on the page's picture."""
        page = self.page
        if page.turn and sides != (0.0, 0.0, *_measure_shown(page)):
            sides = _turn_back(sides, page)
        return PageBox(page=page.number, page_label=self.label, bbox=sides, recognised=page.recognised)


def _measure_shown(page: Page) -> tuple[float, float]:
    """Measure how wide and how high a page is shown: one that was turned by a quarter lies on its side."""
    return (page.height, page.width) if page.turn % 180 == 90 else (page.width, page.height)


def _turn_back(sides: _Sides, page: Page) -> _Sides:
    """Find the upright box round a box that was turned with its page, as far as the page reaches."""
    c, s = cos(radians(page.turn)), sin(radians(page.turn))
    middle_x, middle_y = page.width / 2, page.height / 2
    width, height = _measure_shown(page)
    corners = [(x - middle_x, y - middle_y) for x in (sides[0], sides[2]) for y in (sides[1], sides[3])]
    xs = [min(width, max(0.0, width / 2 + c * x - s * y)) for x, y in corners]
    ys = [min(height, max(0.0, height / 2 + s * x + c * y)) for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys)).rounded()

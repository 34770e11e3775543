"""Boxes on a page: the one place for arithmetic with x0, top, x1 and bottom.

All lengths are points from the page's top left: x grows to the right, y grows downwards.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from extractor.records.report import LineSpan, PageBox, Place, Source


class HasWidth(Protocol):
    """Anything with a left and a right side."""

    @property
    def x0(self) -> float:
        """The left side."""

    @property
    def x1(self) -> float:
        """The right side."""


class HasHeight(Protocol):
    """Anything with an upper and a lower side: what has a box, a row of a table."""

    @property
    def top(self) -> float:
        """The upper side."""

    @property
    def bottom(self) -> float:
        """The lower side."""


class HasBox(HasWidth, HasHeight, Protocol):
    """Anything with the four sides of a box: a glyph, a rule, a line, a `Box`."""


class Box(NamedTuple):
    """A rectangle with its sides parallel to those of the page.

    >>> box = Box(10, 20, 40, 30)
    >>> box.width, box.height, box.centre, box.area
    (30, 10, (25.0, 25.0), 300)
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def of(cls, part: HasBox) -> "Box":
        """Return the box of anything that has four sides."""
        return cls(part.x0, part.top, part.x1, part.bottom)

    @classmethod
    def around(cls, parts: Iterable[HasBox]) -> "Box":
        """Return the smallest box around all parts.

        Raises:
            ValueError: There are no parts.

        >>> Box.around([Box(0, 0, 1, 1), Box(5, -2, 6, 0)])
        Box(x0=0, top=-2, x1=6, bottom=1)
        """
        x0s, tops, x1s, bottoms = zip(*((part.x0, part.top, part.x1, part.bottom) for part in parts), strict=True)
        return cls(min(x0s), min(tops), max(x1s), max(bottoms))

    @property
    def width(self) -> float:
        """The length from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The length from top to bottom."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, as x and y."""
        return centre_x(self), centre_y(self)

    def contains_point(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the box or on its edge.

        Args:
            x: Points from the left.
            y: Points from the top.

        Returns:
            True in the box and on its edge.
        """
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def contains_centre(self, other: HasBox) -> bool:
        """Tell whether the middle of another box lies in this one or on its edge."""
        return self.contains_point(centre_x(other), centre_y(other))

    def contains(self, other: HasBox) -> bool:
        """Tell whether the whole of another box lies in this one; both may share sides.

        >>> Box(0, 0, 9, 9).contains(Box(0, 1, 2, 3)), Box(0, 0, 9, 9).contains(Box(5, 5, 10, 6))
        (True, False)
        """
        return self.x0 <= other.x0 and self.top <= other.top and other.x1 <= self.x1 and other.bottom <= self.bottom

    def intersection(self, other: HasBox) -> "Box | None":
        """Return what both boxes cover; None where they have no area in common.

        >>> Box(0, 0, 10, 10).intersection(Box(5, 5, 20, 20))
        Box(x0=5, top=5, x1=10, bottom=10)
        >>> Box(0, 0, 1, 1).intersection(Box(1, 0, 2, 1)) is None
        True
        """
        common = Box(
            max(self.x0, other.x0), max(self.top, other.top), min(self.x1, other.x1), min(self.bottom, other.bottom)
        )
        return common if common.x0 < common.x1 and common.top < common.bottom else None

    def expand(self, dx: float, dy: float | None = None) -> "Box":
        """Return the box with each side moved out.

        Args:
            dx: By how many points the left and the right side move; negative: inwards.
            dy: The same of the upper and the lower side; None: as many as `dx`.

        Returns:
            The larger, or smaller, box.

        >>> Box(10, 10, 20, 20).expand(1, 2)
        Box(x0=9, top=8, x1=21, bottom=22)
        """
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.top - dy, self.x1 + dx, self.bottom + dy)

    def rounded(self, digits: int = 2) -> tuple[float, float, float, float]:
        """Return the four sides as records hold them, in hundredths of a point."""
        return (round(self.x0, digits), round(self.top, digits), round(self.x1, digits), round(self.bottom, digits))


# Glyphs, rules and lines are no boxes, but have four sides. A page has thousands of them: so these are functions of
# anything with sides, and no box is made for one number.
def width_of(part: HasWidth) -> float:
    """Return the length of a part from left to right, in points."""
    return part.x1 - part.x0


def height_of(part: HasHeight) -> float:
    """Return the length of a part from top to bottom, in points."""
    return part.bottom - part.top


def centre_x(part: HasWidth) -> float:
    """Return how far the middle of a part is from the left, in points."""
    return (part.x0 + part.x1) / 2


def centre_y(part: HasHeight) -> float:
    """Return how far the middle of a part is from the top, in points."""
    return (part.top + part.bottom) / 2


def gap_x(before: HasWidth, after: HasWidth) -> float:
    """Return how far one part begins behind another.

    Args:
        before: The part on the left.
        after: The part on the right.

    Returns:
        The white between them in points; negative where they overlap.
    """
    return after.x0 - before.x1


def gap_y(above: HasHeight, below: HasHeight) -> float:
    """Return how far one part begins below another.

    Args:
        above: The upper part.
        below: The lower part.

    Returns:
        The white between them in points; negative where they overlap.
    """
    return below.top - above.bottom


def overlap_x(one: HasWidth, other: HasWidth) -> float:
    """Return how much two parts share from left to right.

    Args:
        one: A part.
        other: Another part.

    Returns:
        The common length in points; negative: the gap between them.
    """
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def merge_places(places: Iterable[Place]) -> Source:
    """Merge places into one box a page.

    Args:
        places: Boxes on pages, or spans of lines of a text file.

    Returns:
        One box around all places of each page, in page order; one span of lines for a text file; empty for no places.
    """
    boxes: dict[int, PageBox] = {}
    span: LineSpan | None = None
    for place in places:
        if isinstance(place, LineSpan):
            first = span or place
            span = LineSpan(line=min(first.line, place.line), end_line=max(first.end_line, place.end_line))
        elif (known := boxes.get(place.page)) is None:
            boxes[place.page] = place
        else:
            bbox = Box.around((Box(*known.bbox), Box(*place.bbox)))
            boxes[place.page] = known.model_copy(update={"bbox": tuple(bbox)})
    return (span,) if span is not None else tuple(boxes[page] for page in sorted(boxes))

"""Boxes in a picture, in dots: where ink is, and how far apart two pieces of it are."""

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray


class Dots(NamedTuple):
    """A box in a picture, in dots from its top left.

    The right and lower ends are the first dots outside.

    >>> box = Dots(2, 1, 6, 3)
    >>> box.width, box.height, int(np.ones((9, 9))[box.area].sum())
    (4, 2, 8)
    """

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def width(self) -> int:
        """Dots from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Dots from top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The middle, as x and y."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> tuple[slice, slice]:
        """The rows and columns of a picture that are in the box."""
        return slice(self.top, self.bottom), slice(self.x0, self.x1)

    @property
    def transposed(self) -> "Dots":
        """The same box in the picture with its sides swapped."""
        return Dots(self.top, self.x0, self.bottom, self.x1)

    def move(self, x: int, y: int) -> "Dots":
        """Return the box moved by x and y dots.

        Args:
            x: How far to the right.
            y: How far down.

        Returns:
            The moved box, of the same size.
        """
        return Dots(self.x0 + x, self.top + y, self.x1 + x, self.bottom + y)

    def measure_gap(self, other: "Dots") -> tuple[int, int]:
        """Measure how far apart two boxes are, aside and above one another.

        A distance is 0 where they are not apart.

        >>> Dots(0, 0, 2, 2).measure_gap(Dots(5, 1, 6, 9))
        (3, 0)
        """
        return max(0, self.x0 - other.x1, other.x0 - self.x1), max(0, self.top - other.bottom, other.top - self.bottom)

    def scale_to_points(self, scale: float) -> tuple[float, float, float, float]:
        """Return the four sides in points, of a picture with `scale` dots a point."""
        return self.x0 / scale, self.top / scale, self.x1 / scale, self.bottom / scale


def enclose_boxes(boxes: Iterable[Dots]) -> Dots | None:
    """Return the smallest box around all boxes; None where there are none."""
    sides = list(zip(*boxes, strict=True))
    return Dots(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None


def find_components(mask: ArrayLike, connectivity: int = 8) -> list[Dots]:
    """Find the boxes round the pieces of ink that hang together.

    Args:
        mask: A picture in which ink is not 0.
        connectivity: 8: dots that meet at a corner hang together; 4: only those that meet at a side.

    Returns:
        A box for each piece, in the order in which their first dots come.

    >>> find_components([[1, 0, 0], [0, 1, 1]])
    [Dots(x0=0, top=0, x1=3, bottom=2)]
    >>> len(find_components([[1, 0, 0], [0, 1, 1]], 4))
    2
    """
    _, _, found, _ = cv2.connectedComponentsWithStats(np.asarray(mask, dtype=np.uint8), connectivity=connectivity)
    return [Dots(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in found[1:]]


def find_ink(ink: NDArray[np.uint8], within: Dots) -> Dots | None:
    """Find the box round the ink within a box.

    Args:
        ink: A picture in which ink is not 0.
        within: The box in which ink is looked for.

    Returns:
        The box, in dots of the whole picture; None where there is no ink.
    """
    ys, xs = np.nonzero(ink[within.area])
    if not len(ys):
        return None
    return Dots(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1).move(within.x0, within.top)


def paint_around(picture: NDArray[np.uint8], boxes: Iterable[Dots], shade: int) -> None:
    """Give all of some boxes, and a dot round them, one shade.

    Args:
        picture: A picture. It is changed.
        boxes: The boxes.
        shade: What their dots become.
    """
    for x0, y0, x1, y1 in boxes:
        picture[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = shade


def erase_boxes(ink: NDArray[np.uint8], boxes: Iterable[Dots]) -> NDArray[np.uint8]:
    """Return a picture of ink without that in some boxes.

    Args:
        ink: A picture in which ink is not 0.
        boxes: The boxes.

    Returns:
        A new picture.
    """
    left = ink.copy()
    for box in boxes:
        left[box.area] = 0
    return left

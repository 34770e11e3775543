"""Heights: what of a page stands at a height, without a look at all that is on it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import frexp
from typing import Generic, TypeVar

T = TypeVar("T")


class ByHeight(Generic[T]):
    """Things on a page, to be asked for by height.

    `sides` gives where each begins and ends (points from the top). They are kept apart by how high they are, in powers
    of two: so what reaches down to a height begins not far above it.
    """

    def __init__(self, things: Iterable[T], sides: Callable[[T], tuple[float, float]]) -> None:
        self._kept: dict[int, list[tuple[float, int, float, T]]] = defaultdict(list)
        for number, thing in enumerate(things):
            top, bottom = sides(thing)
            self._kept[frexp(max(bottom - top, 1.0))[1]].append((top, number, bottom, thing))
        for kept in self._kept.values():
            kept.sort(key=lambda one: one[:2])

    def find_between(self, top: float, bottom: float) -> list[T]:
        """Find what stands between two heights, or touches them.

        Args:
            top: The upper height, in points from the top.
            bottom: The lower height.

        Returns:
            The things in the order in which they came.
        """
        found = []
        for power, kept in self._kept.items():
            first = bisect_left(kept, top - 2.0**power, key=lambda one: one[0])
            last = bisect_right(kept, bottom, key=lambda one: one[0])
            found += [(number, thing) for _, number, end, thing in kept[first:last] if end >= top]
        return [thing for _, thing in sorted(found, key=lambda one: one[0])]

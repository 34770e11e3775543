"""Ruled lines in a picture: long thin runs of ink with paper on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Dots = tuple[int, int, int, int]  # x0, top, x1, bottom, in dots of the picture

# Points. A line this long is ruled; a shorter one is where both its ends meet others; none is shorter or thicker.
LONG, SHORT, THICKEST = 40.0, 9.0, 4.0
# How far from each other two lines may end and still meet.
MEETS = 2.5
# How far beside a line paper is looked for, and on how much of its length there must be some.
BESIDE, CLEAR = 1.2, 0.7


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruled lines as boxes round their ink."""

    level: tuple[Dots, ...]
    upright: tuple[Dots, ...]


def find_rules(ink: NDArray[np.uint8], scale: float) -> Rules:
    """The ruled lines in a straight picture of `scale` dots a point."""
    level = _runs(ink, scale)
    upright = [_swapped(run) for run in _runs(ink.T, scale)]
    without = ink.copy()
    for x0, y0, x1, y1 in (*level, *upright):
        without[y0:y1, x0:x1] = 0
    level = [run for run in level if _is_clear(without, run, scale)]
    upright = [run for run in upright if _is_clear(without.T, _swapped(run), scale)]
    rows = [run for run in level if run[2] - run[0] >= LONG * scale]
    columns = [
        run
        for run in upright
        if run[3] - run[1] >= LONG * scale or _joins(_swapped(run), (_swapped(row) for row in rows), scale)
    ]
    rows += [run for run in level if run not in rows and _joins(run, columns, scale)]
    return Rules(tuple(sorted(rows)), tuple(sorted(columns)))


def _swapped(run: Dots) -> Dots:
    return run[1], run[0], run[3], run[2]


def _runs(ink: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Level runs of ink that are long and thin. What leans by a dot is still one run."""
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(fat, cv2.MORPH_OPEN, np.ones((1, round(SHORT * scale)), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    boxes = [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in found[1:]]
    return [box for box in boxes if box[3] - box[1] <= THICKEST * scale and box[2] - box[0] >= 3 * (box[3] - box[1])]


def _is_clear(without: NDArray[np.uint8], run: Dots, scale: float) -> bool:
    """Whether there is paper on both sides of a level run, as there is not beside the stroke of a character."""
    x0, y0, x1, y1 = run
    beside = max(1, round(BESIDE * scale))
    strips = without[max(0, y0 - beside) : y0, x0:x1], without[y1 : y1 + beside, x0:x1]
    return all(not strip.size or 1 - strip.any(axis=0).mean() >= CLEAR for strip in strips)


def _joins(run: Dots, others: Iterable[Dots], scale: float) -> bool:
    """Whether both ends of a level run meet upright lines."""
    reach = MEETS * scale
    y = (run[1] + run[3]) / 2
    across = [(x0 + x1) / 2 for x0, y0, x1, y1 in others if y0 - reach <= y <= y1 + reach]
    return all(any(abs(x - end) <= reach for x in across) for end in (run[0], run[2]))

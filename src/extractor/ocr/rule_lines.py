"""Ruled lines in a picture: long thin runs of ink with paper on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Dots = tuple[int, int, int, int]  # x0, top, x1, bottom, in dots of the picture

# Points. A line this long is ruled; a shorter one is where both its ends meet others; none is shorter or thicker.
LONG, SHORT, THICKEST = 40.0, 9.0, 4.0
# A line of dots or dashes, or one of which the scanner lost parts: how far its parts are from each other at most, and
# how much of it is ink at least (a column of ones is less than two thirds ink). None is thicker.
BROKEN = ((2.5, 0.3), (4.0, 0.75))
THICKEST_BROKEN = 2.2
# How far from each other two lines may end and still meet.
MEETS = 2.5
# How far beside a line paper is looked for, and on how much of its length there must be some.
BESIDE, CLEAR, CLEAR_BROKEN = 1.2, 0.7, 0.85


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruled lines as boxes round their ink."""

    level: tuple[Dots, ...]
    upright: tuple[Dots, ...]


def find_rules(ink: NDArray[np.uint8], scale: float) -> Rules:
    """The ruled lines in a straight picture of `scale` dots a point."""
    level, upright = _runs(ink, scale), [_swapped(run) for run in _runs(ink.T, scale)]
    without = _without(ink, (*level, *upright))
    level = _ruled(level, _broken_runs(ink, scale), without, scale)
    # Level lines would join the ones that stand in the rows of a table to a line.
    broken = _broken_runs(_without(ink, level).T, scale)
    swapped = [_swapped(run) for run in upright]
    upright = [_swapped(run) for run in _ruled(swapped, broken, without.T, scale)]
    rows = [run for run in level if run[2] - run[0] >= LONG * scale]
    columns = [
        run
        for run in upright
        if run[3] - run[1] >= LONG * scale or _joins(_swapped(run), (_swapped(row) for row in rows), scale)
    ]
    rows += [run for run in level if run not in rows and _joins(run, columns, scale)]
    return Rules(tuple(sorted(rows)), tuple(sorted(columns)))


def _ruled(runs: list[Dots], broken: list[Dots], without: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Of level runs, whole and broken ones, those with paper on both sides; none that is part of a longer one."""
    lines = [run for run in broken if _clear(_without(without, [run]), run, scale) >= CLEAR_BROKEN]
    lines += [run for run in runs if _clear(without, run, scale) >= CLEAR]
    found: list[Dots] = []
    for line in sorted(lines, key=lambda run: run[0] - run[2]):
        if not any(_is_in(line, longer) for longer in found):
            found.append(line)
    return found


def _is_in(run: Dots, line: Dots) -> bool:
    return line[0] <= run[0] and run[2] <= line[2] and run[1] < line[3] and line[1] < run[3]


def _without(ink: NDArray[np.uint8], runs: Iterable[Dots]) -> NDArray[np.uint8]:
    left = ink.copy()
    for x0, y0, x1, y1 in runs:
        left[y0:y1, x0:x1] = 0
    return left


def _swapped(run: Dots) -> Dots:
    return run[1], run[0], run[3], run[2]


def _runs(ink: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Level runs of ink that are long and thin. What leans by a dot is still one run."""
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    boxes = _boxes(cv2.morphologyEx(fat, cv2.MORPH_OPEN, _line(SHORT * scale)))
    return [box for box in boxes if box[3] - box[1] <= THICKEST * scale and box[2] - box[0] >= 3 * (box[3] - box[1])]


def _broken_runs(ink: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Level runs of ink in parts, as of a dotted line, or of a thin one of which the scanner lost some."""
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    found = []
    for gap, least in BROKEN:
        mended = cv2.morphologyEx(fat, cv2.MORPH_CLOSE, _line(gap * scale))
        for x0, y0, x1, y1 in _boxes(cv2.morphologyEx(mended, cv2.MORPH_OPEN, _line(LONG * scale))):
            inked = float(np.mean(np.any(ink[y0:y1, x0:x1], axis=0)))
            if y1 - y0 <= THICKEST_BROKEN * scale and inked >= least:
                found.append((x0, y0, x1, y1))
    return found


def _line(length: float) -> NDArray[np.uint8]:
    return np.ones((1, max(1, round(length))), np.uint8)


def _boxes(mask: "cv2.typing.MatLike") -> list[Dots]:
    _, _, found, _ = cv2.connectedComponentsWithStats(np.asarray(mask, dtype=np.uint8), connectivity=8)
    return [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in found[1:]]


def _clear(without: NDArray[np.uint8], run: Dots, scale: float) -> float:
    """On how much of its length a level run has paper on both sides; the stroke of a character has it on little."""
    x0, y0, x1, y1 = run
    beside = max(1, round(BESIDE * scale))
    strips = without[max(0, y0 - beside) : y0, x0:x1], without[y1 : y1 + beside, x0:x1]
    return min((1 - float(np.mean(np.any(strip, axis=0))) for strip in strips if strip.size), default=1.0)


def _joins(run: Dots, others: Iterable[Dots], scale: float) -> bool:
    """Whether both ends of a level run meet upright lines."""
    reach = MEETS * scale
    y = (run[1] + run[3]) / 2
    across = [(x0 + x1) / 2 for x0, y0, x1, y1 in others if y0 - reach <= y <= y1 + reach]
    return all(any(abs(x - end) <= reach for x in across) for end in (run[0], run[2]))

"""Ruled lines in a picture: long thin runs of ink with paper on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr.dots import Dots, erase_boxes, find_components

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

    def list_boxes(self) -> tuple[Dots, ...]:
        """Return all of them."""
        return self.level + self.upright


def find_rules(ink: NDArray[np.uint8], scale: float) -> Rules:
    """Find the ruled lines in the straight picture of a page.

    Args:
        ink: 1 where it is dark, 0 elsewhere.
        scale: Dots a point.

    Returns:
        The lines in order of their left, and then their upper ends.
    """
    level, upright = _find_runs(ink, scale), _find_runs(ink.T, scale)
    bare = erase_boxes(ink, (*level, *(run.transposed for run in upright)))
    level = _keep_ruled(level, _find_broken_runs(ink, scale), bare, scale)
    # Level lines would join the ones that stand in the rows of a table to a line.
    broken = _find_broken_runs(erase_boxes(ink, level).T, scale)
    upright = _keep_ruled(upright, broken, bare.T, scale)
    rows = [run for run in level if run.width >= LONG * scale]
    across = [row.transposed for row in rows]
    columns = [run for run in upright if run.width >= LONG * scale or _meets_at_both_ends(run, across, scale)]
    columns = [run.transposed for run in columns]
    rows += [run for run in level if run not in rows and _meets_at_both_ends(run, columns, scale)]
    return Rules(tuple(sorted(rows)), tuple(sorted(columns)))


def _keep_ruled(runs: list[Dots], broken: list[Dots], bare: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Keep the level runs, whole and broken ones, with paper on both sides; none that is part of a longer one.

    `bare` is the picture without any whole run.
    """
    whole = [run for run in runs if _measure_clearance(bare, run, scale) >= CLEAR]
    parted = (_cut_off_strokes(run, whole, bare, scale) for run in broken)
    lines = [run for run in parted if _measure_clearance(erase_boxes(bare, [run]), run, scale) >= CLEAR_BROKEN]
    lines += whole
    kept: list[Dots] = []
    for line in sorted(lines, key=lambda run: -run.width):
        if not any(_is_in(line, longer) for longer in kept):
            kept.append(line)
    return kept


def _cut_off_strokes(run: Dots, whole: Iterable[Dots], bare: NDArray[np.uint8], scale: float) -> Dots:
    """Cut from the ends of a broken level run what is no line: beyond a long whole one, a stroke of a character."""
    x0, top, x1, bottom = run
    long = [line for line in whole if line.width >= LONG * scale and line.top < bottom and top < line.bottom]
    inside = [line for line in long if line.x0 < x1 and x0 < line.x1]
    if not inside:
        return run
    start, end = min(line.x0 for line in inside), max(line.x1 for line in inside)
    ends = (Dots(x0, top, max(x0, start), bottom), Dots(min(x1, end), top, x1, bottom))
    clear = [_measure_clearance(erase_boxes(bare, [part]), part, scale) >= CLEAR_BROKEN for part in ends]
    return Dots(x0 if clear[0] else ends[0].x1, top, x1 if clear[1] else ends[1].x0, bottom)


def _is_in(run: Dots, line: Dots) -> bool:
    return line.x0 <= run.x0 and run.x1 <= line.x1 and run.top < line.bottom and line.top < run.bottom


def _find_runs(ink: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Find level runs of ink that are long and thin. What leans by a dot is still one run."""
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = find_components(cv2.morphologyEx(fat, cv2.MORPH_OPEN, _make_kernel(SHORT * scale)))
    return [run for run in runs if run.height <= THICKEST * scale and run.width >= 3 * run.height]


def _find_broken_runs(ink: NDArray[np.uint8], scale: float) -> list[Dots]:
    """Find level runs of ink in parts, as of a dotted line, or of a thin one of which the scanner lost some."""
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    broken = []
    for gap, least in BROKEN:
        joined = cv2.morphologyEx(fat, cv2.MORPH_CLOSE, _make_kernel(gap * scale))
        for run in find_components(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _make_kernel(LONG * scale))):
            inked = float(np.mean(np.any(ink[run.area], axis=0)))
            if run.height <= THICKEST_BROKEN * scale and inked >= least:
                broken.append(run)
    return broken


def _make_kernel(length: float) -> NDArray[np.uint8]:
    return np.ones((1, max(1, round(length))), np.uint8)


def _measure_clearance(bare: NDArray[np.uint8], run: Dots, scale: float) -> float:
    """Measure on how much of its length a level run has paper on both sides; a character's stroke has it on little."""
    x0, y0, x1, y1 = run
    beside = max(1, round(BESIDE * scale))
    strips = bare[max(0, y0 - beside) : y0, x0:x1], bare[y1 : y1 + beside, x0:x1]
    return min((1 - float(np.mean(np.any(strip, axis=0))) for strip in strips if strip.size), default=1.0)


def _meets_at_both_ends(run: Dots, others: Iterable[Dots], scale: float) -> bool:
    """Tell whether both ends of a level run meet upright lines."""
    reach = MEETS * scale
    _, y = run.middle
    across = [line.middle[0] for line in others if line.top - reach <= y <= line.bottom + reach]
    return all(any(abs(x - end) <= reach for x in across) for end in (run.x0, run.x1))

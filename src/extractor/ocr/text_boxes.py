"""Text boxes: in each stands a line of text, or as much of one as lies between two ruled lines.

In: the clean picture of a page, and where the model sees text. Out: boxes round ink, in dots.
"""

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr.dots import Dots, enclose_boxes, erase_boxes, find_components, paint_around
from extractor.ocr.preprocess import Paper

# The model marks the middle of a line: text reaches beyond it by these parts of the mark's height.
REACH_UP, REACH_ASIDE = 0.8, 1.3
LIKELY = 0.3  # from where on the model's mark is taken for text
# How much higher than its mark a line is; and in these heights, the largest speck, how far from the rest of its line a
# character may stand, a speck that is a point or a comma, and a part of a character above or below the others.
HIGHER, SPECK, NEAR, NEAR_SPECK, NEAR_ABOVE = 1.7, 0.25, 0.8, 0.3, 0.2
# Points. The smallest mark, and the smallest leaving of ink, that is text; what is higher is a picture.
SMALLEST_MARK, SMALLEST_INK, HIGHEST_TEXT = 1.5, 2.0, 40.0
# Leavings stand together up to this far from each other (points).
TOGETHER = 4.0


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box of text.

    `sure`: the model marked it; otherwise it is ink that its marks left over.
    """

    box: Dots
    sure: bool


def find_text_boxes(paper: Paper, likely: NDArray[np.float32]) -> list[TextBox]:
    """Find the boxes of text.

    They come from the model's marks first, and then from what ink these leave over.

    Args:
        paper: The clean picture of a page.
        likely: How likely text is, 0 to 1, in parts of it.

    Returns:
        Boxes round ink, from top to bottom and left to right.
    """
    marks = _find_marks(paper, likely)
    boxes = [box for mark in marks if (box := _grow_mark(mark, marks, paper))]
    alone = _add_leavings(boxes, paper)
    found = [TextBox(box, True) for box in boxes] + [TextBox(box, False) for box in alone]
    return sorted(found, key=lambda text: (text.box.top, text.box.x0))


def _add_leavings(boxes: list[Dots], paper: Paper) -> list[Dots]:
    """Add the ink that is left over to the boxes that it belongs to; return what belongs to none."""
    usual = median(box.height for box in boxes) if boxes else 0.0
    alone = []
    for leaving in _find_leavings(paper, boxes):
        if is_speck(leaving, usual):
            continue
        owner = next((index for index, box in enumerate(boxes) if _belongs_to(leaving, box, paper)), None)
        if owner is None:
            alone.append(leaving)
        else:
            boxes[owner] = _join_boxes(boxes[owner], leaving)
    return alone


def _find_marks(paper: Paper, likely: NDArray[np.float32]) -> list[Dots]:
    size = paper.ink.shape[::-1]
    mask = (cv2.resize(likely, size, interpolation=cv2.INTER_LINEAR) > LIKELY).astype(np.uint8)
    # No mark reaches over a ruled line.
    paint_around(mask, paper.rules.list_boxes(), 0)
    least = SMALLEST_MARK * paper.scale
    return [box for box in find_components(mask, 4) if box.width >= least and box.height >= least]


def _grow_mark(mark: Dots, marks: list[Dots], paper: Paper) -> Dots | None:
    """Grow a mark to the box round its line's ink, as far as it may reach: half-way to the next mark, and to a rule."""
    x, y = mark.middle
    across = [(other.top, other.bottom) for other in marks if other.x0 < mark.x1 and other.x1 > mark.x0]
    beside = [(other.x0, other.x1) for other in marks if other.top < mark.bottom and other.bottom > mark.top]
    level = [(rule.top, rule.bottom) for rule in paper.rules.level if rule.x0 < x < rule.x1]
    upright = [(rule.x0, rule.x1) for rule in paper.rules.upright if rule.top < y < rule.bottom]
    left, right = _find_reach((mark.x0, mark.x1), REACH_ASIDE * mark.height, beside, upright)
    up, down = _find_reach((mark.top, mark.bottom), REACH_UP * mark.height, across, level)
    return _fit_to_ink(paper, Dots(int(max(0, left)), int(max(0, up)), int(right), int(down)), mark)


def _find_reach(
    ends: tuple[int, int], reach: float, marks: list[tuple[int, int]], rules: list[tuple[int, int]]
) -> tuple[float, float]:
    """Find how far a mark's line may reach before and behind it, one way across the page.

    Args:
        ends: Where the mark begins and ends.
        reach: How far beyond it text may be.
        marks: Where other marks begin and end; those within two dots of an end stand before or behind it.
        rules: Where ruled lines do.
    """
    start, end = ends
    before = [(last + start) / 2 for _, last in marks if last <= start + 2]
    before += [last + 1 for _, last in rules if last <= start + 2]
    behind = [(first + end) / 2 for first, _ in marks if first >= end - 2]
    behind += [first - 1 for first, _ in rules if first >= end - 2]
    return max([start - reach, *before]), min([end + reach, *behind])


def _fit_to_ink(paper: Paper, within: Dots, mark: Dots) -> Dots | None:
    """Fit a box to the ink that touches a mark, and what stands near it, piece by piece; no speck aside from it."""
    high = HIGHER * mark.height
    parts = [part.move(within.x0, within.top) for part in find_components(paper.ink[within.area])]
    letters = [part for part in parts if not is_speck(part, high)]
    specks = [part for part in parts if is_speck(part, high)]
    box = _enclose_touching(letters, mark)
    if box is None:  # nothing but points
        return _enclose_touching(specks, mark)
    grown = None
    while box != grown:
        grown = box
        box = _join_near(box, letters, NEAR * high, NEAR_ABOVE * high)
    return _join_near(box, specks, NEAR_SPECK * high, NEAR_SPECK * high)


def _enclose_touching(parts: list[Dots], mark: Dots) -> Dots | None:
    return enclose_boxes(part for part in parts if part.measure_gap(mark) == (0, 0))


def _join_near(box: Dots, parts: list[Dots], aside: float, above: float) -> Dots:
    """Return the box round a box and the parts that stand no further from it."""
    gaps = [(part, part.measure_gap(box)) for part in parts]
    return _join_boxes(box, *(part for part, gap in gaps if gap[0] <= aside and gap[1] <= above))


def _join_boxes(box: Dots, *others: Dots) -> Dots:
    return enclose_boxes((box, *others)) or box


def is_speck(box: Dots, high: float) -> bool:
    """Tell whether a piece of ink is too small for a character of a line.

    A point or a comma is so too.

    Args:
        box: The piece of ink.
        high: The height of the line, in dots.

    Returns:
        Whether both its sides are less than a part SPECK of the height.
    """
    return max(box.width, box.height) < SPECK * high


def _find_leavings(paper: Paper, boxes: list[Dots]) -> list[Dots]:
    """Find ink that is in no box and large enough to be printed: dashes, marks, characters that were missed."""
    left = erase_boxes(paper.ink, boxes)
    least, most = SMALLEST_INK * paper.scale, HIGHEST_TEXT * paper.scale
    large = np.zeros_like(left)
    for piece in find_components(left):
        if max(piece.width, piece.height) >= least and piece.height <= most:
            large[piece.area] = left[piece.area]
    line = np.ones((1, round(TOGETHER * paper.scale)), np.uint8)
    near = np.asarray(cv2.morphologyEx(large, cv2.MORPH_CLOSE, line), dtype=np.uint8)
    paint_around(near, paper.rules.list_boxes(), 0)
    return [box for box in find_components(near) if max(box.width, box.height) >= least and box.height <= most]


def _belongs_to(leaving: Dots, box: Dots, paper: Paper) -> bool:
    """Tell whether a leaving is the end of a box's line, or a part of it that sticks out."""
    _, middle = leaving.middle
    if leaving.height > 1.3 * box.height or not (box.top - 0.2 * box.height <= middle <= box.bottom + 0.2 * box.height):
        return False
    apart = max(leaving.x0 - box.x1, box.x0 - leaving.x1)
    ends = (leaving.x0, box.x0) if apart <= 0 else (min(leaving.x1, box.x1), max(leaving.x0, box.x0))
    low, high = sorted(ends)
    parted = any(low < rule.middle[0] < high and rule.top < middle < rule.bottom for rule in paper.rules.upright)
    return apart <= 0.6 * box.height and not parted

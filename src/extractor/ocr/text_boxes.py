"""Pieces: the boxes in which a line of text stands, or as much of one as lies between two ruled lines."""

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr.preprocess import Paper
from extractor.ocr.rule_lines import Dots

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
class Piece:
    """A box of text. `sure`: the model marked it; otherwise it is ink that its marks left over."""

    box: Dots
    sure: bool


def find_pieces(paper: Paper, likely: NDArray[np.float32]) -> list[Piece]:
    """The boxes of text, from the model's marks first, and then from what ink they leave over."""
    marks = _marks(paper, likely)
    boxes = [box for mark in marks if (box := _grown(mark, marks, paper))]
    usual = median(box[3] - box[1] for box in boxes) if boxes else 0.0
    alone = []
    for leaving in _leavings(paper, boxes):
        if is_speck(leaving, usual):
            continue
        home = next((index for index, box in enumerate(boxes) if _belongs(leaving, box, paper)), None)
        if home is None:
            alone.append(leaving)
        else:
            boxes[home] = _around(boxes[home], leaving)
    pieces = [Piece(box, True) for box in boxes] + [Piece(box, False) for box in alone]
    return sorted(pieces, key=lambda piece: (piece.box[1], piece.box[0]))


def _marks(paper: Paper, likely: NDArray[np.float32]) -> list[Dots]:
    size = paper.ink.shape[::-1]
    mask = (cv2.resize(likely, size, interpolation=cv2.INTER_LINEAR) > LIKELY).astype(np.uint8)
    _cut(mask, paper)
    least = SMALLEST_MARK * paper.scale
    return [box for box in _components(mask, 4) if box[2] - box[0] >= least and box[3] - box[1] >= least]


def _cut(mask: NDArray[np.uint8], paper: Paper) -> None:
    """Let nothing in a mask reach over a ruled line."""
    for x0, y0, x1, y1 in (*paper.rules.level, *paper.rules.upright):
        mask[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = 0


def _components(mask: NDArray[np.uint8], connectivity: int) -> list[Dots]:
    _, _, found, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)
    return [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in found[1:]]


def _grown(mark: Dots, marks: list[Dots], paper: Paper) -> Dots | None:
    """The box round the ink of a mark's line, as far as it may reach: half-way to the next mark, and to a rule."""
    x0, y0, x1, y1 = mark
    height = y1 - y0
    left, right = x0 - REACH_ASIDE * height, x1 + REACH_ASIDE * height
    up, down = y0 - REACH_UP * height, y1 + REACH_UP * height
    for a0, b0, a1, b1 in marks:
        if a0 < x1 and a1 > x0:
            up = max(up, (b1 + y0) / 2) if b1 <= y0 + 2 else up
            down = min(down, (b0 + y1) / 2) if b0 >= y1 - 2 else down
        if b0 < y1 and b1 > y0:
            left = max(left, (a1 + x0) / 2) if a1 <= x0 + 2 else left
            right = min(right, (a0 + x1) / 2) if a0 >= x1 - 2 else right
    for a0, b0, a1, b1 in paper.rules.upright:
        if b0 < (y0 + y1) / 2 < b1:
            left = max(left, a1 + 1) if a1 <= x0 + 2 else left
            right = min(right, a0 - 1) if a0 >= x1 - 2 else right
    for a0, b0, a1, b1 in paper.rules.level:
        if a0 < (x0 + x1) / 2 < a1:
            up = max(up, b1 + 1) if b1 <= y0 + 2 else up
            down = min(down, b0 - 1) if b0 >= y1 - 2 else down
    return _inked(paper, (int(max(0, left)), int(max(0, up)), int(right), int(down)), mark)


def _inked(paper: Paper, within: Dots, mark: Dots) -> Dots | None:
    """The box round the ink that touches a mark, and what stands near it, piece by piece; no speck aside from it."""
    x0, y0, x1, y1 = within
    high = HIGHER * (mark[3] - mark[1])
    parts = [(x0 + a, y0 + b, x0 + c, y0 + d) for a, b, c, d in _components(paper.ink[y0:y1, x0:x1], 8)]
    letters = [part for part in parts if not is_speck(part, high)]
    box = _joined(None, [part for part in letters if _apart(part, mark) == (0, 0)])
    grown = None
    while box and box != grown:
        grown = box
        box = _joined(box, [part for part in letters if _is_near(part, box, NEAR * high, NEAR_ABOVE * high)])
    specks = [part for part in parts if is_speck(part, high)]
    if box is None:  # nothing but points
        return _joined(None, [part for part in specks if _apart(part, mark) == (0, 0)])
    return _joined(box, [part for part in specks if _is_near(part, box, NEAR_SPECK * high, NEAR_SPECK * high)])


def _joined(box: Dots | None, parts: list[Dots]) -> Dots | None:
    for part in parts:
        box = part if box is None else _around(box, part)
    return box


def _is_near(part: Dots, box: Dots, aside: float, above: float) -> bool:
    apart = _apart(part, box)
    return apart[0] <= aside and apart[1] <= above


def is_speck(box: Dots, high: float) -> bool:
    """Whether a piece of ink is too small for a character of a line so high; a point or a comma is so too."""
    return max(box[2] - box[0], box[3] - box[1]) < SPECK * high


def _apart(one: Dots, other: Dots) -> tuple[int, int]:
    """How far apart two boxes are, aside and above one another."""
    beside = max(0, one[0] - other[2], other[0] - one[2])
    return beside, max(0, one[1] - other[3], other[1] - one[3])


def trimmed(paper: Paper, box: Dots) -> Dots | None:
    """The box round the ink in a box; None where there is none."""
    x0, y0, x1, y1 = box
    ys, xs = np.nonzero(paper.ink[y0:y1, x0:x1])
    if not len(ys):
        return None
    return x0 + int(xs.min()), y0 + int(ys.min()), x0 + int(xs.max()) + 1, y0 + int(ys.max()) + 1


def _leavings(paper: Paper, boxes: list[Dots]) -> list[Dots]:
    """Boxes round ink that is in no box and large enough to be printed: dashes, marks, characters that were missed."""
    left = paper.ink.copy()
    for x0, y0, x1, y1 in boxes:
        left[y0:y1, x0:x1] = 0
    least = SMALLEST_INK * paper.scale
    large = np.zeros_like(left)
    for x0, y0, x1, y1 in _components(left, 8):
        if max(x1 - x0, y1 - y0) >= least and y1 - y0 <= HIGHEST_TEXT * paper.scale:
            large[y0:y1, x0:x1] = left[y0:y1, x0:x1]
    line = np.ones((1, round(TOGETHER * paper.scale)), np.uint8)
    near = np.asarray(cv2.morphologyEx(large, cv2.MORPH_CLOSE, line), dtype=np.uint8)
    _cut(near, paper)
    found = [box for box in _components(near, 8) if max(box[2] - box[0], box[3] - box[1]) >= least]
    return [box for box in found if box[3] - box[1] <= HIGHEST_TEXT * paper.scale]


def _belongs(leaving: Dots, box: Dots, paper: Paper) -> bool:
    """Whether a leaving is the end of a piece's line, or a part of it that sticks out."""
    height = box[3] - box[1]
    middle = (leaving[1] + leaving[3]) / 2
    apart = max(leaving[0] - box[2], box[0] - leaving[2])
    if leaving[3] - leaving[1] > 1.3 * height or not box[1] - 0.2 * height <= middle <= box[3] + 0.2 * height:
        return False
    low, high = (
        sorted((leaving[0], box[0])) if apart <= 0 else sorted((min(leaving[2], box[2]), max(leaving[0], box[0])))
    )
    parted = any(low < (x0 + x1) / 2 < high and y0 < middle < y1 for x0, y0, x1, y1 in paper.rules.upright)
    return apart <= 0.6 * height and not parted


def _around(one: Dots, other: Dots) -> Dots:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

"""Character spans: what each recognised character takes of its line's ink.

The models tell places to a fifth of a character.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.ocr.dots import Dots, find_ink
from extractor.ocr.models import Sign
from extractor.ocr.preprocess import Paper

# In parts of a line's height: how far beside its square a character's ink may be, and how wide ink is that must be one.
NEAR, STROKE = 0.25, 0.08
# What a border between two characters may cost for being this far (in line heights) from the middle between them, as
# against one that cuts through a stroke.
ASIDE = 0.5


@dataclass(frozen=True, slots=True)
class CharSpan:
    """A character and its ink, from `left` to `right` and so high, in dots.

    `start` and `end` are its borders.
    """

    sign: Sign
    left: float
    right: float
    height: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The middle of its ink."""
        return (self.left + self.right) / 2


def is_wide(text: str) -> bool:
    """Tell whether a character takes a whole square."""
    return unicodedata.east_asian_width(text[0]) in "WFA"


def assign_ink(paper: Paper, box: Dots, signs: Sequence[Sign]) -> tuple[CharSpan, ...]:
    """Give each character of a box its ink.

    Borders are drawn where there is least between them.

    Args:
        paper: The clean picture of a page.
        box: A box of text in it.
        signs: The characters in the box, from left to right.

    Returns:
        A span for each character.
    """
    ink = paper.ink[box.area].sum(axis=0, dtype=np.int64)
    borders = [box.x0]
    for a, b in pairwise(signs):
        borders.append(max(borders[-1], min(box.x1, box.x0 + _find_border(ink, a, b, box.x0, box.height))))
    spans = []
    for sign, (start, end) in zip(signs, pairwise([*borders, box.x1] if signs else []), strict=True):
        inked = find_ink(paper.ink, Dots(start, box.top, end, box.bottom))
        left, right, height = (inked.x0, inked.x1, inked.height) if inked else (sign.at, sign.at, 0)
        spans.append(CharSpan(sign, left, right, height, start, end))
    return tuple(spans)


def _find_border(ink: NDArray[np.int64], a: Sign, b: Sign, x0: int, height: int) -> int:
    """Find the column of a box at which one character ends and the next begins."""
    wide_a, wide_b = 1 + is_wide(a.text), 1 + is_wide(b.text)
    middle = (a.at * wide_b + b.at * wide_a) / (wide_a + wide_b) - x0
    reach = max(1.0, (b.at - a.at) / 3)
    columns = np.arange(max(0, round(middle - reach)), min(len(ink), round(middle + reach) + 1))
    if not len(columns):
        return round(min(max(middle, 0), len(ink)))
    cost = ink[columns] / height + ASIDE * np.abs(columns - middle) / height
    return int(columns[int(cost.argmin())])


def find_uncovered_ink(paper: Paper, box: Dots, signs: Sequence[Sign], usual: int) -> list[tuple[int, int]]:
    """Find where ink is that no character stands on.

    Args:
        paper: The clean picture of a page.
        box: A box of text in it.
        signs: The characters in the box, from left to right.
        usual: The height of most lines, in dots: a dash is as wide as other characters however low it is.

    Returns:
        Each place from the end of the character before it to the beginning of the one behind, in dots of the page.
    """
    height = max(box.height, usual)
    # How far a character reaches aside of its middle.
    reaches = [(sign.at, (0.5 if is_wide(sign.text) or sign.text in "Oo" else 0.25) * height) for sign in signs]
    inked = np.any(paper.ink[box.area], axis=0, keepdims=True)[0]
    for at, half in reaches:
        start, end = at - half - NEAR * height - box.x0, at + half + NEAR * height - box.x0
        inked[max(0, round(start)) : max(0, round(end))] = False
    stroke = max(1, round(STROKE * height))
    places: list[tuple[int, int]] = []
    for column in np.nonzero(inked)[0]:
        x = box.x0 + int(column)
        if not inked[column : column + stroke].all() or (places and x < places[-1][1]):
            continue
        left = max((at + half for at, half in reaches if at < x), default=float(box.x0))
        right = min((at - half for at, half in reaches if at > x), default=float(box.x1))
        if right > left:
            places.append((max(box.x0, round(left)), min(box.x1, round(right))))
    return places

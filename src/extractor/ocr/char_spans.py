"""Spread: what each recognised character takes of its line's ink. The models tell places to a fifth of a character."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.ocr.models import Sign
from extractor.ocr.preprocess import Paper
from extractor.ocr.rule_lines import Dots

# In parts of a line's height: how far beside its square a character's ink may be, and how wide ink is that must be one.
NEAR, STROKE = 0.25, 0.08
# What a border between two characters may cost for being this far (in line heights) from the middle between them, as
# against one that cuts through a stroke.
ASIDE = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A character and its ink, from `left` to `right` and so high, in dots; `start` and `end` are its borders."""

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
    """Whether a character takes a whole square."""
    return unicodedata.east_asian_width(text[0]) in "WFA"


def spread(paper: Paper, box: Dots, signs: Sequence[Sign]) -> tuple[Mark, ...]:
    """The characters of a box with the ink that each has; borders are drawn where there is least between them."""
    x0, y0, x1, y1 = box
    ink = paper.ink[y0:y1, x0:x1].sum(axis=0, dtype=np.int64)
    borders = [x0]
    for a, b in pairwise(signs):
        borders.append(max(borders[-1], min(x1, x0 + _border(ink, a, b, x0, y1 - y0))))
    borders = [*borders, x1] if signs else []
    marks = []
    for sign, (start, end) in zip(signs, pairwise(borders), strict=True):
        ys, xs = np.nonzero(paper.ink[y0:y1, start:end])
        left, right = (start + int(xs.min()), start + int(xs.max()) + 1) if len(xs) else (sign.at, sign.at)
        marks.append(Mark(sign, left, right, int(np.ptp(ys)) + 1 if len(ys) else 0, start, end))
    return tuple(marks)


def _border(ink: NDArray[np.int64], a: Sign, b: Sign, x0: int, height: int) -> int:
    """The column of a box at which one character ends and the next begins."""
    wide_a, wide_b = 1 + is_wide(a.text), 1 + is_wide(b.text)
    middle = (a.at * wide_b + b.at * wide_a) / (wide_a + wide_b) - x0
    reach = max(1.0, (b.at - a.at) / 3)
    columns = np.arange(max(0, round(middle - reach)), min(len(ink), round(middle + reach) + 1))
    if not len(columns):
        return round(min(max(middle, 0), len(ink)))
    cost = ink[columns] / height + ASIDE * np.abs(columns - middle) / height
    return int(columns[int(cost.argmin())])


def uncovered(paper: Paper, box: Dots, signs: Sequence[Sign], usual: int) -> list[tuple[int, int]]:
    """Where ink is that no character stands on, from the end of the one before it to the beginning of the one behind.

    A dash is as wide as other characters however low it is: `usual` is the height of most lines.
    """
    x0, y0, x1, y1 = box
    height = max(y1 - y0, usual)
    inked = np.any(paper.ink[y0:y1, x0:x1], axis=0, keepdims=True)[0]
    reach = [(sign.at, (0.5 if is_wide(sign.text) or sign.text in "Oo" else 0.25) * height) for sign in signs]
    for at, half in reach:
        inked[max(0, round(at - half - NEAR * height - x0)) : max(0, round(at + half + NEAR * height - x0))] = False
    found: list[tuple[int, int]] = []
    stroke = max(1, round(STROKE * height))
    for column in np.nonzero(inked)[0]:
        x = x0 + int(column)
        if inked[column : column + stroke].all() and not (found and x < found[-1][1]):
            left = max((at + half for at, half in reach if at < x), default=float(x0))
            right = min((at - half for at, half in reach if at > x), default=float(x1))
            if right > left:
                found.append((max(x0, round(left)), min(x1, round(right))))
    return found

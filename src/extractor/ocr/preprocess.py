"""Paper: the picture of a page made straight, evenly white and free of its ruled lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.ocr.dots import Dots, find_components, paint_around
from extractor.ocr.rule_lines import Rules, find_rules

Picture = NDArray[np.uint8]

# Degrees that a page may be turned in the scanner, and the steps in which the angle is looked for.
MOST_TURNED, COARSE, FINE = 5.0, 0.2, 0.02
# Turned by less than this (degrees), nothing on a page moves by more than half a dot.
STRAIGHT = 0.03
SURVEY = 1000  # dots of the longer side, in the picture in which the angle is looked for
# How much darker than what is round it ink is, of 255.
DARKER = 20
DARKEST_PAPER = 40  # what is darker is no paper, of 255
# Ink is what is so much of the way from paper to the darkest ink (the darkest of so many hundredths of the page), so
# many times the paper's noise away from it, and so many of 255 at least.
INK, DARKEST_SHARE, ABOVE_NOISE, LEAST_CONTRAST = 0.35, 0.5, 4.0, 20.0
MAD = 1.48  # from a median deviation to a standard one
# Dots that differ from their neighbours by so much of 255, half of them: then they are smoothed over so many dots.
NOISY, SMOOTHED = 2.5, 1.0
# A photograph is dark, as against the paper, on average over any patch (points), and no smaller than this (points).
DARK, PATCH, PHOTOGRAPH = 0.72, 8.0, 45.0
RIM = 0.15  # how much of a line of dots is ink at least where a photograph still is
# Ink is closed up to a stroke of this width (points) to see the paper, or a grey field, that is under it.
WIDEST_STROKE = 10.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A page's picture, straight.

    `grey` is without rules and photographs; `ink` says where it is dark (1). `scale`: dots a point. `turn`: by how many
    degrees, against the clock, the picture was turned to be straight.
    """

    grey: Picture
    ink: Picture
    rules: Rules
    photographs: tuple[Dots, ...]
    scale: float
    turn: float


def clean_page(picture: Picture, scale: float) -> Paper:
    """Straighten and clean the picture of a page, and take its ruled lines out.

    Args:
        picture: The page in grey, 0 to 255.
        scale: Dots a point.

    Returns:
        The clean picture, and what was taken out of it.
    """
    turn = _find_turn(picture)
    straight = _smooth_noise(_turn_picture(picture, turn))
    even = _whiten_paper(straight, scale)
    ink = (even < _find_ink_limit(even)).astype(np.uint8)
    photographs = tuple(_widen_to_rim(box, ink, scale) for box in _find_photographs(straight, scale))
    paint_around(ink, photographs, 0)
    rules = find_rules(ink, scale)
    paint_around(ink, rules.list_boxes(), 0)
    paint_around(even, (*photographs, *rules.list_boxes()), 255)
    return Paper(even, ink, rules, photographs, scale, turn)


def _find_photographs(picture: Picture, scale: float) -> list[Dots]:
    """Find fields that are dark all over and larger than any heading: text is nowhere so dark from line to line."""
    side = round(PATCH * scale)
    shade = cv2.blur(picture, (side, side))
    dark = np.asarray(shade < DARK * float(np.median(picture)), dtype=np.uint8)
    large = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2 * side, 2 * side), np.uint8))
    return sorted(box for box in find_components(large) if min(box.width, box.height) >= PHOTOGRAPH * scale)


def _widen_to_rim(box: Dots, ink: Picture, scale: float) -> Dots:
    """Move each side of a photograph's box out to where there is paper, by a patch at most."""
    x0, y0, x1, y1 = box
    for _ in range(round(PATCH * scale)):
        x0 -= x0 > 0 and float(np.mean(ink[y0:y1, x0 - 1])) > RIM
        y0 -= y0 > 0 and float(np.mean(ink[y0 - 1, x0:x1])) > RIM
        x1 += x1 < ink.shape[1] and float(np.mean(ink[y0:y1, x1])) > RIM
        y1 += y1 < ink.shape[0] and float(np.mean(ink[y1, x0:x1])) > RIM
    return Dots(int(x0), int(y0), int(x1), int(y1))


def _find_ink_limit(even: Picture) -> float:
    """Find the shade under which all is ink: between paper and the darkest ink, and clear of the paper's noise."""
    paper = float(np.median(even))
    noise = MAD * float(np.median(np.abs(even.astype(np.float32) - paper)))
    darkest = float(np.percentile(even, DARKEST_SHARE))
    return paper - max(INK * (paper - darkest), ABOVE_NOISE * noise, LEAST_CONTRAST)


def _find_turn(picture: Picture) -> float:
    """Find the angle at which the rows of ink are told apart best, in degrees against the clock."""
    scale = SURVEY / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    around = cv2.GaussianBlur(small, (0, 0), 15).astype(np.int16)
    ys, xs = np.nonzero(small < around - DARKER)
    if not len(ys):
        return 0.0
    # Whole numbers would fall into whole rows where nothing is turned: spread them over the dot that they stand for.
    places = ys + np.arange(len(ys)) * 0.618 % 1

    def measure_sharpness(step: int, size: float) -> float:
        rows = np.floor(places - xs * np.tan(np.radians(step * size))).astype(np.int64)
        return float((np.bincount(rows - rows.min()).astype(np.float64) ** 2).sum())

    most = round(MOST_TURNED / COARSE)
    coarse = max(range(-most, most + 1), key=lambda step: (measure_sharpness(step, COARSE), -abs(step)))
    middle, reach = round(coarse * COARSE / FINE), round(COARSE / FINE)
    fine = max(range(middle - reach, middle + reach + 1), key=lambda step: (measure_sharpness(step, FINE), -abs(step)))
    turn = fine * FINE
    return turn if abs(turn) >= STRAIGHT else 0.0


def _turn_picture(picture: Picture, turn: float) -> Picture:
    if not turn:
        return picture
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def _smooth_noise(picture: Picture) -> Picture:
    """Smooth the noise of a picture, where there is much."""
    smooth = cv2.GaussianBlur(picture, (0, 0), 1.5)
    if np.median(cv2.absdiff(picture, smooth)) < NOISY:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), SMOOTHED), dtype=np.uint8)


def _whiten_paper(picture: Picture, scale: float) -> Picture:
    """Make paper, and grey fields, white: ink as dark as it is against what is under it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    side = max(3, round(WIDEST_STROKE * scale / 4) | 1)
    under = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)))
    under = cv2.resize(under, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    even = picture.astype(np.float32) * 255 / np.maximum(under, DARKEST_PAPER)
    return np.clip(even, 0, 255).astype(np.uint8)

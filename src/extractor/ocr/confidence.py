"""Confidence: which recognised boxes are not sure, and why.

A wrong figure that looks right is the worst there can be.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.page import Doubt
from extractor.ocr.dots import Dots
from extractor.ocr.models import Sign

# Below these probabilities of a character its piece is doubted; figures must be surer than words.
SURE, SURE_FIGURE = 0.6, 0.9
# A piece of so few characters with a figure is a value, and what counts in it (名, 者, 延べ) must be as sure as the
# figure.
VALUE = 15
# Where so many pieces with figures are doubted, and they are this part of those on a page, none of the page's is sure.
MANY, PART = 3, 0.15

_FIGURE = re.compile(r"[0-9]")
_COUNTS = frozenset("0123456789,.%△▲")
# A dash before a figure, but not the page number between two of them.
_MINUS = re.compile(r"(?:^|[^0-9A-Za-z])[-−‐–—ー一](?=[0-9])(?![0-9]+[-−‐–—ー一]$)")
_POINT = re.compile(r"[0-9]\.[0-9]{3}(?![0-9])")


@dataclass(frozen=True, slots=True)
class BoxReading:
    """A box of text and its characters.

    Attributes:
        again: The characters of the second look; None: there was none.
        sure: The model marked it as text.
        whole: No ink in it is left without a character.
    """

    box: Dots
    signs: tuple[Sign, ...]
    again: tuple[Sign, ...] | None
    sure: bool
    whole: bool

    @property
    def text(self) -> str:
        """The characters in a row."""
        return "".join(sign.text for sign in self.signs)

    @property
    def has_figures(self) -> bool:
        """Whether there are figures in it."""
        return bool(_FIGURE.search(self.text))


def find_doubts(readings: Sequence[BoxReading], scale: float) -> tuple[Doubt, ...]:
    """Find what is doubtful of what was read on a page.

    Args:
        readings: The boxes of text of the page.
        scale: Dots of the picture a point.

    Returns:
        A doubt for each box that is not sure, in points.
    """
    reasons = [_explain_doubt(reading) for reading in readings]
    figures = [bool(why) for reading, why in zip(readings, reasons, strict=True) if reading.has_figures]
    if sum(figures) >= max(MANY, PART * len(figures)):
        reasons = [
            why or ("much on this page is not sure" if reading.has_figures else "")
            for reading, why in zip(readings, reasons, strict=True)
        ]
    return tuple(
        Doubt(reading.text, reading.box.scale_to_points(scale), why, code="low-confidence")
        for reading, why in zip(readings, reasons, strict=True)
        if why
    )


def _explain_doubt(reading: BoxReading) -> str:
    """Say why a box is doubted; nothing if it is not."""
    text = reading.text
    if not text:
        return "something is printed that was not recognised"
    if not reading.whole:
        return "there is ink in which nothing was recognised"
    if min(sign.score for sign in reading.signs) < SURE:
        return "a character is not sure"
    return _explain_doubt_of_figures(reading, text) if reading.has_figures else ""


def _explain_doubt_of_figures(reading: BoxReading, text: str) -> str:
    """Say why a box with figures is doubted: all of a short one must be sure, and the figures of a longer one."""
    value = len(reading.signs) <= VALUE
    if min(sign.score for sign in reading.signs if value or sign.text in _COUNTS) < SURE_FIGURE:
        return "a figure is not sure, or what it counts"
    if not reading.sure:
        return "figures where no line of text was seen"
    if _MINUS.search(text):
        return "what is taken for a minus may be a stain"
    if _POINT.search(text):
        return "what is taken for a point may be a comma"
    again = "".join(sign.text for sign in reading.again or ())
    same = again == text if value else _keep_counts(again) == _keep_counts(text)
    return "" if same else f"looked at again it reads {again}"


def _keep_counts(text: str) -> str:
    return "".join(filter(_COUNTS.__contains__, text))

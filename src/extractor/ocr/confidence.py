"""Doubts: which recognised pieces are not sure, and why. A wrong figure that looks right is the worst there can be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.page import Doubt
from extractor.ocr.models import Sign
from extractor.ocr.rule_lines import Dots

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
class Reading:
    """A piece and its characters. `again`: those of the second look, if there was one. `sure`: it was marked as text,
    and `whole`: no ink in it is left without a character."""

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
    def figures(self) -> bool:
        """Whether there are figures in it."""
        return bool(_FIGURE.search(self.text))


def doubts(readings: Sequence[Reading], scale: float) -> tuple[Doubt, ...]:
    """What is doubtful of a page's pieces, in points; the picture has `scale` dots a point."""
    reasons = [_reason(reading) for reading in readings]
    figures = [bool(why) for reading, why in zip(readings, reasons, strict=True) if reading.figures]
    if sum(figures) >= max(MANY, PART * len(figures)):
        reasons = [
            why or ("much on this page is not sure" if reading.figures else "")
            for reading, why in zip(readings, reasons, strict=True)
        ]
    return tuple(_doubt(reading, why, scale) for reading, why in zip(readings, reasons, strict=True) if why)


def _doubt(reading: Reading, why: str, scale: float) -> Doubt:
    x0, top, x1, bottom = (side / scale for side in reading.box)
    return Doubt(reading.text, (x0, top, x1, bottom), why, code="low-confidence")


def _reason(reading: Reading) -> str:
    """Why a piece is doubted; nothing if it is not."""
    text = reading.text
    if not text:
        return "something is printed that was not recognised"
    if not reading.whole:
        return "there is ink in which nothing was recognised"
    if min(sign.score for sign in reading.signs) < SURE:
        return "a character is not sure"
    return _reason_of_figures(reading, text) if reading.figures else ""


def _reason_of_figures(reading: Reading, text: str) -> str:
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
    same = again == text if value else [*filter(_COUNTS.__contains__, again)] == [*filter(_COUNTS.__contains__, text)]
    return "" if same else f"looked at again it reads {again}"

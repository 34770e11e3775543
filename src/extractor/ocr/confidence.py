"""Doubts: which recognised pieces are not sure, and why. A wrong figure that looks right is the worst there can be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.page import Doubt
from extractor.ocr.models import Sign
from extractor.ocr.rule_lines import Dots
from extractor.records.messages import Message, make_message

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
            why or (make_message("low-confidence.page") if reading.figures else None)
            for reading, why in zip(readings, reasons, strict=True)
        ]
    return tuple(_doubt(reading, why, scale) for reading, why in zip(readings, reasons, strict=True) if why)


def _doubt(reading: Reading, why: Message, scale: float) -> Doubt:
    x0, top, x1, bottom = (side / scale for side in reading.box)
    return Doubt(reading.text, (x0, top, x1, bottom), why)


def _reason(reading: Reading) -> Message | None:
    """Why a piece is doubted; None if it is not."""
    text = reading.text
    if not text:
        return make_message("low-confidence.nothing")
    if not reading.whole:
        return make_message("low-confidence.ink")
    if min(sign.score for sign in reading.signs) < SURE:
        return make_message("low-confidence.character")
    return _reason_of_figures(reading, text) if reading.figures else None


def _reason_of_figures(reading: Reading, text: str) -> Message | None:
    value = len(reading.signs) <= VALUE
    if min(sign.score for sign in reading.signs if value or sign.text in _COUNTS) < SURE_FIGURE:
        return make_message("low-confidence.figure")
    if not reading.sure:
        return make_message("low-confidence.no-line")
    if _MINUS.search(text):
        return make_message("low-confidence.minus")
    if _POINT.search(text):
        return make_message("low-confidence.point")
    again = "".join(sign.text for sign in reading.again or ())
    same = again == text if value else [*filter(_COUNTS.__contains__, again)] == [*filter(_COUNTS.__contains__, text)]
    return None if same else make_message("low-confidence.again", text=again)

"""Confidence: which recognised boxes are not sure, and why.

A wrong figure that looks right is the worst there can be.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document.page import Doubt
from extractor.ocr.dots import Dots
from extractor.ocr.models import Sign
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
    reasons = [(reading, _explain_doubt(reading)) for reading in readings]
    figures = [bool(why) for reading, why in reasons if reading.has_figures]
    all_doubted = sum(figures) >= max(MANY, PART * len(figures))
    page = make_message("low-confidence.page") if all_doubted else None
    return tuple(
        Doubt(reading.text, reading.box.scale_to_points(scale), doubt)
        for reading, why in reasons
        if (doubt := why or (page if reading.has_figures else None))
    )


def _explain_doubt(reading: BoxReading) -> Message | None:
    """Say why a box is doubted; None if it is not."""
    text = reading.text
    if not text:
        return make_message("low-confidence.nothing")
    if not reading.whole:
        return make_message("low-confidence.ink")
    if min(sign.score for sign in reading.signs) < SURE:
        return make_message("low-confidence.character")
    return _explain_doubt_of_figures(reading, text) if reading.has_figures else None


def _explain_doubt_of_figures(reading: BoxReading, text: str) -> Message | None:
    """Say why a box with figures is doubted: all of a short one must be sure, and the figures of a longer one."""
    value = len(reading.signs) <= VALUE
    again = "".join(sign.text for sign in reading.again or ())
    reasons = {
        "figure": min(sign.score for sign in reading.signs if value or sign.text in _COUNTS) < SURE_FIGURE,
        "no-line": not reading.sure,
        "minus": bool(_MINUS.search(text)),
        "point": bool(_POINT.search(text)),
    }
    for reason, applies in reasons.items():
        if applies:
            return make_message(f"low-confidence.{reason}")
    same = again == text if value else _keep_counts(again) == _keep_counts(text)
    return None if same else make_message("low-confidence.again", text=again)


def _keep_counts(text: str) -> str:
    return "".join(filter(_COUNTS.__contains__, text))

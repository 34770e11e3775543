"""Recognise: the picture of a page becomes glyphs and rules, with what is not sure about them.

In: the bytes of a PDF, and a page of it. Out: the page with the marks of its picture in place of its own, in points. Of
a page with text of its own: what looks like text in its pictures, which is not read, only said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise
from statistics import median

import cv2
import numpy as np

from extractor.document.geometry import Box
from extractor.document.page import Doubt, Page, Rule
from extractor.ocr.char_spans import assign_ink, find_uncovered_ink
from extractor.ocr.confidence import BoxReading, find_doubts
from extractor.ocr.dots import Dots, find_components, find_ink
from extractor.ocr.glyph_placement import OcrLine, place_glyphs
from extractor.ocr.models import Sign, find_likely_text, read_line
from extractor.ocr.preprocess import Paper, Picture, clean_page
from extractor.ocr.rendering import render_page
from extractor.ocr.text_boxes import LIKELY, TextBox, find_text_boxes, is_speck
from extractor.ocr.word_choice import choose_letters
from extractor.records.messages import make_message

# Dots an inch at which a page is looked at. More than scanners commonly give would add none.
DPI = 200
# Points. A page longer than the largest sheet that offices scan (A3) is a picture whose dots were taken for points,
# or for nearly that: it is looked at as the usual sheet (A4).
LARGEST_SHEET, SHEET = 1300.0, 842.0
# White round a line, as a part of its height.
MARGIN = 0.12
# What is lower than this part of the page's usual line (a dash, a dot) is looked at with the white above and below it.
LOW = 0.9
# Text of this length in a picture is a title, a table or more, in heights of the mark on it (which is half as high as
# the type to three quarters); what a photograph shows of signs and packages is shorter.
LONG = 20.0
# Points. What is lower or narrower is no level line of text that a person could read.
LOWEST, NARROWEST = 4.0, 6.0
# A second look, at the line drawn out by this much: what was misread is seldom misread twice alike.
DRAWN_OUT = 1.4
# The next line of a text begins at most so far below a line, in heights of it.
NEXT_LINE = 1.5

_FIGURE = re.compile(r"[0-9]")


def recognize_page(data: bytes, page: Page) -> Page:
    """Put the text and rules of a page's picture in place of its own.

    Args:
        data: The bytes of the PDF.
        page: A page of it.

    Returns:
        The page, with its doubts, turned to be straight.

    Raises:
        CannotRead: As `render_page` does.
    """
    return recognize_picture(_draw_sheet(data, page), page)


def _draw_sheet(data: bytes, page: Page) -> Picture:
    """Draw a page in grey at the size at which text is looked for: DPI dots an inch of the sheet that was scanned."""
    return np.asarray(render_page(data, page.number, DPI / _find_enlargement(page)).convert("L"), dtype=np.uint8)


def _find_enlargement(page: Page) -> float:
    """Find how much larger a page is than the sheet that was scanned, where its file does not say the true size."""
    longest = max(page.width, page.height)
    return longest / SHEET if longest > LARGEST_SHEET else 1.0


def recognize_picture(picture: Picture, page: Page) -> Page:
    """Put the text and rules of a picture of a page in place of its own.

    Args:
        picture: The page in grey, 0 to 255.
        page: The page that it is of.

    Returns:
        The page, with its doubts, turned to be straight.
    """
    scale = picture.shape[1] / page.width
    paper = clean_page(picture, scale * _find_enlargement(page))
    boxes = find_text_boxes(paper, find_likely_text(paper.grey))
    usual = round(median(text.box.height for text in boxes)) if boxes else 0
    readings = _choose_words([reading for text in boxes for reading in _read_box(paper, text, usual)])
    lines = [
        OcrLine(reading.box, assign_ink(paper, reading.box, reading.signs)) for reading in readings if reading.signs
    ]
    return replace(
        page,
        glyphs=place_glyphs(lines, scale),
        rules=_make_rules(paper, scale),
        recognised=True,
        turn=paper.turn,
        doubts=find_doubts(readings, scale) + _list_photographs(paper, scale),
    )


def _choose_words(readings: Sequence[BoxReading]) -> list[BoxReading]:
    """Choose between characters that look alike; a word may go on in the line below, in print or in its cell."""
    above: dict[int, BoxReading] = {}
    below: dict[int, BoxReading] = {}
    for index, reading in enumerate(readings):
        near = [other for other in readings if _stands_below(other.box, reading.box)]
        if near:
            below[index] = min(near, key=lambda other: other.box.top)
            above[readings.index(below[index])] = reading
    return [
        _choose_letters_of(reading, *(side[index].text if index in side else "" for side in (above, below)))
        for index, reading in enumerate(readings)
    ]


def _stands_below(box: Dots, other: Dots) -> bool:
    """Tell whether a box is the next line below another: over half of the narrower one, and no blank line between."""
    over = min(box.x1, other.x1) - max(box.x0, other.x0)
    beside = 2 * over > min(box.x1 - box.x0, other.x1 - other.x0)
    return beside and other.middle[1] < box.top < other.bottom + NEXT_LINE * other.height


def _choose_letters_of(reading: BoxReading, above: str, below: str) -> BoxReading:
    again = None if reading.again is None else choose_letters(reading.again, above, below)
    return replace(reading, signs=choose_letters(reading.signs, above, below), again=again)


def _read_box(paper: Paper, text: TextBox, usual: int) -> list[BoxReading]:
    """Read a box; where some characters were passed over, it is cut into parts that are looked at one by one."""
    box = text.box
    signs = _read_signs(paper, box, usual)
    missed = find_uncovered_ink(paper, box, signs, usual) if signs else []
    if not missed:
        return [_make_reading(paper, text, signs, usual)]
    readings = []
    for start, end in pairwise(sorted({box.x0, box.x1, *chain.from_iterable(missed)})):
        part = find_ink(paper.ink, Dots(start, box.top, end, box.bottom))
        if part is None:
            continue
        if (start, end) not in missed:
            known = tuple(sign for sign in signs if start <= sign.at < end)
            readings.append(_make_reading(paper, TextBox(part, text.sure), known, usual))
        elif not is_speck(part, box.height):
            readings.append(_make_reading(paper, TextBox(part, False), _read_signs(paper, part, usual), usual))
    return readings


def _make_reading(paper: Paper, text: TextBox, signs: tuple[Sign, ...], usual: int) -> BoxReading:
    """Make the reading of a box, with a second look where there are figures."""
    again = _read_signs(paper, text.box, usual, DRAWN_OUT) if any(_FIGURE.match(sign.text) for sign in signs) else None
    return BoxReading(text.box, signs, again, text.sure, not find_uncovered_ink(paper, text.box, signs, usual))


def _read_signs(paper: Paper, box: Dots, usual: int, stretch: float = 1.0) -> tuple[Sign, ...]:
    """Read the characters in a box, blanks left out."""
    margin = max(2, round(box.height * MARGIN))
    above = margin + max(0, round(LOW * usual) - box.height) // 2
    crop = cv2.copyMakeBorder(paper.grey[box.area], above, above, margin, margin, cv2.BORDER_CONSTANT, value=255)
    signs = read_line(np.asarray(crop, dtype=np.uint8), stretch)
    return tuple(replace(sign, at=box.x0 - margin + sign.at) for sign in signs if sign.text.strip())


def _list_photographs(paper: Paper, scale: float) -> tuple[Doubt, ...]:
    """List the fields in which no text was looked for."""
    why = make_message("unread-picture.photograph")
    return tuple(Doubt("", Box(*box.scale_to_points(scale)).rounded(3), why) for box in paper.photographs)


def _make_rules(paper: Paper, scale: float) -> tuple[Rule, ...]:
    """Make the ruled lines in points, without thickness; the picture has `scale` dots a point."""
    rules = [Box(rule.x0, rule.middle[1], rule.x1, rule.middle[1]) for rule in paper.rules.level]
    rules += [Box(rule.middle[0], rule.top, rule.middle[0], rule.bottom) for rule in paper.rules.upright]
    return tuple(Rule(*(round(side / scale, 3) for side in rule)) for rule in rules)


def find_unread_text(data: bytes, page: Page) -> tuple[Doubt, ...]:
    """Find whether there seems to be text in a page's pictures, which was not read.

    Args:
        data: The bytes of the PDF.
        page: A page of it with text of its own.

    Returns:
        One doubt for all that seems to be text; nothing where there is none.
    """
    pictures, centres = [Box(*sides) for sides in page.pictures], [Box.of(glyph).centre for glyph in page.glyphs]
    unread = [
        mark
        for mark in _find_marks(data, page)
        if any(picture.contains_centre(mark) for picture in pictures)
        # Text of the page may be printed over a picture.
        and not any(mark.contains_point(*centre) for centre in centres)
    ]
    if sum(mark.width / mark.height for mark in unread) < LONG:
        return ()
    return (Doubt("", (*Box.around(unread),), make_message("unread-picture.text")),)


def _find_marks(data: bytes, page: Page) -> list[Box]:
    """Find where text is likely on a page, in points."""
    likely = find_likely_text(_draw_sheet(data, page))
    across, down = page.width / likely.shape[1], page.height / likely.shape[0]
    marks = [
        Box(mark.x0 * across, mark.top * down, mark.x1 * across, mark.bottom * down)
        for mark in find_components(likely > LIKELY, 4)
    ]
    return [mark for mark in marks if mark.width >= NARROWEST and mark.height >= LOWEST]

"""Recognise: the picture of a page becomes glyphs and rules, with what is not sure about them."""

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from extractor.document.page import Doubt, Page, Rule
from extractor.ocr.char_spans import spread, uncovered
from extractor.ocr.confidence import Reading, doubts
from extractor.ocr.glyph_placement import Line, place
from extractor.ocr.models import Sign, read_line, text_likely
from extractor.ocr.preprocess import Paper, Picture, paper_of
from extractor.ocr.rendering import page_picture
from extractor.ocr.rule_lines import Dots
from extractor.ocr.text_boxes import Piece, find_pieces, is_speck, trimmed
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
# A second look, at the line drawn out by this much: what was misread is seldom misread twice alike.
DRAWN_OUT = 1.4

_FIGURE = re.compile(r"[0-9]")


def recognised(data: bytes, page: Page) -> Page:
    """The page with the text and rules of its picture in place of its own."""
    return looked_at(drawn(data, page), page)


def drawn(data: bytes, page: Page) -> Picture:
    """The grey picture of a page at the size at which text is looked for. Raises as `page_picture` does."""
    picture = page_picture(data, page.number, DPI / _enlarged(page)).convert("L")
    return np.asarray(picture, dtype=np.uint8)


def _enlarged(page: Page) -> float:
    """How much larger a page is than the sheet that was scanned, where its file says nothing of the true size."""
    longest = max(page.width, page.height)
    return longest / SHEET if longest > LARGEST_SHEET else 1.0


def looked_at(picture: Picture, page: Page) -> Page:
    """The page with the text and rules of this grey picture of it."""
    scale = picture.shape[1] / page.width
    paper = paper_of(picture, scale * _enlarged(page))
    pieces = find_pieces(paper, text_likely(paper.grey))
    usual = round(median(piece.box[3] - piece.box[1] for piece in pieces)) if pieces else 0
    readings = [part for piece in pieces for part in _read_whole(paper, piece, usual)]
    lines = [Line(one.box, spread(paper, one.box, one.signs)) for one in readings if one.signs]
    return replace(
        page,
        glyphs=place(lines, scale),
        rules=_rules(paper, scale),
        recognised=True,
        turn=paper.turn,
        doubts=doubts(readings, scale) + _unread(paper, scale),
    )


def _read_whole(paper: Paper, piece: Piece, usual: int) -> list[Reading]:
    """The characters of a piece; where some were passed over, the piece in parts that are looked at one by one."""
    signs = _read(paper, piece.box, usual)
    missed = uncovered(paper, piece.box, signs, usual) if signs else []
    if not missed:
        return [_reading(paper, piece, signs, usual)]
    x0, y0, x1, y1 = piece.box
    readings = []
    for start, end in pairwise(sorted({x0, x1, *(edge for span in missed for edge in span)})):
        part = trimmed(paper, (start, y0, end, y1))
        if part is None:
            continue
        if (start, end) not in missed:
            known = tuple(sign for sign in signs if start <= sign.at < end)
            readings.append(_reading(paper, Piece(part, piece.sure), known, usual))
        elif not is_speck(part, y1 - y0):
            readings.append(_reading(paper, Piece(part, False), _read(paper, part, usual), usual))
    return readings


def _reading(paper: Paper, piece: Piece, signs: tuple[Sign, ...], usual: int) -> Reading:
    """What was recognised of a piece, with a second look where there are figures."""
    again = _read(paper, piece.box, usual, DRAWN_OUT) if any(_FIGURE.match(sign.text) for sign in signs) else None
    return Reading(piece.box, signs, again, piece.sure, not uncovered(paper, piece.box, signs, usual))


def _read(paper: Paper, box: Dots, usual: int, stretch: float = 1.0) -> tuple[Sign, ...]:
    """The characters in a box, blanks left out."""
    x0, y0, x1, y1 = box
    margin = max(2, round((y1 - y0) * MARGIN))
    above = margin + max(0, round(LOW * usual) - (y1 - y0)) // 2
    crop = cv2.copyMakeBorder(paper.grey[y0:y1, x0:x1], above, above, margin, margin, cv2.BORDER_CONSTANT, value=255)
    signs = read_line(np.asarray(crop, dtype=np.uint8), stretch)
    return tuple(replace(sign, at=x0 - margin + sign.at) for sign in signs if sign.text.strip())


def _unread(paper: Paper, scale: float) -> tuple[Doubt, ...]:
    """Fields in which no text was looked for."""
    boxes = [[round(side / scale, 3) for side in box] for box in paper.photographs]
    why = make_message("unread-picture.photograph")
    return tuple(Doubt("", (box[0], box[1], box[2], box[3]), why) for box in boxes)


def _rules(paper: Paper, scale: float) -> tuple[Rule, ...]:
    """The ruled lines in points, without thickness; the picture has `scale` dots a point."""
    level = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in paper.rules.level]
    upright = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in paper.rules.upright]
    return tuple(Rule(*(round(side / scale, 3) for side in rule)) for rule in (*level, *upright))

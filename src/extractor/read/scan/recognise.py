"""Recognise: the picture of a page becomes glyphs and rules, with what is not sure about them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from extractor.model.page import Doubt, Page, Rule
from extractor.read.picture import page_picture
from extractor.read.scan.engine import Sign, read_line, text_likely
from extractor.read.scan.paper import Paper, paper_of
from extractor.read.scan.pieces import find_pieces, trimmed
from extractor.read.scan.placing import Line, place
from extractor.read.scan.ruled import Dots
from extractor.read.scan.spread import spread, uncovered

# Dots an inch at which a page is looked at. More than scanners commonly give would add none.
DPI = 200
# White round a line, as a part of its height.
MARGIN = 0.12
# What is lower than this part of the page's usual line (a dash, a dot) is looked at with the white above and below it.
LOW = 0.9
# A second look, at the line drawn out by this much: what was misread is seldom misread twice alike.
DRAWN_OUT = 1.4
# Below these probabilities of a character its line is doubted; figures must be surer than words.
SURE, SURE_FIGURE = 0.6, 0.9


def recognised(data: bytes, page: Page) -> Page:
    """The page with the text and rules of its picture in place of its own."""
    picture = page_picture(data, page.number, DPI).convert("L")
    scale = picture.width / page.width
    paper = paper_of(np.asarray(picture, dtype=np.uint8), scale)
    boxes = find_pieces(paper, text_likely(paper.grey))
    usual = round(median(box[3] - box[1] for box in boxes)) if boxes else 0
    pieces = [part for box in boxes for part in _read_whole(paper, box, usual)]
    doubts = [_doubt(paper, box, signs, usual) for box, signs in pieces]
    return replace(
        page,
        glyphs=place([Line(box, spread(paper, box, signs)) for box, signs in pieces if signs], scale),
        rules=_rules(paper),
        recognised=True,
        turn=paper.turn,
        doubts=tuple(doubt for doubt in doubts if doubt),
    )


Piece = tuple[Dots, tuple[Sign, ...]]


def _read(paper: Paper, box: Dots, usual: int, stretch: float = 1.0) -> tuple[Sign, ...]:
    """The characters in a box, blanks left out."""
    x0, y0, x1, y1 = box
    margin = max(2, round((y1 - y0) * MARGIN))
    above = margin + max(0, round(LOW * usual) - (y1 - y0)) // 2
    crop = cv2.copyMakeBorder(paper.grey[y0:y1, x0:x1], above, above, margin, margin, cv2.BORDER_CONSTANT, value=255)
    signs = read_line(np.asarray(crop, dtype=np.uint8), stretch)
    return tuple(replace(sign, at=x0 - margin + sign.at) for sign in signs if sign.text.strip())


def _read_whole(paper: Paper, box: Dots, usual: int) -> list[Piece]:
    """The characters in a box; where some were passed over, the box in parts that were looked at one by one."""
    signs = _read(paper, box, usual)
    missed = uncovered(paper, box, signs, usual) if signs else []
    if not missed:
        return [(box, signs)]
    x0, y0, x1, y1 = box
    parts: list[Piece] = []
    edges = sorted({x0, x1, *(edge for span in missed for edge in span)})
    for start, end in pairwise(edges):
        part = trimmed(paper, (start, y0, end, y1))
        if part is None:
            continue
        known = tuple(sign for sign in signs if start <= sign.at < end)
        parts.append((part, known if (start, end) not in missed else _read(paper, part, usual)))
    return parts


def _doubt(paper: Paper, box: Dots, signs: Sequence[Sign], usual: int) -> Doubt | None:
    """What is doubtful about a piece."""
    text = "".join(sign.text for sign in signs)
    x0, top, x1, bottom = (side / paper.scale for side in box)
    score = min((sign.score for sign in signs), default=0.0)
    figures = min((sign.score for sign in signs if sign.text.isdigit()), default=1.0)
    if not text:
        why = "something is printed that was not recognised"
    elif uncovered(paper, box, signs, usual):
        why = "there is ink in which nothing was recognised"
    elif score < SURE or figures < SURE_FIGURE:
        why = "a character is not sure"
    else:
        again = "".join(sign.text for sign in _read(paper, box, usual, DRAWN_OUT)) if figures < 1 else text
        if _figures(again) == _figures(text):
            return None
        why = f"looked at again it reads {again}"
    return Doubt(text, score, (x0, top, x1, bottom), why)


def _figures(text: str) -> str:
    return "".join(sign for sign in text if not sign.isalpha())


def _rules(paper: Paper) -> tuple[Rule, ...]:
    """The ruled lines in points, without thickness."""
    scale = paper.scale
    level = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in paper.rules.level]
    upright = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in paper.rules.upright]
    return tuple(Rule(*(round(side / scale, 3) for side in rule)) for rule in (*level, *upright))

"""Recognise: the picture of a page becomes glyphs and rules, with what is not sure about them."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from extractor.model.page import Doubt, Page, Rule
from extractor.read.picture import page_picture
from extractor.read.scan.engine import Sign, read_line, text_likely
from extractor.read.scan.paper import Paper, paper_of
from extractor.read.scan.pieces import find_pieces
from extractor.read.scan.placing import Line, place
from extractor.read.scan.ruled import Dots

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
    lines = [_read(paper, box, usual) for box in boxes]
    glyphs = place([line for line, _ in lines], scale)
    doubts = [_doubt(line, again, scale) for line, again in lines]
    return replace(
        page,
        glyphs=tuple(glyph for group in glyphs for glyph in group),
        rules=_rules(paper),
        recognised=True,
        turn=paper.turn,
        doubts=tuple(doubt for doubt in doubts if doubt),
    )


def _read(paper: Paper, box: Dots, usual: int) -> tuple[Line, str | None]:
    """A piece's characters, and those of the second look where it has figures."""
    x0, y0, x1, y1 = box
    margin = max(2, round((y1 - y0) * MARGIN))
    above = below = margin + max(0, round(LOW * usual) - (y1 - y0)) // 2
    crop = cv2.copyMakeBorder(
        paper.grey[y0:y1, x0:x1], above, below, margin, margin, cv2.BORDER_CONSTANT, value=255
    )
    grey = np.asarray(crop, dtype=np.uint8)
    signs = read_line(grey)
    again = _text(read_line(grey, DRAWN_OUT)) if any(sign.text.isdigit() for sign in signs) else None
    moved = tuple(Sign(one.text, one.score, x0 - margin + one.at, one.rival, one.rival_score) for one in signs)
    return Line(box, moved), again


def _text(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs if sign.text.strip())


def _doubt(line: Line, again: str | None, scale: float) -> Doubt | None:
    """What is doubtful about a line."""
    text = _text(line.signs)
    x0, top, x1, bottom = line.box
    box = (x0 / scale, top / scale, x1 / scale, bottom / scale)
    if not text:
        return Doubt("", 0.0, box, "something is printed that was not recognised")
    inked = [sign for sign in line.signs if sign.text.strip()]
    least = min(sign.score for sign in inked)
    figures = min((sign.score for sign in inked if sign.text.isdigit()), default=1.0)
    if again is not None and _figures(again) != _figures(text):
        return Doubt(text, least, box, f"looked at again it reads {again}")
    if least < SURE or figures < SURE_FIGURE:
        return Doubt(text, min(least, figures), box, "a character is not sure")
    return None


def _figures(text: str) -> str:
    return "".join(sign for sign in text if not sign.isalpha())


def _rules(paper: Paper) -> tuple[Rule, ...]:
    """The ruled lines in points, without thickness."""
    scale = paper.scale
    level = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in paper.rules.level]
    upright = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in paper.rules.upright]
    return tuple(Rule(*(round(side / scale, 3) for side in rule)) for rule in (*level, *upright))

"""Placing: the characters of recognised lines become glyphs, each with its place and the size of its type."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from extractor.model.page import Glyph
from extractor.read.scan.engine import Sign
from extractor.read.scan.letters import letters
from extractor.read.scan.ruled import Dots

FONT = "recognised"
OPENERS = frozenset("([{（［｛「『【〔〈《＜“‘")
CLOSERS = frozenset(")]}）］｝」』】〕〉》＞”’、。，．・：；")
# Wide characters that must follow one another for their distance to tell the size of the type.
ENOUGH = 3
# Sizes on one page that differ by less are one: the same type, measured twice.
SAME_SIZE = 0.07
# A lone character whose line says nothing of its size takes one of the page's that is no further from its height than this.
LIKE = 0.35
# What ink takes of the type's size: of an ideograph, and of a figure.
IDEOGRAPH, FIGURE = 0.92, 0.68
# Wider than this (sizes), what is between two characters is a blank; marks have one of this width in their own square.
BLANK, IN_MARK = 0.6, 0.5
RINGS = frozenset("OＯoｏ0０〇◯○")
ROUND = 0.15  # how far from a square the box of a ring may be


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the page and its characters; their places count from the picture's left."""

    box: Dots
    signs: tuple[Sign, ...]


def place(lines: Sequence[Line], scale: float) -> list[tuple[Glyph, ...]]:
    """The glyphs of each line, in points; the picture has `scale` dots a point."""
    lines = [Line(line.box, tuple(sign for sign in line.signs if sign.text.strip())) for line in lines]
    measured = [_measured(line) for line in lines]
    sizes = _sizes([(size / scale, len(line.signs)) for line, size in zip(lines, measured, strict=True) if size])
    return [
        _glyphs(line, _settled(line, size, sizes, scale), scale) if line.signs else ()
        for line, size in zip(lines, measured, strict=True)
    ]


def is_wide(text: str) -> bool:
    """Whether a character takes a whole square."""
    return unicodedata.east_asian_width(text[0]) in "WFA"


def _is_mark(text: str) -> bool:
    return text in OPENERS or text in CLOSERS


def _measured(line: Line) -> float | None:
    """The size of a line's type in dots, from the distances of its wide characters; None for too few of them."""
    apart = sorted(
        b.at - a.at
        for a, b in pairwise(line.signs)
        if all(is_wide(sign.text) and not _is_mark(sign.text) for sign in (a, b))
    )
    fifth = len(apart) // 5  # the nearest and the farthest are beside a blank, or where two steps met
    return mean(apart[fifth : len(apart) - fifth]) if len(apart) >= ENOUGH else None


def _sizes(measured: list[tuple[float, int]]) -> list[float]:
    """The sizes of type on a page, in half points as they are chosen by people, the one of most characters first."""
    sizes = []
    while measured:
        most = max(measured, key=lambda one: (sum(n for size, n in measured if abs(size - one[0]) <= SAME_SIZE * one[0]), one))
        group = [one for one in measured if abs(one[0] - most[0]) <= SAME_SIZE * most[0]]
        sizes.append(_half(sum(size * n for size, n in group) / sum(n for _, n in group)))
        measured = [one for one in measured if one not in group]
    return sizes


def _half(size: float) -> float:
    return max(0.5, round(2 * size) / 2)


def _settled(line: Line, measured: float | None, sizes: list[float], scale: float) -> float:
    """The size of a line's type in points."""
    if measured:
        return min(sizes, key=lambda size: abs(size - measured / scale))
    ideographs = any(is_wide(sign.text) and not _is_mark(sign.text) for sign in line.signs)
    high = (line.box[3] - line.box[1]) / scale / (IDEOGRAPH if ideographs else FIGURE)
    nearest = min(sizes, key=lambda size: abs(size - high), default=high)
    # A dash or a comma is lower than its type, never higher.
    flat = all(_is_mark(sign.text) or not sign.text.isalnum() for sign in line.signs)
    if flat and sizes and high < nearest:
        return sizes[0]
    return nearest if abs(nearest - high) <= LIKE * high else _half(high)


def _glyphs(line: Line, size: float, scale: float) -> tuple[Glyph, ...]:
    """A line's glyphs: each reaches to the middle between it and the next, unless a blank is between them."""
    signs, em = line.signs, size * scale
    widths = [em if is_wide(sign.text) else em / 2 for sign in signs]
    x0, top, x1, bottom = line.box
    spans = [(float(x0), float(x1))]
    blank = [False]
    for (a, b), (wide_a, wide_b) in zip(pairwise(signs), pairwise(widths), strict=True):
        between = b.at - a.at - (wide_a + wide_b) / 2
        blank.append(between > em * (BLANK + IN_MARK * (a.text in CLOSERS) + IN_MARK * (b.text in OPENERS)))
        border = (a.at * wide_b + b.at * wide_a) / (wide_a + wide_b)
        end, start = (a.at + wide_a / 2, b.at - wide_b / 2) if blank[-1] else (border, border)
        spans[-1] = (spans[-1][0], end)
        spans.append((start, float(x1)))
    texts = letters().mended([sign.text for sign in signs], [sign.rival for sign in signs])
    if len(texts) == 1 and texts[0] in RINGS and abs((x1 - x0) / max(1, bottom - top) - 1) <= ROUND:
        texts = ["○"]  # a nought is never as wide as it is high
    glyphs: list[Glyph] = []
    for index, (text, (start, end)) in enumerate(zip(texts, spans, strict=True)):
        if blank[index]:
            glyphs.append(_glyph(" ", spans[index - 1][1], top, start, bottom, size, scale))
        glyphs.append(_glyph(text, start, top, max(start, end), bottom, size, scale))
    return tuple(glyphs)


def _glyph(text: str, x0: float, top: float, x1: float, bottom: float, size: float, scale: float) -> Glyph:
    return Glyph(text, *(round(side / scale, 3) for side in (x0, top, x1, bottom)), size, FONT)

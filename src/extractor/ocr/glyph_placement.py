"""Placing: recognised lines become glyphs, each with its place, the size of its type, and the blanks between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from extractor.document.page import Glyph
from extractor.grammar.characters import CLOSERS, OPENERS, POINTS
from extractor.ocr.char_spans import Mark, is_wide
from extractor.ocr.confusables import letters
from extractor.ocr.rule_lines import Dots

FONT = "recognised"
LEFT_HALF = CLOSERS | POINTS
MIDDLES = frozenset("・：；:;")
# Wide characters that must follow one another for their distance to tell the size of the type.
ENOUGH = 3
# Sizes on one page that differ by less are one: the same type, measured twice, or set wider to fill its line.
# A line of fewer characters is measured so badly that it makes no size of its own if one is this near.
SAME_SIZE, FEW, NEAR = 0.035, 8, 0.07
# A line that says nothing of its size takes one of the page's that is no further from its height than this.
LIKE = 0.35
# What ink takes of the type's size: of an ideograph, and of a figure.
IDEOGRAPH, FIGURE = 0.92, 0.68
# A blank is where so much white is between the ink of two characters, and their middles stand so much further apart
# than side by side, in sizes. Marks have more white in their own square.
BLANK, APART, IN_MARK, BESIDE_MIDDLE = 0.42, 0.3, 0.55, 0.3
# From middle to middle, in sizes: figures and Latin letters that stand so near are of half width; further apart they
# are of full width, or a blank is between them. Figures of full width are so much broader than those of half width.
HALF_WIDTH, BROADER = 0.85, 1.15
# How likely the recognition's next guess must be to count for something, and to be nearly as good as the first.
RIVAL, EVEN = 0.15, 0.25
RINGS = frozenset("OＯoｏ0０〇◯○")
ROUND = 0.15  # how far from a square the box of a ring may be
DASHES = frozenset("一ー-－―—–‐_")
FLAT = 0.3  # how high a dash may be at most, as a part of its width
NUMERALS = frozenset("二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the page and its characters."""

    box: Dots
    marks: tuple[Mark, ...]


def place(lines: Sequence[Line], scale: float) -> tuple[Glyph, ...]:
    """The glyphs of the lines, in points; the picture has `scale` dots a point."""
    lines = [line for line in lines if line.marks]
    sizes = _sizes_of(lines, scale)
    pairs = [pair for line, size in zip(lines, sizes, strict=True) for pair in _narrow(line, size * scale)]
    half = [width for apart, widths in pairs if apart < HALF_WIDTH for width in widths]
    # Where figures of half width are the rule, those that stand further apart are two numbers, unless they are broader.
    narrow = median(half) if half and 2 * sum(apart < HALF_WIDTH for apart, _ in pairs) > len(pairs) else None
    return tuple(
        glyph
        for line, size in zip(lines, sizes, strict=True)
        for glyph in _glyphs(line, _texts(line, lines, size * scale), size, scale, narrow)
    )


def _sizes_of(lines: Sequence[Line], scale: float) -> list[float]:
    """The size of each line's type, in points."""
    measured = [_measured(line) for line in lines]
    sizes = _sizes([(size / scale, len(line.marks)) for line, size in zip(lines, measured, strict=True) if size])
    return [_settled(line, size, sizes, scale) for line, size in zip(lines, measured, strict=True)]


def _is_mark(text: str) -> bool:
    return text in OPENERS or text in LEFT_HALF or text in MIDDLES


def _measured(line: Line) -> float | None:
    """The size of a line's type in dots, from the distances of its wide characters; None for too few of them."""
    apart = sorted(
        b.middle - a.middle
        for a, b in pairwise(line.marks)
        if all(is_wide(mark.sign.text) and not _is_mark(mark.sign.text) for mark in (a, b))
    )
    fifth = len(apart) // 5  # the farthest are beside a blank
    return mean(apart[fifth : len(apart) - fifth]) if len(apart) >= ENOUGH else None


def _sizes(measured: list[tuple[float, int]]) -> list[float]:
    """The sizes of type on a page, the one round which most characters are first; each is the mean of what is near it.

    No half points, as people choose them: a page that was scanned a little smaller, or set a little wider, than
    another would jump to the next one.
    """
    sizes = []
    while measured:
        crowds = {
            size: sum(n * max(0.0, 1 - abs(other - size) / (SAME_SIZE * size)) for other, n in measured)
            for size, _ in measured
        }
        most = max(crowds, key=lambda size: (crowds[size], size))
        group = [one for one in measured if abs(one[0] - most) <= SAME_SIZE * most]
        sizes.append(_tenth(sum(size * n for size, n in group) / sum(n for _, n in group)))
        measured = [(size, n) for size, n in measured if abs(size - most) > (NEAR if n < FEW else SAME_SIZE) * most]
    return sizes


def _tenth(size: float) -> float:
    return max(0.5, round(size, 1))


def _settled(line: Line, measured: float | None, sizes: list[float], scale: float) -> float:
    """The size of a line's type in points."""
    if measured:
        return min(sizes, key=lambda size: abs(size - measured / scale))
    texts = [mark.sign.text for mark in line.marks]
    ideographs = any(is_wide(text) and not _is_mark(text) for text in texts)
    high = (line.box[3] - line.box[1]) / scale / (IDEOGRAPH if ideographs else FIGURE)
    nearest = min(sizes, key=lambda size: abs(size - high), default=high)
    # A dash or a comma is lower than its type, never higher.
    if sizes and high < nearest and not any(text.isalnum() and text not in DASHES for text in texts):
        return sizes[0]
    return nearest if abs(nearest - high) <= LIKE * high else _tenth(high)


def _texts(line: Line, lines: Sequence[Line], em: float) -> list[str]:
    """A line's characters, with those put right that cannot be what they were taken for."""
    signs = [mark.sign for mark in line.marks]
    rivals = [sign.rival if sign.rival_score >= RIVAL else "" for sign in signs]
    sized = [
        letters().sized(sign.text, sign.rival if sign.rival_score >= EVEN else "", mark.height / em)
        for sign, mark in zip(signs, line.marks, strict=True)
    ]
    texts = letters().mended(sized, rivals)
    width, height = line.box[2] - line.box[0], line.box[3] - line.box[1]
    if len(texts) == 1 and texts[0] in RINGS and abs(width / height - 1) <= ROUND:
        return ["○"]  # a nought is never as wide as it is high
    if len(texts) == 1 and texts[0] in DASHES and height <= FLAT * width and not _counts_on(line, lines):
        return ["－"]
    return texts


def _counts_on(line: Line, lines: Sequence[Line]) -> bool:
    """Whether another lone numeral stands above or below: 一 is then the first of them, and no dash."""
    return any(
        len(other.marks) == 1
        and other.marks[0].sign.text in NUMERALS
        and other.box[0] < line.box[2]
        and other.box[2] > line.box[0]
        for other in lines
    )


def _is_narrow(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _narrow(line: Line, em: float) -> list[tuple[float, list[float]]]:
    """Of figures and Latin letters that follow one another: how far apart they are, and how broad, in sizes."""
    return [
        ((b.middle - a.middle) / em, _widths(a, b, em))
        for a, b in pairwise(line.marks)
        if _is_narrow(a.sign.text) and _is_narrow(b.sign.text)
    ]


def _widths(a: Mark, b: Mark, em: float) -> list[float]:
    """How broad the ink of figures is, in sizes; a 1 tells nothing."""
    return [(mark.right - mark.left) / em for mark in (a, b) if mark.sign.text in "023456789"]


def _blank(a: Mark, b: Mark, em: float, narrow: float | None) -> bool:
    """Whether a blank is printed between two characters; `narrow`: the breadth of figures if half width is the rule."""
    left, right = a.sign.text, b.sign.text
    if _is_narrow(left) and _is_narrow(right):
        full = narrow is None or max(_widths(a, b, em), default=0.0) >= BROADER * narrow
        return b.middle - a.middle > (1 + BLANK if full else HALF_WIDTH) * em
    inside = IN_MARK * (left in LEFT_HALF) + IN_MARK * (right in OPENERS)
    inside += BESIDE_MIDDLE * ((left in MIDDLES) + (right in MIDDLES))
    beside = (1 + is_wide(left) + 1 + is_wide(right)) / 4
    apart = b.middle - a.middle > (beside + APART + inside / 2) * em
    return apart and b.left - a.right > (BLANK + inside) * em


def _glyphs(line: Line, texts: Sequence[str], size: float, scale: float, narrow: float | None) -> list[Glyph]:
    """A line's glyphs: each reaches to the border to the next, unless a blank is between them; a line's first and last
    take their whole square, as in print, though their ink does not fill it."""
    _, top, _, bottom = line.box
    glyphs: list[Glyph] = []
    before: Mark | None = None
    for mark, behind, text in zip(line.marks, (*line.marks[1:], None), texts, strict=True):
        left, right = _square(mark, size * scale)
        start = mark.start if before else min(mark.start, left)
        if before and _blank(before, mark, size * scale, narrow):
            start = mark.left
            glyphs.append(_glyph(" ", before.right, top, start, bottom, size, scale))
        end = mark.end if behind else max(mark.end, right)
        if behind and _blank(mark, behind, size * scale, narrow):
            end = mark.right
        glyphs.append(_glyph(text, start, top, end, bottom, size, scale))
        before = mark
    return glyphs


def _square(mark: Mark, em: float) -> tuple[float, float]:
    """What a character takes of its line: the ink of a bracket or a point is in one half of its square.

    Signs of half width are recognised as wide ones too: such a one is taken to be as broad as its ink.
    """
    if not is_wide(mark.sign.text) or mark.sign.text in letters().wide:
        return mark.left, mark.right
    if mark.sign.text in LEFT_HALF:
        return mark.left, mark.left + em
    if mark.sign.text in OPENERS:
        return mark.right - em, mark.right
    return mark.middle - em / 2, mark.middle + em / 2


def _glyph(text: str, x0: float, top: float, x1: float, bottom: float, size: float, scale: float) -> Glyph:
    box = [round(side / scale, 3) for side in (x0, top, x1, bottom)]
    return Glyph(text, box[0], box[1], box[2], box[3], size, FONT)

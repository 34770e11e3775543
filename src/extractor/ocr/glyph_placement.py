"""Placing: recognised lines become glyphs, each with its place, the size of its type, and the blanks between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from extractor.document.page import RECOGNISED, Glyph
from extractor.grammar.characters import CLOSERS, OPENERS, POINTS
from extractor.ocr.char_spans import CharSpan, is_wide
from extractor.ocr.confusables import load_letters
from extractor.ocr.dots import Dots

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
RINGS = frozenset("OＯoｏ0０〇◯○")
ROUND = 0.15  # how far from a square the box of a ring may be
DASHES = frozenset("一ー-－―—–‐_")
FLAT = 0.45  # how high a dash may be at most, as a part of its width (a hyphen of half width: 0.35)
NUMERALS = frozenset("二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A box of text and its characters, each with its ink."""

    box: Dots
    marks: tuple[CharSpan, ...]


def place_glyphs(lines: Sequence[OcrLine], scale: float) -> tuple[Glyph, ...]:
    """Place the characters of a page's lines.

    Args:
        lines: All lines of the page: the size of one line's type is told by the others too.
        scale: Dots of the picture a point.

    Returns:
        The glyphs, and the blanks between them, in points.
    """
    lines = [line for line in lines if line.marks]
    sizes = _find_sizes(lines, scale)
    narrow = _find_narrow_width(lines, [size * scale for size in sizes])
    return tuple(
        glyph
        for line, size in zip(lines, sizes, strict=True)
        for glyph in _make_glyphs(line, _list_texts(line, lines), size, scale, narrow)
    )


def _find_narrow_width(lines: Sequence[OcrLine], ems: Sequence[float]) -> float | None:
    """Find how broad figures of half width are, in sizes; None where they are not the rule.

    Where they are, those that stand further apart are two numbers, unless they are broader.
    """
    pairs = [
        ((b.middle - a.middle) / em, _measure_widths(a, b, em))
        for line, em in zip(lines, ems, strict=True)
        for a, b in pairwise(line.marks)
        if _are_narrow(a, b)
    ]
    near = [widths for apart, widths in pairs if apart < HALF_WIDTH]
    half = [width for widths in near for width in widths]
    return median(half) if half and 2 * len(near) > len(pairs) else None


def _find_sizes(lines: Sequence[OcrLine], scale: float) -> list[float]:
    """Find the size of each line's type, in points."""
    measured = [_measure_size(line) for line in lines]
    sizes = _group_sizes([(size / scale, len(line.marks)) for line, size in zip(lines, measured, strict=True) if size])
    return [_choose_size(line, size, sizes, scale) for line, size in zip(lines, measured, strict=True)]


def _is_ideographic(text: str) -> bool:
    """Tell whether a character has ink in all of its square."""
    return is_wide(text) and not (text in OPENERS or text in LEFT_HALF or text in MIDDLES)


def _measure_size(line: OcrLine) -> float | None:
    """Measure the size of a line's type in dots, by the distances of its wide characters; None for too few of them."""
    apart = sorted(
        b.middle - a.middle
        for a, b in pairwise(line.marks)
        if _is_ideographic(a.sign.text) and _is_ideographic(b.sign.text)
    )
    fifth = len(apart) // 5  # the farthest are beside a blank
    return mean(apart[fifth : len(apart) - fifth]) if len(apart) >= ENOUGH else None


def _group_sizes(measured: list[tuple[float, int]]) -> list[float]:
    """Group measures to the sizes of type on a page; each is the mean of what is near it.

    The one round which most characters are is the first.

    No half points, as people choose them: a page that was scanned a little smaller, or set a little wider, than
    another would jump to the next one.
    """
    sizes = []
    while measured:
        crowds = {size: _measure_crowd(size, measured) for size, _ in measured}
        most = max(crowds, key=lambda size: (crowds[size], size))
        group = [(size, n) for size, n in measured if abs(size - most) <= SAME_SIZE * most]
        sizes.append(_round_size(sum(size * n for size, n in group) / sum(n for _, n in group)))
        measured = [(size, n) for size, n in measured if abs(size - most) > (NEAR if n < FEW else SAME_SIZE) * most]
    return sizes


def _measure_crowd(size: float, measured: list[tuple[float, int]]) -> float:
    """Measure how many characters are near a size; the nearer they are, the more they count."""
    return sum(n * max(0.0, 1 - abs(other - size) / (SAME_SIZE * size)) for other, n in measured)


def _round_size(size: float) -> float:
    return max(0.5, round(size, 1))


def _choose_size(line: OcrLine, measured: float | None, sizes: list[float], scale: float) -> float:
    """Choose the size of a line's type, in points, among those of the page."""
    if measured:
        return min(sizes, key=lambda size: abs(size - measured / scale))
    texts = [mark.sign.text for mark in line.marks]
    high = line.box.height / scale / (IDEOGRAPH if any(map(_is_ideographic, texts)) else FIGURE)
    nearest = min(sizes, key=lambda size: abs(size - high), default=high)
    # A dash or a comma is lower than its type, never higher.
    if sizes and high < nearest and not any(text.isalnum() and text not in DASHES for text in texts):
        return sizes[0]
    return nearest if abs(nearest - high) <= LIKE * high else _round_size(high)


def _list_texts(line: OcrLine, lines: Sequence[OcrLine]) -> list[str]:
    """List a line's characters; a sign that is alone on it is told by its shape."""
    texts = [mark.sign.text for mark in line.marks]
    return [_mend_lone_sign(texts[0], line, lines)] if len(texts) == 1 else texts


def _mend_lone_sign(text: str, line: OcrLine, lines: Sequence[OcrLine]) -> str:
    """Tell a ring or a dash that is alone on its line by its shape."""
    if text in RINGS and abs(line.box.width / line.box.height - 1) <= ROUND:
        return "○"  # a nought is never as wide as it is high
    if text in DASHES and line.box.height <= FLAT * line.box.width and not _counts_on(line, lines):
        return "－"
    return text


def _counts_on(line: OcrLine, lines: Sequence[OcrLine]) -> bool:
    """Tell whether another lone numeral stands above or below: 一 is then the first of them, and no dash."""
    return any(
        len(other.marks) == 1
        and other.marks[0].sign.text in NUMERALS
        and other.box.x0 < line.box.x1
        and other.box.x1 > line.box.x0
        for other in lines
    )


def _are_narrow(a: CharSpan, b: CharSpan) -> bool:
    return all(mark.sign.text.isascii() and mark.sign.text.isalnum() for mark in (a, b))


def _measure_widths(a: CharSpan, b: CharSpan, em: float) -> list[float]:
    """Measure how broad the ink of figures is, in sizes; a 1 tells nothing."""
    return [(mark.right - mark.left) / em for mark in (a, b) if mark.sign.text in "023456789"]


def _has_blank_between(a: CharSpan, b: CharSpan, em: float, narrow: float | None) -> bool:
    """Tell whether a blank stands between two characters; `narrow`: how broad figures are if half width is the rule."""
    left, right = a.sign.text, b.sign.text
    if _are_narrow(a, b):
        full = narrow is None or max(_measure_widths(a, b, em), default=0.0) >= BROADER * narrow
        # Letters of full width (ＵＩＪ) may be set closer than their squares: then there is little white between them.
        white = BLANK * em if left.isalpha() or right.isalpha() else 0.0
        return b.middle - a.middle > (1 + BLANK if full else HALF_WIDTH) * em and b.left - a.right > white
    inside = IN_MARK * (left in LEFT_HALF) + IN_MARK * (right in OPENERS)
    inside += BESIDE_MIDDLE * ((left in MIDDLES) + (right in MIDDLES))
    beside = (1 + is_wide(left) + 1 + is_wide(right)) / 4
    apart = b.middle - a.middle > (beside + APART + inside / 2) * em
    return apart and b.left - a.right > (BLANK + inside) * em


def _make_glyphs(line: OcrLine, texts: Sequence[str], size: float, scale: float, narrow: float | None) -> list[Glyph]:
    """Make a line's glyphs: each reaches to the border to the next, unless a blank is between them.

    The first and the last take their whole square, as in print, though their ink does not fill it.
    """
    _, top, _, bottom = line.box
    glyphs: list[Glyph] = []
    before: CharSpan | None = None
    for mark, behind, text in zip(line.marks, (*line.marks[1:], None), texts, strict=True):
        left, right = _find_square(mark, size * scale)
        start = mark.start if before else min(mark.start, left)
        if before and _has_blank_between(before, mark, size * scale, narrow):
            start = mark.left
            glyphs.append(_make_glyph(" ", before.right, top, start, bottom, size, scale))
        end = mark.end if behind else max(mark.end, right)
        if behind and _has_blank_between(mark, behind, size * scale, narrow):
            end = mark.right
        glyphs.append(_make_glyph(text, start, top, end, bottom, size, scale))
        before = mark
    return glyphs


def _find_square(mark: CharSpan, em: float) -> tuple[float, float]:
    """Find what a character takes of its line: the ink of a bracket or a point is in one half of its square.

    Signs of half width are recognised as wide ones too: such a one is taken to be as broad as its ink.
    """
    if not is_wide(mark.sign.text) or mark.sign.text in load_letters().wide:
        return mark.left, mark.right
    if mark.sign.text in LEFT_HALF:
        return mark.left, mark.left + em
    if mark.sign.text in OPENERS:
        return mark.right - em, mark.right
    return mark.middle - em / 2, mark.middle + em / 2


def _make_glyph(text: str, x0: float, top: float, x1: float, bottom: float, size: float, scale: float) -> Glyph:
    box = [round(side / scale, 3) for side in (x0, top, x1, bottom)]
    return Glyph(text, box[0], box[1], box[2], box[3], size, RECOGNISED)

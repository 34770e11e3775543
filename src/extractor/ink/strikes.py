"""Strikes: lines drawn through text delete it (見え消し): level, wavy, oblique or crossed, also those of reviewers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.document.geometry import Box, HasBox, centre_x, centre_y, height_of, width_of
from extractor.document.page import Glyph, Rule, Stroke

# A level line strikes a glyph that it crosses no further from its middle than this part of its height.
MIDDLE = 0.24
# A level or wavy line is no higher than this part of a glyph, an oblique one no higher than that.
LEVEL, OBLIQUE = 0.5, 2.0
# A strike reaches no further beyond its text than this part of the size, and its text is so much of it at the least.
BEYOND, SHARE = 1.2, 0.5
# Part of a glyph's width that a line must cross where it is the only one.
ACROSS = 0.7


def find_strikes(
    glyphs: Sequence[Glyph], strokes: Sequence[Stroke], rules: Sequence[Rule]
) -> tuple[set[int], list[Stroke]]:
    """Find the glyphs that lines strike out.

    Args:
        glyphs: The glyphs of a page.
        strokes: The lines that are drawn on it.
        rules: Its ruled lines; a line from one upright rule to another is of a table.

    Returns:
        The `id` of each glyph that is struck, and the lines that strike.
    """
    text = sorted((glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda glyph: glyph.top)
    highest = max((height_of(glyph) for glyph in text), default=0.0)
    uprights = [Box.of(rule).expand(1.5) for rule in rules if not rule.horizontal]
    struck: set[int] = set()
    found: list[Stroke] = []
    for stroke in strokes:
        box = bound_stroke(stroke)
        if box.width < 2 or box.height > OBLIQUE * highest or _is_ring(stroke):
            continue
        if _joins(stroke, uprights) and not stroke.annotation:
            continue
        near = [glyph for glyph in _list_between(text, box.top - highest, box.bottom) if glyph.bottom > box.top]
        hit = [glyph for glyph in near if _crosses(stroke, box, glyph)]
        if hit and (stroke.annotation or _is_of_text(box, hit)):
            struck |= {id(glyph) for glyph in hit}
            found.append(stroke)
    return struck, found


def bound_stroke(stroke: Stroke) -> Box:
    """Return the box around a line."""
    xs, ys = [x for x, _ in stroke.points], [y for _, y in stroke.points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def list_dots(stroke: Stroke, step: float) -> Iterator[Box]:
    """List points along a line, as boxes without size, no further apart than a step."""
    for (x0, y0), (x1, y1) in pairwise(stroke.points):
        count = int(max(abs(x1 - x0), abs(y1 - y0)) / step) + 1
        for at in range(count + 1):
            x, y = x0 + (x1 - x0) * at / count, y0 + (y1 - y0) * at / count
            yield Box(x, y, x, y)


def _list_between(text: Sequence[Glyph], top: float, bottom: float) -> list[Glyph]:
    """List the glyphs that begin between two heights."""
    low = bisect_left(text, top, key=lambda glyph: glyph.top)
    return list(text[low : bisect_left(text, bottom, key=lambda glyph: glyph.top)])


def _crosses(stroke: Stroke, box: HasBox, glyph: Glyph) -> bool:
    """Tell whether a line goes through a glyph: a level one through its middle, an oblique one anywhere in it."""
    x, high = centre_x(glyph), height_of(glyph)
    reach = MIDDLE if height_of(box) <= LEVEL * high else 0.5
    return any(
        min(x0, x1) <= x <= max(x0, x1)
        and abs((y0 if x0 == x1 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)) - centre_y(glyph)) <= reach * high
        for (x0, y0), (x1, y1) in pairwise(stroke.points)
    )


def _is_of_text(box: Box, hit: Sequence[Glyph]) -> bool:
    """Tell whether a line is as long as the text that it goes through: a rule of a table goes on beyond."""
    whole = Box.around(hit)
    beyond = BEYOND * max(glyph.size for glyph in hit)
    if whole.x0 - box.x0 > beyond or box.x1 - whole.x1 > beyond or box.height > OBLIQUE * height_of(hit[0]):
        return False
    if len(hit) == 1:
        return min(box.x1, whole.x1) - max(box.x0, whole.x0) >= ACROSS * width_of(hit[0])
    return sum(map(width_of, hit)) >= SHARE * box.width


def _is_ring(stroke: Stroke) -> bool:
    """Tell whether a line comes back to where it begins: it goes round text and not through it."""
    (x0, y0), (x1, y1) = stroke.points[0], stroke.points[-1]
    return len(stroke.points) > 2 and abs(x0 - x1) + abs(y0 - y1) < 2


def _joins(stroke: Stroke, uprights: Sequence[Box]) -> bool:
    """Tell whether a line goes from one upright rule to another."""
    return all(any(rule.contains_point(*end) for rule in uprights) for end in (stroke.points[0], stroke.points[-1]))

"""Wrap: did a line end because it was full, or because someone broke it there?

A typesetter moves to the next line what no longer fits. So a break was made on purpose where the next line's first
unbreakable piece would still have fitted (JIS X 4051: opening brackets stay with what follows, closing ones and
non-starters with what precedes, Latin words and figures in one piece).
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from extractor.document.geometry import gap_x, width_of
from extractor.document.page import RECOGNISED, Glyph
from extractor.grammar.characters import CLOSERS, OPENERS, POINTS
from extractor.layout.lines import TextLine

NON_STARTERS = (
    CLOSERS
    | POINTS
    | frozenset(
        ",.・：；:;？！?!ー々ゝゞ゛゜％%℃…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡､･ｰﾞﾟｧｨｩｪｫｬｭｮｯ‧\u3099\u309a"
    )
)

# In sizes: lines of one text stand no further apart from top to top; a gap this wide is one between columns.
FAR, COLUMN_GAP = 2.4, 2.0
# How inexactly the width of a line is known that was recognised in a picture, in sizes.
INEXACT = 0.7
FIGURE = re.compile(r"[△▲−-]?[0-9０-９,，.．]+")
SET_APART = re.compile(r"[(（【〔※]|[RHS]\d{1,2}\.\d")


def _is_in_word(glyph: Glyph) -> bool:
    """Tell whether a glyph is of a Latin word or of a figure."""
    return glyph.text.isascii() and (glyph.text.isalnum() or glyph.text in ".,/&'-")


def _find_first_unit(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Return the leading glyphs that a typesetter would not have parted."""
    end = sum(1 for _ in takewhile(lambda glyph: glyph.text in OPENERS, glyphs[:-1]))
    end += max(1, sum(1 for _ in takewhile(_is_in_word, glyphs[end:])))
    end += sum(1 for _ in takewhile(lambda glyph: glyph.text in NON_STARTERS, glyphs[end:]))
    return glyphs[:end]


def _measure_run(glyphs: Sequence[Glyph]) -> float:
    return glyphs[-1].x1 - glyphs[0].x0 if glyphs else 0.0


def was_broken_on_purpose(before: TextLine, after: TextLine, room: float) -> bool:
    """Tell whether a line ended though more had fitted.

    Args:
        before: The line.
        after: The next line.
        room: The width of the text, in points.

    Returns:
        True where the first unit of `after` would have fitted behind `before`.
    """
    inexact = INEXACT * before.size if before.glyphs[-1].font == RECOGNISED else 0.0
    return width_of(before) + _measure_run(_find_first_unit(after.glyphs)) <= room - inexact


def find_joint(before: TextLine, after: TextLine, room: float) -> str:
    """Find what stands between two lines of one paragraph or cell once joined.

    A space where the break was made on purpose, and between two Latin words or figures, unless they are one that is
    longer than the room. So figures are never pushed together into a number that was not printed.

    Args:
        before: The upper line.
        after: The lower line.
        room: The width of the text, in points.

    Returns:
        A space, or nothing.
    """
    if was_broken_on_purpose(before, after, room):
        return " "
    tail = list(takewhile(_is_in_word, reversed(before.glyphs)))[::-1]
    head = list(takewhile(_is_in_word, after.glyphs))
    return " " if tail and head and _measure_run(tail) + _measure_run(head) <= room else ""


def _are_apart(before: TextLine, after: TextLine) -> bool:
    """Tell whether two lines of a cell are no wrapped text.

    They are none if they are far from each other, not one under the other, or set in columns. Wrapped text begins again
    where it began, ends where it ended (as a figure set to the right does), or is centred; and no wide gap is left in a
    line that is full.
    """
    size = after.size
    if after.top - before.top > FAR * size:
        return True
    if any(gap_x(a, b) > COLUMN_GAP * size for a, b in pairwise(before.glyphs)):
        return True
    centred = abs((before.x0 + before.x1) - (after.x0 + after.x1)) <= size
    flush = abs(before.x1 - after.x1) <= size / 2 and not FIGURE.fullmatch(after.text)
    return after.x0 - before.x0 > COLUMN_GAP * size and not centred and not flush


def join_lines(lines: list[TextLine], room: float) -> str:
    """Join the lines of a cell.

    A blank at a line's end leaves no trace on the page. What is set apart by one wherever cells are written (a bracket
    after the name, a ※ note, a date like R6.2.29) is set apart here too when it begins a line.

    Args:
        lines: The lines, top to bottom.
        room: The width of the cell's text, in points.

    Returns:
        The text; blank without lines.
    """
    text = lines[0].text if lines else ""
    for before, after in pairwise(lines):
        blank = " " if SET_APART.match(after.text) or _are_apart(before, after) else ""
        text += (find_joint(before, after, room) or blank) + after.text
    return text

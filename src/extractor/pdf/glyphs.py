"""Glyphs out of the characters that are set on a page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import atan2, ceil, degrees, floor, inf, isfinite, log2

from extractor.document.geometry import Box, width_of
from extractor.document.page import Glyph
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.page_marks import PageFrame, PageMarks
from extractor.pdf.set_text import SetCharacter

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LONGEST_TEXT = 16  # characters that one glyph may stand for
SIDEWAYS = 0.6  # part of a page's glyphs that are set sideways where the page is
UPRIGHT = 50  # glyphs that stand under one another, at the least

# How far an ideograph's square reaches below the line, in sizes: the default of OpenType's ideographic em box.
DESCENT = 0.12

_NO_MEANING = re.compile(r"\(cid:\d+\)")


def extract_glyphs(marks: PageMarks, frame: PageFrame, notes: DamageNotes) -> tuple[Glyph, ...]:
    """Give the visible glyphs in file order.

    Each of those that were printed twice is given only once.

    Args:
        marks: The page's marks.
        frame: Its visible part.
        notes: What is said of glyphs that could not be read, or not surely.

    Returns:
        Glyphs in points from the top left of the visible part.
    """
    found = []
    doubled: set[int] = set()  # ids of those that were printed twice: what is drawn there is no single glyph
    seen: dict[tuple[str, int, int, int], list[Glyph]] = {}
    for char in marks.characters:
        box = frame.shift_box(marks.turn_box(char.box))
        if not all(map(isfinite, box)):
            notes.add_note("damaged-page.no-place")
        elif frame.box.contains_centre(box):
            glyph = _make_glyph(char, box)
            if not width_of(glyph) and not glyph.text.isspace() and not _needs_no_room(glyph.text):
                # Such glyphs stand on each other: 11 would look like a 1 that was printed twice.
                notes.add_note("damaged-page.no-width")
                found.append(glyph)
            elif (before := _find_printed_before(glyph, seen)) is None:
                found.append(glyph)
            else:
                doubled.add(id(before))
    if unknown := sum(glyph.text == UNKNOWN for glyph in found):
        notes.add_note("damaged-page.no-meaning", count=unknown)
    return tuple(replace(glyph, shape=None) if id(glyph) in doubled else glyph for glyph in found)


def _make_glyph(char: SetCharacter, box: Box) -> Glyph:
    x0, top, x1, bottom = (round(side, 3) + 0.0 for side in box)
    a, b, c, d, _, y = char.matrix
    turned = abs(a) + abs(d) < abs(b) + abs(c)
    size = char.size if not turned else x1 - x0
    baseline = None
    if not turned and d > 0:
        baseline = round(bottom - (y + d * char.rise - char.box.top), 3)
        if abs(char.box.top - y) < 0.01 * size:
            # The font does not say how far it reaches below the line (word processors write 0).
            top, bottom = round(top + DESCENT * size, 3), round(bottom + DESCENT * size, 3)
    return Glyph(
        read_meaning(char.text),
        x0,
        top,
        x1,
        bottom,
        round(size, 3),
        char.font,
        baseline=baseline,
        angle=round(degrees(atan2(b, a)), 1) + 0.0,
        ink=round(char.ink, 2),
        watermark=char.watermark,
        shape=char.shape,
        annotation=char.annotation,
    )


def read_meaning(text: str) -> str:
    r"""Give what a glyph stands for.

    It is U+FFFD if the file does not say, or says nothing that can be printed.

    >>> read_meaning("年"), read_meaning("\t"), {read_meaning("(cid:12)"), read_meaning("\x07")} == {UNKNOWN}
    ('年', ' ', True)
    """
    if not text or len(text) > LONGEST_TEXT or _NO_MEANING.fullmatch(text):
        return UNKNOWN
    if text in "\t\n\r\f\v":
        return " "
    if any(unicodedata.category(char) in ("Cc", "Co", "Cs") or ord(char) & 0xFFFE == 0xFFFE for char in text):
        return UNKNOWN
    return text


def is_set_upright(found: Sequence[Glyph]) -> bool:
    """Tell whether most of a page's text runs down in upright lines.

    In these each glyph stands right under the one before. Shorter runs of this kind are the heads of narrow columns.
    """
    inked = [glyph for glyph in found if not glyph.text.isspace()]
    down = sum(
        abs(after.x0 - before.x0) < 0.2 * after.size and 0.5 * after.size < after.top - before.top < 2.5 * after.size
        for before, after in pairwise(inked)
    )
    return down > max(UPRIGHT, len(inked) / 2)


def find_sideways_turn(found: Sequence[Glyph]) -> int:
    """Find by how many degrees with the clock a page must be turned so that most of its text stands upright.

    Returns:
        0, 90 or 270. A page of few letters stays as it is.
    """
    angles = Counter(glyph.angle % 360 for glyph in found if glyph.text.strip())
    angle, count = angles.most_common(1)[0] if angles else (0.0, 0)
    is_sideways = angle in (90.0, 270.0) and count > max(UPRIGHT, SIDEWAYS * angles.total())
    return int(angle) if is_sideways else 0


def _needs_no_room(text: str) -> bool:
    """Tell whether a glyph needs no room of its own: a combining mark, or a character without ink."""
    return all(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)


def _find_printed_before(glyph: Glyph, seen: dict[tuple[str, int, int, int], list[Glyph]]) -> Glyph | None:
    """Find the same glyph at nearly the same place: bold by overprinting, or a shadow."""
    near = _measure_nearness(glyph)
    # Cells a power of two wide, at least as wide as near is: one holds few glyphs that are not near each other.
    level = ceil(log2(near)) if near > 0 else -20
    column, row = (floor(at / 2.0**level) for at in (glyph.x0, glyph.top))
    for cell in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
        for other in seen.get((glyph.text, level, *cell), ()):
            if abs(other.x0 - glyph.x0) <= near and abs(other.top - glyph.top) <= near:
                return other
    seen.setdefault((glyph.text, level, column, row), []).append(glyph)
    return None


def _measure_nearness(glyph: Glyph) -> float:
    """Measure how far from a glyph, in points, its second print may be.

    It is less than a fifth of the size, and less than two fifths of the glyph, so that no two neighbours are near, and
    the third of three copies still is.
    """
    return min(2.0, 0.2 * glyph.size if glyph.size > 0 else inf, 0.4 * (glyph.x1 - glyph.x0) or inf)

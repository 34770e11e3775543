"""Glyphs, rules and pictures out of a page's objects."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import ceil, floor, hypot, inf, isfinite, log2, radians, tan
from typing import Any

from extractor.document.geometry import Box, centre_x, centre_y, width_of
from extractor.document.page import Glyph, Rule
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.pdfplumber_adapter import PdfPage

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LONGEST_TEXT = 16  # characters that one glyph may stand for
THICKEST_RULE = 2.5  # points, of a filled area
THICKEST_STROKE = 6.0  # points: what is drawn wider is an area
UPRIGHT = 50  # glyphs that stand under one another, at the least
SMALLEST_PICTURE = 2.0  # points a side

# How far an ideograph's square reaches below the line, in sizes: the default of OpenType's ideographic em box.
DESCENT = 0.12

_SLOPE = tan(radians(1))
_NO_MEANING = re.compile(r"\(cid:\d+\)")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible part of a page: where it begins, in pdfplumber's coordinates, and its box from there."""

    left: float
    top: float
    box: Box

    @classmethod
    def from_page(cls, sheet: PdfPage) -> "PageFrame":
        """Find the visible part of a page."""
        height = sheet.layout.height
        x0, y0, x1, y1 = sheet.view
        return cls(sheet.bbox[0] + x0, sheet.bbox[1] + height - y1, Box(0.0, 0.0, x1 - x0, y1 - y0))

    def shift_box(self, box: Box) -> Box:
        """Give a box from the top left of the visible part."""
        return Box(box.x0 - self.left, box.top - self.top, box.x1 - self.left, box.bottom - self.top)


def _box_of(thing: dict[str, Any]) -> Box:
    return Box(thing["x0"], thing["top"], thing["x1"], thing["bottom"])


def extract_glyphs(sheet: PdfPage, frame: PageFrame, notes: DamageNotes) -> tuple[Glyph, ...]:
    """Give the visible glyphs in file order.

    Each of those that were printed twice is given only once.

    Args:
        sheet: The page.
        frame: Its visible part.
        notes: What is said of glyphs that could not be read, or not surely.

    Returns:
        Glyphs in points from the top left of the visible part.
    """
    found = []
    seen: dict[tuple[str, int, int, int], list[Glyph]] = {}
    for char in sheet.chars:
        box = frame.shift_box(_box_of(char))
        if not all(map(isfinite, box)):
            notes.add_note("damaged-page.no-place")
        elif frame.box.contains_centre(box):
            glyph = _make_glyph(char, box)
            if not width_of(glyph) and not glyph.text.isspace() and not _needs_no_room(glyph.text):
                # Such glyphs stand on each other: 11 would look like a 1 that was printed twice.
                notes.add_note("damaged-page.no-width")
                found.append(glyph)
            elif not _printed_before(glyph, seen):
                found.append(glyph)
    if unknown := sum(glyph.text == UNKNOWN for glyph in found):
        notes.add_note("damaged-page.no-meaning", count=unknown)
    return tuple(found)


def _make_glyph(char: dict[str, Any], box: Box) -> Glyph:
    x0, top, x1, bottom = (round(side, 3) + 0.0 for side in box)
    a, b, c, d = char["matrix"][:4]
    turned = abs(a) + abs(d) < abs(b) + abs(c)
    size = char["size"] if not turned else x1 - x0
    if not turned and d > 0 and abs(char["y0"] - char["matrix"][5]) < 0.01 * size:
        # The font does not say how far it reaches below the line (word processors write 0).
        top, bottom = round(top + DESCENT * size, 3), round(bottom + DESCENT * size, 3)
    return Glyph(read_meaning(char["text"]), x0, top, x1, bottom, round(size, 3), str(char["fontname"]))


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


def _needs_no_room(text: str) -> bool:
    """Tell whether a glyph needs no room of its own: a combining mark, or a character without ink."""
    return all(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)


def _printed_before(glyph: Glyph, seen: dict[tuple[str, int, int, int], list[Glyph]]) -> bool:
    """Tell whether the same glyph stands at nearly the same place: bold by overprinting, or a shadow."""
    near = _measure_nearness(glyph)
    # Cells a power of two wide, at least as wide as near is: one holds few glyphs that are not near each other.
    level = ceil(log2(near)) if near > 0 else -20
    column, row = (floor(at / 2.0**level) for at in (glyph.x0, glyph.top))
    for cell in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
        for other in seen.get((glyph.text, level, *cell), ()):
            if abs(other.x0 - glyph.x0) <= near and abs(other.top - glyph.top) <= near:
                return True
    seen.setdefault((glyph.text, level, column, row), []).append(glyph)
    return False


def _measure_nearness(glyph: Glyph) -> float:
    """Measure how far from a glyph, in points, its second print may be.

    It is less than a fifth of the size, and less than two fifths of the glyph, so that no two neighbours are near, and
    the third of three copies still is.
    """
    return min(2.0, 0.2 * glyph.size if glyph.size > 0 else inf, 0.4 * (glyph.x1 - glyph.x0) or inf)


def extract_rules(sheet: PdfPage, frame: PageFrame) -> tuple[Rule, ...]:
    """Give the visible ruled lines, each once.

    Args:
        sheet: The page.
        frame: Its visible part.

    Returns:
        Segments without thickness, in points from the top left of the visible part.
    """
    segments = (segment for thing in (*sheet.lines, *sheet.rects, *sheet.curves) for segment in _list_segments(thing))
    clipped = (_clip_segment(frame.shift_box(segment), frame.box) for segment in segments)
    return tuple(dict.fromkeys(filter(None, clipped)))


def _list_segments(thing: dict[str, Any]) -> Iterator[Box]:
    """Give the straight lines that an object draws, as boxes without thickness."""
    plain = _box_of(thing)
    # A line without length is the dot that its pen makes.
    is_point = thing["stroke"] and plain[:2] == plain[2:]
    box = plain.expand(_measure_stroke(thing) / 2 if is_point else 0.0)
    if not all(map(isfinite, box)):
        return
    if _is_area(thing) and _is_narrow(box):
        yield _level_line(box) if box.width >= box.height else _upright_line(box)
    elif (thing["fill"] or box != plain) and 0 < max(box.width, box.height) <= THICKEST_RULE:
        # Part of a level or of an upright line: only its neighbours tell which.
        yield _level_line(box)
        yield _upright_line(box)
    elif thing["stroke"] and (thing["object_type"] == "rect" or _measure_stroke(thing) <= THICKEST_STROKE):
        yield from filter(None, (_straighten_step(*ends) for ends in _list_straight_steps(thing["path"])))


def _measure_stroke(thing: dict[str, Any]) -> float:
    return float(thing["linewidth"] or 0)


def _is_area(thing: dict[str, Any]) -> bool:
    """Tell whether an object is an area with straight sides, which is a ruled line where it is narrow."""
    kind = thing["object_type"]
    straight = not any(step[0] in ("c", "v", "y") for step in thing["path"])
    return bool(kind != "line" and (thing["fill"] or kind == "rect") and straight)


def _is_narrow(box: Box) -> bool:
    thin, long = sorted((box.width, box.height))
    return thin <= THICKEST_RULE and long > 2 * thin


def _level_line(box: Box) -> Box:
    """Give the line through the middle of a box, from left to right."""
    return Box(box.x0, centre_y(box), box.x1, centre_y(box))


def _upright_line(box: Box) -> Box:
    """Give the line through the middle of a box, from top to bottom."""
    return Box(centre_x(box), box.top, centre_x(box), box.bottom)


def _list_straight_steps(path: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Point, Point]]:
    """Give the ends of each straight step of a path."""
    start = here = (inf, inf)
    for command, *points in path:
        there = start if command == "h" else points[-1]
        if command in ("l", "h"):
            yield here, there
        if command == "m":
            start = there
        here = there


def _straighten_step(one: Point, other: Point) -> Box | None:
    """Give a step as a box without thickness if it is level or upright, within a degree."""
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    box = Box(x0, y0, x1, y1)
    if not all(map(isfinite, box)) or hypot(box.width, box.height) == 0:
        return None
    if box.height <= _SLOPE * box.width:
        return _level_line(box)
    return _upright_line(box) if box.width <= _SLOPE * box.height else None


def _clip_segment(segment: Box, view: Box) -> Rule | None:
    """Give the part of a segment that is on the page."""
    x0, x1 = max(0.0, segment.x0), min(view.x1, segment.x1)
    y0, y1 = max(0.0, segment.top), min(view.bottom, segment.bottom)
    return Rule(*(round(side, 3) + 0.0 for side in (x0, y0, x1, y1))) if x0 <= x1 and y0 <= y1 else None


def extract_pictures(sheet: PdfPage, frame: PageFrame) -> tuple[tuple[tuple[float, float, float, float], ...], float]:
    """Give the boxes of the pictures, as far as they are visible.

    Args:
        sheet: The page.
        frame: Its visible part.

    Returns:
        The boxes, in points; and how much of the visible page they cover (1: all of it).
    """
    boxes = [frame.shift_box(_box_of(image)).intersection(frame.box) for image in sheet.images]
    found = [box for box in boxes if box and min(box.width, box.height) >= SMALLEST_PICTURE]
    covered = min(1.0, sum(box.area for box in found) / frame.box.area)
    return tuple(box.rounded(3) for box in found), round(covered, 3)

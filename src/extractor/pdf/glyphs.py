"""Glyphs, rules and pictures out of a page's objects."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import ceil, floor, hypot, inf, isfinite, log2, radians, tan
from typing import Any

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

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible part of a page, in pdfplumber's coordinates."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def from_page(cls, sheet: PdfPage) -> "PageFrame":
        """Find the visible part of a page."""
        height = sheet.layout.height
        x0, y0, x1, y1 = sheet.view
        return cls(sheet.bbox[0] + x0, sheet.bbox[1] + height - y1, x1 - x0, y1 - y0)

    def locate(self, thing: dict[str, Any]) -> Box:
        """Give an object's box from the top left of the visible part."""
        x0, x1 = thing["x0"] - self.left, thing["x1"] - self.left
        return (x0, thing["top"] - self.top, x1, thing["bottom"] - self.top)

    def contains_middle(self, box: Box) -> bool:
        """Tell whether the middle of a box is visible."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return 0 <= x <= self.width and 0 <= y <= self.height


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
        box = frame.locate(char)
        if not all(map(isfinite, box)):
            notes.add_note("damaged-page.no-place")
        elif frame.contains_middle(box):
            glyph = _make_glyph(char, box)
            if glyph.x0 == glyph.x1 and not glyph.text.isspace() and not _has_no_width(glyph.text):
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


def _has_no_width(text: str) -> bool:
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
    found: dict[Rule, None] = {}
    for thing in (*sheet.lines, *sheet.rects, *sheet.curves):
        for x0, y0, x1, y1 in _list_segments(thing):
            box = (x0 - frame.left, y0 - frame.top, x1 - frame.left, y1 - frame.top)
            if rule := _clip_segment(box, frame):
                found[rule] = None
    return tuple(found)


def _list_segments(thing: dict[str, Any]) -> Iterator[Box]:
    """Give the straight lines that an object draws, as boxes without thickness."""
    kind = thing["object_type"]
    box = _measure_inked_box(thing)
    if not all(map(isfinite, box)):
        return
    if _is_area(thing) and (thin := _find_middle_line(box)):
        yield thin
    elif _is_dot(thing, box):
        # Part of a level or of an upright line: only its neighbours tell which.
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        yield (box[0], y, box[2], y)
        yield (x, box[1], x, box[3])
    elif thing["stroke"] and (kind == "rect" or _measure_stroke(thing) <= THICKEST_STROKE):
        yield from filter(None, (_straighten_step(*ends) for ends in _list_straight_steps(thing["path"])))


def _measure_inked_box(thing: dict[str, Any]) -> Box:
    """Give an object's box; of a line without length, the dot that its pen makes."""
    x0, top, x1, bottom = thing["x0"], thing["top"], thing["x1"], thing["bottom"]
    half = _measure_stroke(thing) / 2 if thing["stroke"] and (x0, top) == (x1, bottom) else 0.0
    return (x0 - half, top - half, x1 + half, bottom + half)


def _is_dot(thing: dict[str, Any], box: Box) -> bool:
    drawn = thing["fill"] or box != (thing["x0"], thing["top"], thing["x1"], thing["bottom"])
    return drawn and 0 < max(box[2] - box[0], box[3] - box[1]) <= THICKEST_RULE


def _measure_stroke(thing: dict[str, Any]) -> float:
    return float(thing["linewidth"] or 0)


def _is_area(thing: dict[str, Any]) -> bool:
    """Tell whether an object is an area with straight sides, which is a ruled line where it is narrow."""
    kind = thing["object_type"]
    straight = not any(step[0] in ("c", "v", "y") for step in thing["path"])
    return bool(kind != "line" and (thing["fill"] or kind == "rect") and straight)


def _find_middle_line(box: Box) -> Box | None:
    """Give the middle line of a narrow box."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if min(width, height) > THICKEST_RULE or max(width, height) <= 2 * min(width, height):
        return None
    if width >= height:
        return (x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return ((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


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
    if not all(map(isfinite, (x0, y0, x1, y1))) or hypot(x1 - x0, y1 - y0) == 0:
        return None
    if y1 - y0 <= _SLOPE * (x1 - x0):
        return (x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    if x1 - x0 <= _SLOPE * (y1 - y0):
        return ((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return None


def _clip_segment(box: Box, frame: PageFrame) -> Rule | None:
    """Give the part of a segment that is on the page."""
    x0, x1 = max(0.0, box[0]), min(frame.width, box[2])
    y0, y1 = max(0.0, box[1]), min(frame.height, box[3])
    return Rule(*(round(side, 3) + 0.0 for side in (x0, y0, x1, y1))) if x0 <= x1 and y0 <= y1 else None


def extract_pictures(sheet: PdfPage, frame: PageFrame) -> tuple[tuple[Box, ...], float]:
    """Give the boxes of the pictures, as far as they are visible.

    Args:
        sheet: The page.
        frame: Its visible part.

    Returns:
        The boxes, in points; and how much of the visible page they cover (1: all of it).
    """
    found, area = [], 0.0
    for image in sheet.images:
        x0, y0, x1, y1 = frame.locate(image)
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, frame.width), min(y1, frame.height)
        if min(x1 - x0, y1 - y0) >= SMALLEST_PICTURE:
            found.append((round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)))
            area += (x1 - x0) * (y1 - y0)
    return tuple(found), round(min(1.0, area / (frame.width * frame.height)), 3)

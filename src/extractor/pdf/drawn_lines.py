"""Ruled lines, strokes, coloured grounds and pictures out of the paths and pictures that are drawn on a page."""

from collections.abc import Iterable, Iterator
from math import hypot, inf, isfinite, radians, tan
from typing import Any

from extractor.document.geometry import Box, centre_x, centre_y
from extractor.document.page import Rule, Stroke
from extractor.pdf.page_marks import PageFrame, PageMarks, PaintedPath

THICKEST_RULE = 2.5  # points, of a filled area
MOST_STROKES, LONGEST_STROKE = 5_000, 400  # a page; steps
THICKEST_STROKE = 6.0  # points: what is drawn wider is an area
SMALLEST_PICTURE = 2.0  # points a side

_SLOPE = tan(radians(1))

Point = tuple[float, float]


def extract_rules(marks: PageMarks, frame: PageFrame) -> tuple[Rule, ...]:
    """Give the visible ruled lines, each once.

    Args:
        marks: The page's marks.
        frame: Its visible part.

    Returns:
        Segments without thickness, in points from the top left of the visible part.
    """
    segments = (segment for path in marks.paths for segment in _list_segments(path))
    clipped = (_clip_segment(frame.shift_box(segment), frame.box) for segment in segments)
    return tuple(dict.fromkeys(filter(None, clipped)))


def _list_segments(path: PaintedPath) -> Iterator[Box]:
    """Give the straight lines that an object draws, as boxes without thickness."""
    plain = path.box
    # A line without length is the dot that its pen makes.
    is_point = path.stroke and plain[:2] == plain[2:]
    box = plain.expand(path.pen / 2 if is_point else 0.0)
    if not all(map(isfinite, box)):
        return
    if _is_area(path) and _is_narrow(box):
        yield _level_line(box) if box.width >= box.height else _upright_line(box)
    elif (path.fill or box != plain) and 0 < max(box.width, box.height) <= THICKEST_RULE:
        # Part of a level or of an upright line: only its neighbours tell which.
        yield _level_line(box)
        yield _upright_line(box)
    elif path.stroke and (path.is_rect or path.pen <= THICKEST_STROKE):
        yield from filter(None, (_straighten_step(*ends) for ends in _list_straight_steps(path.path)))


def _is_area(path: PaintedPath) -> bool:
    """Tell whether an object is an area with straight sides, which is a ruled line where it is narrow."""
    straight = not any(step[0] in ("c", "v", "y") for step in path.path)
    return not path.is_line and (path.fill or path.is_rect) and straight


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


def extract_strokes(marks: PageMarks, frame: PageFrame) -> tuple[Stroke, ...]:
    """Give the lines that are drawn, level or not, and narrow areas.

    Args:
        marks: The page's marks.
        frame: Its visible part.

    Returns:
        The lines in points from the top left of the visible part: no more than MOST_STROKES of no more than
        LONGEST_STROKE steps.
    """
    found: list[Stroke] = []
    for path in marks.paths:
        box = path.box
        if not all(map(isfinite, box)) or len(found) >= MOST_STROKES:
            continue
        if path.fill and _is_narrow(box) and box.width > box.height:
            level = _level_line(frame.shift_box(box))
            found.append(Stroke((level[:2], level[2:]), path.annotation))
        elif path.stroke and not path.is_rect and len(path.path) <= LONGEST_STROKE:
            found.extend(Stroke(line, path.annotation) for line in _list_lines(path.path, frame))
    return tuple(found)


def _list_lines(path: Iterable[tuple[Any, ...]], frame: PageFrame) -> Iterator[tuple[Point, ...]]:
    """List the lines of a path; of a curve its middle and its end."""
    line: list[Point] = []
    for command, *points in path:
        if command == "m":
            yield from [tuple(line)] if len(line) > 1 else []
            line = []
        shifted = [(float(x) - frame.left, float(y) - frame.top) for x, y in points]
        if command == "c" and line:
            # Where a curve of the third degree is half-way.
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = line[-1], *shifted
            line.append(((ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8))
        line += shifted[-1:]
    yield from [tuple(line)] if len(line) > 1 else []


def extract_fills(marks: PageMarks, frame: PageFrame) -> tuple[tuple[float, float, float, float], ...]:
    """Give the boxes of the coloured grounds, each once.

    Args:
        marks: The page's marks.
        frame: Its visible part.

    Returns:
        The visible part of each filled rectangle that is neither white nor as narrow as a rule, in points.
    """
    grounds = (path.box for path in marks.paths if path.is_rect and path.fill and not _is_paper(path.colour))
    boxes = (frame.shift_box(box).intersection(frame.box) for box in grounds if all(map(isfinite, box)))
    wide = (box for box in boxes if box and min(box.width, box.height) > THICKEST_RULE)
    return tuple(dict.fromkeys(box.rounded(3) for box in wide))


def _is_paper(colour: object) -> bool:
    """Tell whether a fill is white, in whatever space; a colour that is not known is none."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return max(parts) <= 0.02 if len(parts) == 4 else min(parts, default=0) >= 0.98


def extract_pictures(marks: PageMarks, frame: PageFrame) -> tuple[tuple[tuple[float, float, float, float], ...], float]:
    """Give the boxes of the pictures, as far as they are visible.

    Args:
        marks: The page's marks.
        frame: Its visible part.

    Returns:
        The boxes, in points; and how much of the visible page they cover (1: all of it).
    """
    boxes = [frame.shift_box(picture).intersection(frame.box) for picture in marks.pictures]
    found = [box for box in boxes if box and min(box.width, box.height) >= SMALLEST_PICTURE]
    covered = min(1.0, sum(box.area for box in found) / frame.box.area)
    return tuple(box.rounded(3) for box in found), round(covered, 3)

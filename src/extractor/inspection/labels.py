"""Labels: what the margins say of a page's parts and findings, and what its legend says of colours."""

from collections.abc import Sequence
from itertools import groupby

from extractor.inspection.colours import CELL, KINDS, RULE, SEVERITIES, VALUES
from extractor.inspection.margins import Legend, Tag
from extractor.inspection.overlay import ToPixels
from extractor.inspection.parts import Box, Flag, Part

# Pixels beside the outermost text in which its bracket and number stand: no line leads farther in, over the text.
BESIDE = 24


def tags(parts: Sequence[Part], flags: Sequence[Flag], pixels: ToPixels) -> tuple[list[Tag], list[Tag]]:
    """The labels of the left margin (paragraphs, tables, furniture) and of the right one (rows, findings)."""
    boxes = [pixels(part.box) for part in parts] + [pixels(box) for flag in flags for box in flag.boxes]
    inner = min((box[0] for box in boxes), default=0.0) - BESIDE, max((box[2] for box in boxes), default=0.0) + BESIDE
    left: list[Tag] = []
    right: list[Tag] = []
    for part in parts:
        _, top, _, bottom = pixels(part.box)
        colour = KINDS[part.kind][0]
        if not part.is_row:
            number = f"{part.number}  " if part.number else ""
            left.append(Tag(f"{number}{part.label}", colour, inner[0], top))
        elif part.label:
            right.append(Tag(part.label, colour, inner[1], (top + bottom) / 2))
    for named, box in _together(parts, flags):
        finding = named[0].finding
        _, top, _, bottom = pixels(box)
        text = f"{_names([flag.number for flag in named])} {finding.code}"
        right.append(Tag(text, SEVERITIES[finding.severity], inner[1], (top + bottom) / 2))
    return left, right


def _together(parts: Sequence[Part], flags: Sequence[Flag]) -> list[tuple[list[Flag], Box]]:
    """Findings of one code in one row of a table as one, with the box that they are about; all others alone."""
    rows = [part.box for part in parts if part.is_row]
    found: dict[tuple[str, Box], list[Flag]] = {}
    for flag in flags:
        box = flag.boxes[0]
        row = next((row for row in rows if _within(box, row)), None)
        found.setdefault((flag.finding.code, row or box), []).append(flag)
    return [(named, box) for (_, box), named in found.items()]


def _within(box: Box, row: Box) -> bool:
    return row[0] <= box[0] and row[1] <= box[1] and box[2] <= row[2] and box[3] <= row[3]


def _names(numbers: Sequence[int]) -> str:
    """Names of findings, those that follow each other as a range.

    >>> _names([1, 2, 3, 7])
    'F1-F3 F7'
    """
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    ]
    return " ".join(f"F{run[0]}-F{run[-1]}" if len(run) > 1 else f"F{run[0]}" for run in runs)


def legend(parts: Sequence[Part], flags: Sequence[Flag]) -> list[Legend]:
    """What the colours on this page mean."""
    kinds = {part.kind for part in parts}
    statuses = {status for part in parts for _, status in part.values}
    severities = {flag.finding.severity for flag in flags}
    rows: list[Legend] = [
        [("Found:", None), ("ruled line", RULE), ("cell; ticks are the edges of rows and columns", CELL)],
        [("Read as:", None), *((words, colour) for kind, (colour, words) in KINDS.items() if kind in kinds)],
    ]
    if statuses:
        rows.append([("Values:", None), *((name, one) for name, one in VALUES.items() if name in statuses)])
    if flags:
        rows.append([("Findings:", None), *((name, one) for name, one in SEVERITIES.items() if name in severities)])
    return rows

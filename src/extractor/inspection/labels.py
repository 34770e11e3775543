"""Labels: what the margins say of a page's parts and findings.

They are also what the legend says of colours.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, groupby
from typing import TypeVar

from extractor.document.geometry import Box
from extractor.inspection.colours import CELL, KINDS, RULE, SEVERITIES, VALUES, Colour
from extractor.inspection.margins import LegendRow, MarginTag
from extractor.inspection.overlay import ToPixels
from extractor.inspection.parts import PageFinding, PagePart

# Pixels beside the outermost text in which its bracket and number stand: no line leads farther in, over the text.
BESIDE = 24
_Name = TypeVar("_Name", bound=str)


def list_tags(
    parts: Sequence[PagePart], findings: Sequence[PageFinding], to_pixels: ToPixels
) -> tuple[list[MarginTag], list[MarginTag]]:
    """List the labels of both margins.

    Args:
        parts: What stands on the page.
        findings: The findings that touch the page.
        to_pixels: How a box of the page becomes one of its picture.

    Returns:
        The labels of the left margin (paragraphs, tables, furniture) and of the right one (rows, findings).
    """
    boxes = list(map(to_pixels, [*(part.box for part in parts), *chain.from_iterable(one.boxes for one in findings)]))
    around = Box.around(boxes) if boxes else Box(0, 0, 0, 0)
    inner_left, inner_right = around.x0 - BESIDE, around.x1 + BESIDE
    left: list[MarginTag] = []
    right: list[MarginTag] = []
    for part in parts:
        box, colour = to_pixels(part.box), KINDS[part.kind][0]
        if not part.is_row:
            number = f"{part.number}  " if part.number else ""
            left.append(MarginTag(f"{number}{part.label}", colour, inner_left, box.top))
        elif part.label:
            right.append(MarginTag(part.label, colour, inner_right, box.centre[1]))
    for group, place in _group_findings(parts, findings):
        finding = group[0].finding
        text = f"{_join_finding_names([found.number for found in group])} {finding.code}"
        right.append(MarginTag(text, SEVERITIES[finding.severity], inner_right, to_pixels(place).centre[1]))
    return left, right


def _group_findings(parts: Sequence[PagePart], findings: Sequence[PageFinding]) -> list[tuple[list[PageFinding], Box]]:
    """Group findings of one code in one row of a table, with the row's box; leave all others alone."""
    rows = [part.box for part in parts if part.is_row]
    groups: dict[tuple[str, Box], list[PageFinding]] = {}
    for found in findings:
        box = found.boxes[0]
        row = next((row for row in rows if row.contains(box)), None)
        groups.setdefault((found.finding.code, row or box), []).append(found)
    return [(group, box) for (_, box), group in groups.items()]


def _join_finding_names(numbers: Sequence[int]) -> str:
    """Join the names of findings, those that follow each other as a range.

    >>> _join_finding_names([1, 2, 3, 7])
    'F1-F3 F7'
    """
    runs = [list(run) for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])]
    return " ".join(f"F{run[0][1]}-F{run[-1][1]}" if len(run) > 1 else f"F{run[0][1]}" for run in runs)


def list_legend(parts: Sequence[PagePart], findings: Sequence[PageFinding]) -> list[LegendRow]:
    """List what the colours on a page mean.

    Args:
        parts: What stands on the page.
        findings: The findings that touch it.

    Returns:
        The legend's rows, each beginning with its heading.
    """
    words = {meaning: colour for colour, meaning in KINDS.values()}
    statuses = {status for part in parts for _, status in part.values}
    rows: list[LegendRow] = [
        [("Found:", None), ("ruled line", RULE), ("cell; ticks are the edges of rows and columns", CELL)],
        [("Read as:", None), *_pick_colours(words, {KINDS[part.kind][1] for part in parts})],
    ]
    if statuses:
        rows.append([("Values:", None), *_pick_colours(VALUES, statuses)])
    if findings:
        rows.append([("Findings:", None), *_pick_colours(SEVERITIES, {found.finding.severity for found in findings})])
    return rows


def _pick_colours(colours: Mapping[_Name, Colour], names: Collection[str]) -> list[tuple[_Name, Colour]]:
    """Pick the colours with these names, in the order of the table."""
    return [(name, colour) for name, colour in colours.items() if name in names]

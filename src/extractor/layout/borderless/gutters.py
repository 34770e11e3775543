"""Gutters: the white between columns, from top to bottom, where nothing rules them.

Lines with the gaps in them → the run of lines that may be one table → the gutters that all of it leaves white.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from unicodedata import category

from extractor.document.geometry import height_of
from extractor.layout.borderless.rows import RowFragment, are_beside
from extractor.layout.lines import TextLine
from extractor.layout.regions.cut import LARGER
from extractor.layout.runs import split_into_runs

# In sizes. A line is set in columns where a gap is more than WIDE (an ideographic space is 1.0); white of more than
# NARROW may part columns once they are known (justified lines share out less than this between glyphs).
WIDE, NARROW = 1.2, 0.3
# Over more white than this, a bracket is closed in another column than it was opened in: each belongs to a thing that
# goes on in another line (事業（県外からの誘 | 民局）).
BRACKETED = 4.0
# Lines of one table stand no further apart than this, in sizes, from bottom to top.
APART = 2.5
# Points by which what ends at an edge may reach beyond it: coordinates are rounded.
SLACK = 0.01

White = tuple[float, float]
Gutter = tuple[White, ...]


@dataclass(frozen=True, slots=True)
class SpacedLine:
    """A line with its white.

    It has its gaps that are WIDE, and all white that may be a gutter's: NARROW gaps and what is beside the line.
    """

    line: TextLine
    wide: tuple[White, ...]
    whites: tuple[White, ...]


def measure_gaps(line: TextLine) -> SpacedLine:
    """Measure the gaps of a line. What stands within one pair of brackets is one thing, and has none but wide ones."""
    within = _find_gaps_in_brackets(line)
    gaps = [
        ((a.x1, b.x0), max(a.size, b.size))
        for at, (a, b) in enumerate(pairwise(line.glyphs))
        if at not in within or b.x0 - a.x1 > BRACKETED * max(a.size, b.size)
    ]
    wide = tuple(gap for gap, size in gaps if gap[1] - gap[0] >= WIDE * size)
    narrow = tuple(gap for gap, size in gaps if gap[1] - gap[0] >= NARROW * size)
    return SpacedLine(line, wide, ((float("-inf"), line.x0), *narrow, (line.x1, float("inf"))))


def _find_gaps_in_brackets(line: TextLine) -> set[int]:
    """Find the gaps, counted from 0, that stand between a bracket and the one that closes it."""
    within: set[int] = set()
    opened: list[int] = []
    for at, glyph in enumerate(line.glyphs):
        kind = category(glyph.text[0]) if glyph.text else ""
        if kind == "Ps":
            opened.append(at)
        elif kind == "Pe" and opened:
            within.update(range(opened.pop(), at))
    return within


def _narrow_gutter(gutter: Gutter, one: SpacedLine) -> Gutter:
    """Narrow a gutter to what a line leaves white of it; nothing is left where the line stands across all of it.

    A gutter is several stretches of white: other lines tell which of them it is.
    """
    least = NARROW * one.line.size
    parts = ((max(a, low), min(b, high)) for a, b in gutter for low, high in one.whites)
    return tuple(part for part in parts if part[1] - part[0] >= least)


def leaves_white(one: SpacedLine, gutters: Sequence[White]) -> bool:
    """Tell whether a line leaves some white of each gutter.

    Args:
        one: The line.
        gutters: The gutters.

    Returns:
        Whether it stands across none of them.
    """
    return all(_narrow_gutter((gutter,), one) for gutter in gutters)


def take_run(lines: Sequence[SpacedLine], gutters: Sequence[White]) -> list[SpacedLine]:
    """Take the lines, from the first on, that may be one table.

    Args:
        lines: Lines, top to bottom; at least one.
        gutters: Gutters of the table.

    Returns:
        The lines that stand near one another and are set in columns or across none of the gutters.
    """
    run = [lines[0]]
    for one in lines[1:]:
        if one.line.top - max(above.line.bottom for above in run[-3:]) > APART * one.line.size:
            break
        if not one.wide and (_is_heading(one, run) or not leaves_white(one, gutters)):
            break
        run.append(one)
    return run


def _is_heading(one: SpacedLine, run: Sequence[SpacedLine]) -> bool:
    """Tell whether a line is larger than all above it, as no cell is that goes on."""
    return one.line.size > max(above.line.size for above in run) + LARGER


def find_shown_gaps(run: Sequence[SpacedLine]) -> list[White]:
    """Find the gaps of the line that has most.

    Those that it alone has and others stand across are left out.
    """
    best = max(run, key=lambda one: len(one.wide))
    return [gap for gap in best.wide if _is_in_two_lines(gap, run) or all(leaves_white(one, [gap]) for one in run)]


def _is_in_two_lines(gap: White, run: Sequence[SpacedLine]) -> bool:
    """Tell whether two lines have a gap where this one is."""
    having = (one for one in run if any(low < gap[1] and gap[0] < high for low, high in one.wide))
    return len(list(islice(having, 2))) == 2


def narrow_gutters_over_run(run: Sequence[SpacedLine], gaps: Sequence[White]) -> tuple[list[SpacedLine], list[Gutter]]:
    """Narrow gaps to what all lines of a run leave white of them.

    A line may stand across some but the first, as a head or value of several columns does, if another thing stands
    beside it.

    Args:
        run: The lines, top to bottom.
        gaps: The gaps of one of them.

    Returns:
        The lines as far as they are set in columns, and the gutters, one a gap.
    """
    gutters: list[Gutter] = [(gap,) for gap in gaps]
    taken: list[SpacedLine] = []
    for one in run:
        now = [_narrow_gutter(gutter, one) for gutter in gutters]
        if not now[0] or not (all(now) or one.wide):
            break
        gutters = [new or old for new, old in zip(now, gutters, strict=True)]
        taken.append(one)
    return taken, gutters


def split_gutters(gutters: Sequence[Gutter], found: Sequence[RowFragment]) -> list[White]:
    """Take each gutter as one stretch of white or as several.

    Args:
        gutters: The gutters, left to right.
        found: All lines of the table, parted at their wide gaps.

    Returns:
        The stretches that part columns, left to right.
    """
    whole: list[White] = []
    reached = [gutter[0][0] for gutter in gutters[1:]] + [float("inf")]
    for gutter, reach in zip(gutters, reached, strict=True):
        start = whole[-1][1] if whole else float("-inf")
        whole += _split_gutter(gutter, (start, reach), found)
    return whole


def _split_gutter(gutter: Gutter, reach: White, pieces: Sequence[RowFragment]) -> list[White]:
    """Split a gutter where something within it has both columns beside it at its side; else keep it as one.

    What has one of them at its side is of the other. What has neither is the head of one, where that has no other, or
    stands across both: the head of a pair of columns, or the value of both. `reach` is how far the columns go.
    """
    if len(gutter) == 1:
        return [gutter[0]]
    if paired := _pair_heads_with_rows(gutter, reach, pieces):
        return paired
    left = _GutterSide(_list_within(pieces, reach[0], gutter[0][0], beyond=(0.0, SLACK)))
    right = _GutterSide(_list_within(pieces, gutter[-1][1], reach[1], beyond=(SLACK, 0.0)))
    return _part_rows_under_heads(gutter, left, right, pieces) or _part_at_sides(gutter, left, right, pieces)


def _list_within(
    pieces: Sequence[RowFragment], x0: float, x1: float, beyond: White = (SLACK, SLACK)
) -> list[RowFragment]:
    """List the pieces between two edges; they may reach so far beyond each."""
    return [one for one in pieces if x0 - beyond[0] <= one.x0 and one.x1 <= x1 + beyond[1]]


def _part_rows_under_heads(
    gutter: Gutter, left: "_GutterSide", right: "_GutterSide", pieces: Sequence[RowFragment]
) -> list[White]:
    """Part a gutter where heads on both its sides stand over the text of neither column.

    The white that rows leave between two things parts them. Nothing is found where heads stand over their columns.
    """
    head = _head_bottom(pieces)
    between = _list_within(pieces, gutter[0][1], gutter[-1][0])
    rows = [one for one in between if one.top >= head - 1]
    is_headed = left.begins_above(head) and right.begins_above(head)
    if not rows or not is_headed or any(left.has_beside(one) or right.has_beside(one) for one in rows):
        return []
    parting = [white for white in gutter if _parts_a_row(white, rows)]
    runs = split_into_runs(parting, lambda run, white: not _stands_between(run[-1], white, between, head))
    return [max(run, key=lambda white: white[1] - white[0]) for run in runs]


def _part_at_sides(
    gutter: Gutter, left: "_GutterSide", right: "_GutterSide", pieces: Sequence[RowFragment]
) -> list[White]:
    """Part a gutter by which columns what stands within it has at its side."""
    head = _head_bottom(pieces)
    headed = left.begins_above(head), right.begins_above(head)
    whites = [gutter[0]]
    for white in gutter[1:]:
        inside = _list_within(pieces, whites[-1][1], white[0])
        at_side = {(left.has_beside(one), right.has_beside(one)) for one in inside}
        if (True, True) in at_side:
            whites.append(white)
            continue
        if headed[0] != headed[1] and any(one.top < head for one in inside):
            at_side = {headed}
        whites[-1] = _choose_white(whites[-1], white, at_side)
    return whites


def _pair_heads_with_rows(gutter: Gutter, reach: White, pieces: Sequence[RowFragment]) -> list[White]:
    """Find the white between columns each of which has a head and rows, though it stands left or right of these.

    Nothing is found where what stands between the stretches of white cannot be paired so.
    """
    head = _head_bottom(pieces)
    ends = [(before[1], behind[0]) for before, behind in pairwise([(reach[0],) * 2, *gutter, (reach[1],) * 2])]
    kinds = [{one.top >= head - 1 for one in _list_within(pieces, x0, x1)} for x0, x1 in ends]
    found: list[White] = []
    at = 0
    while at < len(kinds):
        pair = kinds[at : at + 2] if len(kinds[at]) == 1 else kinds[at : at + 1]
        if sum(map(len, pair)) != 2 or len(set[bool]().union(*pair)) != 2:
            return []
        at += len(pair)
        found += gutter[at - 1 : at]
    return found


def _parts_a_row(white: White, pieces: Sequence[RowFragment]) -> bool:
    """Tell whether two pieces stand side by side on the two sides of some white."""
    before = [one for one in pieces if one.x1 <= white[0] + SLACK]
    behind = [one for one in pieces if white[1] - SLACK <= one.x0]
    return any(are_beside(one, other) for one in before for other in behind)


def _stands_between(white: White, other: White, pieces: Sequence[RowFragment], head: float) -> bool:
    """Tell whether a head stands between two stretches of white."""
    return any(one.top < head - 1 for one in _list_within(pieces, white[1], other[0]))


def _choose_white(before: White, behind: White, at_side: set[tuple[bool, bool]]) -> White:
    """Choose the one gutter that two stretches of white are, by which columns have what is between them at their side.

    Columns are those on the left and on the right.
    """
    at_side = at_side - {(False, False)} or at_side
    if at_side == {(True, False)}:
        return before
    if at_side == {(False, True)}:
        return behind
    if at_side == {(False, False)}:
        return before[0], behind[1]
    return max(before, behind, key=lambda one: one[1] - one[0])


def _head_bottom(pieces: Sequence[RowFragment]) -> float:
    """Find where the first row ends: what stands beside one another, from the top."""
    bottom = pieces[0].bottom
    for piece in pieces:
        bottom = max(bottom, piece.bottom) if piece.top < bottom - 1 else bottom
    return bottom


class _GutterSide:
    """The pieces on one side of a gutter, by their height."""

    def __init__(self, pieces: Sequence[RowFragment]) -> None:
        self._pieces = sorted(pieces, key=lambda piece: piece.top)
        self._tops = [piece.top for piece in self._pieces]
        self._highest = max((height_of(piece) for piece in pieces), default=0.0)

    def begins_above(self, y: float) -> bool:
        """Tell whether one of them begins above a height."""
        return bool(self._tops) and self._tops[0] < y

    def has_beside(self, one: RowFragment) -> bool:
        """Tell whether one of them stands beside a piece."""
        first = bisect_left(self._tops, one.top - self._highest)
        last = bisect_right(self._tops, one.bottom)
        return any(are_beside(one, other) for other in self._pieces[first:last])

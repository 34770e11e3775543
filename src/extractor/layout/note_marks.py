"""Note marks: figures that are raised, lowered or small beside others, whichever side they stand on.

A mark is told by its baseline and size relative to what it touches: programs raise and shrink marks by what they like
(a browser to 0.83 of the size, a word processor to 0.58). Where it is not certain that a figure is a mark, or of the
number, it becomes a lowered sign (₁), with which no number is read.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from extractor.document.geometry import centre_x, centre_y, gap_x
from extractor.document.page import Glyph, Rule
from extractor.layout.runs import split_into_runs

# In sizes: what touches stands no further apart, and overlaps no more than this.
TOUCH, OVERLAP = 0.35, 0.3
# A glyph is of the body if it is at least this part of the largest, and small below SMALL.
FULL, SMALL = 0.9, 0.85
# How far a mark stands above or below the line, in sizes of the body: a small one, and one as large as the body.
RAISED, RAISED_FULL = 0.12, 0.2
# Baselines that differ by less, in sizes, are one.
LEVEL = 0.08
# How far a font reaches below its line, where the baseline is not known, in sizes.
_DESCENT = 0.12
_CELL = 16.0  # points: glyphs are looked up by squares of this side
_LONGEST = 40  # glyphs of a run, to either side

_RAISED = dict(zip("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", strict=True))
_RAISED |= dict(zip("abcdefghijklmnop", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ", strict=True))
_LOWERED = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))
# What stands with the figure in a mark.
_BESIDE = frozenset("()（）[]［］注※*＊†‡")
_MARK = re.compile(r"[(\[]?(?:注|[※*†‡])?\s?(?:[0-9]{1,2}(?:[,、・][0-9]{1,2})*|[a-z])[)\]]?")
_CLOSED = re.compile(r"(?:注|[※*])?[0-9]{1,2}\)")
_POWER = re.compile(r"[cmkM㎝㎞]?m")

_Index = dict[tuple[int, int], list[Glyph]]


def set_marks_apart(glyphs: Sequence[Glyph], rules: Sequence[Rule] = ()) -> list[Glyph]:
    """Give note marks as raised signs, and figures that may be marks as lowered ones.

    Args:
        glyphs: Glyphs of a page.
        rules: Its ruled lines: what stands on both sides of one does not touch.

    Returns:
        The glyphs in their order. A mark has the height and size of what it stands at, so that it disturbs no line.
    """
    index: _Index = defaultdict(list)
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    for glyph in inked:
        index[_cell_of(glyph.x0, centre_y(glyph))].append(glyph)
    upright = [rule for rule in rules if not rule.horizontal]
    signs: dict[int, Glyph] = {}
    seen: set[int] = set()
    for glyph in inked:
        may_be_mark = _is_digit(glyph) or glyph.text in _BESIDE
        if may_be_mark and id(glyph) not in seen and _differs_from_neighbours(glyph, index):
            run = _find_run(glyph, index)
            seen |= set(map(id, run))
            for part in split_into_runs(run, lambda part, one: not _is_ruled_between(part[-1], one, upright)):
                signs |= _read_run(part)
    return [signs.get(id(glyph), glyph) for glyph in glyphs]


def _cell_of(x: float, y: float) -> tuple[int, int]:
    return int(x // _CELL), int(y // _CELL)


def _plain(glyph: Glyph) -> str:
    return unicodedata.normalize("NFKC", glyph.text)


def _is_digit(glyph: Glyph) -> bool:
    return "0" <= glyph.text <= "9" or "０" <= glyph.text <= "９"


def _baseline(glyph: Glyph) -> float:
    return glyph.bottom - _DESCENT * glyph.size if glyph.baseline is None else glyph.baseline


def _differ(glyph: Glyph, other: Glyph) -> bool:
    """Tell whether two glyphs differ in size or in the line that they stand on."""
    size = max(glyph.size, other.size)
    return abs(glyph.size - other.size) > 0.05 * size or abs(_baseline(glyph) - _baseline(other)) > LEVEL * size


def _differs_from_neighbours(glyph: Glyph, index: _Index) -> bool:
    beside = (_find_next(glyph, index, forward=forward) for forward in (False, True))
    return any(other is not None and _differ(glyph, other) for other in beside)


def _find_next(glyph: Glyph, index: _Index, *, forward: bool) -> Glyph | None:
    """Find the glyph that touches another one at its end, or at its beginning."""
    column, row = _cell_of(glyph.x1 if forward else glyph.x0, centre_y(glyph))
    reach = 2 if not forward and glyph.size > _CELL / 2 else 1
    best, nearest = None, 1.0
    for x in range(column - 1 - (not forward) * reach, column + 2):
        for y in (row - 1, row, row + 1):
            for other in index.get((x, y), ()):
                away = _measure_touch(glyph, other) if forward else _measure_touch(other, glyph)
                if other is not glyph and away < nearest:
                    best, nearest = other, away
    return best


def _measure_touch(before: Glyph, after: Glyph) -> float:
    """Measure how far apart two glyphs stand, in parts of what touches; 1 or more: they do not touch."""
    size = max(before.size, after.size)
    gap = gap_x(before, after)
    touches = -OVERLAP * min(before.size, after.size) < gap < TOUCH * size and before.x0 < after.x0
    return abs(gap) / size if touches and abs(centre_y(before) - centre_y(after)) < 0.75 * size else 1.0


def _find_run(glyph: Glyph, index: _Index) -> list[Glyph]:
    """Find all that is set together with a glyph, left to right."""
    run = [glyph]
    for forward in (False, True):
        at: Glyph | None = glyph
        for _ in range(_LONGEST):
            at = _find_next(at, index, forward=forward) if at is not None else None
            if at is None or any(at is other for other in run):
                break
            run = [*run, at] if forward else [at, *run]
    return run


def _is_ruled_between(before: Glyph, after: Glyph, rules: Iterable[Rule]) -> bool:
    left, right, y = centre_x(before), centre_x(after), centre_y(after)
    return any(left < rule.x0 < right and rule.top <= y <= rule.bottom for rule in rules)


def _read_run(run: Sequence[Glyph]) -> dict[int, Glyph]:
    """Read the figures of a run that are none of its numbers, by the id of each."""
    size = max(glyph.size for glyph in run)
    body = [glyph for glyph in run if glyph.size >= FULL * size]
    line, certain = _find_line(body, size)
    signs: dict[int, Glyph] = {}
    anchor = next((glyph for glyph in body if abs(_baseline(glyph) - line) <= LEVEL * size), body[0])
    for start, end in _find_groups(run, size, line):
        group = run[start:end]
        before, after = run[start - 1] if start else None, run[end] if end < len(run) else None
        table = _choose_signs(group, before, after, size, line)
        table = table if certain or table is not _RAISED else _LOWERED
        for glyph in group if table else ():
            sign = table.get(_plain(glyph), glyph.text) if table else glyph.text
            signs[id(glyph)] = replace(glyph, text=sign, top=anchor.top, bottom=anchor.bottom, size=size)
    return signs


def _find_line(body: Sequence[Glyph], size: float) -> tuple[float, bool]:
    """Find the baseline of the largest glyphs, and whether it is certain that it is theirs.

    Words stand on it; of figures alone most do, or those below the others.
    """
    words = [_baseline(glyph) for glyph in body if not _MARK.fullmatch(_plain(glyph)) and _plain(glyph).isalpha()]
    if words:
        return median(words), True
    lines = sorted(_baseline(glyph) for glyph in body)
    levels = split_into_runs(lines, lambda run, line: line - run[0] <= RAISED_FULL * size)
    return median(levels[-1]), len(levels[-1]) >= len(levels[0])


def _find_groups(run: Sequence[Glyph], size: float, line: float) -> Iterator[tuple[int, int]]:
    """Find the stretches of glyphs that are not of the body, where a figure is among them."""
    start = None
    for index in range(len(run) + 1):
        if index < len(run) and _leaves_body(run[index], size, line):
            start = index if start is None else start
        elif start is not None:
            if any(map(_is_digit, run[start:index])) or index - start <= 2:
                yield start, index
            start = None


def _leaves_body(glyph: Glyph, size: float, line: float) -> bool:
    away = abs(line - _baseline(glyph)) / size
    return glyph.size < SMALL * size or away >= RAISED_FULL or (glyph.size < FULL * size and away >= RAISED)


def _choose_signs(
    group: Sequence[Glyph], before: Glyph | None, after: Glyph | None, size: float, line: float
) -> dict[str, str] | None:
    """Choose the signs that a group becomes: raised, lowered, or none where it stays as it is.

    Args:
        group: Glyphs that are smaller than what they touch, or stand higher or lower.
        before: What they touch at their beginning.
        after: What they touch at their end.
        size: The size of the body.
        line: Its baseline.
    """
    text = "".join(map(_plain, group))
    joins = (before is not None and _is_digit(before) and _is_digit(group[0])) or (
        after is not None and _is_digit(after) and _is_digit(group[-1])
    )
    heights = [(line - _baseline(glyph)) / size for glyph in group]
    is_mark, is_power = bool(_MARK.fullmatch(text)), before is not None and bool(_POWER.fullmatch(_plain(before)))
    if min(heights) >= RAISED and (is_mark or joins):
        return None if is_power else _RAISED if is_mark else _LOWERED
    if max(heights) <= -RAISED:
        return _LOWERED if joins else None
    if before is not None and _CLOSED.fullmatch(text):
        return _RAISED
    return _LOWERED if joins else None

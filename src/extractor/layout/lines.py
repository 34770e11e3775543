"""Lines: glyphs that stand on one baseline, left to right, with the spaces that are printed between them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from operator import itemgetter

from extractor.document.geometry import Box, centre_y, overlap_x
from extractor.document.page import Glyph
from extractor.grammar.normalize import VOICING, is_unseen, join_voicing_mark

# Two glyphs are on one line when their middles lie within this part of the larger one's size.
SAME_LINE = 0.5
# A gap of more than this part of the size between two glyphs is read as a space even where none is in the file.
# Justified Japanese lines share out less than this between glyphs.
GAP_IS_SPACE = 0.5
# A glyph with less ink than this is printed light on a dark ground.
LIGHT = 0.4
# Letters spread out over a line stand equally far apart, but for this part of their size.
SAME_PITCH = 0.2
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile("[\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc々・]")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """Glyphs on one baseline, those without ink apart as `blanks`.

    `text` has a space wherever one is printed. Lines are compared by identity: two that look the same are still two.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    blanks: tuple[Glyph, ...] = ()


def _find_spread_gaps(glyphs: list[Glyph], gaps: set[int]) -> set[int]:
    """Find the gaps, by the index of the glyph behind, that only spread a word out over its line (事　業　名).

    Its letters stand alone and equally far apart, three of them or more; or two ideographs that are the whole line, or
    stand beside such a word.
    """
    runs = list(_find_even_runs(glyphs, gaps))
    words = [run for run in runs if len(run) >= 3 and not _is_numeral(glyphs, run)]
    if words or len(glyphs) == 2:
        taken = {index for run in words for index in run}
        words += [run for run in runs if _is_pair_of_ideographs(glyphs, run) and taken.isdisjoint(run)]
    return {index for run in words for index in run[1:]}


def _is_numeral(glyphs: list[Glyph], run: range) -> bool:
    return all(glyphs[index].text in _NUMERALS for index in run)


def _is_pair_of_ideographs(glyphs: list[Glyph], run: range) -> bool:
    return len(run) == 2 and all(_IDEOGRAPH.fullmatch(glyphs[index].text) for index in run)


def _find_even_runs(glyphs: list[Glyph], gaps: set[int]) -> Iterator[range]:
    """Find the runs of letters, by index, that stand alone and equally far apart."""
    ends = gaps | {0, len(glyphs)}
    steps = [_measure_step(glyphs, gaps, index) for index in range(len(glyphs))]
    start = 1
    for index in range(2, len(glyphs) + 1):
        if index < len(glyphs) and abs(steps[index] - steps[start]) <= SAME_PITCH * glyphs[index].size:
            continue
        if steps[start] < inf and {start - 1, index} <= ends:
            yield range(start - 1, index)
        start = index


def _measure_step(glyphs: list[Glyph], gaps: set[int], index: int) -> float:
    """Measure how far a letter stands behind the one before; infinitely, where there is no gap between."""
    if index not in gaps or not all(_LETTER.fullmatch(glyph.text) for glyph in glyphs[index - 1 : index + 1]):
        return inf
    return glyphs[index].x0 - glyphs[index - 1].x0


def name_type(glyph: Glyph) -> str:
    """Name the type a glyph is set in: its font, without the prefix of its subset, and whether it is light on dark."""
    return glyph.font.split("+", 1)[-1] + (" (light)" if glyph.ink < LIGHT else "")


def _make_line(glyphs: list[Glyph]) -> TextLine | None:
    """Make the line of glyphs on one baseline; None where none has ink."""
    inked, gaps = _find_gaps(_sort_glyphs(glyphs))
    if not inked:
        return None
    gaps -= _find_spread_gaps(inked, gaps)
    wide = [glyph for glyph in inked if not glyph.text.isascii()] or inked
    return TextLine(
        tuple(inked),
        "".join(" " * (index in gaps) + glyph.text for index, glyph in enumerate(inked)),
        *Box.around(inked),
        size=Counter(round(glyph.size, 1) for glyph in wide).most_common(1)[0][0],
        font=Counter(map(name_type, wide)).most_common(1)[0][0],
        blanks=tuple(glyph for glyph in glyphs if not glyph.text.strip()),
    )


def _find_gaps(ordered: list[Glyph]) -> tuple[list[Glyph], set[int]]:
    """Return the glyphs with ink in order, and the indices of those before which a gap is."""
    inked: list[Glyph] = []
    gaps: set[int] = set()
    spaced, edge = False, 0.0
    for glyph in ordered:
        if not glyph.text.strip():
            spaced = True
            continue
        if inked and (spaced or glyph.x0 - edge > GAP_IS_SPACE * glyph.size):
            gaps.add(len(inked))
        inked.append(glyph)
        edge = max(edge, glyph.x1) if glyph.text in VOICING else glyph.x1
        spaced = False
    return inked, gaps


def _sort_glyphs(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Sort the glyphs that have ink from left to right, each voicing mark behind the letter that it belongs to."""
    inked = [glyph for glyph in sorted(glyphs, key=lambda glyph: (glyph.x0, glyph.x1)) if not is_unseen(glyph.text)]
    letters = [glyph for glyph in inked if glyph.text not in VOICING]
    if len(letters) == len(inked):
        return inked
    starts = [glyph.x0 for glyph in letters]
    placed = [(index, 0, letter) for index, letter in enumerate(letters)]
    placed += [(_find_bearer(mark, letters, starts), 1, mark) for mark in inked if mark.text in VOICING]
    return [glyph for _, _, glyph in sorted(placed, key=itemgetter(0, 1))]


def _find_bearer(mark: Glyph, letters: list[Glyph], starts: list[float]) -> int:
    """Find the letter that a voicing mark belongs to: it is drawn over it or, in a place of its own, behind it."""
    reach = 0.1 * mark.size
    last = bisect_right(starts, mark.x0 + reach) - 1
    near = [
        (-round(max(0.0, overlap_x(mark, letters[index])), 1), index)
        for index in range(max(0, last - 2), last + 1)
        if letters[index].x1 + reach >= mark.x0 and join_voicing_mark(letters[index].text, mark.text)
    ]
    return min(near)[1] if near else bisect_right(starts, mark.x0) - 1


def form_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Form lines from glyphs, top to bottom. Every glyph with ink is in exactly one."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    reach = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (centre_y(glyph), glyph.x0)):
        here = centre_y(glyph)
        if rows and here - middle <= SAME_LINE * max(reach, glyph.size):
            rows[-1].append(glyph)
            reach = max(reach, glyph.size)
        else:
            rows.append([glyph])
            middle, reach = here, glyph.size
    return [line for row in rows if (line := _make_line(row)) is not None]

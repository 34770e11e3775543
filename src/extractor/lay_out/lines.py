"""Lines: glyphs that stand on one baseline, left to right, with the spaces that are printed between them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from extractor.model.page import Glyph

# Two glyphs are on one line when their middles lie within this part of the larger one's size.
SAME_LINE = 0.5
# A gap of more than this part of the size between two glyphs is read as a space even where none is in the file.
# Justified Japanese lines share out less than this between glyphs.
GAP_IS_SPACE = 0.5

# Letters spread out over a line stand equally far apart, but for this part of their size.
SAME_PITCH = 0.2
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile("[\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc々・]")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Glyphs on one baseline, the `blanks` among them apart; `text` has a space wherever one is printed.

    Lines are compared by identity: two that look the same are still two.
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

    @property
    def width(self) -> float:
        """From the first glyph's left to the last one's right, in points."""
        return self.x1 - self.x0


def family(font: str) -> str:
    """A font's name without the prefix of its subset (`CAAAAA+IPAMincho` → `IPAMincho`)."""
    return font.split("+", 1)[-1]


def _spread_out(glyphs: list[Glyph], gaps: set[int]) -> set[int]:
    """The gaps, by the index of the glyph behind, that only spread a word out over its line (事　業　名).

    Its letters stand alone and equally far apart, three of them or more; or two ideographs that are the whole line, or
    stand beside such a word.
    """
    steps = [_step(glyphs, gaps, index) for index in range(len(glyphs))]
    runs: list[range] = []
    start = 1
    for index in range(2, len(glyphs) + 1):
        same = index < len(glyphs) and abs(steps[index] - steps[start]) <= SAME_PITCH * glyphs[index].size
        if not same:
            if steps[start] < inf:
                runs.append(range(start - 1, index))
            start = index
    ends = gaps | {0, len(glyphs)}
    runs = [run for run in runs if {run[0], run[-1] + 1} <= ends]
    words = [run for run in runs if len(run) >= 3 and not all(glyphs[index].text in _NUMERALS for index in run)]
    if words or len(glyphs) == 2:
        taken = {index for run in words for index in run}
        pairs = [run for run in runs if len(run) == 2 and not taken & set(run)]
        words += [run for run in pairs if all(_IDEOGRAPH.fullmatch(glyphs[index].text) for index in run)]
    return {index for run in words for index in run[1:]}


def _step(glyphs: list[Glyph], gaps: set[int], index: int) -> float:
    """How far a letter stands behind the one before, where there is a gap between; infinitely, where there is none."""
    if index not in gaps or not all(_LETTER.fullmatch(glyph.text) for glyph in glyphs[index - 1 : index + 1]):
        return inf
    return glyphs[index].x0 - glyphs[index - 1].x0


def _line(glyphs: list[Glyph]) -> Line | None:
    glyphs = sorted(glyphs, key=lambda glyph: (glyph.x0, glyph.x1))
    inked: list[Glyph] = []
    gaps: set[int] = set()
    spaced = False
    for glyph in glyphs:
        if not glyph.text.strip():
            spaced = True
            continue
        if inked and (spaced or glyph.x0 - inked[-1].x1 > GAP_IS_SPACE * glyph.size):
            gaps.add(len(inked))
        inked.append(glyph)
        spaced = False
    if not inked:
        return None
    gaps -= _spread_out(inked, gaps)
    text = "".join(" " * (index in gaps) + glyph.text for index, glyph in enumerate(inked))
    wide = [glyph for glyph in inked if not glyph.text.isascii()] or inked
    return Line(
        glyphs=tuple(inked),
        text=text,
        x0=min(glyph.x0 for glyph in inked),
        top=min(glyph.top for glyph in inked),
        x1=max(glyph.x1 for glyph in inked),
        bottom=max(glyph.bottom for glyph in inked),
        size=Counter(round(glyph.size, 1) for glyph in wide).most_common(1)[0][0],
        font=Counter(family(glyph.font) for glyph in wide).most_common(1)[0][0],
        blanks=tuple(glyph for glyph in glyphs if not glyph.text.strip()),
    )


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that these glyphs form, top to bottom. Every glyph that is not blank is in exactly one."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    reach = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: ((glyph.top + glyph.bottom) / 2, glyph.x0)):
        here = (glyph.top + glyph.bottom) / 2
        if rows and here - middle <= SAME_LINE * max(reach, glyph.size):
            rows[-1].append(glyph)
            reach = max(reach, glyph.size)
        else:
            rows.append([glyph])
            middle, reach = here, glyph.size
    return [line for row in rows if (line := _line(row)) is not None]

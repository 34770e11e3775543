"""Lines: glyphs that stand on one baseline, left to right, with the spaces that are printed between them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.model.page import Glyph

# Two glyphs are on one line when their middles lie within this part of the larger one's size.
SAME_LINE = 0.5
# A gap of more than this part of the size between two glyphs is read as a space even where none is in the file.
# Justified Japanese lines share out less than this between glyphs.
GAP_IS_SPACE = 0.5


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


def _line(glyphs: list[Glyph]) -> Line | None:
    glyphs = sorted(glyphs, key=lambda glyph: (glyph.x0, glyph.x1))
    inked: list[Glyph] = []
    text = ""
    spaced = False
    for glyph in glyphs:
        if not glyph.text.strip():
            spaced = True
            continue
        if inked and (spaced or glyph.x0 - inked[-1].x1 > GAP_IS_SPACE * glyph.size):
            text += " "
        inked.append(glyph)
        text += glyph.text
        spaced = False
    if not inked:
        return None
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

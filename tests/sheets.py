"""Pages drawn by hand: text set glyph by glyph, and rules, as a typesetter would leave them."""

import unicodedata
from collections.abc import Iterable

from extractor.document.page import Glyph, Page, Rule

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 60.0, 520.0


def advance(character: str, size: float) -> float:
    """How wide a character is set: full width, or half for Latin letters, figures and half-width signs."""
    return size if unicodedata.east_asian_width(character) in "WFA" else size / 2


def width(text: str, size: float) -> float:
    """How wide a text is set, in points."""
    return sum(advance(character, size) for character in text)


def text(line: str, x: float, top: float, size: float = 10.0, font: str = "Mincho") -> list[Glyph]:
    """A line of text that begins at `x`."""
    glyphs = []
    for character in line:
        step = advance(character, size)
        glyphs.append(Glyph(character, x, top, x + step, top + size, size, font))
        x += step
    return glyphs


def wrapped(prose: str, top: float, *, size: float = 10.0, indent: bool = True, right: float = RIGHT) -> list[Glyph]:
    """A paragraph set in full lines between the margins, one and a half sizes from line to line."""
    glyphs: list[Glyph] = []
    x = LEFT + (size if indent else 0)
    for character in prose:
        if x + advance(character, size) > right + 0.01:
            x, top = LEFT, top + 1.5 * size
        glyphs += text(character, x, top, size)
        x += advance(character, size)
    return glyphs


def across(y: float, x0: float, x1: float) -> Rule:
    """A horizontal rule."""
    return Rule(x0, y, x1, y)


def down(x: float, y0: float, y1: float) -> Rule:
    """A vertical rule."""
    return Rule(x, y0, x, y1)


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    """All rules of a grid."""
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def page(glyphs: Iterable[Glyph] = (), rules: Iterable[Rule] = (), number: int = 1) -> Page:
    """A page of these marks."""
    return Page(number, WIDTH, HEIGHT, tuple(glyphs), tuple(rules))

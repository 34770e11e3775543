"""What the read step gives, before anything is made of it.

It gives the marks on a page, or the lines of a text file.
"""

from dataclasses import dataclass
from typing import NamedTuple

from extractor.document.geometry import Box, height_of, width_of
from extractor.records.messages import Message

# The font of glyphs that were recognised in a picture.
RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its box, in points from the page's top left.

    `text` is what the file's font says the glyph means; U+FFFD where it does not say. `size` is the font size in
    points, `font` its name as the file gives it (of use only for telling one style from another). `baseline` is the
    height of the line that it stands on, in points from the top; None: not known. `angle` is how far it was turned
    against the clock, in degrees, `ink` how dark it is (1: black, 0: as the paper), and `watermark` tells whether the
    file calls it one. `shape` is the number of the font and code that it was set with, in the file; None: not known.
    `annotation`: a note, stamp or form field prints it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    baseline: float | None = None
    angle: float = 0.0
    ink: float = 1.0
    watermark: bool = False
    shape: int | None = None
    annotation: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, thin whatever it was drawn with.

    It was drawn with a stroke, the edge of a stroked box, or a narrow filled box.

    Horizontal where it is wider than high. Points from the page's top left.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it lies rather than stands."""
        return width_of(self) >= height_of(self)


class Character(NamedTuple):
    """A character as the second engine reads it, and the box of its ink in points from the page's top left."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that is drawn, level or not, by the points along it; `annotation`: a reviewer's."""

    points: tuple[tuple[float, float], ...]
    annotation: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of a page's picture that was not read, or not surely.

    `text` is what was taken for it (blank: nothing), `box` its box in points, and `why` the reason. The layout makes
    a `Remark` of it.
    """

    text: str
    box: tuple[float, float, float, float]
    why: Message


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF: `number` counts from 1.

    `damage` says what of it could not be read, `hidden` what text is in the file but cannot be seen on the page and was
    left out (both empty: nothing). `pictures` are the boxes of its pictures, as far as they can be seen, and
    `covered` is how much of the page they cover (0 to 1); `doubts` are what of them was not read, or not surely.
    `fills` are the boxes of coloured grounds that are no rules.
    `recognised`: its text is a picture, and was recognised and not read. The marks are those of the page turned by
    `turn` degrees against the clock round its middle, so that it stands straight: by a quarter where it was sideways.

    `strokes` are the lines that are drawn, level or not; `struck` are the glyphs that such a line deletes.
    `foreign` are the fonts that are not in the file: each machine draws them with one of its own. `marks` are the signs
    that are drawn and not set, as glyphs; U+FFFD stands for one whose shape is not known.
    `printed` is what the second engine reads of what can be seen; None: it did not draw the page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[tuple[float, float, float, float], ...] = ()
    covered: float = 0.0
    damage: tuple[Message, ...] = ()
    hidden: tuple[Message, ...] = ()
    recognised: bool = False
    turn: float = 0.0
    doubts: tuple[Doubt, ...] = ()
    fills: tuple[tuple[float, float, float, float], ...] = ()
    foreign: frozenset[str] = frozenset()
    strokes: tuple[Stroke, ...] = ()
    struck: tuple[Glyph, ...] = ()
    marks: tuple[Glyph, ...] = ()
    printed: tuple[Character, ...] | None = None


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a text file, counted from 1, without its line end."""

    number: int
    text: str

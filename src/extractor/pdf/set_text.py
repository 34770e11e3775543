"""Text as it is set: a string of a page's content becomes characters in their places.

Places are points from the bottom left of the turned media box: y grows upwards, so `top` of a `Box` is the lower side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFTextState
from pdfminer.utils import Matrix, apply_matrix_rect, mult_matrix

from extractor.document.geometry import Box
from extractor.pdf.diagnostics import DamageNotes
from extractor.records.messages import make_refusal

# In sizes. Letters go down no further than LOWEST: a font that says so would put its text off the page.
LOWEST, USUAL_DESCENT = -1.0, -0.2
# Characters that one of a font may stand for: a ligature or a word, and no text that fills the memory.
LONGEST_MEANING = 256
# What a font says of one of its characters: its text, its width, and where its upright place is.
_Metrics = tuple[str, float, float | tuple[float | None, float]]


@dataclass(slots=True)
class SetCharacter:
    """A character in its place.

    `code` is its number in the font, `matrix` what turns its own coordinates into the page's, `rise` how far it stands
    above its line. What is known later: how dark it is (`ink`), whether it is part of a watermark or of an annotation,
    and the number of its `shape`; None: not known.
    """

    code: int
    text: str
    font: str
    matrix: Matrix
    rise: float
    size: float
    box: Box
    ink: float = 1.0
    watermark: bool = False
    annotation: bool = False
    shape: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it leaves no ink."""
        return self.text.isspace()


class TextSetter:
    """Sets strings. It asks a font only once what it says of a character."""

    def __init__(self, notes: DamageNotes) -> None:
        self._notes = notes
        self._known: dict[PDFFont, dict[int, _Metrics]] = {}
        self._shapes: dict[tuple[PDFFont, int], int] = {}

    def number_shape(self, font: PDFFont, code: int) -> int:
        """Give the number of the shape of a character of a font: the same on all pages.

        Args:
            font: The font.
            code: The character's number in it.

        Returns:
            From 0, in the order in which they were asked for.
        """
        return self._shapes.setdefault((font, code), len(self._shapes))

    def set_string(self, state: PDFTextState, parts: Iterable[object], ctm: Matrix) -> Iterator[SetCharacter]:
        """Set a string, and move the place of text behind it.

        Args:
            state: The font, its size, and how text is set.
            parts: The string's parts, and the moves between them.
            ctm: What turns the file's coordinates into the page's.

        Yields:
            The characters.
        """
        font, size, rise = state.font, state.fontsize, state.rise
        assert font is not None
        name, scaling = _name_font(font), state.scaling * 0.01
        # The library leaves the space out after the last character of a string: what follows it on its line is shifted.
        step, spacing = 0.001 * size * scaling, state.charspace * state.scaling * 0.01
        word_spacing = 0.0 if font.is_multibyte() else state.wordspace * scaling
        upright, low = font.is_vertical(), _find_descent(font) * size + rise
        a, b, c, d, e, f = mult_matrix(state.matrix, ctm)
        straight = b == c == 0 and all(map(isfinite, (a, d, e, f, low, size)))
        x, y = state.linematrix
        along = y if upright else x
        known = self._known.setdefault(font, {})
        for part in parts:
            if isinstance(part, int | float):
                along -= part * step
                continue
            if not isinstance(part, bytes):
                direction = "vertical" if upright else "horizontal"
                self._notes.add_line(
                    f"Cannot render {direction} string because {part!r} is not a valid int, float or bytes."
                )
                continue
            for code in font.decode(part):
                if code not in known:
                    known[code] = _measure_character(font, code)
                text, width, place = known[code]
                advance = width * size * scaling
                x, y = (x, along) if upright else (along, y)
                matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
                if upright:
                    box = _stand_upright(matrix, place, size, rise, advance)
                elif straight and isfinite(advance):
                    # As below, in a fraction of the time: most text is set so.
                    x0, x1, y0, y1 = (
                        matrix[4],
                        a * advance + matrix[4],
                        d * low + matrix[5],
                        d * (low + size) + matrix[5],
                    )
                    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                else:
                    box = Box(*apply_matrix_rect(matrix, (0, low, advance, low + size)))
                long = box.width if upright else box.height
                yield SetCharacter(code, text, name, matrix, rise, long, box)
                along += advance + spacing
                if code == 32 and word_spacing:
                    along += word_spacing
        state.linematrix = (x, along) if upright else (along, y)


def _find_descent(font: PDFFont) -> float:
    """Find how far below their line the boxes of a font's characters begin, in sizes; the usual where it is absurd."""
    descent: float = font.get_descent()
    return descent if LOWEST <= descent <= 0 else USUAL_DESCENT


def _name_font(font: PDFFont) -> str:
    """Give the name of a font; bytes that are no UTF-8 as escapes."""
    name: object = font.fontname
    return str(name)[2:-1] if isinstance(name, bytes) else str(name)


def _measure_character(font: PDFFont, code: int) -> _Metrics:
    try:
        text = font.to_unichr(code)
        assert isinstance(text, str), str(type(text))
        if len(text) > LONGEST_MEANING:
            raise make_refusal("too-heavy.meaning", most=LONGEST_MEANING)
    except PDFUnicodeNotDefined:
        text = f"(cid:{code})"
    return text, font.char_width(code), font.char_disp(code)


def _stand_upright(
    matrix: Matrix, place: float | tuple[float | None, float], size: float, rise: float, advance: float
) -> Box:
    """Give the box of a character that is set downwards; `place` is where its own origin is, in thousandths."""
    assert isinstance(place, tuple)
    right = size * 0.5 if place[0] is None else place[0] * size * 0.001
    up = (1000 - place[1]) * size * 0.001
    return Box(*apply_matrix_rect(matrix, (-right, up + rise + advance, -right + size, up + rise)))

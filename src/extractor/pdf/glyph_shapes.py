"""Glyph shapes: whether what a font calls a figure is drawn as one.

A font's map may call an 8 a 3, or all figures 0; a tick of ZapfDingbats has the code of a 4. So each figure and each
sign of a number is drawn once, of each font, and held against the figures of common fonts and of the file's others.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from operator import mul

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from extractor.document.geometry import Box, height_of, width_of
from extractor.document.page import Glyph, Page
from extractor.grammar.characters import HYPHENS, MINUS
from extractor.pdf.glyphs import UNKNOWN
from extractor.records.messages import make_message

DIGITS = "0123456789"
# Each is held against these of PDF's standard fonts, which pdfium brings along.
_MODEL_FONTS = (
    *("Helvetica", "Times-Roman", "Courier", "Helvetica-Bold", "Times-Bold"),
    *("Helvetica-Oblique", "Times-Italic"),
)
_COLUMNS, _ROWS = 12, 16  # of the raster on which shapes are compared
_TALL = 40.0  # dots that a glyph's size is drawn with
OVER = 0.15  # parts of a glyph's width at its sides: what reaches in no further stands beside it
_SAMPLES = 3  # places where a glyph is looked at: at one of them a rule may cross it
_THROUGH = 245  # of 255: so much of a row is ink where a line goes through it
_WHITE = 0.1  # ink of white text: what it is printed on is not plain
_INKED = 60  # of 255: what differs by so much from the ground is ink
# A shape is another figure where that fits better by this much (correlation of the rasters); measured on 46 faces of
# IPA, Noto and DejaVu, whose own figure fits best by 0.01 and more, and by 0.57 and more at all.
_CLEAR, _LEAST, _BESIDE_OWN = 0.1, 0.3, 0.02

_Raster = tuple[float, ...]
_Models = Mapping[str, Sequence[_Raster]]


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A glyph as it is drawn: its raster, and the sides of its ink from the left and from the baseline, in sizes."""

    raster: _Raster
    left: float
    bottom: float
    width: float
    height: float


def distrust_false_shapes(data: bytes, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Take their meaning from the figures and signs that are drawn as something else.

    Args:
        data: The bytes of the PDF.
        pages: Its pages.

    Returns:
        The pages; those with such a glyph say so, and have U+FFFD in its place.
    """
    places = _list_places(pages)
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            drawn = _draw_shapes(document, places, {page.number: page.turn for page in pages}) if places else {}
        false = _find_false_shapes(drawn, {number: here[0][1].text for number, here in places.items()})
        false = frozenset(number for number in false if any(_stands_alone(*place, pages) for place in places[number]))
    except pypdfium2.PdfiumError:
        return tuple(pages)
    return tuple(_distrust_on_page(page, false) for page in pages) if false else tuple(pages)


@cache
def _fold(text: str) -> str:
    """Give the figure or sign of a number that a text is, whatever its width; empty where it is none."""
    plain = chr(ord(text) - 0xFEE0) if len(text) == 1 and "！" <= text <= "～" else text
    return "-" if plain in (*HYPHENS, *MINUS) else plain if plain in (*DIGITS, ",", ".", "%") else ""


def _list_places(pages: Iterable[Page]) -> dict[int, list[tuple[int, Glyph]]]:
    """List places where each shape with the meaning of a figure or sign stands: the page's number, and the glyph."""
    places: dict[int, list[tuple[int, Glyph]]] = defaultdict(list)
    for page in pages:
        for glyph in page.glyphs:
            here = places[glyph.shape] if glyph.shape is not None and _fold(glyph.text) else None
            if here is not None and len(here) < _SAMPLES and _is_plain(glyph):
                here.append((page.number, glyph))
    return {number: here for number, here in places.items() if here}


def _is_plain(glyph: Glyph) -> bool:
    """Tell whether a glyph stands straight, in ink, with a place of its own."""
    is_straight = glyph.baseline is not None and not glyph.angle
    return is_straight and glyph.ink > _WHITE and glyph.size > 0 and glyph.x1 > glyph.x0


def _stands_alone(number: int, glyph: Glyph, pages: Sequence[Page]) -> bool:
    """Tell whether nothing is set over a glyph: what is drawn at its place is then its own."""
    box = Box.of(glyph).expand(-OVER * width_of(glyph), -0.3 * height_of(glyph))
    page = next(page for page in pages if page.number == number)
    over = (other for other in page.glyphs if other is not glyph and other.text.strip())
    return not any(box.intersection(Box.of(other)) for other in over)


def _draw_shapes(
    document: pypdfium2.PdfDocument, places: Mapping[int, Sequence[tuple[int, Glyph]]], turns: Mapping[int, float]
) -> dict[int, list[DrawnShape]]:
    """Draw each shape at its places; `turns` are by how much each page was turned against the clock to be read."""
    by_page: dict[int, list[Glyph]] = defaultdict(list)
    for here in places.values():
        for number, glyph in here:
            by_page[number].append(glyph)
    drawn: dict[int, list[DrawnShape]] = defaultdict(list)
    for number, glyphs in by_page.items():
        with closing(document[number - 1]) as page:
            page.set_rotation(int(page.get_rotation() - turns[number]) % 360)
            for glyph in glyphs:
                if glyph.shape is not None:
                    drawn[glyph.shape] += filter(None, _draw_glyph(page, glyph))
    # Nothing is seen of a glyph that is printed in white, or covered.
    return {number: shapes for number, shapes in drawn.items() if shapes}


def _draw_glyph(page: pypdfium2.PdfPage, glyph: Glyph) -> list[DrawnShape | None]:
    """Draw the square of a glyph: as it is, and without the lines through it, of which one may be the bar of a 4."""
    width, height = page.get_size()
    foot = (glyph.baseline or glyph.bottom) + 0.2 * glyph.size
    sides = (glyph.x0, height - foot, width - glyph.x1, foot - 1.1 * glyph.size)
    if min(sides) < 0:
        return []
    scale = _TALL / glyph.size
    with closing(page.render(scale=scale, crop=sides, grayscale=True)) as bitmap:
        picture = bitmap.to_pil().convert("L")
    return [measure_shape(picture, 0.2 * _TALL, erase=erase) for erase in (False, True)]


def measure_shape(picture: Image.Image, foot: float, *, erase: bool = False) -> DrawnShape | None:
    """Measure the ink on a grey picture.

    Args:
        picture: One glyph; most of it is its ground.
        foot: How far the baseline is above the picture's lower side, in dots.
        erase: Whether lines that cross the whole picture are erased.

    Returns:
        The shape; None where there is no ink.
    """
    counts = picture.histogram()
    ground = Image.new("L", picture.size, counts.index(max(counts)))
    ink = ImageChops.difference(picture, ground)
    ink = _erase_rules(ink) if erase else ink
    box = ink.point(lambda dot: 255 * (dot > _INKED)).getbbox()
    if box is None:
        return None
    dots = ink.crop(box).resize((_COLUMNS, _ROWS), Image.Resampling.BOX).tobytes()
    raster = _centre(dots)
    x0, top, x1, bottom = (side / _TALL for side in box)
    return DrawnShape(raster, x0, (picture.height - foot) / _TALL - bottom, x1 - x0, bottom - top)


def _erase_rules(ink: Image.Image) -> Image.Image:
    """Erase lines that cross the whole picture: an underline, a rule, a stroke through a struck figure."""
    inked = ink.point(lambda dot: 255 * (dot > _INKED))
    for y, dot in enumerate(inked.resize((1, ink.height), Image.Resampling.BOX).tobytes()):
        if dot > _THROUGH:
            ink.paste(0, (0, y, ink.width, y + 1))
    for x, dot in enumerate(inked.resize((ink.width, 1), Image.Resampling.BOX).tobytes()):
        if dot > _THROUGH:
            ink.paste(0, (x, 0, x + 1, ink.height))
    return ink


def _centre(dots: bytes) -> _Raster:
    """Give dots so that the product of two rasters is their correlation."""
    mean = sum(dots) / len(dots)
    length = sum((dot - mean) ** 2 for dot in dots) ** 0.5 or 1.0
    return tuple((dot - mean) / length for dot in dots)


def _draw_models() -> dict[str, list[_Raster]]:
    """Draw the figures of the standard fonts."""
    step, size = 60.0, 40.0
    models: dict[str, list[_Raster]] = defaultdict(list)
    with closing(pypdfium2.PdfDocument.new()) as document:
        for name in _MODEL_FONTS:
            with closing(document.new_page(step * len(DIGITS), step)) as page:
                font = pdfium.FPDFText_LoadStandardFont(document.raw, name.encode())
                for at, digit in enumerate(DIGITS):
                    text = pdfium.FPDFPageObj_CreateTextObj(document.raw, font, size)
                    codes = (ctypes.c_ushort * 2)(ord(digit), 0)
                    pdfium.FPDFText_SetText(text, codes)
                    pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, step * at + 10, 10)
                    pdfium.FPDFPage_InsertObject(page.raw, text)
                pdfium.FPDFPage_GenerateContent(page.raw)
                with closing(page.render(grayscale=True)) as bitmap:
                    picture = bitmap.to_pil().convert("L")
                pdfium.FPDFFont_Close(font)
            for at, digit in enumerate(DIGITS):
                shape = measure_shape(picture.crop((int(step) * at, 0, int(step) * (at + 1), int(step))), 10)
                models[digit] += [shape.raster] if shape else []
    return models


def _find_false_shapes(drawn: Mapping[int, Sequence[DrawnShape]], texts: Mapping[int, str]) -> frozenset[int]:
    """Find the shapes that are drawn otherwise than their meaning says, by their numbers.

    What the standard fonts leave open, the figures of the file's other fonts decide that are surely what they are said.
    """
    figures = {number: shapes for number, shapes in drawn.items() if _fold(texts[number]) in DIGITS}
    false = {
        number
        for number, shapes in drawn.items()
        if number not in figures and not any(_is_sign(shape, _fold(texts[number])) for shape in shapes)
    }
    models = _draw_models() if figures else {}
    fits = {number: _measure_fit(shapes, _fold(texts[number]), models) for number, shapes in figures.items()}
    own: dict[str, list[_Raster]] = defaultdict(list)
    for number, (fit, lead) in fits.items():
        if fit >= _LEAST and lead >= _CLEAR:
            own[_fold(texts[number])].append(figures[number][0].raster)
    for number, (fit, lead) in fits.items():
        if -_CLEAR < lead < _CLEAR and fit >= _LEAST:
            both = {digit: [*models[digit], *own[digit]] for digit in DIGITS}
            fit, lead = _measure_fit(figures[number], _fold(texts[number]), both)
            lead += _CLEAR - _BESIDE_OWN
        if fit < _LEAST or lead <= -_CLEAR or not any(0.35 < shape.height < 1.2 for shape in figures[number]):
            false.add(number)
    return frozenset(false)


def _measure_fit(shapes: Sequence[DrawnShape], digit: str, models: _Models) -> tuple[float, float]:
    """Measure how well a shape fits its figure, and how much better than any other, at the place where it fits best."""
    found = []
    for shape in shapes:
        fits = {other: max(_correlate(shape.raster, model) for model in models[other]) for other in DIGITS}
        own = fits.pop(digit)
        found.append((own, own - max(fits.values())))
    return max(found, key=lambda fit: fit[1])


def _correlate(raster: _Raster, model: _Raster) -> float:
    return float(sum(map(mul, raster, model)))


def _is_sign(shape: DrawnShape, sign: str) -> bool:
    """Tell whether a shape may be a sign of a number: a bar, a point at the line, or what stands for per cent."""
    if sign == "-":
        return shape.height <= 0.2 and shape.width >= 1.3 * shape.height and shape.bottom > 0.0
    if sign in ",.":
        return shape.height <= 0.45 and shape.width <= 0.4 and shape.bottom <= 0.12
    return shape.height >= 0.4 and shape.width >= 0.35


def _distrust_on_page(page: Page, false: frozenset[int]) -> Page:
    fonts = dict.fromkeys((glyph.font.split("+", 1)[-1], glyph.text) for glyph in _iterate_false(page, false))
    if not fonts:
        return page
    glyphs = tuple(replace(glyph, text=UNKNOWN) if glyph.shape in false else glyph for glyph in page.glyphs)
    notes = tuple(
        make_message("damaged-page.font-shape", font=font, texts=tuple(text for one, text in fonts if one == font))
        for font in dict.fromkeys(font for font, _ in fonts)
    )
    return replace(page, glyphs=glyphs, damage=(*page.damage, *notes))


def _iterate_false(page: Page, false: frozenset[int]) -> Iterator[Glyph]:
    return (glyph for glyph in page.glyphs if glyph.shape in false)

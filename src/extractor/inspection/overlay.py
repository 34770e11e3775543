"""Overlay: on a page's picture, the marks that were found on it, coloured by what was made of them."""

from collections.abc import Callable, Sequence
from itertools import groupby
from math import floor

from PIL import Image, ImageDraw, ImageFont

from extractor.document.page import Page
from extractor.inspection.colours import CELL, FAINT, KINDS, PAPER, RULE, SEVERITIES, VALUES, Colour
from extractor.inspection.parts import Box, Flag, Part, around
from extractor.layout import parted
from extractor.layout.lines import Line, lines
from extractor.layout.ruled.grid import Grid, grids

# Opacities, of 255: of the ground of a line, of a value's cell, of the line under a line, and of what is drawn thin.
GROUND, TINT, UNDER, FULL = 30, 60, 150, 255
# Pixels: of a cell's outline from its edges, of the marks at a grid's edges, of a bracket from its text.
INSET, TICK, BRACKET = 3, 6, 5
SMALL = 10  # pixels: of the letters on the page
UNKNOWN = "\N{REPLACEMENT CHARACTER}"

ToPixels = Callable[[Box], Box]


def scale(picture: Image.Image, page: Page) -> ToPixels:
    """How points of a page become pixels of its picture: the ones that they lie in."""
    across, down = picture.width / page.width, picture.height / page.height
    return lambda box: (floor(box[0] * across), floor(box[1] * down), floor(box[2] * across), floor(box[3] * down))


def overlay(
    picture: Image.Image, page: Page, parts: Sequence[Part], flags: Sequence[Flag], open_tables: Sequence[Grid] = ()
) -> Image.Image:
    """The picture of a whole page, of any size, with its lines, rules, cells, paragraphs, blocks and findings.

    The marks are found anew from the page, by the lay-out step's own functions; but for `open_tables`, those that
    nothing rules, since which they are depends on other pages too.
    """
    pixels = scale(picture, page)
    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    pen = ImageDraw.Draw(layer)
    found = [*grids(page.rules), *open_tables]
    for part in parts:
        for box, status in part.values:
            pen.rectangle(_inset(pixels(_cell_at(found, box))), fill=(*VALUES[status], TINT))
    for line in _lines(page):
        x0, top, x1, bottom = pixels((line.x0, line.top, line.x1, line.bottom))
        colour = _colour_of(line, parts)
        pen.rectangle((x0, top, x1, bottom), fill=(*colour, GROUND))
        pen.line((x0, bottom, x1, bottom), fill=(*colour, UNDER))
    for rule in page.rules:
        pen.line(pixels((rule.x0, rule.top, rule.x1, rule.bottom)), fill=(*RULE, FULL))
    for grid in found:
        _grid(pen, grid, pixels)
    for glyph in page.glyphs:
        if glyph.text == UNKNOWN:
            box = pixels((glyph.x0, glyph.top, glyph.x1, glyph.bottom))
            pen.rectangle(box, outline=(*VALUES["unreadable"], FULL))
    _brackets(pen, parts, found, pixels)
    _blocks(pen, parts, pixels)
    _flags(pen, flags, pixels)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _lines(page: Page) -> list[Line]:
    """All lines of a page, those in cells too."""
    marks = parted(page)
    inside = [line for _, cells in marks.ruled for glyphs in cells.values() for line in lines(glyphs)]
    return [*marks.lines, *inside]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _colour_of(line: Line, parts: Sequence[Part]) -> Colour:
    """The colour of the smallest part that a line stands in."""
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    around_it = [part for part in parts if _holds(part.box, x, y)]
    return KINDS[min(around_it, key=lambda part: _area(part.box)).kind][0] if around_it else FAINT


def _cell_at(found: Sequence[Grid], box: Box) -> Box:
    """The cell in which a text stands, of the smallest grid; the text's box where no grid is."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    cells = [(cell.x0, cell.top, cell.x1, cell.bottom) for grid in found for cell in grid.cells]
    return min((cell for cell in cells if _holds(cell, x, y)), key=_area, default=box)


def _inset(box: Box, by: float = INSET) -> Box:
    """A box drawn in on each side, as far as it has room."""
    x, y = min(by, (box[2] - box[0]) / 2), min(by, (box[3] - box[1]) / 2)
    return box[0] + x, box[1] + y, box[2] - x, box[3] - y


def _grid(pen: ImageDraw.ImageDraw, grid: Grid, pixels: ToPixels) -> None:
    """A grid's cells, each an outline within its edges, and a mark outside at each row's and column's edge."""
    for cell in grid.cells:
        pen.rectangle(_inset(pixels((cell.x0, cell.top, cell.x1, cell.bottom))), outline=(*CELL, FULL))
    left, top, right, bottom = pixels((grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
    for x in grid.xs:
        at = pixels((x, 0, x, 0))[0]
        pen.line((at, top - TICK, at, top - 1), fill=(*CELL, FULL))
        pen.line((at, bottom + 1, at, bottom + TICK), fill=(*CELL, FULL))
    for y in grid.ys:
        at = pixels((0, y, 0, y))[1]
        pen.line((left - TICK, at, left - 1, at), fill=(*CELL, FULL))
        pen.line((right + 1, at, right + TICK, at), fill=(*CELL, FULL))


def _brackets(pen: ImageDraw.ImageDraw, parts: Sequence[Part], found: Sequence[Grid], pixels: ToPixels) -> None:
    """A bracket at the left of each paragraph, box and table, from its first line to its last, with its number."""
    boxes = [grid for grid in found if len(grid.cells) == 1]
    for part in parts:
        if part.is_row:
            continue
        around_it = part.box if part.is_table else _cell_at(boxes, part.box)
        ruled = part.is_table or around_it != part.box
        _, top, _, bottom = pixels(part.box)
        x = pixels(around_it)[0] - BRACKET - (TICK if ruled else 0)
        colour = (*KINDS[part.kind][0], FULL)
        pen.line([(x + 3, top), (x, top), (x, bottom), (x + 3, bottom)], fill=colour, width=2)
        if part.number:
            _small(pen, (x - 2, top + SMALL / 2), str(part.number), colour, "rm")


def _small(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: tuple[int, int, int, int], anchor: str
) -> None:
    """Small letters on the page, with a white ground."""
    font = ImageFont.load_default(SMALL)
    pen.rectangle(_inset(pen.textbbox(at, text, font=font, anchor=anchor), -1), fill=(*PAPER, 220))
    pen.text(at, text, fill=colour, font=font, anchor=anchor)


def _blocks(pen: ImageDraw.ImageDraw, parts: Sequence[Part], pixels: ToPixels) -> None:
    """A bar at the left edge of the page along each programme's block."""
    runs = groupby((part for part in parts if not part.is_row), key=lambda part: part.group)
    for group, run in runs:
        if group:
            _, top, _, bottom = pixels(around([part.box for part in run]))
            pen.rectangle((2, top, 7, bottom), fill=(*KINDS["heading"][0], 120))


def _flags(pen: ImageDraw.ImageDraw, flags: Sequence[Flag], pixels: ToPixels) -> None:
    """A box round what each finding is about, with its name at the upper right corner."""
    for flag in flags:
        colour = (*SEVERITIES[flag.finding.severity], FULL)
        for box in flag.boxes:
            x0, top, x1, bottom = _inset(pixels(box), -2)
            pen.rectangle((x0, top, x1, bottom), outline=colour)
            _small(pen, (x1 + 2, top + 2), f"F{flag.number}", colour, "lm")

"""Overlay: on a page's picture, the marks that were found on it.

They are coloured by what was made of them.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby
from math import floor

from PIL import Image, ImageDraw

from extractor.document.geometry import Box, HasBox
from extractor.document.page import Page
from extractor.inspection.colours import CELL, FAINT, KINDS, PAPER, RULE, SEVERITIES, VALUES, Colour
from extractor.inspection.lettering import LATIN, Lettering
from extractor.inspection.parts import PageFinding, PagePart
from extractor.layout import split_page
from extractor.layout.lines import TextLine
from extractor.layout.regions.cut import Cut
from extractor.layout.ruled.grid import Grid, find_grids

# Opacities, of 255: of the ground of a line, of a value's cell, of the line under a line, and of what is drawn thin.
GROUND, TINT, UNDER, FULL = 30, 60, 150, 255
# Pixels: of a cell's outline from its edges, of the marks at a grid's edges, of a bracket from its text.
INSET, TICK, BRACKET = 3, 6, 5
SMALL = 10  # pixels: of the letters on the page
UNKNOWN = "\N{REPLACEMENT CHARACTER}"

ToPixels = Callable[[HasBox], Box]


def scale_to_pixels(picture: Image.Image, page: Page) -> ToPixels:
    """Make the function from points of a page to the pixels of its picture in which they lie.

    Args:
        picture: The picture of the whole page, of any size.
        page: The page.

    Returns:
        A function from a box in points to one in whole pixels.
    """
    across, down = picture.width / page.width, picture.height / page.height
    return lambda box: Box(
        floor(box.x0 * across), floor(box.top * down), floor(box.x1 * across), floor(box.bottom * down)
    )


def draw_overlay(
    picture: Image.Image,
    page: Page,
    parts: Sequence[PagePart],
    findings: Sequence[PageFinding],
    open_grids: Sequence[Grid] = (),
    cuts: Sequence[Cut] = (),
    lettering: Lettering = LATIN,
) -> Image.Image:
    """Draw lines, rules, cells, paragraphs, blocks and findings over a page's picture.

    Args:
        picture: The picture of the whole page, of any size.
        page: The page; its lines and ruled grids are found anew, by the lay-out step's own functions.
        parts: What stands on it.
        findings: The findings that touch it.
        open_grids: The grids of its tables without ruled lines: which they are depends on other pages too.
        cuts: Where it was cut into regions, and why: that depends on other pages too.
        lettering: In which words and letters the reasons of the cuts are written.

    Returns:
        A new picture of the same size.
    """
    to_pixels = scale_to_pixels(picture, page)
    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    pen = ImageDraw.Draw(layer)
    grids = [*find_grids(page.rules), *open_grids]
    for box, status in chain.from_iterable(part.values for part in parts):
        pen.rectangle(_inset_box(to_pixels(_find_cell_around(grids, box))), fill=(*VALUES[status], TINT))
    for line in split_page(page).list_lines():
        box, colour = to_pixels(line), _choose_colour(line, parts)
        pen.rectangle(box, fill=(*colour, GROUND))
        pen.line((box.x0, box.bottom, box.x1, box.bottom), fill=(*colour, UNDER))
    for rule in page.rules:
        pen.line(to_pixels(rule), fill=(*RULE, FULL))
    for grid in grids:
        _draw_grid(pen, grid, to_pixels)
    _draw_cuts(pen, cuts, to_pixels, lettering)
    for glyph in page.glyphs:
        if glyph.text == UNKNOWN:
            pen.rectangle(to_pixels(glyph), outline=(*VALUES["unreadable"], FULL))
    _draw_brackets(pen, parts, grids, to_pixels)
    _draw_block_bars(pen, parts, to_pixels)
    _draw_findings(pen, findings, to_pixels)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _choose_colour(line: TextLine, parts: Sequence[PagePart]) -> Colour:
    """Choose the colour of the smallest part that a line stands in."""
    parts_around = [part for part in parts if part.box.contains_centre(line)]
    return KINDS[min(parts_around, key=lambda part: part.box.area).kind][0] if parts_around else FAINT


def _find_cell_around(grids: Iterable[Grid], box: Box) -> Box:
    """Find the smallest cell in which a text stands; the text's box where there is none."""
    cells = (Box.of(cell) for grid in grids for cell in grid.cells)
    return min((cell for cell in cells if cell.contains_centre(box)), key=lambda cell: cell.area, default=box)


def _inset_box(box: Box, by: float = INSET) -> Box:
    """Draw a box in on each side, as far as it has room."""
    return box.expand(-min(by, box.width / 2), -min(by, box.height / 2))


def _draw_grid(pen: ImageDraw.ImageDraw, grid: Grid, to_pixels: ToPixels) -> None:
    """Draw each cell as an outline within its edges, and a mark outside at each row's and column's edge."""
    for cell in grid.cells:
        pen.rectangle(_inset_box(to_pixels(cell)), outline=(*CELL, FULL))
    left, top, right, bottom = to_pixels(grid.box)
    for x in (to_pixels(Box(x, 0, x, 0)).x0 for x in grid.xs):
        pen.line((x, top - TICK, x, top - 1), fill=(*CELL, FULL))
        pen.line((x, bottom + 1, x, bottom + TICK), fill=(*CELL, FULL))
    for y in (to_pixels(Box(0, y, 0, y)).top for y in grid.ys):
        pen.line((left - TICK, y, left - 1, y), fill=(*CELL, FULL))
        pen.line((right + 1, y, right + TICK, y), fill=(*CELL, FULL))


def _draw_cuts(pen: ImageDraw.ImageDraw, cuts: Sequence[Cut], to_pixels: ToPixels, lettering: Lettering) -> None:
    """Draw the white of each gutter, and a line between rows of parts, with the reason at its beginning."""
    for cut in cuts:
        box = to_pixels(cut.box)
        pen.rectangle(box, fill=(*RULE, TINT), outline=(*RULE, FULL))
        why = lettering.translate_label(cut.why)
        _draw_small_text(pen, (box.x0 + 1, box.top), why, (*RULE, FULL), "ld", lettering)


def _draw_brackets(
    pen: ImageDraw.ImageDraw, parts: Sequence[PagePart], grids: Sequence[Grid], to_pixels: ToPixels
) -> None:
    """Draw a bracket at the left of each paragraph, box and table, from its first line to its last, with its number."""
    frames = [grid for grid in grids if len(grid.cells) == 1]
    for part in (part for part in parts if not part.is_row):
        frame = part.box if part.is_table else _find_cell_around(frames, part.box)
        ruled = part.is_table or frame != part.box
        _, top, _, bottom = to_pixels(part.box)
        x = to_pixels(frame).x0 - BRACKET - (TICK if ruled else 0)
        colour = (*KINDS[part.kind][0], FULL)
        pen.line([(x + 3, top), (x, top), (x, bottom), (x + 3, bottom)], fill=colour, width=2)
        if part.number:
            _draw_small_text(pen, (x - 2, top + SMALL / 2), str(part.number), colour, "rm")


def _draw_small_text(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    colour: tuple[int, int, int, int],
    anchor: str,
    lettering: Lettering = LATIN,
) -> None:
    """Draw small letters on the page, with a white ground."""
    font = lettering.load_font(SMALL)
    pen.rectangle(Box(*pen.textbbox(at, text, font=font, anchor=anchor)).expand(1), fill=(*PAPER, 220))
    pen.text(at, text, fill=colour, font=font, anchor=anchor)


def _draw_block_bars(pen: ImageDraw.ImageDraw, parts: Sequence[PagePart], to_pixels: ToPixels) -> None:
    """Draw a bar at the left edge of the page along each programme's block."""
    for group, members in groupby((part for part in parts if not part.is_row), key=lambda part: part.group):
        if group:
            _, top, _, bottom = to_pixels(Box.around([part.box for part in members]))
            pen.rectangle((2, top, 7, bottom), fill=(*KINDS["heading"][0], 120))


def _draw_findings(pen: ImageDraw.ImageDraw, findings: Sequence[PageFinding], to_pixels: ToPixels) -> None:
    """Draw a box round what each finding is about, with its name at the upper right corner."""
    for found in findings:
        colour = (*SEVERITIES[found.finding.severity], FULL)
        for box in found.boxes:
            outline = to_pixels(box).expand(2)
            pen.rectangle(outline, outline=colour)
            _draw_small_text(pen, (outline.x1 + 2, outline.top + 2), f"F{found.number}", colour, "lm")

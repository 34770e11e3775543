"""Margins: labels beside a picture, each with a line to what it names.

There are a heading above and a legend below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from extractor.inspection.colours import FAINT, INK, PAPER, Colour
from extractor.inspection.lettering import LATIN, Font, Lettering
from extractor.layout.runs import split_into_runs

# Pixels: of letters, from one label to the next, round everything, of a legend's patch.
LETTERS, PITCH, MARGIN, PATCH = 12, 15, 8, 12
# Which end of a label stands at its line, by the side of the picture: -1 left, 1 right.
ANCHORS = {-1: "rm", 1: "lm"}


@dataclass(frozen=True, slots=True)
class MarginTag:
    """A label: its text, colour, and the pixel of the picture that a line leads to."""

    text: str
    colour: Colour
    x: float
    y: float


LegendRow = Sequence[tuple[str, Colour | None]]


def frame_picture(
    picture: Image.Image,
    left: Sequence[MarginTag],
    right: Sequence[MarginTag],
    head: Sequence[str],
    legend: Sequence[LegendRow],
    lettering: Lettering = LATIN,
) -> Image.Image:
    """Set labels in both margins of a picture, lines above it and a legend below it.

    Args:
        picture: The picture.
        left: The labels of the left margin, in any order.
        right: The labels of the right margin.
        head: The lines above the picture.
        legend: The legend's rows: texts, each with a patch of its colour, or None for no patch.
        lettering: In which words and letters all of this is written; the lines above are written already.

    Returns:
        A larger picture. Labels do not overlap, and a row of the legend that is too wide is broken.
    """
    font = lettering.load_font(LETTERS)
    sides = [_arrange_tags(side, lettering) for side in (left, right)]
    left_width, right_width = (max((round(font.getlength(tag.text)) for tag, _ in side), default=0) for side in sides)
    x0, y0 = left_width + 3 * MARGIN, MARGIN + len(head) * PITCH + MARGIN
    x1, width = x0 + picture.width, x0 + picture.width + right_width + 3 * MARGIN
    below = y0 + max([picture.height, *(y + PITCH for side in sides for _, y in side[-1:])]) + MARGIN
    rows = _wrap_legend(legend, lettering, width - 2 * MARGIN)
    framed = Image.new("RGB", (round(width), round(below + len(rows) * PITCH + MARGIN)), PAPER)
    pen = ImageDraw.Draw(framed)
    for number, line in enumerate(head):
        pen.text((MARGIN, MARGIN + number * PITCH), line, fill=INK, font=font)
    framed.paste(picture, (x0, y0))
    pen.rectangle((x0 - 1, y0 - 1, x1, y0 + picture.height), outline=FAINT)
    for side, edge, out in zip(sides, (x0, x1), (-1, 1), strict=True):
        for tag, y in side:
            bend, end = edge + out * MARGIN, edge + out * 2 * MARGIN
            pen.line([(end, y0 + y), (bend, y0 + y), (x0 + tag.x, y0 + tag.y)][::-out], fill=FAINT)
            pen.text((end + out * 3, y0 + y), tag.text, fill=tag.colour, font=font, anchor=ANCHORS[out])
    for number, row in enumerate(rows):
        _draw_legend_row(pen, row, below + number * PITCH, font)
    return framed


def _arrange_tags(tags: Sequence[MarginTag], lettering: Lettering) -> list[tuple[MarginTag, float]]:
    """Put labels into the reader's words and into their order, each with the height at which it is written."""
    heights = _spread_heights([tag.y for tag in tags])
    said = [replace(tag, text=lettering.translate_label(tag.text)) for tag in sorted(tags, key=lambda tag: tag.y)]
    return list(zip(said, heights, strict=True))


def _spread_heights(wanted: Sequence[float]) -> list[float]:
    """Return heights near those wanted, in order and at least PITCH apart; groups too near are centred on theirs."""
    groups: list[list[float]] = []
    for height in sorted(wanted):
        groups.append([height])
        while len(groups) > 1 and _spread_group(groups[-1])[0] - _spread_group(groups[-2])[-1] < PITCH:
            groups[-2:] = [groups[-2] + groups[-1]]
    heights = [height for group in groups for height in _spread_group(group)]
    # Centring may lift the first ones over the picture's top.
    floor = PITCH / 2
    for index, height in enumerate(heights):
        heights[index] = max(height, floor)
        floor = heights[index] + PITCH
    return heights


def _spread_group(group: Sequence[float]) -> list[float]:
    """Return heights PITCH apart, as many as those of a group and centred on them."""
    first = sum(group) / len(group) - (len(group) - 1) * PITCH / 2
    return [first + number * PITCH for number in range(len(group))]


def _wrap_legend(legend: Sequence[LegendRow], lettering: Lettering, width: float) -> list[LegendRow]:
    """Return the legend's rows in the reader's words, those broken that are wider than the whole."""
    font = lettering.load_font(LETTERS)

    def fits_into_row(row: Sequence[tuple[str, Colour | None]], entry: tuple[str, Colour | None]) -> bool:
        return sum(_width_of_entry(text, font) for text, _ in [*row, entry]) <= width

    said = [[(lettering.translate_label(text), colour) for text, colour in row] for row in legend]
    return [row for given in said for row in split_into_runs(given, fits_into_row)]


def _width_of_entry(text: str, font: Font) -> float:
    return PATCH + 4 + font.getlength(text) + 2 * MARGIN


def _draw_legend_row(pen: ImageDraw.ImageDraw, row: LegendRow, y: float, font: Font) -> None:
    x = float(MARGIN)
    for text, colour in row:
        if colour is not None:
            pen.rectangle((x, y + 1, x + PATCH, y + PATCH), fill=colour)
        pen.text((x + (PATCH + 4 if colour else 0), y), text, fill=INK, font=font)
        x += _width_of_entry(text, font)

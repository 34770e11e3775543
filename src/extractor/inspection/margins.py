"""Margins: labels beside a picture, each with a line to what it names.

There are a heading above and a legend below.

Labels are in Latin letters only, so that no font file is needed: the page's own text is in its picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from extractor.inspection.colours import FAINT, INK, PAPER, Colour
from extractor.layout.runs import split_into_runs

# Pixels: of letters, from one label to the next, round everything, of a legend's patch.
LETTERS, PITCH, MARGIN, PATCH = 12, 15, 8, 12


@dataclass(frozen=True, slots=True)
class MarginTag:
    """A label: its text, colour, and the pixel of the picture that a line leads to."""

    text: str
    colour: Colour
    x: float
    y: float


LegendRow = Sequence[tuple[str, Colour | None]]
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def frame_picture(
    picture: Image.Image,
    left: Sequence[MarginTag],
    right: Sequence[MarginTag],
    head: Sequence[str],
    legend: Sequence[LegendRow],
) -> Image.Image:
    """Set labels in both margins of a picture, lines above it and a legend below it.

    Args:
        picture: The picture.
        left: The labels of the left margin, in any order.
        right: The labels of the right margin.
        head: The lines above the picture.
        legend: The legend's rows: texts, each with a patch of its colour, or None for no patch.

    Returns:
        A larger picture. Labels do not overlap, and a row of the legend that is too wide is broken.
    """
    font = ImageFont.load_default(LETTERS)
    left_width, right_width = (
        max((round(_width_of(tag.text, font)) for tag in side), default=0) for side in (left, right)
    )
    x0, y0 = left_width + 3 * MARGIN, MARGIN + len(head) * PITCH + MARGIN
    x1, width = x0 + picture.width, x0 + picture.width + right_width + 3 * MARGIN
    heights = {id(side): _spread_heights([tag.y for tag in side]) for side in (left, right)}
    below = y0 + max([picture.height, *(side[-1] + PITCH for side in heights.values() if side)]) + MARGIN
    rows = _wrap_legend(legend, font, width - 2 * MARGIN)
    framed = Image.new("RGB", (round(width), round(below + len(rows) * PITCH + MARGIN)), PAPER)
    pen = ImageDraw.Draw(framed)
    for number, line in enumerate(head):
        pen.text((MARGIN, MARGIN + number * PITCH), _to_latin(line), fill=INK, font=font)
    framed.paste(picture, (x0, y0))
    pen.rectangle((x0 - 1, y0 - 1, x1, y0 + picture.height), outline=FAINT)
    for side, edge, out, anchor in ((left, x0, -1, "rm"), (right, x1, 1, "lm")):
        for tag, y in zip(sorted(side, key=lambda tag: tag.y), heights[id(side)], strict=True):
            end = edge + out * 2 * MARGIN
            points = [(end, y0 + y), (edge + out * MARGIN, y0 + y), (x0 + tag.x, y0 + tag.y)]
            pen.line(points if out < 0 else points[::-1], fill=FAINT)
            pen.text((end + out * 3, y0 + y), _to_latin(tag.text), fill=tag.colour, font=font, anchor=anchor)
    for number, row in enumerate(rows):
        _draw_legend_row(pen, row, below + number * PITCH, font)
    return framed


def _to_latin(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii")


def _width_of(text: str, font: _Font) -> float:
    return font.getlength(_to_latin(text))


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


def _wrap_legend(legend: Sequence[LegendRow], font: _Font, width: float) -> list[LegendRow]:
    """Return the legend's rows, those broken that are wider than the whole."""

    def fits(row: Sequence[tuple[str, Colour | None]], entry: tuple[str, Colour | None]) -> bool:
        return sum(_width_of_entry(text, font) for text, _ in [*row, entry]) <= width

    return [row for given in legend for row in split_into_runs(given, fits)]


def _width_of_entry(text: str, font: _Font) -> float:
    return PATCH + 4 + _width_of(text, font) + 2 * MARGIN


def _draw_legend_row(pen: ImageDraw.ImageDraw, row: LegendRow, y: float, font: _Font) -> None:
    x = float(MARGIN)
    for text, colour in row:
        if colour is not None:
            pen.rectangle((x, y + 1, x + PATCH, y + PATCH), fill=colour)
        pen.text((x + (PATCH + 4 if colour else 0), y), _to_latin(text), fill=INK, font=font)
        x += _width_of_entry(text, font)

"""Margins: labels beside a picture, each with a line to what it names, a heading above, and a legend below.

Labels are in Latin letters only, so that no font file is needed: the page's own text is in its picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from extractor.inspection.colours import FAINT, INK, PAPER, Colour

# Pixels: of letters, from one label to the next, round everything, of a legend's patch.
LETTERS, PITCH, MARGIN, PATCH = 12, 15, 8, 12


@dataclass(frozen=True, slots=True)
class Tag:
    """A label: its text, colour, and the pixel of the picture that a line leads to."""

    text: str
    colour: Colour
    x: float
    y: float


Legend = Sequence[tuple[str, Colour | None]]


def framed(
    picture: Image.Image, left: Sequence[Tag], right: Sequence[Tag], head: Sequence[str], legend: Sequence[Legend]
) -> Image.Image:
    """The picture with labels in both margins. `legend` are its rows: texts, with a patch of colour or without."""
    font = ImageFont.load_default(LETTERS)
    widths = [max((round(font.getlength(_latin(tag.text))) for tag in side), default=0) for side in (left, right)]
    x0, y0 = widths[0] + 3 * MARGIN, MARGIN + len(head) * PITCH + MARGIN
    sides = [_spread([tag.y for tag in side]) for side in (left, right)]
    below = y0 + max([picture.height, *(heights[-1] + PITCH for heights in sides if heights)]) + MARGIN
    width = x0 + picture.width + widths[1] + 3 * MARGIN
    rows = _wrapped(legend, font, width - 2 * MARGIN)
    whole = Image.new("RGB", (round(width), round(below + len(rows) * PITCH + MARGIN)), PAPER)
    pen = ImageDraw.Draw(whole)
    for number, line in enumerate(head):
        pen.text((MARGIN, MARGIN + number * PITCH), _latin(line), fill=INK, font=font)
    whole.paste(picture, (x0, y0))
    pen.rectangle((x0 - 1, y0 - 1, x0 + picture.width, y0 + picture.height), outline=FAINT)
    for tag, y in zip(sorted(left, key=_height), sides[0], strict=True):
        end = x0 - 2 * MARGIN
        pen.line((end, y0 + y, x0 - MARGIN, y0 + y, x0 + tag.x, y0 + tag.y), fill=FAINT)
        pen.text((end - 3, y0 + y), _latin(tag.text), fill=tag.colour, font=font, anchor="rm")
    for tag, y in zip(sorted(right, key=_height), sides[1], strict=True):
        end = x0 + picture.width + 2 * MARGIN
        pen.line((x0 + tag.x, y0 + tag.y, end - MARGIN, y0 + y, end, y0 + y), fill=FAINT)
        pen.text((end + 3, y0 + y), _latin(tag.text), fill=tag.colour, font=font, anchor="lm")
    for number, row in enumerate(rows):
        _legend_row(pen, row, below + number * PITCH, font)
    return whole


_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def _height(tag: Tag) -> float:
    return tag.y


def _latin(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii")


def _spread(wanted: Sequence[float]) -> list[float]:
    """Heights near those wanted, in order, at least PITCH apart: groups that are too near are centred on theirs."""
    groups: list[list[float]] = []
    for height in sorted(wanted):
        groups.append([height])
        while len(groups) > 1 and _first(groups[-1]) - _last(groups[-2]) < PITCH:
            groups[-2:] = [groups[-2] + groups[-1]]
    heights = [_first(group) + number * PITCH for group in groups for number in range(len(group))]
    # Centring may lift the first ones over the picture's top.
    down = max(0.0, PITCH / 2 - heights[0]) if heights else 0.0
    for index, height in enumerate(heights):
        floor = heights[index - 1] + PITCH if index else height + down
        heights[index] = max(height, floor)
    return heights


def _first(group: Sequence[float]) -> float:
    return sum(group) / len(group) - (len(group) - 1) * PITCH / 2


def _last(group: Sequence[float]) -> float:
    return _first(group) + (len(group) - 1) * PITCH


def _wrapped(legend: Sequence[Legend], font: _Font, width: float) -> list[Legend]:
    """The legend's rows, those broken that are wider than the whole."""
    rows: list[list[tuple[str, Colour | None]]] = []
    for given in legend:
        rows.append([])
        used = 0.0
        for text, colour in given:
            needed = _needed(text, font)
            if rows[-1] and used + needed > width:
                rows.append([])
                used = 0.0
            rows[-1].append((text, colour))
            used += needed
    return [*rows]


def _needed(text: str, font: _Font) -> float:
    return PATCH + 4 + font.getlength(_latin(text)) + 2 * MARGIN


def _legend_row(pen: ImageDraw.ImageDraw, row: Legend, y: float, font: _Font) -> None:
    x = float(MARGIN)
    for text, colour in row:
        if colour is not None:
            pen.rectangle((x, y + 1, x + PATCH, y + PATCH), fill=colour)
        pen.text((x + (PATCH + 4 if colour else 0), y), _latin(text), fill=INK, font=font)
        x += _needed(text, font)

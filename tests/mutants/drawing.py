"""Shapes as paths, and annotations: instructions that draw signs, figures and strokes."""

import random
from collections.abc import Sequence
from math import cos, pi, sin

from extractor.document.geometry import Box

# Seven bars of a figure as on a display: top, upper left, upper right, middle, lower left, lower right, bottom.
_BARS = (
    (0.1, 0.9, 0.6, 0.1), (0.1, 0.5, 0.1, 0.5), (0.6, 0.5, 0.1, 0.5), (0.1, 0.45, 0.6, 0.1),
    (0.1, 0.0, 0.1, 0.5), (0.6, 0.0, 0.1, 0.5), (0.1, 0.0, 0.6, 0.1),
)  # fmt: skip
_LIT = {
    "0": (0, 1, 2, 4, 5, 6), "1": (2, 5), "2": (0, 2, 3, 4, 6), "3": (0, 2, 3, 5, 6), "4": (1, 2, 3, 5),
    "5": (0, 1, 3, 5, 6), "6": (0, 1, 3, 4, 5, 6), "7": (0, 2, 5), "8": (0, 1, 2, 3, 4, 5, 6), "9": (0, 1, 2, 3, 5, 6),
}  # fmt: skip
Point = tuple[float, float]


def draw_path(points: Sequence[Point], end: str) -> bytes:
    """A path through points."""
    steps = (f"{x:.3f} {y:.3f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
    return f"{' '.join(steps)} {end}\n".encode()


def draw_figures(text: str, x: float, foot: float, high: float) -> bytes:
    """Figures made of bars."""
    out = b""
    for at, char in enumerate(char for char in text if char in _LIT):
        for bar in _LIT[char]:
            left, low, wide, tall = (one * high * 0.72 for one in _BARS[bar])
            out += b"%.3f %.3f %.3f %.3f re " % (x + at * 0.62 * high + left * 0.8, foot + low, wide * 0.8, tall)
    return out + b"f\n"


def draw_sign(sign: str, box: Box, chance: random.Random) -> bytes:
    """A sign in a box, as one of the ways in which programs draw it."""
    x0, y0, x1, y1 = box
    middle, across = (y0 + y1) / 2, (x0 + x1) / 2
    pen = b"%.2f w " % chance.uniform(0.4, 1.0)
    if sign == "－":
        low = middle - 0.4
        bar = b"%.2f %.2f %.2f %.2f re f\n" % (x0, low, x1 - x0, chance.uniform(0.5, 1.0))
        return chance.choice((bar, pen + draw_path([(x0, middle), (x1, middle)], "S")))
    if sign in "△▲":
        corners = [(x0, y0), (across, y1), (x1, y0)]
        return pen + draw_path(corners, "f" if sign == "▲" else chance.choice(("s", "h S")))
    if sign in "○●":
        radius = (x1 - x0) / 2
        if chance.random() < 0.5:
            step = chance.choice((12, 24, 40))
            ring = [
                (across + radius * cos(a * 2 * pi / step), middle + radius * sin(a * 2 * pi / step))
                for a in range(step)
            ]
            return pen + draw_path(ring, "f" if sign == "●" else "s")
        bend = 0.5523 * radius
        parts = [f"{across + radius:.3f} {middle:.3f} m"]
        for turn in range(4):
            a, b = turn * pi / 2, (turn + 1) * pi / 2
            points = (
                (radius * cos(a) - bend * sin(a), radius * sin(a) + bend * cos(a)),
                (radius * cos(b) + bend * sin(b), radius * sin(b) - bend * cos(b)),
                (radius * cos(b), radius * sin(b)),
            )
            parts.append(" ".join(f"{across + x:.3f} {middle + y:.3f}" for x, y in points) + " c")
        return pen + " ".join([*parts, "f" if sign == "●" else "s"]).encode() + b"\n"
    return b"%.2f w " % chance.uniform(0.7, 1.2) + draw_path(
        [(x0, middle), (x0 + 0.35 * (x1 - x0), y0), (x1, y1)], "S"
    )  # ✔


def make_stroke(way: str, box: Box, chance: random.Random) -> list[list[Point]]:
    """The lines of a stroke through a box."""
    over = chance.uniform(0.0, 2.0)
    x0, x1 = box.x0 - over, box.x1 + over
    high = box.bottom - box.top
    middle = (box.top + box.bottom) / 2 + chance.uniform(-0.08, 0.08) * high
    low, up = box.top + 0.15 * high, box.bottom - 0.1 * high
    match way:
        case "double":
            return [[(x0, middle + dy), (x1, middle + dy)] for dy in (-0.9, 0.9)]
        case "wave":
            steps = max(4, int((x1 - x0) / 1.5))
            return [[(x0 + (x1 - x0) * at / steps, middle + (0.9 if at % 2 else -0.9)) for at in range(steps + 1)]]
        case "cross":
            return [[(x0, low), (x1, up)], [(x0, up), (x1, low)]]
        case "oblique":
            return [[(x0, low), (x1, up)] if chance.random() < 0.5 else [(x0, up), (x1, low)]]
    return [[(x0, middle), (x1, middle)]]


def draw_stroke(way: str, box: Box, chance: random.Random) -> bytes:
    """A stroke through a box."""
    colour = chance.choice((b"0 G 0 g", b"1 0 0 RG 1 0 0 rg", b"0 0 1 RG 0 0 1 rg"))
    if way == "area":
        ((start, end),) = make_stroke("level", box, chance)
        thick = chance.uniform(0.4, 1.1)
        return b"q %s %.2f %.2f %.2f %.2f re f Q\n" % (colour, start[0], start[1] - thick / 2, end[0] - start[0], thick)
    lines = b"".join(draw_path(line, "S") for line in make_stroke(way, box, chance))
    return b"q %s %.2f w %sQ\n" % (colour, chance.uniform(0.4, 1.2), lines)

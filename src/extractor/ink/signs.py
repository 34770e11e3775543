"""Signs: shapes that are drawn in place of characters are read by their form."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.document.geometry import Box
from extractor.ink.drawing import Grey, PageDrawing

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# What stands for the font of a sign that is drawn.
DRAWN = "(drawn)"
# Dots of the longer side of a sign that is looked at closely.
FINE = 48.0
# Signs longer than this many times their height are dashes.
LEVEL = 3.0
# Rings and squares are no more times longer one way than the other.
EVEN = 1.25
# Steps of grey, of 256, from the ground to the darkest dot of a sign.
SEEN_CLOSELY = 40

Shape = NDArray[np.bool_]


def read_sign(drawing: PageDrawing, box: Box, beside: Sequence[Box]) -> str:
    """Read a sign by its shape.

    Args:
        drawing: The page.
        box: The sign's box, in points.
        beside: The room of what is known on the page: it is no part of the sign.

    Returns:
        The character that a person sees; U+FFFD for a shape that is none of the usual ones.
    """
    scale = FINE / max(box.width, box.height)
    room = box.expand(4 / scale)
    grey = drawing.draw_part(room, scale)
    left, top = max(0.0, room.x0), max(0.0, room.top)
    known = np.zeros(grey.shape, bool)
    for part in filter(None, (room.intersection(one) for one in beside)):
        x0, x1 = round((part.x0 - left) * scale), round((part.x1 - left) * scale)
        y0, y1 = round((part.top - top) * scale), round((part.bottom - top) * scale)
        known[y0:y1, x0:x1] = True
    return name_shape(grey, known)


def name_shape(grey: Grey, known: Shape | None = None) -> str:
    """Name the shape of what is darker, or lighter, than the ground of a picture.

    Args:
        grey: The picture of one sign, with some ground on each side.
        known: The dots that are no part of it.

    Returns:
        One of － ○ ● △ ▲ ▽ ▼ □ ■ ✔ × ／ ＼; U+FFFD for any other.
    """
    free = np.ones(grey.shape, bool) if known is None else ~known
    rim = np.zeros(grey.shape, bool)
    rim[0] = rim[-1] = rim[:, 0] = rim[:, -1] = True
    if not free.any():
        return UNKNOWN
    # Where rules go all around, most of what is between them is ground.
    ground = int(np.median(grey[rim & free] if (rim & free).any() else grey[free]))
    away = np.abs(grey.astype(np.int16) - ground) * free
    if int(away.max(initial=0)) < SEEN_CLOSELY:
        return UNKNOWN
    ink = trim_shape(away > int(away.max()) / 2)
    height, width = ink.shape
    if slash := _name_slash(ink):
        return slash
    if width > LEVEL * height:
        return "－" if ink.mean() > 0.8 else UNKNOWN
    if height > 2 * width or width > 2 * height:
        return UNKNOWN
    filled = fill_holes(ink)
    is_outline = bool(filled.sum() > 1.25 * ink.sum())
    for looks, outlined, solid in _CLOSED:
        if looks(filled):
            # A figure of bars has another hole, or two.
            holes = filled & ~ink
            return solid if not is_outline else outlined if looks(trim_shape(holes)) else UNKNOWN
    return next((sign for looks, sign in _OPEN if not is_outline and looks(ink)), UNKNOWN)


def _name_slash(ink: Shape) -> str:
    """Name a straight stroke from corner to corner; nothing where a shape is none."""
    height, width = ink.shape
    if min(height, width) < 8 or ink.mean() > 0.3:
        return ""
    for sign, shape in (("／", ink[:, ::-1]), ("＼", ink)):
        y, x = np.nonzero(shape)
        if np.abs(x / width - y / height).max() < 0.15 and shape.any(axis=0).mean() > 0.9:
            return sign
    return ""


def trim_shape(ink: Shape) -> Shape:
    """Cut the ground off around a shape."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fill_holes(ink: Shape) -> Shape:
    """Fill what ink goes all around of.

    >>> fill_holes(np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], bool)).all()
    np.True_
    """
    free = np.pad(~ink, 1, constant_values=True)
    outside = np.zeros_like(free)
    outside[0] = outside[-1] = True
    outside[:, 0] = outside[:, -1] = True
    before = 0
    while (count := int(outside.sum())) != before:
        before = count
        grown = outside.copy()
        grown[1:] |= outside[:-1]
        grown[:-1] |= outside[1:]
        grown[:, 1:] |= outside[:, :-1]
        grown[:, :-1] |= outside[:, 1:]
        outside = grown & free
    return ~outside[1:-1, 1:-1]


def _is_like(filled: Shape, inside: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]) -> bool:
    """Tell whether a shape fills nearly the same dots as a form that is as wide and as high."""
    y, x = np.mgrid[0 : filled.shape[0], 0 : filled.shape[1]].astype(float)
    wanted = inside((x + 0.5) / filled.shape[1], (y + 0.5) / filled.shape[0])
    return bool((wanted & filled).sum() > 0.88 * (wanted | filled).sum())


def _is_round(filled: Shape) -> bool:
    return _is_even(filled) and _is_like(filled, lambda x, y: (x - 0.5) ** 2 + (y - 0.5) ** 2 <= 0.25)


def _is_square(filled: Shape) -> bool:
    return _is_even(filled) and bool(filled.mean() > 0.93)


def _is_even(filled: Shape) -> bool:
    """Tell whether a shape is about as high as wide: the figure nought is not."""
    return bool(max(filled.shape) <= EVEN * min(filled.shape))


def _points_up(filled: Shape) -> bool:
    return _is_like(filled, lambda x, y: np.abs(x - 0.5) <= y / 2)


def _points_down(filled: Shape) -> bool:
    return _is_like(filled, lambda x, y: np.abs(x - 0.5) <= (1 - y) / 2)


def _is_tick(ink: Shape) -> bool:
    """Tell whether two strokes go down to one point, left of the middle, and the right one comes from higher up."""
    height, width = ink.shape
    tops = np.where(ink.any(axis=0), ink.argmax(axis=0), height) / height
    lows = (height - 1 - ink[::-1].argmax(axis=0)) / height
    lowest = int(np.argmax(lows))
    left, right = tops[: max(1, width // 12)].min(), tops[-max(1, width // 12) :].min()
    return bool(
        ink.any(axis=0).all()
        and ink.mean() < 0.45
        and 0.1 * width < lowest < 0.6 * width
        and right < 0.2
        and left - right > 0.15
        and _falls(lows[: lowest + 1])
        and _falls(lows[lowest:][::-1])
    )


def _falls(heights: NDArray[np.float64]) -> bool:
    """Tell whether a stroke goes down all the way."""
    return bool((np.diff(heights) > -0.08).all())


def _is_cross(ink: Shape) -> bool:
    """Tell whether a shape is two strokes from corner to corner."""
    y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]].astype(float)
    x, y = (x + 0.5) / ink.shape[1], (y + 0.5) / ink.shape[0]
    near = np.minimum(np.abs(x - y), np.abs(1 - x - y))
    return bool(ink.mean() < 0.5 and near[ink].max() < 0.2 and ink[near < 0.03].mean() > 0.9)


# What a shape looks like when its holes are filled, and its sign as an outline and filled.
_CLOSED: tuple[tuple[Callable[[Shape], bool], str, str], ...] = (
    (_is_square, "□", "■"),
    (_is_round, "○", "●"),
    (_points_up, "△", "▲"),
    (_points_down, "▽", "▼"),
)
_OPEN: tuple[tuple[Callable[[Shape], bool], str], ...] = ((_is_tick, "✔"), (_is_cross, "×"))

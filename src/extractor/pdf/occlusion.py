"""Occlusion: text over which something opaque was painted later cannot be seen.

Boxes are those of the PDF, whose y grows upwards: `top` is the lower side here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import Matrix, PathSegment, Point, apply_matrix_pt

from extractor.document.geometry import Box
from extractor.pdf.set_text import SetCharacter

Inside = Callable[[float, float], bool]

# Points: characters are kept by bands of this height, so that a cover looks at those near it alone.
BAND = 16.0
# A character is covered when its middle is, and points round it by this part of its sides: a line through it is none.
ROUND = 0.3
# A fill less opaque than this lets what is under it be seen; one as faint as this is not seen itself.
OPAQUE, FAINT = 0.99, 0.02


@dataclass(frozen=True, slots=True)
class PaintState:
    """What is set for painting.

    It is how opaque fills are, and what else may let shine through what is under them. `plain`: no blending, mask or
    overprint. `boxed`: the clip is a box, so it is known what is painted. `solid`: not within a form that is painted
    otherwise.
    """

    alpha: float = 1.0
    plain: bool = True
    boxed: bool = True
    solid: bool = True

    def hides(self) -> bool:
        """Tell whether what is filled so hides what is under it.

        It is told as far as it is known where that is.
        """
        return self.plain and self.boxed and self.solid and self.alpha >= OPAQUE

    def with_parameters(self, parameters: dict[str, object]) -> "PaintState":
        """Return the paint after a set of parameters (ExtGState).

        These set opacity, blending, masks and overprint.
        """
        alpha, plain = parameters.get("ca"), self.plain
        if not parameters.keys().isdisjoint({"BM", "SMask", "OP", "op"}):
            mode, mask = (getattr(parameters.get(name), "name", None) for name in ("BM", "SMask"))
            plain = mode in {None, "Normal", "Compatible"} and ("SMask" not in parameters or mask == "None")
            plain = plain and parameters.get("OP") is not True and parameters.get("op") is not True
        return replace(self, plain=plain, alpha=float(alpha) if isinstance(alpha, int | float) else self.alpha)


class VisibleText:
    """The characters of a page that can be seen so far."""

    def __init__(self) -> None:
        self._bands: dict[int, list[SetCharacter]] = defaultdict(list)
        self.hidden: set[int] = set()  # ids of the characters that were covered
        self.count = 0  # of these, blanks aside

    def add_character(self, glyph: SetCharacter) -> None:
        """Take up a character that was set."""
        middle = (glyph.box.top + glyph.box.bottom) / 2
        if isfinite(middle):
            self._bands[int(middle // BAND)].append(glyph)

    def cover_box(self, box: Box) -> list[SetCharacter]:
        """Hide the characters under something opaque that was painted in a box; give these."""
        return self._hide_covered(box, box.contains_point)

    def cover_path(self, path: Sequence[PathSegment], ctm: Matrix, clip: Box, *, even_odd: bool) -> list[SetCharacter]:
        """Hide the characters under a path that was filled with something opaque.

        Args:
            path: The path, in its own coordinates.
            ctm: What turns these into the page's.
            clip: The clip's box, beyond which nothing is painted.
            even_odd: Whether the even-odd rule says what is inside the path; otherwise the rule of winding numbers.

        Returns:
            The characters that are hidden by it.
        """
        rings = list(_list_rings(path, ctm))
        points = [point for ring in rings for point in ring]
        if points and all(isfinite(at) for point in points for at in point):
            box = intersect_boxes(clip, bound_points(points))
            return self._hide_covered(box, lambda x, y: _is_inside(x, y, rings, even_odd=even_odd))
        return []

    def _hide_covered(self, box: Box, inside: Inside) -> list[SetCharacter]:
        if not self._bands or not (box.width > 0 and box.height > 0):
            return []
        first, last = min(self._bands), max(self._bands)
        low = first if box.top == -inf else max(first, int(box.top // BAND))
        high = last if box.bottom == inf else min(last, int(box.bottom // BAND))
        gone: list[SetCharacter] = []
        for band in self._bands.keys() & range(low, high + 1):
            gone += (glyph for glyph in self._bands[band] if self._is_covered(glyph, box, inside))
            self._bands[band] = [glyph for glyph in self._bands[band] if id(glyph) not in self.hidden]
        return gone

    def _is_covered(self, glyph: SetCharacter, box: Box, inside: Inside) -> bool:
        x, y = glyph.box.centre
        if not box.contains_point(x, y):
            return False
        dx, dy = ROUND * glyph.box.width, ROUND * glyph.box.height
        points = [(x, y), (x - dx, y - dy), (x + dx, y - dy), (x - dx, y + dy), (x + dx, y + dy)]
        if not all(box.contains_point(*point) and inside(*point) for point in points):
            glyph.shape = None  # it may be covered in part
            return False
        self.hidden.add(id(glyph))
        self.count += not glyph.is_blank
        return True


def is_opaque(image: PDFStream) -> bool:
    """Tell whether a picture hides what is under all of it."""
    stencil = resolve1(image.get_any(("ImageMask", "IM")))
    return not stencil and not any(name in image.attrs for name in ("SMask", "Mask", "SMaskInData"))


def is_level(ctm: Matrix) -> bool:
    """Tell whether a picture fills its box, turned by quarters of a circle at most."""
    a, b, c, d = ctm[:4]
    return min(abs(a) + abs(d), abs(b) + abs(c)) <= 0.01 * max(abs(a) + abs(d), abs(b) + abs(c))


def intersect_boxes(box: Box, other: Box) -> Box:
    """Return what two boxes have in common.

    Args:
        box: A box.
        other: Another one.

    Returns:
        The common box; with sides in the wrong order where the boxes have nothing in common.
    """
    x0, y0, x1, y1 = other
    return Box(max(box.x0, x0), max(box.top, y0), min(box.x1, x1), min(box.bottom, y1))


def bound_points(points: Iterable[Point]) -> Box:
    """Return the smallest box around points; at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _list_rings(path: Sequence[PathSegment], ctm: Matrix) -> Iterator[list[Point]]:
    """Give the parts of a path as polygons; of a curve its ends."""
    ring: list[Point] = []
    for step in path:
        if step[0] == "m" and ring:
            yield ring
            ring = []
        if len(step) >= 3:
            ring.append(apply_matrix_pt(ctm, (float(step[-2]), float(step[-1]))))
    if ring:
        yield ring


def _is_inside(x: float, y: float, rings: Sequence[Sequence[Point]], *, even_odd: bool) -> bool:
    """Tell whether a point lies within polygons, by either of PDF's two rules."""
    winding = crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
                winding += 1 if y1 > y0 else -1
    return crossings % 2 == 1 if even_odd else winding != 0

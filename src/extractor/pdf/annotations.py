"""Annotations: what notes, stamps, form fields and strokes of a reviewer print on a page."""

from collections.abc import Iterator
from math import isfinite
from typing import Any, NamedTuple

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect

# Flags of an annotation that is not shown: hidden, no view.
_NOT_SHOWN = 2 | 32
MOST_ANNOTATIONS = 2_000  # a page


class Appearance(NamedTuple):
    """What an annotation prints: a form, and the matrix that puts it in its place on the page."""

    form: PDFStream
    place: Matrix


def list_appearances(page: PDFPage) -> Iterator[Appearance]:
    """List what the annotations of a page print; of strokes that say only where they go, these."""
    annotations = resolve1(page.annots)
    for entry in annotations[:MOST_ANNOTATIONS] if isinstance(annotations, list) else []:
        annotation = resolve1(entry)
        if not isinstance(annotation, dict) or _is_hidden(annotation):
            continue
        form = _find_form(annotation) or _draw_strokes(annotation)
        if form is not None and (place := _place_form(form, _read_numbers(annotation.get("Rect")))) is not None:
            yield Appearance(form, place)


def _is_hidden(annotation: dict[str, Any]) -> bool:
    flags = resolve1(annotation.get("F"))
    is_popup = getattr(resolve1(annotation.get("Subtype")), "name", "") == "Popup"
    return is_popup or (isinstance(flags, int) and bool(flags & _NOT_SHOWN))


def _find_form(annotation: dict[str, Any]) -> PDFStream | None:
    """Find the normal appearance; of a check box that of its state."""
    appearances = resolve1(annotation.get("AP"))
    normal = resolve1(appearances.get("N")) if isinstance(appearances, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(getattr(resolve1(annotation.get("AS")), "name", "Off")))
    return normal if isinstance(normal, PDFStream) else None


def _draw_strokes(annotation: dict[str, Any]) -> PDFStream | None:
    """Draw the lines of an annotation without an appearance; None where it has none."""
    lines: list[list[float]] = []
    match getattr(resolve1(annotation.get("Subtype")), "name", ""):
        case "StrikeOut":
            points = _read_numbers(annotation.get("QuadPoints"))
            for at in range(0, len(points) - 7, 8):
                # The corners of a word: the upper two, then the lower two.
                x0, y0, x1, y1, x2, y2, x3, y3 = points[at : at + 8]
                lines.append([(x0 + x2) / 2, (y0 + y2) / 2, (x1 + x3) / 2, (y1 + y3) / 2])
        case "Line":
            lines = [_read_numbers(annotation.get("L"))]
        case "PolyLine":
            lines = [_read_numbers(annotation.get("Vertices"))]
        case "Ink":
            drawn = resolve1(annotation.get("InkList"))
            lines = [_read_numbers(line) for line in drawn] if isinstance(drawn, list) else []
    lines = [line for line in lines if len(line) >= 4]
    if not lines:
        return None
    steps = (
        f"{x:f} {y:f} {'l' if at else 'm'} "
        for line in lines
        for at, (x, y) in enumerate(zip(line[::2], line[1::2], strict=False))
    )
    content = ("0.5 w " + "".join(steps) + "S").encode()
    form = PDFStream({"Subtype": LIT("Form"), "BBox": _read_numbers(annotation.get("Rect"))}, content)
    form.set_objid(0, 0)  # the library carries out numbered streams alone
    return form


def _place_form(form: PDFStream, rect: list[float]) -> Matrix | None:
    """Make the matrix that puts a form's box into an annotation's rectangle (ISO 32000, 12.5.5, algorithm 8.1)."""
    form.attrs.setdefault("Subtype", LIT("Form"))
    form.attrs.setdefault("BBox", [0, 0, abs(rect[2] - rect[0]), abs(rect[3] - rect[1])] if len(rect) == 4 else [])
    box, matrix = _read_numbers(form.get("BBox")), _read_numbers(form.get("Matrix")) or list(MATRIX_IDENTITY)
    if (len(box), len(matrix), len(rect)) != (4, 6, 4):
        return None
    x0, y0, x1, y1 = apply_matrix_rect(tuple(matrix), tuple(box))  # type: ignore[arg-type]
    left, right = sorted((rect[0], rect[2]))
    low, high = sorted((rect[1], rect[3]))
    across = (right - left) / (x1 - x0) if x1 > x0 else 1.0
    up = (high - low) / (y1 - y0) if y1 > y0 else 1.0
    return across, 0.0, 0.0, up, left - across * x0, low - up * y0


def _read_numbers(entry: object) -> list[float]:
    """Read a list of numbers; empty where it is none."""
    found = resolve1(entry)
    numbers = [resolve1(number) for number in found] if isinstance(found, list | tuple) else []
    return [float(n) for n in numbers] if all(isinstance(n, int | float) and isfinite(n) for n in numbers) else []

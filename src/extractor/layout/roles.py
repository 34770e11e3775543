"""Roles: what each glyph is to the text of its page, told before lines are made.

Most are its body. Watermarks, what stands slanted and the readings over words (ruby) are set apart. A note's mark stays
beside what it stands at, as the raised sign that it is (423¹⁾), and never as a figure of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractor.document.geometry import Box
from extractor.document.layout import FurnitureKind
from extractor.document.page import Glyph, Page
from extractor.layout.note_marks import set_marks_apart
from extractor.layout.ruby import find_ruby

# Degrees: text that is turned by less stands straight, as printed from a sheet that lay aslant.
ASLANT = 3.0
# What is so many times as large as the page's text and no darker than this is a watermark; what is as large as LARGE
# and printed over other text, however dark it is. What is paler than WHITE is printed on a dark ground.
LARGE, HUGE, PALE, WHITE = 2.0, 3.0, 0.6, 0.1


@dataclass(frozen=True, slots=True)
class PageRoles:
    """The glyphs of a page that are its text, and groups of others, each with what they are."""

    body: tuple[Glyph, ...]
    apart: tuple[tuple[FurnitureKind, tuple[Glyph, ...]], ...]


def assign_roles(page: Page) -> PageRoles:
    """Tell what is the text of a page, and set the rest apart.

    Every glyph is in the body or in one group. Of a page that was recognised the places are not exact enough.
    """
    if page.recognised or not page.glyphs:
        return PageRoles(page.glyphs, ())
    body, apart = _split_off_watermarks(page.glyphs)
    readings = find_ruby(body)
    taken = {id(glyph) for reading in readings for glyph in reading}
    body = [glyph for glyph in body if id(glyph) not in taken]
    apart += [("ruby", tuple(reading)) for reading in readings]
    return PageRoles(tuple(set_marks_apart(_read_downwards(body), page.rules)), tuple(apart))


def _split_off_watermarks(
    glyphs: Sequence[Glyph],
) -> tuple[list[Glyph], list[tuple[FurnitureKind, tuple[Glyph, ...]]]]:
    """Split off what is a watermark or stands slanted, those of one kind and size together in file order."""
    straight = [glyph.size for glyph in glyphs if not is_slanted(glyph) and glyph.text.strip()]
    usual = median(straight) if straight else 0.0
    large = {id(glyph) for glyph in _find_large_over_text(glyphs, usual)}
    body: list[Glyph] = []
    groups: list[tuple[FurnitureKind, list[Glyph]]] = []
    for glyph in glyphs:
        is_large = glyph.size >= LARGE * usual
        if glyph.watermark or id(glyph) in large or (is_slanted(glyph) and (is_large or glyph.ink <= PALE)):
            kind: FurnitureKind = "watermark"
        elif is_slanted(glyph):
            kind = "slanted"
        else:
            body.append(glyph)
            continue
        if groups and groups[-1][0] == kind and _is_set_alike(groups[-1][1][-1], glyph):
            groups[-1][1].append(glyph)
        else:
            groups.append((kind, [glyph]))
    return body, [(kind, tuple(group)) for kind, group in groups]


def is_slanted(glyph: Glyph) -> bool:
    """Tell whether a glyph stands neither straight nor sideways."""
    return ASLANT < glyph.angle % 90 < 90 - ASLANT


def _is_set_alike(before: Glyph, glyph: Glyph) -> bool:
    return before.angle == glyph.angle and before.font == glyph.font


def _find_large_over_text(glyphs: Sequence[Glyph], usual: float) -> list[Glyph]:
    """Find what is large and has other text within its box, or is pale and may have."""
    found = []
    for glyph in glyphs:
        if glyph.size < LARGE * usual or is_slanted(glyph) or not glyph.text.strip():
            continue
        box = Box.of(glyph)
        under = sum(box.contains_centre(other) for other in glyphs if other.size < glyph.size / LARGE)
        stands_out = glyph.size >= HUGE * usual and WHITE < glyph.ink <= PALE
        if stands_out or under >= (1 if glyph.ink <= PALE else 2):
            found.append(glyph)
    fonts = {(glyph.font, glyph.size, glyph.ink) for glyph in found}
    return [glyph for glyph in glyphs if (glyph.font, glyph.size, glyph.ink) in fonts]


def _read_downwards(glyphs: list[Glyph]) -> list[Glyph]:
    """Let sideways text that is read upwards be read downwards, as all other is, in the places where it stands."""
    found: list[Glyph] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        upwards = abs(glyph.angle - 90) <= ASLANT and glyph.text.strip()
        goes_on = run and upwards and abs(run[-1].x0 - glyph.x0) < 0.2 * glyph.size
        goes_on = goes_on and 0 < run[-1].top - glyph.top < 2.5 * glyph.size
        if not goes_on:
            found += _turn_over(run)
            run = []
        if upwards:
            run.append(glyph)
        else:
            found.append(glyph)
    return found + _turn_over(run)


def _turn_over(run: Sequence[Glyph]) -> list[Glyph]:
    """Give the glyphs of a run that is read upwards in each other's places."""
    return [
        replace(glyph, x0=place.x0, top=place.top, x1=place.x1, bottom=place.bottom)
        for glyph, place in zip(run, reversed(run), strict=True)
    ]

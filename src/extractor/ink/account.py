"""Account: every glyph of a page has ink, and all ink near text is of a glyph, a rule, an area or a picture."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from extractor.document.geometry import Box, gap_x, gap_y, height_of, width_of
from extractor.document.page import Character, Doubt, Glyph, Page, Rule
from extractor.ink.drawing import PageDrawing, draw_page, open_drawings
from extractor.ink.edges import (
    Mask,
    Sides,
    chain_rules,
    clear_boxes,
    clear_long_runs,
    count_dots,
    find_components,
    find_edges,
    list_sides,
)
from extractor.ink.signs import DRAWN, UNKNOWN, read_sign
from extractor.ink.strikes import bound_stroke, find_strikes, list_dots
from extractor.records.messages import make_message

# Points round a rule that are its own ink: half of a thick one, and the edge.
AROUND_RULE = 1.6
# Rules longer than this are no signs (points); so far may the dashes of one be apart.
SIGN, DASH = 16.0, 3.0
# A rule that meets no other is a dash up to this length; short ones in a row up to that may be bars of figures.
ALONE, FIGURES = 60.0, 96.0
# Points within which rules meet, or a line is under text.
NEAR = 2.0
# Parts of the size by which ink may reach out of its glyph's box to the sides, above and below (an underline too).
ASIDE, ABOVE, BELOW = 0.08, 0.1, 0.25
# Dots of edges that ink of a sign has at the least, and the points of its longer side.
FEWEST, SMALLEST = 6, 2.5
# A blank is a lost character where it has as many dots of edges as this for each point of its size.
LOST = 0.6
# Parts of the size round a blank within which a drawing goes on.
AROUND = 0.25
# Pictures higher than this are looked at by what recognises text (points).
HIGH = 60.0
# Signs of a page that are looked at closely, and the side beyond which ink is a drawing (points).
MOST_SIGNS, LARGE = 200, 150.0


def account_for_ink(data: bytes, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Hold what the text of each page says against what is drawn on it.

    Args:
        data: The bytes of the PDF.
        pages: Its pages.

    Returns:
        The pages, without the glyphs that leave no ink; blanks that are drawn are U+FFFD; `marks` are the signs that
        are drawn and not set. `doubts` say so. Pages that cannot be drawn, and those that were recognised, stay.
    """
    with open_drawings(data) as document:
        if document is None:
            return tuple(pages)

        def look_at_page(page: Page) -> Page:
            if page.recognised or not page.glyphs:
                return page
            with draw_page(document, page.number, page.turn) as drawing:
                if drawing is None or abs(drawing.width - page.width) + abs(drawing.height - page.height) > 1:
                    return page
                return _account_for_page(page, drawing)

        return tuple(map(look_at_page, pages))


def _account_for_page(page: Page, drawing: PageDrawing) -> Page:
    struck, strikes = find_strikes(page.glyphs, page.strokes, page.rules)
    edges = find_edges(drawing.grey)
    rules = _list_rule_boxes(page)
    own = edges.copy()
    clear_boxes(own, list_sides([*rules, *_list_borders(page.fills)]))
    unprinted = _find_unprinted(page, own, edges)
    if 2 * sum(unprinted) > sum(not _is_blank(glyph.text) for glyph in page.glyphs):
        # The two engines do not mean the same page: nothing of it can be told.
        where = (0.0, 0.0, page.width, page.height)
        return replace(page, doubts=(*page.doubts, Doubt("", where, make_message("no-ink.page"))))
    kept = [glyph for glyph, is_unprinted in zip(page.glyphs, unprinted, strict=True) if not is_unprinted]
    gone = [glyph for glyph, is_unprinted in zip(page.glyphs, unprinted, strict=True) if is_unprinted]
    characters = [char for char in drawing.list_characters() if not _is_blank(char.text)]
    places, reaches = list_sides([char.box for char in characters]), _list_reaches(kept)
    # A character without a glyph is covered, or is not seen for another reason: what is drawn there is none of it.
    clear_boxes(own, places[_stand_near(places, list_sides(kept))] + (-1.0, -1.0, 1.0, 1.0))
    lost = _find_lost(page, kept, reaches, own)
    if lost:
        kept = [replace(glyph, text=UNKNOWN, x1=_room_of(glyph).x1) if id(glyph) in lost else glyph for glyph in kept]
        reaches = _list_reaches(kept)
    glyphs = tuple(kept)
    clear_boxes(own, reaches)
    dots = [dot.expand(AROUND_RULE) for strike in strikes for dot in list_dots(strike, AROUND_RULE)]
    clear_boxes(own, list_sides([*dots, *(Box(*one) for one in page.pictures if one[3] - one[1] > HIGH)]))
    clear_long_runs(own)
    marks = tuple(_list_signs(own, drawing, rules, reaches))
    noted = [glyph for glyph in glyphs if glyph.annotation and not glyph.text.isspace()]
    doubts = (
        *(_doubt_run(run, "from-annotation") for run in _list_runs(noted)),
        *(_doubt_run(run, "no-ink") for run in _list_runs(gone)),
        *(_doubt_run(run, "lost-glyph") for run in _list_runs([glyph for glyph in glyphs if glyph.text == UNKNOWN])),
    )
    own_rules = _list_own_rules(page, marks, [bound_stroke(strike).expand(1.0) for strike in strikes])
    out = [glyph for glyph in glyphs if id(glyph) in struck]
    covered = [Box(*doubt.box) for doubt in page.doubts]
    unseen = [*map(Box.of, (*gone, *out)), *covered]
    printed = [char for char in characters if not (unseen and any(box.contains_centre(char.box) for box in unseen))]
    printed += [Character(glyph.text, Box.of(glyph)) for glyph in (*marks, *noted)]
    glyphs = tuple(glyph for glyph in glyphs if id(glyph) not in struck)
    return replace(
        page,
        glyphs=glyphs,
        struck=tuple(out),
        printed=tuple(printed),
        rules=own_rules,
        marks=marks,
        doubts=(*page.doubts, *doubts),
    )


def _stand_near(sides: Sides, others: Sides) -> Mask:
    """Tell of each box whether the middle of another is near its own: up to some four points, on a raster of two."""
    if not len(others):
        return np.zeros(len(sides), bool)
    here, there = ((np.rint((one[:, :2] + one[:, 2:]) / 4)) for one in (sides, others))
    first, last = there.min(axis=0) - 3, there.max(axis=0) + 3
    raster = np.zeros((last - first + 1).astype(int), bool)
    raster[*(there - first).astype(int).T] = True
    for axis, reach in ((0, 1), (1, 2)):
        raster = np.logical_or.reduce([np.roll(raster, step, axis) for step in range(-reach, reach + 1)])
    # What is further away comes to the edge, which is near nothing.
    near: Mask = raster[*(np.clip(here, first, last) - first).astype(int).T]
    return near


def _find_unprinted(page: Page, own: Mask, edges: Mask) -> list[bool]:
    """Find the glyphs that leave no ink, rules aside; one of a font that is not in the file may be drawn elsewhere."""
    counts = count_dots(own, list_sides(page.glyphs))
    return [
        not count
        and _leaves_ink(glyph)
        and glyph.font not in page.foreign
        and (_shows_beside_rule(glyph) or not any(count_dots(edges, list_sides([glyph]))))
        for glyph, count in zip(page.glyphs, counts, strict=True)
    ]


def _leaves_ink(glyph: Glyph) -> bool:
    """Tell whether a glyph should leave ink in its box."""
    return not _is_blank(glyph.text) and min(width_of(glyph), height_of(glyph)) > 1


def _shows_beside_rule(glyph: Glyph) -> bool:
    """Tell whether no rule hides a glyph: it is as high as the line, and wide; a full stop or a dash is not."""
    return glyph.text.isalnum() and glyph.text not in "一ー二ｰ" and width_of(glyph) > 3 * AROUND_RULE


def _find_lost(page: Page, kept: Sequence[Glyph], reaches: Sides, own: Mask) -> set[int]:
    """Find the blanks, of any width, in whose room something is drawn that no other glyph explains."""
    blanks = [glyph for glyph in kept if _is_blank(glyph.text) and glyph.font not in page.foreign]
    unclear = {id(glyph) for glyph in kept if glyph.text == UNKNOWN}
    if not blanks:
        return unclear
    left = own.copy()
    clear_boxes(left, reaches[[not _is_blank(glyph.text) for glyph in kept]])
    rooms = [_room_of(glyph) for glyph in blanks]
    around = [room.expand(AROUND * glyph.size) for room, glyph in zip(rooms, blanks, strict=True)]
    counts = zip(blanks, count_dots(left, list_sides(rooms)), count_dots(left, list_sides(around)), strict=True)
    return unclear | {
        id(glyph)
        for glyph, count, all_count in counts
        # Ink that goes on beyond the room is of a drawing.
        if count >= max(FEWEST, LOST * glyph.size) and all_count <= 1.2 * count
    }


def _room_of(glyph: Glyph) -> Box:
    """Return where the ink of a blank would be: of one without width, right of it."""
    box = Box.of(glyph)
    return box if box.width > 0.1 * glyph.size else box._replace(x1=box.x0 + glyph.size)


@cache
def _is_blank(text: str) -> bool:
    r"""Tell whether a text says that nothing is printed.

    >>> [_is_blank(text) for text in (" ", "\u3000", "\xa0", "\u200b", "\u0301", "1")]
    [True, True, True, True, True, False]
    """
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Mn", "Me", "Zs") for char in text)


def _list_rule_boxes(page: Page) -> list[Box]:
    """List the room of the rules of tables, and of lines under text.

    A short one is of a table where it goes from one long rule to another; where it stands alone, it may be a sign.
    """
    level, upright = _chain_rules(page.rules, is_level=True), _chain_rules(page.rules, is_level=False)
    boxes = [box for box, _ in (*level, *upright)]
    all_sides = list_sides(boxes)
    text = list_sides([glyph for glyph in page.glyphs if not _is_blank(glyph.text)])
    long = []
    for chains, across in ((level, upright), (upright, level)):
        # A dot is a rule of both directions: it would meet itself.
        bars = list_sides([box for box, _ in across if SMALLEST < _length_of(box) <= SIGN])
        for box, pieces in chains:
            if _length_of(box) <= SIGN or _is_of_figures(box, pieces, bars):
                continue
            # A rule meets itself.
            is_alone = _length_of(box) <= ALONE and _count_near(box, all_sides, NEAR) == 1
            if not is_alone or _count_near(box.expand(-NEAR, 0.0), text, NEAR):
                long.append(box.expand(AROUND_RULE))
    rest = [box for box in boxes if _length_of(box) <= SIGN]
    return long + [box.expand(AROUND_RULE) for box in rest if _joins_rules(box, long)]


def _chain_rules(rules: Iterable[Rule], *, is_level: bool) -> list[tuple[Box, list[Box]]]:
    """Join the rules of one direction that go on from one another; give each chain with its pieces."""
    if is_level:
        level = ((rule.top, rule.x0, rule.x1) for rule in rules if rule.horizontal)
        pieces = [[Box(x0, y, x1, y) for y, x0, x1 in chain] for chain in chain_rules(level, DASH)]
    else:
        upright = ((rule.x0, rule.top, rule.bottom) for rule in rules if not rule.horizontal)
        pieces = [[Box(x, top, x, bottom) for x, top, bottom in chain] for chain in chain_rules(upright, DASH)]
    return [(Box.around(chain), chain) for chain in pieces]


def _length_of(box: Box) -> float:
    return max(box.width, box.height)


def _is_of_figures(box: Box, pieces: Sequence[Box], bars: Sides) -> bool:
    """Tell whether rules in a row are bars of figures: short ones, most of which are met by bars across."""
    if _length_of(box) > FIGURES or max(map(_length_of, pieces)) > SIGN:
        return False
    return 2 * sum(_count_near(piece, bars, 1.0) > 0 for piece in pieces) >= len(pieces)


def _count_near(box: Box, sides: Sides, reach: float) -> int:
    """Count the boxes that come as near to one as this."""
    x0, top, x1, bottom = box.expand(reach)
    near = (sides[:, 0] <= x1) & (sides[:, 2] >= x0) & (sides[:, 1] <= bottom) & (sides[:, 3] >= top)
    return int(np.count_nonzero(near))


def _list_own_rules(page: Page, marks: Sequence[Glyph], strikes: Sequence[Box]) -> tuple[Rule, ...]:
    """List the rules of a page that are not strokes of signs; long ones stay."""
    signs = [Box.of(mark).expand(1.0) for mark in marks if mark.text != "■"]

    def is_stroke(rule: Rule) -> bool:
        is_short = _length_of(Box.of(rule)) <= SIGN
        return any(box.contains(rule) for box in (*strikes, *(signs if is_short else ())))

    return tuple(rule for rule in page.rules if not is_stroke(rule))


def _list_borders(fills: Iterable[tuple[float, float, float, float]]) -> Iterator[Box]:
    """List the room of the sides of areas that are too large for signs."""
    for x0, top, x1, bottom in fills:
        if max(x1 - x0, bottom - top) > SIGN:
            sides = (x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)
            yield from (Box(*side).expand(AROUND_RULE) for side in sides)


def _joins_rules(box: Box, long: Sequence[Box]) -> bool:
    """Tell whether a short rule begins at one long rule and ends at another."""
    begins = {id(rule) for rule in long if rule.contains_point(box.x0, box.top)}
    ends = {id(rule) for rule in long if rule.contains_point(box.x1, box.bottom)}
    return bool(begins and ends) and len(begins | ends) > 1


def _list_reaches(glyphs: Sequence[Glyph]) -> Sides:
    """List the room that the ink of each glyph may take; of a blank, that of a line under it."""
    sides = list_sides(glyphs)
    size = np.minimum(np.array([glyph.size for glyph in glyphs]), 2 * (sides[:, 3] - sides[:, 1]))
    aside = np.maximum(0.7, ASIDE * size)
    reaches: Sides = sides + np.stack((-aside, -ABOVE * size, aside, BELOW * size), axis=1)
    blank = np.array([_is_blank(glyph.text) for glyph in glyphs], bool)
    reaches[blank, 1] = (sides[:, 3] - BELOW * size)[blank]
    return reaches


def _list_signs(left: Mask, drawing: PageDrawing, rules: Sequence[Box], reaches: Sides) -> Iterator[Glyph]:
    """List what is drawn and not explained, as glyphs: usual signs are read, the others are U+FFFD."""
    found = [box for box in find_components(left) if max(box.width, box.height) >= SMALLEST]
    signs = [box for box, count in zip(found, count_dots(left, list_sides(found)), strict=True) if count >= FEWEST]
    known = [*rules, *(Box(*reach) for reach in reaches.tolist())] if signs else []
    for number, box in enumerate(signs):
        small = max(box.width, box.height) <= LARGE and number < MOST_SIGNS
        text = read_sign(drawing, box, known) if small else UNKNOWN
        yield Glyph(text, *box.rounded(3), round(max(box.width, box.height), 3), DRAWN)


def _list_runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Gather glyphs that follow one another on a line."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        before = runs[-1][-1] if runs else None
        if before and max(gap_y(before, glyph), gap_y(glyph, before)) < 0 and abs(gap_x(before, glyph)) <= glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _doubt_run(run: Sequence[Glyph], code: str) -> Doubt:
    text = "".join(glyph.text for glyph in run)
    return Doubt("", Box.around(map(_room_of, run)).rounded(3), make_message(f"{code}.text", text=text))
